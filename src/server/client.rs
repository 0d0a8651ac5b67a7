//! What the client can do, and the way to it.

use crate::server::positions::Encoding;
use crossbeam_channel::Sender;
use gen_lsp_types::{ClientCapabilities, InitializeParams, LogMessageParams, MessageType, Uri, WorkspaceFolders};
use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::Value;

/// A client, as it introduced itself.
pub struct Client {
    sender: Sender<Message>,
    /// The unit of columns.
    pub encoding: Encoding,
    /// Whether it asks for diagnostics, and asks again when it is told to. Others are sent them.
    pub pulls: bool,
    /// Whether it shows in diagnostics what is in other places.
    pub shows_related: bool,
    /// Whether it lets the server say which files to watch.
    pub watches: bool,
    /// Whether it shows progress.
    pub shows_progress: bool,
    /// Whether an edit may name the version of its document.
    pub edits_versions: bool,
    /// Whether it asks for the edit of an action when that is chosen.
    pub resolves_actions: bool,
    /// Number of requests sent to it.
    requests: i32,
}

impl Client {
    /// The client that sent these parameters.
    pub fn new(sender: Sender<Message>, params: &InitializeParams) -> Self {
        let ClientCapabilities { workspace, text_document, window, general, .. } = &params.capabilities;
        let (workspace, text) = (workspace.as_ref(), text_document.as_ref());
        let offered = general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let refreshes = workspace.and_then(|it| it.diagnostics.as_ref()?.refresh_support) == Some(true);
        let publish = text.and_then(|text| text.publish_diagnostics.as_ref());
        let pull = text.and_then(|text| text.diagnostic.as_ref());
        let shown = pull.map(|it| &it.diagnostics_capabilities).or(publish.map(|it| &it.diagnostics_capabilities));
        let resolve = text.and_then(|text| text.code_action.as_ref()?.resolve_support.as_ref());
        Client {
            sender,
            encoding: Encoding::negotiated(offered.unwrap_or_default()),
            pulls: pull.is_some() && refreshes,
            shows_related: shown.and_then(|it| it.related_information) == Some(true),
            watches: workspace.and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration) == Some(true),
            shows_progress: window.as_ref().and_then(|window| window.work_done_progress) == Some(true),
            edits_versions: workspace.and_then(|it| it.workspace_edit.as_ref()?.document_changes) == Some(true),
            resolves_actions: resolve.is_some_and(|it| it.properties.iter().any(|property| property == "edit")),
            requests: 0,
        }
    }

    /// Sends a notification.
    pub fn notify<N: gen_lsp_types::Notification>(&self, params: &N::Params) {
        let Ok(params) = serde_json::to_value(params) else { return };
        self.send(Message::Notification(Notification { method: N::METHOD.as_str().to_owned(), params }));
    }

    /// Sends a request. Its response does not matter.
    pub fn request<R: gen_lsp_types::Request>(&mut self, params: &impl Serialize) {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        let params = serde_json::to_value(params).unwrap_or(Value::Null);
        self.send(Message::Request(Request { id, method: R::METHOD.as_str().to_owned(), params }));
    }

    /// Sends a response.
    pub fn respond(&self, response: Response) {
        self.send(Message::Response(response));
    }

    /// Writes a line into the client's log.
    pub fn log(&self, kind: MessageType, message: impl Into<String>) {
        let params = LogMessageParams { kind, message: message.into() };
        self.notify::<gen_lsp_types::LogMessageNotification>(&params);
    }

    /// If the client is gone, the loop ends when it receives the next message.
    fn send(&self, message: Message) {
        let _ = self.sender.send(message);
    }
}

/// The URIs of the folders that the client has open.
#[expect(deprecated, reason = "older clients have one folder")]
pub fn folders(params: InitializeParams) -> Vec<Uri> {
    match params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) if !folders.is_empty() => {
            folders.into_iter().map(|folder| folder.uri).collect()
        }
        _ => params.root_uri.into_iter().collect(),
    }
}
