//! What the server can do, as it tells the client.

use crate::server::client::Client;
use gen_lsp_types::{
    ChangeNotifications, CodeActionKind, CodeActionOptions, CompletionOptions, DiagnosticOptions, DocumentLinkOptions,
    InitializeResult, Save, ServerCapabilities, ServerInfo, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

/// The name of the server, and the source of its diagnostics.
pub const NAME: &str = "postlint";

/// The kind of the action that applies all safe fixes.
pub const FIX_ALL: &str = "source.fixAll.postlint";

/// The answer to `initialize`.
pub fn introduction(client: &Client) -> InitializeResult {
    let version = Some(env!("CARGO_PKG_VERSION").to_owned());
    InitializeResult {
        capabilities: capabilities(client),
        server_info: Some(ServerInfo { name: NAME.to_owned(), version }),
    }
}

fn capabilities(client: &Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(Save::Bool(true)),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QuickFix, CodeActionKind::Custom(FIX_ALL.into())]),
        resolve_provider: Some(client.resolves_actions),
        ..CodeActionOptions::default()
    };
    let diagnostics = DiagnosticOptions {
        identifier: Some(NAME.to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: false,
        ..DiagnosticOptions::default()
    };
    // What begins a value, a list, a link, an attribute, a path and a fragment.
    let triggers = [":", "[", "(", "\"", "/", "#", "-"].map(str::to_owned).to_vec();
    let completion = CompletionOptions { trigger_characters: Some(triggers), ..CompletionOptions::default() };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(ChangeNotifications::Bool(true)),
    };
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(sync.into()),
        code_action_provider: Some(actions.into()),
        hover_provider: Some(true.into()),
        completion_provider: Some(completion),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_link_provider: Some(DocumentLinkOptions::default()),
        diagnostic_provider: client.pulls.then(|| diagnostics.into()),
        workspace: Some(WorkspaceOptions { workspace_folders: Some(folders), ..WorkspaceOptions::default() }),
        ..ServerCapabilities::default()
    }
}
