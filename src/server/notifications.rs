//! Notifications of the client: documents that are opened, edited and closed, files and folders that change.

use crate::files::Files;
use crate::server::Server;
use crate::server::background::Job;
use crate::server::requests::cancelled_id;
use crate::server::uris;
use crate::server::watched::{self, Meaning, meaning};
use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileChangeType, FileEvent,
    LspNotificationMethod as Method, PublishDiagnosticsNotification, PublishDiagnosticsParams, Uri,
};
use lsp_server::Notification;
use serde_json::Error;
use std::path::Path;

impl Server {
    /// Takes a notification. Returns an error if its parameters are not valid; unknown ones are ignored.
    pub(super) fn notification(&mut self, notification: Notification) -> Result<(), Error> {
        let Notification { method, params } = notification;
        match Method::from(&*method) {
            Method::CancelRequest => cancelled_id(&params).iter().for_each(|id| self.cancel(id)),
            Method::Initialized => watched::register(&mut self.client),
            Method::TextDocumentDidOpen => self.opened(serde_json::from_value(params)?),
            Method::TextDocumentDidChange => self.edited(serde_json::from_value(params)?),
            Method::TextDocumentDidClose => self.closed(&serde_json::from_value(params)?),
            Method::TextDocumentDidSave => self.saved(&serde_json::from_value(params)?),
            Method::WorkspaceDidChangeWatchedFiles => self.files_changed(serde_json::from_value(params)?),
            Method::WorkspaceDidChangeWorkspaceFolders => self.folders_changed(&serde_json::from_value(params)?),
            _ => {}
        }
        Ok(())
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let path = uris::path(&document.uri);
        // An editor may open a file with changes that are not saved, and one that does not exist yet.
        let change = path.as_ref().and_then(|path| self.workspace.change_to(path, &document.text));
        if let Some(path) = &path {
            self.workspace.files.insert(path, &document.text);
        }
        self.documents.open(document.uri.clone(), document.version, document.text);
        self.mark_changed(&document.uri);
        if let (Some(path), Some(kind)) = (path, change) {
            self.text_changed(&path, kind, false);
        }
    }

    /// A change of a document that is not open is ignored: its text is not known.
    fn edited(&mut self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.text_document_identifier.uri;
        let Some(document) = self.documents.get_mut(&uri) else { return };
        document.apply(params.content_changes, params.text_document.version, self.client.encoding);
        let (path, is_post) = (document.path.clone(), document.check.located().is_some());
        if let Some(path) = &path {
            self.workspace.files.insert(path, document.source.text());
        }
        self.mark_changed(&uri);
        path.iter().for_each(|path| self.text_changed(path, FileChangeType::Changed, is_post));
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        let Some(document) = self.documents.close(uri) else { return };
        self.changed.remove(&uri.0);
        if let Some(path) = &document.path {
            self.workspace.files.remove(path);
            let is_there = self.workspace.files.exists(path);
            let kind = if is_there { FileChangeType::Changed } else { FileChangeType::Deleted };
            self.text_changed(path, kind, document.check.located().is_some());
        }
        let _ = self.jobs.send(Job::Close(uri.clone()));
        if !self.client.pulls {
            let params = PublishDiagnosticsParams { uri: uri.clone(), version: None, diagnostics: Vec::new() };
            self.client.notify::<PublishDiagnosticsNotification>(&params);
        }
    }

    /// A client that does not watch files may have missed any change: at least whoever saves a file sees what counts now.
    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        if let Some(path) = uris::path(&params.text_document.uri).filter(|_| !self.client.watches) {
            self.forget(&path);
        }
    }

    /// Follows a change of the text of a file that is or was open. That of a post is checked when it is asked for.
    fn text_changed(&mut self, path: &Path, kind: FileChangeType, is_post: bool) {
        let root = self.workspace.root_of(path);
        match meaning(path, &root, kind, &self.workspace.files) {
            Meaning::Anything => self.forget(path),
            // It may be a page of the site all the same.
            Meaning::Post if !is_post => _ = self.jobs.send(Job::Read { root, path: path.to_owned() }),
            Meaning::Post | Meaning::Nothing => {}
        }
    }

    fn files_changed(&mut self, params: DidChangeWatchedFilesParams) {
        for FileEvent { uri, kind } in params.changes {
            let Some(path) = uris::path(&uri) else { continue };
            // The text of an open document counts, not that of its file.
            if self.documents.has_file(&path) && kind == FileChangeType::Changed {
                continue;
            }
            let root = self.workspace.root_of(&path);
            match meaning(&path, &root, kind, &self.workspace.files) {
                Meaning::Nothing => {}
                Meaning::Post => _ = self.jobs.send(Job::Read { root, path }),
                Meaning::Anything => self.forget(&path),
            }
        }
    }

    fn folders_changed(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let paths = |uris: &[gen_lsp_types::WorkspaceFolder]| -> Vec<_> {
            uris.iter().filter_map(|folder| uris::path(&folder.uri)).collect()
        };
        paths(&params.event.removed).iter().for_each(|root| self.workspace.remove(root));
        paths(&params.event.added).into_iter().for_each(|root| self.workspace.add(root));
        self.check_all_again();
    }

    /// Forgets what depends on a file, and checks the documents again.
    pub(super) fn forget(&mut self, path: &Path) {
        let root = self.workspace.root_of(path);
        self.workspace.forget(path);
        let _ = self.jobs.send(Job::Forget { root, path: path.to_owned() });
        self.check_all_again();
    }

    /// Checks all documents again, with what their files say now.
    pub(super) fn check_all_again(&mut self) {
        self.documents.iter_mut().for_each(|document| document.check.forget());
        let uris = self.documents.uris();
        self.changed.extend(uris.into_iter().map(|Uri(uri)| uri));
    }
}
