//! Actions on findings: their fixes, suppressions of them, and all safe fixes of a post at once.

use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::edit::Edit;
use crate::engine::fixing;
use crate::engine::suppression_writer::silence;
use crate::engine::{INTERNAL_ERROR, RuleInfo};
use crate::server::capabilities::FIX_ALL;
use crate::server::client::Client;
use crate::server::diagnostics::Surface;
use crate::server::documents::Document;
use crate::server::text_edits::edits_between;
use crate::source::{Source, Span};
use gen_lsp_types::{self as lsp, CodeAction, CodeActionKind, Uri, WorkspaceEdit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The reason in a suppression that an action writes, for its author to replace.
const REASON: &str = "say why";

/// What an action does, for a client that asks for its edit later.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deferred {
    /// The document.
    pub uri: Uri,
    /// The version of the document that the action is for.
    pub version: i32,
    /// The finding to suppress; `None` for all safe fixes.
    ignored: Option<Ignored>,
}

/// A finding to suppress.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Ignored {
    rule: String,
    span: Span,
}

/// The actions for a range of a document.
pub struct Actions<'a> {
    /// The document.
    pub document: &'a Document,
    /// How its findings are shown.
    pub surface: Surface<'a>,
    /// The rules by name.
    pub rules: &'a BTreeMap<String, RuleInfo>,
    /// The client.
    pub client: &'a Client,
}

impl Actions<'_> {
    /// The actions for the findings at `range`, of the kinds that the client wants.
    pub fn at(&self, range: lsp::Range, only: Option<&[CodeActionKind]>) -> Vec<CodeAction> {
        let span = self.surface.encoding.span(&self.document.source, range);
        let mut actions = Vec::new();
        if wants(only, &CodeActionKind::QuickFix) {
            let touches = |at: Span| at.start <= span.end && span.start <= at.end;
            let found = self.document.check.findings().map_or(&[][..], |findings| &findings.shown);
            for finding in found.iter().filter(|finding| touches(finding.label.span)) {
                actions.extend(self.fix(finding));
                actions.extend(self.ignore(finding));
            }
        }
        // Without an edit that is computed later, this would fix the whole post whenever the cursor moves.
        if wants(only, &CodeActionKind::Custom(FIX_ALL.into())) && (only.is_some() || self.client.resolves_actions) {
            actions.extend(self.fix_all());
        }
        actions
    }

    fn fix(&self, finding: &Diagnostic) -> Option<CodeAction> {
        let fix = finding.fix.as_ref()?;
        let is_safe = fix.safety == Safety::Safe;
        let mark = if is_safe { "" } else { " (unsafe)" };
        Some(CodeAction {
            title: format!("{} ({}){mark}", capitalized(&fix.title), finding.rule),
            is_preferred: is_safe.then_some(true),
            edit: Some(self.workspace_edit(fix.edits())),
            ..self.action(CodeActionKind::QuickFix, Some(finding))
        })
    }

    fn ignore(&self, finding: &Diagnostic) -> Option<CodeAction> {
        let ignored = Ignored { rule: finding.rule.to_string(), span: finding.label.span };
        let action = CodeAction {
            title: format!("Ignore {} here", finding.rule),
            ..self.action(CodeActionKind::QuickFix, Some(finding))
        };
        self.completed(action, Some(ignored))
    }

    fn fix_all(&self) -> Option<CodeAction> {
        let found = &self.document.check.findings()?.shown;
        let is_safe = |finding: &Diagnostic| finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
        if !found.iter().any(is_safe) {
            return None;
        }
        let title = "Apply all safe fixes of postlint".to_owned();
        let action = CodeAction { title, ..self.action(CodeActionKind::Custom(FIX_ALL.into()), None) };
        self.completed(action, None)
    }

    /// An action with its edit, or with what is needed to compute it later. `None` if there is nothing to edit.
    fn completed(&self, action: CodeAction, ignored: Option<Ignored>) -> Option<CodeAction> {
        let deferred = Deferred { uri: self.document.uri.clone(), version: self.document.version, ignored };
        if self.client.resolves_actions {
            return Some(CodeAction { data: serde_json::to_value(&deferred).ok(), ..action });
        }
        Some(CodeAction { edit: Some(self.edit(&deferred)?), ..action })
    }

    /// The edit of an action. `None` if nothing can be edited.
    pub fn edit(&self, deferred: &Deferred) -> Option<WorkspaceEdit> {
        let after = match &deferred.ignored {
            Some(ignored) => self.suppressed(ignored),
            None => self.fixed(),
        }?;
        Some(self.workspace_edit(&edits_between(self.document.source.text(), after.text())))
    }

    fn suppressed(&self, ignored: &Ignored) -> Option<Source> {
        let found = &self.document.check.findings()?.shown;
        let is_it = |it: &&Diagnostic| *it.rule == *ignored.rule && it.label.span == ignored.span;
        let finding = found.iter().find(is_it)?;
        let setup = self.document.check.located()?.post.setup();
        silence(setup, &self.document.source, std::slice::from_ref(finding), REASON).map(|silenced| silenced.source)
    }

    /// The post after all its safe fixes, as `postlint fix` writes it.
    fn fixed(&self) -> Option<Source> {
        let (located, findings) = (self.document.check.located()?, self.document.check.findings()?);
        if findings.all.iter().any(|finding| &*finding.rule == INTERNAL_ERROR) {
            return None;
        }
        let forget = |source: &Source, found: &mut Vec<Diagnostic>| located.hide_known(source, found);
        let all = findings.all.clone();
        let is_safe = |fix: &Fix| fix.safety == Safety::Safe;
        fixing::fix(located.post.setup(), &self.document.source, all, &is_safe, &forget).source
    }

    fn action(&self, kind: CodeActionKind, finding: Option<&Diagnostic>) -> CodeAction {
        let shown = finding.map(|finding| vec![self.surface.diagnostic(finding, self.rules.get(&*finding.rule))]);
        CodeAction { kind: Some(kind), diagnostics: shown, ..CodeAction::default() }
    }

    fn workspace_edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let (encoding, source, uri) = (self.surface.encoding, &self.document.source, self.document.uri.clone());
        let edits = edits.iter().map(|edit| encoding.text_edit(source, edit));
        if !self.client.edits_versions {
            let changes = [(uri, edits.collect())].into_iter().collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let text_document = lsp::OptionalVersionedTextDocumentIdentifier {
            version: Some(self.document.version),
            text_document_identifier: lsp::TextDocumentIdentifier { uri },
        };
        let edit = lsp::TextDocumentEdit { text_document, edits: edits.map(lsp::Edit::TextEdit).collect() };
        WorkspaceEdit {
            document_changes: Some(vec![lsp::DocumentChange::TextDocumentEdit(edit)]),
            ..WorkspaceEdit::default()
        }
    }
}

/// Whether the client wants actions of a kind: one that it names, or one below that.
fn wants(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let kind = kind_name(kind);
    let is_around = |around: &CodeActionKind| {
        let around = kind_name(around);
        around.is_empty() || kind.strip_prefix(&*around).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(is_around))
}

fn kind_name(kind: &CodeActionKind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Titles of fixes begin with a lowercase letter, those of actions with a capital one.
fn capitalized(title: &str) -> String {
    let mut characters = title.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
