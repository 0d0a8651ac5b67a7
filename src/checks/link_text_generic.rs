//! `link-text-generic`: a link whose text would fit any link.

use crate::document::ask::accessible_name::{is_blank, shown_text};
use crate::document::ask::head::text_of;
use crate::document::ask::tokens::has_token;
use crate::document::{Element, Node, NodeKind, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::folded;
use crate::url::file_name;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use smallvec::SmallVec;
use std::borrow::Cow;

/// Maximum number of bytes of quotation marks, arrows and whitespace around a generic text.
const MAX_AROUND: usize = 24;

/// Maximum number of elements of a card that are searched for a link with a better text.
const MAX_CARD: usize = 60;

/// How far above a link the article is looked for that is its card.
const MAX_ARTICLE: usize = 6;

/// Maximum number of blocks between a link and the headline above it.
const MAX_SECTION: usize = 20;

/// Maximum length in bytes of the cell that names a row.
const MAX_NAME: u32 = 1000;

/// Words that are generic only in a sentence.
const ARTICLES: [&str; 4] = ["a", "an", "of", "the"];

/// Words that are generic only at the end of a phrase. In a list of links, what they are about is written beside them.
const NOUNS: [&str; 2] = ["article", "website"];

/// The text is compared as a whole: `여기` is generic, `여기 지도` is not.
#[derive(Deserialize)]
#[serde(from = "Options")]
pub struct LinkTextGeneric {
    words: FxHashSet<String>,
    not_in_markdown: FxHashSet<String>,
    /// Length in bytes of the longest of the words.
    max_length: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Options {
    words: FxHashSet<String>,
    not_in_markdown: FxHashSet<String>,
}

impl From<Options> for LinkTextGeneric {
    fn from(Options { words, not_in_markdown }: Options) -> Self {
        // Some scripts end words with a sign that is not alphanumeric, such as Tamil's virama.
        let bared = |words: FxHashSet<String>| words.iter().map(|word| bare(word).into_owned()).collect();
        let max_length = words.iter().map(String::len).max().unwrap_or(0);
        LinkTextGeneric { words: bared(words), not_in_markdown: bared(not_in_markdown), max_length }
    }
}

impl Check for LinkTextGeneric {
    fn wants(&self) -> Wants {
        Wants::elements(&["a"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        // The text is the name of a tag.
        if element.attribute("rel").is_some_and(|rel| has_token(rel, "tag")) {
            return;
        }
        let Some(href) = element.attribute("href").filter(|_| element.is_html()) else { return };
        let Some(text) = shown_text(element).filter(|text| text.len() <= self.max_length + MAX_AROUND) else { return };
        let word = bare(&text);
        if !self.words.contains(&*word) {
            return;
        }
        // In an index, the same letter or word names what it leads to.
        // Several links over one phrase have a word each.
        let is_noun = NOUNS.contains(&&*word);
        let is_article = ARTICLES.contains(&&*word);
        if is_noun && (*text != *word || !follows_word(element)) {
            return;
        }
        if is_article && (*text != *word || !is_in_sentence(element) || is_in_row(element)) {
            return;
        }
        let address = href.value().trim().to_ascii_lowercase();
        if address.is_empty() || ["#", "mailto:", "tel:", "javascript:"].iter().any(|it| address.starts_with(it)) {
            return;
        }
        // In `<a href="patterns/link.html">Link</a>`, the text is the name of the page.
        let named = file_name(&address).split('.').next().is_some_and(|stem| stem == word);
        let left = element.origin() == Origin::Markdown && self.not_in_markdown.contains(&*word);
        // Someone else wrote what is quoted, but not the link to it.
        let is_quoted = || element.ancestors().any(|it| it.name() == "blockquote") && !is_alone(element);
        let is_told = || self.has_telling_twin(element, href.value()) || self.is_in_named_row(element);
        if named || left || is_quoted() || is_told() || names_heading(element, href.value(), &text) {
            return;
        }
        if let Some(span) = text_span(element) {
            let message = format!("link text `{text}` does not describe the link target");
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}

/// Whether the link has the text of the heading that it leads to, as an entry of the contents of the page.
fn names_heading(link: Element<'_>, href: &str, text: &str) -> bool {
    let Some((_, id)) = href.split_once('#').filter(|(_, id)| !id.is_empty()) else { return false };
    let is_it = |it: &Element<'_>| {
        // A heading may hold a link to itself: `Learn more¶`.
        let starts = || text_of(*it).trim_start().starts_with(text);
        it.heading_level().is_some() && it.attribute("id").is_some_and(|it| it.value() == id) && starts()
    };
    link.tree().html_elements().any(|it| is_it(&it))
}

/// Whether the link is all that its paragraph has.
fn is_alone(link: Element<'_>) -> bool {
    let block = link.parent().filter(|block| block.name() == "p");
    block.is_some_and(|block| is_all_of(link, block))
}

/// Whether an element shows no other text than that of a link.
fn is_all_of(link: Element<'_>, around: Element<'_>) -> bool {
    shown_text(around) == shown_text(link)
}

/// Whether only whitespace is between the link and another one.
fn is_in_row(link: Element<'_>) -> bool {
    let is_beside = |step: fn(Node<'_>) -> Option<Node<'_>>| {
        let mut beside = step(link.node());
        beside = beside.and_then(|node| {
            let is_space = node.kind() == NodeKind::Text && is_blank(node.text());
            if is_space { step(node) } else { Some(node) }
        });
        beside.and_then(Node::as_element).is_some_and(|it| it.is_link())
    };
    is_beside(|node| node.previous_sibling()) || is_beside(|node| node.next_sibling())
}

impl LinkTextGeneric {
    /// Whether the link is alone in a cell of a row whose first cell says what the row is about: assistive technology
    /// announces it with the cell. <https://www.w3.org/WAI/WCAG22/Techniques/html/H79>
    fn is_in_named_row(&self, element: Element<'_>) -> bool {
        let Some(cell) = element.ancestors().take(3).find(|above| above.name() == "td") else { return false };
        let Some(first) = cell.parent().and_then(|row| row.child_elements().next()) else { return false };
        let is_alone = cell.child_elements().nth(1).is_none() && is_all_of(element, cell);
        let is_short = first.span().is_some_and(|span| span.len() <= MAX_NAME);
        let says = |text: &str| text.contains(char::is_alphabetic) && !self.words.contains(&*bare(text));
        let is_other = first.node().id() != cell.node().id();
        is_alone && is_short && is_other && shown_text(first).is_some_and(|text| says(&text))
    }

    /// Whether the link is the "read more" link of a card, in which a headline links to the same page.
    fn has_telling_twin(&self, element: Element<'_>, href: &str) -> bool {
        let above = element.ancestors().take(3).take_while(|above| !matches!(above.name(), "body" | "html"));
        let cards: SmallVec<[Element<'_>; 3]> = above.collect();
        let Some(card) = cards.last().copied() else { return false };
        let says = |text: &str| text.contains(char::is_alphanumeric) && !self.words.contains(&*bare(text));
        let is_telling = |other: Element<'_>| {
            other.name() == "a"
                && other.attribute("href").is_some_and(|it| it.value() == href)
                && shown_text(other).is_none_or(|text| says(&text))
        };
        let is_whole = card.parent().is_none_or(|above| matches!(above.name(), "body" | "html"));
        let article = element.ancestors().take(MAX_ARTICLE).find(|above| above.name() == "article");
        // The smallest one first: a large one may be the whole list.
        cards.iter().copied().chain(article).any(|card| card.descendant_elements().take(MAX_CARD).any(is_telling))
            || is_whole && since_headline(card).any(|block| block.descendant_elements().take(MAX_CARD).any(is_telling))
    }
}

/// The blocks before this one up to the nearest headline, which comes last.
fn since_headline(block: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let before = std::iter::successors(block.node().previous_sibling(), |node| node.previous_sibling());
    let mut is_over = false;
    before.filter_map(Node::as_element).take(MAX_SECTION).take_while(move |block| {
        let is_inside = !is_over;
        is_over |= block.heading_level().is_some();
        is_inside
    })
}

/// Whether the link follows a word of its sentence. The text of code is a name.
fn follows_word(link: Element<'_>) -> bool {
    let before = link.node().previous_sibling().filter(|node| node.kind() == NodeKind::Text);
    let is_plain = link.child_elements().next().is_none();
    is_plain && before.is_some_and(|node| node.text().trim_end().ends_with(char::is_alphabetic))
}

/// Whether words or other links are right before and after the link.
fn is_in_sentence(link: Element<'_>) -> bool {
    let is_space = |node: &Node<'_>| node.kind() == NodeKind::Text && is_blank(node.text());
    let is_word = |node: Node<'_>| node.kind() == NodeKind::Element || node.text().contains(char::is_alphabetic);
    let mut before = std::iter::successors(link.node().previous_sibling(), |node| node.previous_sibling());
    let mut after = std::iter::successors(link.node().next_sibling(), |node| node.next_sibling());
    before.find(|node| !is_space(node)).is_some_and(is_word) && after.find(|node| !is_space(node)).is_some_and(is_word)
}

/// The text in lower case and NFC, without surrounding punctuation and arrows.
fn bare(text: &str) -> Cow<'_, str> {
    let is_outer = |c: char| !c.is_alphanumeric();
    match folded(text) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(is_outer)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(is_outer).to_owned()),
    }
}

fn text_span(element: Element<'_>) -> Option<Span> {
    let texts = element.descendants().filter(|node| node.kind() == NodeKind::Text);
    texts.filter_map(|node| node.span()).reduce(Span::join).or(element.start_tag())
}
