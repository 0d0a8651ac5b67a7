//! Findings, and mistakes in files written for postlint, as diagnostics.

use crate::diagnostic::{Diagnostic, Fix, Level, Mistake};
use crate::engine::RuleInfo;
use crate::files::{absolute, collapsed};
use crate::server::capabilities::NAME;
use crate::server::positions::Encoding;
use crate::server::uris;
use crate::source::{Source, Span};
use gen_lsp_types::{
    self as lsp, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, Range, Uri,
};
use serde_json::json;
use std::path::Path;

/// What the diagnostics of a document need besides its findings.
pub struct Surface<'a> {
    /// Its URI.
    pub uri: &'a Uri,
    /// Its text.
    pub source: &'a Source,
    /// The unit of columns.
    pub encoding: Encoding,
    /// The folder to which paths in findings are relative.
    pub root: &'a Path,
    /// Whether the client shows related places.
    pub shows_related: bool,
}

impl Surface<'_> {
    /// A finding of this rule.
    pub fn diagnostic(&self, finding: &Diagnostic, rule: Option<&RuleInfo>) -> lsp::Diagnostic {
        let url = rule.map(|rule| rule.url.as_str()).filter(|url| !url.is_empty());
        let related = self.related(finding);
        let fix = finding.fix.as_ref().map(|fix| json!({ "title": fix.title, "safety": fix.safety.as_str() }));
        lsp::Diagnostic {
            range: self.range(finding.label.span),
            severity: Some(severity(finding.level)),
            code: Some(finding.rule.to_string().into()),
            code_description: url.map(|url| CodeDescription { href: url.into() }),
            source: Some(NAME.to_owned()),
            message: message(&finding.message, finding.help.as_deref()).into(),
            tags: tags(finding),
            related_information: (self.shows_related && !related.is_empty()).then_some(related),
            data: Some(json!({ "rule": &*finding.rule, "fix": fix })),
        }
    }

    /// A mistake in a config file or a rule's page.
    pub fn mistake(&self, mistake: &Mistake, level: Level, name: &str) -> lsp::Diagnostic {
        lsp::Diagnostic {
            range: self.range(mistake.span),
            severity: Some(severity(level)),
            code: Some(name.to_owned().into()),
            code_description: None,
            source: Some(NAME.to_owned()),
            message: message(&mistake.message, mistake.help.as_deref()).into(),
            tags: None,
            related_information: None,
            data: None,
        }
    }

    /// The range of a span.
    pub fn range(&self, span: Span) -> Range {
        self.encoding.range(self.source, span)
    }

    fn related(&self, finding: &Diagnostic) -> Vec<DiagnosticRelatedInformation> {
        let here = finding.related.iter().map(|label| DiagnosticRelatedInformation {
            location: Location { uri: self.uri.clone(), range: self.range(label.span) },
            message: label.message.clone(),
        });
        let there = finding.elsewhere.iter().filter_map(|place| {
            let [start, end] = place.ends?;
            let range = Range { start: self.encoding.known(start), end: self.encoding.known(end) };
            let uri = uris::uri(&collapsed(&absolute(&self.root.join(&place.path))));
            Some(DiagnosticRelatedInformation { location: Location { uri, range }, message: place.message.clone() })
        });
        // Clients show nothing for an empty message.
        let named = |it: DiagnosticRelatedInformation| match it.message.is_empty() {
            true => DiagnosticRelatedInformation { message: "belongs to it".to_owned(), ..it },
            false => it,
        };
        here.chain(there).map(named).collect()
    }
}

fn message(message: &str, help: Option<&str>) -> String {
    match help {
        Some(help) => format!("{message}\nhelp: {help}"),
        None => message.to_owned(),
    }
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warn => DiagnosticSeverity::Warning,
        Level::Info => DiagnosticSeverity::Information,
    }
}

/// Rules whose findings are elements and attributes that HTML has given up. Clients strike them through.
const DEPRECATED: [&str; 2] = ["element-obsolete", "attribute-obsolete"];

fn tags(finding: &Diagnostic) -> Option<Vec<DiagnosticTag>> {
    let is_removal = |fix: &Fix| {
        let is_deletion = fix.edits().iter().all(|edit| edit.text.is_empty());
        is_deletion && fix.edits().iter().any(|edit| edit.span.contains(finding.label.span))
    };
    if DEPRECATED.contains(&&*finding.rule) {
        return Some(vec![DiagnosticTag::Deprecated]);
    }
    finding.fix.as_ref().is_some_and(is_removal).then(|| vec![DiagnosticTag::Unnecessary])
}
