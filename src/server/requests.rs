//! Requests of the client, each answered once: with a result or with an error.

use crate::engine::failure::caught;
use crate::engine::{RuleInfo, rule_infos};
use crate::server::Server;
use crate::server::code_actions::{Actions, Deferred};
use crate::server::diagnostics::Surface;
use gen_lsp_types::{
    self as lsp, CodeAction, CodeActionParams, CodeActionResponse, DocumentDiagnosticParams, DocumentDiagnosticReport,
    FullDocumentDiagnosticReport, LspRequestMethod as Method, RelatedFullDocumentDiagnosticReport, Uri,
};
use lsp_server::{ErrorCode, Message, Request, RequestId, Response, ResponseError};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// A result as JSON, or why there is none.
type Answer = Result<Value, ResponseError>;

/// The text of a document as the server has it, for those who write clients.
const TEXT: &str = "postlint/text";

impl Server {
    /// The response to a request. `waiting` are the messages that follow it.
    pub(super) fn response(&mut self, request: Request, waiting: &VecDeque<Message>) -> Response {
        let id = request.id.clone();
        if is_cancelled(&id, waiting) {
            return Response::new_err(id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned());
        }
        let answer = if self.has_shut_down {
            Err(refusal(ErrorCode::InvalidRequest, "the server is shutting down"))
        } else {
            let method = request.method.clone();
            caught(|| self.answer(request)).unwrap_or_else(|cause| {
                self.failed(&method, &cause);
                Err(refusal(ErrorCode::InternalError, format!("postlint failed on this request: {cause}")))
            })
        };
        Response { id, response_result: answer }
    }

    fn answer(&mut self, request: Request) -> Answer {
        let Request { method, params, .. } = request;
        match Method::from(&*method) {
            Method::Shutdown => {
                self.has_shut_down = true;
                Ok(Value::Null)
            }
            Method::Initialize => Err(refusal(ErrorCode::InvalidRequest, "the server is initialized already")),
            Method::TextDocumentDiagnostic => self.typed::<lsp::DocumentDiagnosticRequest>(params, Self::diagnostics),
            Method::TextDocumentCodeAction => self.typed::<lsp::CodeActionRequest>(params, Self::code_actions),
            Method::CodeActionResolve => self.typed::<lsp::CodeActionResolveRequest>(params, Self::resolve),
            Method::Custom(TEXT) => self.text(params),
            _ => Err(refusal(ErrorCode::MethodNotFound, format!("unknown request `{method}`"))),
        }
    }

    /// Answers a request with its parameters and its result as types.
    fn typed<R: lsp::Request>(
        &mut self,
        params: Value,
        work: impl FnOnce(&mut Self, R::Params) -> Result<R::Result, ResponseError>,
    ) -> Answer {
        let params = serde_json::from_value(params).map_err(|error| refusal(ErrorCode::InvalidParams, error))?;
        let result = work(self, params)?;
        serde_json::to_value(result).map_err(|error| refusal(ErrorCode::InternalError, error))
    }

    /// The text of an open document, `{"uri": …}`, or `null`.
    fn text(&mut self, params: Value) -> Answer {
        let identifier: lsp::TextDocumentIdentifier =
            serde_json::from_value(params).map_err(|error| refusal(ErrorCode::InvalidParams, error))?;
        let document = self.documents.get(&identifier.uri);
        Ok(document.map_or(Value::Null, |document| document.source.text().into()))
    }

    fn diagnostics(&mut self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport, ResponseError> {
        let items = self.diagnostics_of(&params.text_document.uri);
        // What is asked for need not be announced.
        self.changed.remove(&params.text_document.uri.0);
        let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: None, items };
        Ok(RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report }.into())
    }

    fn code_actions(&mut self, params: CodeActionParams) -> Result<Option<Vec<CodeActionResponse>>, ResponseError> {
        let only = params.context.only.as_deref();
        let actions = self.with_actions(&params.text_document.uri, |actions| actions.at(params.range, only));
        Ok(actions.map(|actions| actions.into_iter().map(CodeActionResponse::CodeAction).collect()))
    }

    fn resolve(&mut self, action: CodeAction) -> Result<CodeAction, ResponseError> {
        let Some(data) = action.data.clone() else { return Ok(action) };
        let deferred: Deferred =
            serde_json::from_value(data).map_err(|error| refusal(ErrorCode::InvalidParams, error))?;
        let version = self.documents.get(&deferred.uri).map(|document| document.version);
        if version != Some(deferred.version) {
            return Err(refusal(ErrorCode::ContentModified, "the document has changed"));
        }
        match self.with_actions(&deferred.uri, |actions| actions.edit(&deferred)).flatten() {
            Some(edit) => Ok(CodeAction { edit: Some(edit), ..action }),
            None => Err(refusal(ErrorCode::RequestFailed, "nothing can be changed without changing the page")),
        }
    }

    fn with_actions<T>(&mut self, uri: &Uri, work: impl FnOnce(&Actions<'_>) -> T) -> Option<T> {
        self.update(uri);
        let rules = self.rules_of(uri);
        let path = self.documents.get(uri)?.path.clone()?;
        let root = self.workspace.root_of(&path);
        let document = self.documents.get(uri)?;
        let surface = Surface {
            uri: &document.uri,
            source: &document.source,
            encoding: self.client.encoding,
            root: &root,
            shows_related: self.client.shows_related,
        };
        Some(work(&Actions { document, surface, rules: &rules, client: &self.client }))
    }

    /// The rules that may have findings in a document, by name.
    pub(super) fn rules_of(&self, uri: &Uri) -> BTreeMap<String, RuleInfo> {
        let located = self.documents.get(uri).and_then(|document| document.check.located());
        rule_infos(located.map(|located| located.post.rules.catalog()).into_iter())
    }
}

/// An error as the answer to a request.
fn refusal(code: ErrorCode, message: impl ToString) -> ResponseError {
    ResponseError { code: code as i32, message: message.to_string(), data: None }
}

fn is_cancelled(id: &RequestId, waiting: &VecDeque<Message>) -> bool {
    waiting.iter().any(|message| match message {
        Message::Notification(it) if it.method == "$/cancelRequest" => {
            let cancelled = it.params.get("id").and_then(|id| serde_json::from_value::<RequestId>(id.clone()).ok());
            cancelled.as_ref() == Some(id)
        }
        _ => false,
    })
}
