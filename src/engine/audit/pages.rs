//! Reads built pages and checks each of them as an HTML page.

use crate::built::fingerprint;
use crate::built::location::Published;
use crate::built::page::ReadPage;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::engine::check::check;
use crate::engine::failure::caught;
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator};
use crate::ruleset::Ruleset;
use crate::schema::Demands;
use crate::site::Site;
use crate::source::{Source, Span};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How built pages are read.
pub struct Pages<'a> {
    /// Where they are published.
    pub published: &'a Published,
    /// The site that they were built from, if it is known.
    pub site: Option<&'a Site>,
    /// The rules that read built pages.
    pub rules: &'a Ruleset,
}

/// A page that was read, and what rules find in it.
#[derive(Default)]
pub struct Read {
    /// What is kept of it.
    pub read: ReadPage,
    /// The findings, each with the fingerprint of its message and its markup.
    pub found: Vec<(u64, Diagnostic)>,
    /// Why it could not be read, if postlint failed.
    pub failure: Option<String>,
}

/// How much of a start tag identifies it.
const MAX_TAG: usize = 400;

impl Pages<'_> {
    /// Reads the page in the file with this path in the built folder.
    pub fn read(&self, file: &str, source: &Source) -> Read {
        let place = self.place(file);
        let read = || {
            let document = Document::parse(source, &place);
            let read = ReadPage::of(&document, file, self.published);
            // Readers do not see a page that sends them on, and no author writes the markup of one that a program makes.
            let is_stub = read.page.is_redirect && read.page.headings.is_empty();
            let is_authored = !is_stub && !read.page.is_foreign && !self.is_made_of_all(file);
            let is_checked = read.page.is_whole && is_authored && source.not_utf8().is_none();
            let found =
                if is_checked { check(&document, self.rules, &Demands::default(), &mut ()) } else { Vec::new() };
            Read { read, found: keyed(source, found), failure: None }
        };
        caught(read).unwrap_or_else(|cause| {
            let mut failed = Read { failure: Some(cause), ..Read::default() };
            failed.read.page.file = file.to_owned();
            failed
        })
    }

    /// Whether the generator makes the page of all others: mdBook makes one to print, and one with the contents for a frame.
    /// <https://rust-lang.github.io/mdBook/format/configuration/renderers.html>
    fn is_made_of_all(&self, file: &str) -> bool {
        let is_mdbook = self.site.is_some_and(|site| site.generator == Generator::MdBook);
        is_mdbook && matches!(file.rsplit('/').next(), Some("print.html" | "toc.html"))
    }

    /// The place of a built page: a plain HTML page on the hosts of the site.
    pub fn place(&self, file: &str) -> Place {
        let text = |fact: fn(&Site) -> Option<String>| self.site.and_then(fact);
        Place {
            own_hosts: self.published.hosts.iter().cloned().collect(),
            base_path: self.published.base.clone(),
            site_title: text(|site| site.title.as_ref().map(|title| title.value.clone())),
            is_built: true,
            ..Place::new(file, Generator::Plain, Dialect::Html)
        }
    }
}

/// The findings of a page, each with its fingerprint: that of its message and of the tag that it is at, or of its identity if the
/// page has no other finding of the rule.
fn keyed(source: &Source, found: Vec<Diagnostic>) -> Vec<(u64, Diagnostic)> {
    let mut counts: FxHashMap<Arc<str>, usize> = FxHashMap::default();
    found.iter().for_each(|diagnostic| *counts.entry(diagnostic.rule.clone()).or_default() += 1);
    let key = |diagnostic: &Diagnostic| {
        let identity = diagnostic.identity.as_deref().filter(|identity| !identity.is_empty());
        let what = identity.filter(|_| counts.get(&diagnostic.rule) == Some(&1));
        fingerprint(&format!("{}\u{0}{}", diagnostic.message, what.unwrap_or_else(|| tag(source, diagnostic))))
    };
    found.into_iter().map(|diagnostic| (key(&diagnostic), Diagnostic { fix: None, ..diagnostic })).collect()
}

/// The tag that a finding is at.
fn tag<'s>(source: &'s Source, diagnostic: &Diagnostic) -> &'s str {
    let text = source.text();
    let at = diagnostic.label.span.start as usize;
    let before = text.get(..at).unwrap_or("");
    let is_tag = text.get(at..).is_some_and(|rest| rest.starts_with('<'));
    let start = if is_tag { at } else { before.rfind('<').unwrap_or(at) };
    let length = text.get(start..).and_then(|rest| rest.find('>')).unwrap_or(0).min(MAX_TAG);
    let end = (start + length).max(at).min(start + MAX_TAG);
    let end = (start..=end).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(start);
    Span::of(start..end).slice(text)
}
