//! Brings the findings of open documents up to date, and tells the client.

use crate::project::ConfigError;
use crate::server::Server;
use crate::server::background::{Asked, Job};
use crate::server::check::Meanwhile;
use crate::server::diagnostics::Surface;
use crate::server::mistakes;
use gen_lsp_types::{
    self as lsp, DiagnosticRefreshRequest, MessageType, PublishDiagnosticsNotification, PublishDiagnosticsParams,
    ShowMessageNotification, ShowMessageParams, Uri,
};

impl Server {
    /// Tells the client which documents have other diagnostics.
    pub(super) fn publish(&mut self) {
        let changed = std::mem::take(&mut self.changed);
        if changed.is_empty() {
            return;
        }
        if self.client.pulls {
            self.client.request::<DiagnosticRefreshRequest>(&());
            return;
        }
        for uri in changed.into_iter().map(Uri) {
            let Some(version) = self.documents.get(&uri).map(|document| document.version) else { continue };
            let diagnostics = self.diagnostics_of(&uri);
            let params = PublishDiagnosticsParams { uri, version: Some(version), diagnostics };
            self.client.notify::<PublishDiagnosticsNotification>(&params);
        }
        // A document with another URL changes the others. It does not change again.
        self.publish();
    }

    /// The diagnostics of a document; none if it is not open.
    pub(super) fn diagnostics_of(&mut self, uri: &Uri) -> Vec<lsp::Diagnostic> {
        self.update(uri);
        let rules = self.rules_of(uri);
        let Some(path) = self.documents.get(uri).and_then(|document| document.path.clone()) else { return Vec::new() };
        let root = self.workspace.root_of(&path);
        let is_post = self.documents.get(uri).is_some_and(|document| document.check.located().is_some());
        let mistakes = if is_post { Vec::new() } else { mistakes::of(&path, &mut self.workspace) };
        let Some(document) = self.documents.get(uri) else { return Vec::new() };
        let surface = Surface {
            uri,
            source: &document.source,
            encoding: self.client.encoding,
            root: &root,
            shows_related: self.client.shows_related,
        };
        let found = document.check.findings().map_or(&[][..], |findings| &findings.shown);
        let found = found.iter().map(|finding| surface.diagnostic(finding, rules.get(&*finding.rule)));
        found.chain(mistakes.iter().map(|(mistake, level, name)| surface.mistake(mistake, *level, name))).collect()
    }

    /// Shows an error of the settings once, if it is in a file that is not open.
    fn tell_once(&mut self, error: &ConfigError, meanwhile: Meanwhile) {
        let Some(message) = mistakes::summary(error, meanwhile, |path| self.documents.has_file(path)) else { return };
        if self.told.insert(message.clone()) {
            let params = ShowMessageParams { kind: MessageType::Warning, message };
            self.client.notify::<ShowMessageNotification>(&params);
        }
    }

    /// Checks a document if it has changed, and asks the rules across posts if its facts have.
    pub(super) fn update(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        let Some(path) = document.path.clone() else { return };
        let root = self.workspace.root_of(&path);
        let updated = document.check.update(&path, &document.source, &mut self.workspace);
        if let Some(notice) = document.check.located_mut().and_then(|located| located.notice.take()) {
            self.client.log(MessageType::Warning, notice);
        }
        if let Err((error, meanwhile)) = updated {
            self.tell_once(&error, meanwhile);
        }
        let Some(document) = self.documents.get_mut(uri) else { return };
        let Some(question) = document.check.question() else { return };
        let Some(located) = document.check.located() else { return };
        let has_moved = question.has_moved;
        let asked = Asked {
            uri: uri.clone(),
            path: path.clone(),
            root,
            number: question.number,
            facts: question.facts,
            rules: located.post.rules.clone(),
            suppressions: question.suppressions,
            has_moved,
        };
        // Only a panic of the thread closes the channel: then the session is about to end.
        let _ = self.jobs.send(Job::Ask(Box::new(asked)));
        if has_moved {
            self.workspace.folder(&path).forget_pages(&path);
            self.check_all_again();
        }
    }
}
