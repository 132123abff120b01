//! Starting, listening, ending.

use std::sync::Arc;
use std::time::SystemTime;

use axum::Router;
use axum_server::Handle;
use engine::EngineError;

use crate::options::Options;
use crate::router::router;
use crate::serving::Serving;
use crate::state::AppState;

/// All routes, with lists that serve: what [`serve`] listens with, for whoever listens otherwise.
///
/// # Errors
/// The lists cannot be read.
pub fn app(options: Options) -> Result<Router, EngineError> {
    let state = AppState::new(options)?;
    load(&state)?;
    Ok(router(state))
}

/// Serves until it is told to stop. `started` is told the address once it listens.
///
/// # Errors
/// The lists cannot be read the first time, or the address cannot be listened on.
pub fn serve(options: Options, started: impl FnOnce(std::net::SocketAddr)) -> Result<(), EngineError> {
    let listener = std::net::TcpListener::bind(options.listen).map_err(|e| {
        EngineError::input(format!("{} cannot be listened on: {e}", options.listen))
            .hint("see what else listens there, or give another address: --listen 127.0.0.1:8081")
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| EngineError::input(format!("no threads to serve with: {e}")))?;
    let state = AppState::new(options)?;
    runtime.block_on(async {
        let served = listener.local_addr().and_then(|address| {
            started(address);
            axum_server::from_tcp(listener)
        });
        let served = served.map_err(|e| EngineError::input(format!("the socket: {e}")))?;
        let handle = Handle::new();
        let first = tokio::task::spawn_blocking({
            let state = state.clone();
            move || load(&state)
        });
        let until = tokio::spawn(ended(handle.clone(), state.options().grace));
        let routes = router(state.clone()).into_make_service();
        let mut serving = Box::pin(served.http1_only().handle(handle).serve(routes));
        let failed = |e: std::io::Error| EngineError::input(format!("serving ended: {e}"));
        tokio::select! {
            ended = &mut serving => return ended.map_err(failed),
            loaded = first => loaded.map_err(|e| EngineError::input(format!("reading lists: {e}")))??,
        }
        let ended = serving.await.map_err(failed);
        until.abort();
        ended
    })
}

/// Reads lists and lets them serve.
fn load(state: &AppState) -> Result<(), EngineError> {
    let options = state.options();
    let library = options.lists.load()?;
    let serving = Serving::new(library, &options.policy, SystemTime::now(), options.max_list_age)?;
    drop(state.swap(serving).map(Arc::into_inner));
    Ok(())
}

/// Waits for the signal to stop, and passes it on.
async fn ended(handle: Handle<std::net::SocketAddr>, grace: std::time::Duration) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    let _told = tokio::signal::ctrl_c().await;
    handle.graceful_shutdown(Some(grace));
}
