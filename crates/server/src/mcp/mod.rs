//! The Model Context Protocol over HTTP: screening as a tool of language models, with the explanation in the answer.
//!
//! The protocol is rmcp's to speak. There are no sessions: each request is answered by itself, as JSON.

mod screen;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::any;
use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, Implementation,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::scope;
use crate::keys::Scope;
use crate::native::in_time;
use crate::pool::Cost;
use crate::state::AppState;

/// Longest message: a name and what is known of a party, not a file.
const LONGEST: usize = 64 * 1024;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .route("/mcp", any(mcp))
        .route_layer(from_fn(in_time))
        .route_layer(scope!(Scope::Screen))
}

async fn mcp(State(state): State<AppState>, request: Request) -> Response {
    // A browser says where a request comes from; no page has any business here, which is what the protocol has servers check.
    // Host is checked for all routes alike.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts()
        .enforce_origin_validation()
        .with_max_request_body_bytes(LONGEST);
    let desk = Desk { state };
    let service = StreamableHttpService::new(
        move || Ok(desk.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    );
    service.handle(request).await.map(Body::new)
}

/// What a client talks to.
#[derive(Clone)]
struct Desk {
    state: AppState,
}

impl ServerHandler for Desk {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("interdict", env!("CARGO_PKG_VERSION")).with_title("Interdict"))
            .with_instructions(
                "Screens people, organizations, vessels and wallets against sanctions lists. Give every detail that is known of a \
                 party: a name alone is weak evidence. A result is a reason to look, never a verdict on a person.",
            )
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(vec![screen::tool()]))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        if request.name != screen::NAME {
            return Err(ErrorData::invalid_params(format!("there is no tool {}", request.name), None));
        }
        let failed = |why: String| CallToolResult::error(vec![ContentBlock::text(why)]);
        let arguments = request.arguments.unwrap_or_default();
        let serving = match self.state.serving() {
            Ok(serving) => serving,
            Err(problem) => return Ok(failed(problem.detail().to_owned()).into()),
        };
        let work = move || screen::call(&arguments, &serving.screening());
        let result = match self.state.pool().run(Cost::Queries(1), work).await {
            Ok(Ok((result, matched))) => {
                self.state.metrics().screened(1, u64::from(matched));
                result
            }
            Ok(Err(why)) => failed(why),
            Err(problem) => failed(problem.detail().to_owned()),
        };
        Ok(result.into())
    }
}
