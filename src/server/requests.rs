//! Requests of the client, each answered once: with a result or with an error.

use crate::engine::RuleInfo;
use crate::engine::failure::caught;
use crate::server::Server;
use crate::server::code_actions::{Actions, Deferred};
use crate::server::diagnostics::Surface;
use crate::server::hover::hover;
use crate::server::site_requests::Work;
use crate::source::Span;
use gen_lsp_types::{
    self as lsp, CodeAction, CodeActionParams, CodeActionResponse, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentLink, DocumentLinkParams, FullDocumentDiagnosticReport, Hover, HoverParams, LspRequestMethod as Method,
    RelatedFullDocumentDiagnosticReport, Uri,
};
use lsp_server::{ErrorCode, Message, Request, RequestId, Response, ResponseError};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// A result as JSON, or why there is none.
type Answer = Result<Value, ResponseError>;

/// The text of a document as the server has it, for those who write clients.
const TEXT: &str = "postlint/text";

impl Server {
    /// The response to a request. `waiting` are the messages that follow it.
    pub(super) fn response(&mut self, request: Request, waiting: &VecDeque<Message>) -> Option<Response> {
        let id = request.id.clone();
        if is_cancelled(&id, waiting) {
            return Some(cancelled(id));
        }
        let answer = if self.has_shut_down {
            Some(Err(refusal(ErrorCode::InvalidRequest, "the server is shutting down")))
        } else {
            let method = request.method.clone();
            caught(|| self.answer(request)).unwrap_or_else(|cause| {
                self.failed(&method, &cause);
                Some(Err(refusal(ErrorCode::InternalError, format!("postlint failed on this request: {cause}"))))
            })
        };
        answer.map(|response_result| Response { id, response_result })
    }

    /// Cancels a request that waits for a look at its site.
    pub(super) fn cancel(&mut self, id: &RequestId) {
        let number = self.pending.iter().find(|(_, (pending, _))| pending == id).map(|(number, _)| *number);
        if number.and_then(|number| self.pending.remove(&number)).is_some() {
            self.client.respond(cancelled(id.clone()));
        }
    }

    /// The answer to a request; `None` if it waits for a look at its site.
    fn answer(&mut self, request: Request) -> Option<Answer> {
        let Request { id, method, params } = request;
        match Method::from(&*method) {
            Method::TextDocumentDefinition => self.later(&id, params, Self::definition),
            Method::TextDocumentReferences => self.later(&id, params, Self::references),
            Method::TextDocumentCompletion => self.later(&id, params, Self::completion),
            method => Some(self.answer_now(method, params)),
        }
    }

    fn answer_now(&mut self, method: Method<'_>, params: Value) -> Answer {
        match method {
            Method::Shutdown => {
                self.has_shut_down = true;
                Ok(Value::Null)
            }
            Method::Initialize => Err(refusal(ErrorCode::InvalidRequest, "the server is initialized already")),
            Method::TextDocumentDiagnostic => self.typed::<lsp::DocumentDiagnosticRequest>(params, Self::diagnostics),
            Method::TextDocumentCodeAction => self.typed::<lsp::CodeActionRequest>(params, Self::code_actions),
            Method::CodeActionResolve => self.typed::<lsp::CodeActionResolveRequest>(params, Self::resolve),
            Method::TextDocumentHover => self.typed::<lsp::HoverRequest>(params, Self::hover),
            Method::TextDocumentDocumentLink => self.typed::<lsp::DocumentLinkRequest>(params, Self::document_links),
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

    /// Answers a request that may need a look at its site.
    fn later<P: DeserializeOwned>(
        &mut self,
        id: &RequestId,
        params: Value,
        work: impl FnOnce(&mut Self, P) -> Work,
    ) -> Option<Answer> {
        let params = match serde_json::from_value(params) {
            Ok(params) => params,
            Err(error) => return Some(Err(refusal(ErrorCode::InvalidParams, error))),
        };
        let work = work(self, params);
        self.start(id, work).map(Ok)
    }

    fn hover(&mut self, params: HoverParams) -> Result<Option<Hover>, ResponseError> {
        let at = params.text_document_position_params;
        self.update(&at.text_document.uri);
        let document = self.documents.get(&at.text_document.uri);
        Ok(document.and_then(|document| hover(document, at.position, self.client.encoding)))
    }

    /// The names of rules in suppressions, as links to their pages.
    fn document_links(&mut self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>, ResponseError> {
        let uri = params.text_document.uri;
        self.update(&uri);
        let rules = self.rules_of(&uri);
        let Some(document) = self.documents.get(&uri) else { return Ok(None) };
        let link = |(name, span): (&str, Span)| {
            let rule = rules.get(name).filter(|rule| !rule.url.is_empty())?;
            Some(DocumentLink {
                range: self.client.encoding.range(&document.source, span),
                target: Some(rule.url.as_str().into()),
                tooltip: Some(rule.summary.clone()),
                data: None,
            })
        };
        Ok(document.check.suppressions().map(|suppressions| suppressions.names().filter_map(link).collect()))
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
    pub(super) fn rules_of(&self, uri: &Uri) -> Arc<BTreeMap<String, RuleInfo>> {
        let located = self.documents.get(uri).and_then(|document| document.check.located());
        located.map(|located| located.infos.clone()).unwrap_or_default()
    }
}

fn cancelled(id: RequestId) -> Response {
    Response::new_err(id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned())
}

/// An error as the answer to a request.
fn refusal(code: ErrorCode, message: impl ToString) -> ResponseError {
    ResponseError { code: code as i32, message: message.to_string(), data: None }
}

fn is_cancelled(id: &RequestId, waiting: &VecDeque<Message>) -> bool {
    waiting.iter().any(|message| match message {
        Message::Notification(it) if it.method == "$/cancelRequest" => cancelled_id(&it.params).as_ref() == Some(id),
        _ => false,
    })
}

/// The request that a notification cancels, by its parameters.
pub(super) fn cancelled_id(params: &Value) -> Option<RequestId> {
    serde_json::from_value(params.get("id")?.clone()).ok()
}
