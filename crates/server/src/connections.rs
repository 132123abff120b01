//! How many may be connected at once. Whoever comes beyond is turned away before a byte of his is read.

use std::future::{Ready, ready};
use std::io;
use std::sync::Arc;

use axum::Extension;
use axum::middleware::AddExtension;
use axum_server::accept::Accept;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Layer;

/// Room for so many connections; each holds its place as long as it is served.
#[derive(Clone)]
pub(crate) struct Room(Arc<Semaphore>);

/// A connection's place.
type Place = Arc<OwnedSemaphorePermit>;

impl Room {
    pub(crate) fn new(connections: usize) -> Self {
        Self(Arc::new(Semaphore::new(connections.min(Semaphore::MAX_PERMITS))))
    }
}

impl<S> Accept<TcpStream, S> for Room {
    type Stream = TcpStream;
    type Service = AddExtension<S, Place>;
    type Future = Ready<io::Result<(TcpStream, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = self
            .0
            .clone()
            .try_acquire_owned()
            .map_err(|_full| io::Error::other("no room for more connections"));
        ready(place.and_then(|place| {
            stream.set_nodelay(true)?;
            Ok((stream, Extension(Arc::new(place)).layer(service)))
        }))
    }
}
