//! Requests about the other posts of the site. They are answered when the background thread has looked.

use crate::checks::may_be_id_of;
use crate::document::Document as Parsed;
use crate::document::ask::anchors::{Anchors, heading_text};
use crate::facts::Link;
use crate::facts::target::{Target, Written, resolve};
use crate::files::read_post;
use crate::place::Place;
use crate::server::Server;
use crate::server::background::{Job, Look, Seen};
use crate::server::completion::{Items, complete};
use crate::server::completion_spot::{Spot, spot};
use crate::server::documents::Document;
use crate::server::uris;
use crate::source::Span;
use crate::url::{comparable_fragment, fragments_of};
use gen_lsp_types::{
    CompletionParams, CompletionResponse, Definition, DefinitionParams, Location, Range, ReferenceParams,
    TextDocumentPositionParams, Uri,
};
use lsp_server::{RequestId, Response};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// What a request needs.
pub enum Work {
    /// Nothing more: this is its result.
    Done(Value),
    /// A look at the site of a document.
    Look(Uri, Look, Then),
}

/// Makes the result of a request of what was seen.
pub type Then = Box<dyn FnOnce(&mut Server, Seen) -> Value>;

impl Work {
    fn done(result: impl Serialize) -> Self {
        Work::Done(serde_json::to_value(result).unwrap_or_default())
    }

    fn nothing() -> Self {
        Work::Done(Value::Null)
    }
}

impl Server {
    /// Does the work of a request. Returns its result, unless the site has to be looked at.
    pub(super) fn start(&mut self, request: &RequestId, work: Work) -> Option<Value> {
        match work {
            Work::Done(result) => Some(result),
            Work::Look(uri, look, then) => {
                self.looks += 1;
                self.pending.insert(self.looks, (request.clone(), then));
                let _ = self.jobs.send(Job::Look { number: self.looks, uri, look });
                None
            }
        }
    }

    /// Answers the request that waits for what was seen.
    pub(super) fn seen(&mut self, number: u64, seen: Option<Seen>) {
        let Some((id, then)) = self.pending.remove(&number) else { return };
        let result = seen.map_or(Value::Null, |seen| then(self, seen));
        self.client.respond(Response::new_ok(id, result));
    }

    /// Where the link at a position leads.
    pub(super) fn definition(&mut self, params: DefinitionParams) -> Work {
        let at = params.text_document_position_params;
        let uri = at.text_document.uri.clone();
        let Some(link) = self.link_at(&at) else { return Work::done(self.image_at(&at).map(Definition::Location)) };
        let fragment = link.fragment.filter(|fragment| !fragment.is_empty());
        if link.target.is_here() {
            let path = self.documents.get(&uri).and_then(|document| document.path.clone());
            let location = path.and_then(|path| self.location(&path, fragment.as_deref()));
            return Work::done(location.map(Definition::Location));
        }
        let then = move |server: &mut Server, seen: Seen| {
            let Seen::File(Some(path)) = seen else { return Value::Null };
            let location = server.location(&path, fragment.as_deref()).map(Definition::Location);
            serde_json::to_value(location).unwrap_or_default()
        };
        Work::Look(uri, Look::Target(link.target), Box::new(then))
    }

    /// The links to the page that the link at a position leads to, or else to the document.
    pub(super) fn references(&mut self, params: ReferenceParams) -> Work {
        let at = params.text_document_position_params;
        let target = self.link_at(&at).map_or(Target::Here, |link| link.target);
        let uri = at.text_document.uri;
        let facts = self.documents.get(&uri).and_then(|document| document.check.facts());
        let Some(path) = facts.map(|facts| facts.path.clone()) else { return Work::nothing() };
        let then = |server: &mut Server, seen: Seen| {
            let Seen::Places(places) = seen else { return Value::Null };
            let encoding = server.client.encoding;
            let location = |(path, [start, end]): &(std::path::PathBuf, [crate::source::Position; 2])| Location {
                uri: uris::uri(path),
                range: Range { start: encoding.known(*start), end: encoding.known(*end) },
            };
            serde_json::to_value(places.iter().map(location).collect::<Vec<_>>()).unwrap_or_default()
        };
        Work::Look(uri, Look::LinksTo(target, path), Box::new(then))
    }

    /// What may be written at a position.
    pub(super) fn completion(&mut self, params: CompletionParams) -> Work {
        let at = params.text_document_position_params;
        let uri = at.text_document.uri;
        self.update(&uri);
        let encoding = self.client.encoding;
        let Some(document) = self.documents.get(&uri) else { return Work::nothing() };
        let Some(located) = document.check.located() else { return Work::nothing() };
        let offset = encoding.offset(&document.source, at.position);
        let Some((spot, typed)) = spot(&document.source, offset) else { return Work::nothing() };
        let post = &located.post;
        let mut items = Items::new(encoding.range(&document.source, typed));
        let mut listed = BTreeSet::new();
        let (look, key) = match spot {
            Spot::Key => {
                items.add_keys(&document.source, post);
                return Work::done(CompletionResponse::CompletionItemList(items.into_vec()));
            }
            Spot::Image => {
                items.add_pictures(&post.place);
                return Work::done(CompletionResponse::CompletionItemList(items.into_vec()));
            }
            Spot::Value(key) => {
                items.add_values(&key, post);
                let facts = document.check.facts();
                let terms = facts.iter().flat_map(|facts| &facts.terms).filter(|term| term.key == key);
                // The term that is being typed is not listed yet.
                let others = terms.filter(|term| offset < term.span.start || term.span.end < offset);
                listed = others.map(|term| term.text.clone()).collect();
                (Look::Terms(facts.map_or_else(String::new, |facts| facts.path.clone())), key)
            }
            Spot::Link => (Look::Pages, String::new()),
            Spot::Fragment(page) => {
                let Some(target) = target_of(document, &page, &post.place) else { return Work::nothing() };
                if target.is_here() {
                    let ids = document.check.facts().and_then(|facts| facts.anchors.as_ref());
                    items.add_anchors(ids.map_or(&[], |anchors| &anchors.ids));
                    return Work::done(CompletionResponse::CompletionItemList(items.into_vec()));
                }
                (Look::Anchors(target), String::new())
            }
        };
        if document.check.facts().is_none() {
            return Work::done(CompletionResponse::CompletionItemList(items.into_vec()));
        }
        let of = uri.clone();
        let then = move |server: &mut Server, seen: Seen| {
            let located = server.documents.get(&of).and_then(|document| document.check.located());
            let Some(located) = located else { return Value::Null };
            serde_json::to_value(complete(items, &seen, (&key, &listed), &located.post.place)).unwrap_or_default()
        };
        Work::Look(uri, look, Box::new(then))
    }

    /// The link at a position.
    fn link_at(&mut self, at: &TextDocumentPositionParams) -> Option<Link> {
        self.update(&at.text_document.uri);
        let document = self.documents.get(&at.text_document.uri)?;
        let offset = self.client.encoding.offset(&document.source, at.position);
        let links = &document.check.facts()?.links;
        links.iter().find(|link| link.span.start <= offset && offset <= link.span.end).cloned()
    }

    /// The file of the image at a position.
    fn image_at(&self, at: &TextDocumentPositionParams) -> Option<Location> {
        let document = self.documents.get(&at.text_document.uri)?;
        let offset = self.client.encoding.offset(&document.source, at.position);
        let is_at = |span: Span| span.start <= offset && offset <= span.end;
        let image = document.check.facts()?.images.iter().find(|image| is_at(image.span) && !image.is_templated)?;
        let post = &document.check.located()?.post;
        let root = post.site.as_ref().map_or(&post.config_folder, |site| &site.root);
        let path = root.join(post.place.found_file(&image.src)?);
        Some(Location { uri: uris::uri(&path), range: Range::default() })
    }

    /// The place of a fragment in a file; the start of the file without one, or if it is not found.
    fn location(&mut self, path: &Path, fragment: Option<&str>) -> Option<Location> {
        let source = read_post(&*self.workspace.files, path)?;
        let span = fragment.and_then(|fragment| {
            let located = self.workspace.post(path).ok()??;
            anchor(&Parsed::parse(&source, &located.post.place), fragment)
        });
        let range = self.client.encoding.range(&source, span.unwrap_or_default());
        Some(Location { uri: uris::uri(path), range })
    }
}

/// The element that a fragment refers to, or else the heading of which a plugin may make such an id.
fn anchor(document: &Parsed<'_>, fragment: &str) -> Option<Span> {
    let fragment = comparable_fragment(fragment);
    let with_id = document.tree.elements().find_map(|element| {
        let mut ids = element.attributes().filter(|attribute| matches!(attribute.name(), "id" | "name"));
        ids.any(|id| fragments_of(id.value()).any(|id| id == fragment)).then(|| element.span()).flatten()
    });
    with_id.or_else(|| {
        let are_exact = Anchors::known(document).is_none_or(|anchors| anchors.are_exact);
        let mut headings = document.tree.elements().filter(|it| !are_exact && it.heading_level().is_some());
        headings.find(|heading| may_be_id_of(&fragment, &heading_text(*heading)))?.span()
    })
}

/// What a link to this URL in the post refers to. While a link is typed, it is not one yet.
fn target_of(document: &Document, url: &str, place: &Place) -> Option<Target> {
    if url.is_empty() {
        return Some(Target::Here);
    }
    let publication = &document.check.facts()?.publication;
    let parsed = Parsed::parse(&document.source, place);
    Some(resolve(&parsed, publication, &Written { href: url, template: None, is_markdown: true }).target)
}
