//! TLS by file: the certificate and its key, read again whenever the server is told to.

use std::path::Path;
use std::sync::Arc;

use engine::EngineError;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// TLS 1.2 and 1.3 with a certificate chain and its key, both PEM.
///
/// # Errors
/// A file cannot be read, or the two do not belong together.
pub(crate) fn config(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, EngineError> {
    let wrong = |path: &Path, e: &dyn std::fmt::Display| {
        EngineError::input(format!("{}: {e}", path.display()))
            .hint("give a certificate chain and its key as PEM: --tls-cert chain.pem --tls-key key.pem")
    };
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| wrong(certificate, &e))?;
    if chain.is_empty() {
        return Err(wrong(certificate, &"there is no certificate in it"));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|e| wrong(key, &e))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, secret));
    let mut config = config.map_err(|e| wrong(key, &e))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
