//! Starting, listening, ending.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use engine::EngineError;

use crate::connections::Room;
use crate::options::Options;
use crate::router::router;
use crate::state::AppState;
use crate::{folder, tls, updates};

/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 64 << 10;

/// All routes, with lists that serve: what [`serve`] listens with, for whoever listens otherwise.
///
/// # Errors
/// The lists cannot be read.
pub fn app(options: Options) -> Result<Router, EngineError> {
    let state = AppState::new(options)?;
    first_lists(&state)?;
    Ok(router(state))
}

/// Serves until it is told to stop. `started` is told the address once it listens.
///
/// # Errors
/// The lists cannot be read the first time, or the address cannot be listened on.
pub fn serve(options: Options, started: impl FnOnce(SocketAddr)) -> Result<(), EngineError> {
    if options.keys.is_none() && !options.listen.ip().is_loopback() {
        return Err(EngineError::usage(format!(
            "{} is not this machine alone, and there are no keys",
            options.listen
        ))
        .hint("say who may ask: --keys FILE (interdict serve key makes them); or listen on 127.0.0.1"));
    }
    let listener = TcpListener::bind(options.listen).map_err(|e| {
        EngineError::input(format!("{} cannot be listened on: {e}", options.listen))
            .hint("see what else listens there, or give another address: --listen 127.0.0.1:8081")
    })?;
    let tls = options.tls.as_ref().map(|(certificate, key)| tls::config(certificate, key)).transpose()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| EngineError::input(format!("no threads to serve with: {e}")))?;
    let state = AppState::new(options)?;
    let ended = runtime.block_on(async {
        let tls = tls.map(RustlsConfig::from_config);
        let handle = Handle::new();
        signals(&state, &handle, tls.clone())?;
        let first = tokio::task::spawn_blocking({
            let state = state.clone();
            move || first_lists(&state)
        });
        if let Ok(address) = listener.local_addr() {
            started(address);
        }
        let mut served = Box::pin(listen(listener, tls, &state, handle));
        tokio::select! {
            ended = &mut served => return ended,
            loaded = first => loaded.map_err(|e| EngineError::input(format!("reading lists: {e}")))??,
        }
        served.await
    });
    state.jobs().end();
    // Files of clients do not outlive the server, whoever still holds them.
    let _left = folder::clear(&state.options().folder);
    // Whatever still computes has nobody left to tell.
    runtime.shutdown_timeout(Duration::from_millis(100));
    ended
}

/// Reads the lists for the first time, and starts looking after them.
fn first_lists(state: &AppState) -> Result<(), EngineError> {
    let known = state.options().lists.state().ok();
    updates::load(state)?;
    updates::start(state.clone(), known)
}

/// Serves connections until the handle says that it is enough.
async fn listen(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    state: &AppState,
    handle: Handle<SocketAddr>,
) -> Result<(), EngineError> {
    let failed = |e: std::io::Error| EngineError::input(format!("serving ended: {e}"));
    let mut server = axum_server::from_tcp(listener).map_err(failed)?.http1_only();
    let patience = state.options().patience;
    server.http_builder().http1().header_read_timeout(patience).max_buf_size(LARGEST_HEAD);
    let server = server.handle(handle).first_request_timeout(patience);
    let room = Room::new(state.options().connections);
    let routes = router(state.clone()).into_make_service();
    match tls {
        None => server.acceptor(room).serve(routes).await,
        Some(config) => server.acceptor(RustlsAcceptor::new(config).acceptor(room)).serve(routes).await,
    }
    .map_err(failed)
}

/// Listens to what the system says: end, or read lists and certificate again.
#[cfg(unix)]
fn signals(
    state: &AppState,
    handle: &Handle<SocketAddr>,
    tls: Option<RustlsConfig>,
) -> Result<(), EngineError> {
    use tokio::signal::unix::{SignalKind, signal};
    let on = |kind| signal(kind).map_err(|e| EngineError::input(format!("signals: {e}")));
    let (mut terminate, mut interrupt, mut hang_up) =
        (on(SignalKind::terminate())?, on(SignalKind::interrupt())?, on(SignalKind::hangup())?);
    let (state, handle) = (state.clone(), handle.clone());
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = hang_up.recv() => {
                    state.updates().ask_quietly();
                    if let (Some(config), Some((certificate, key))) = (&tls, &state.options().tls) {
                        match tls::config(certificate, key) {
                            Ok(new) => config.reload_from_config(new),
                            Err(e) => state.say("the certificate could not be read again", &e.to_string()),
                        }
                    }
                }
                _ = terminate.recv() => break,
                _ = interrupt.recv() => break,
            }
        }
        state.end();
        handle.graceful_shutdown(Some(state.options().grace));
    });
    Ok(())
}

#[cfg(not(unix))]
fn signals(
    state: &AppState,
    handle: &Handle<SocketAddr>,
    _: Option<RustlsConfig>,
) -> Result<(), EngineError> {
    let (state, handle) = (state.clone(), handle.clone());
    tokio::spawn(async move {
        let _told = tokio::signal::ctrl_c().await;
        state.end();
        handle.graceful_shutdown(Some(state.options().grace));
    });
    Ok(())
}
