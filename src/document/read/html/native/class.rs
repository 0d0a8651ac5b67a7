//! What the rules of tree construction depend on: the classes of elements.

use crate::document::read::html::names::is_formatting_name;
use crate::document::read::html::native::reason::Reason;
use html5ever::{LocalName, local_name as name};

/// A set of the properties of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class(u16);

impl Class {
    pub const NONE: Class = Class(0);
    /// The start tag closes an open `<p>`.
    pub const CLOSES_P: Class = Class(1);
    /// `<h1>` to `<h6>`.
    pub const HEADING: Class = Class(1 << 1);
    /// Copied by error recovery if it is not closed.
    pub const FORMATTING: Class = Class(1 << 2);
    /// Has no content.
    pub const VOID: Class = Class(1 << 3);
    /// Closed by an end tag of an element around it without being misnested.
    pub const IMPLIED_END: Class = Class(1 << 4);
    /// Stops the search for an element to close.
    pub const SPECIAL: Class = Class(1 << 5);
    /// Outside of it, no element is in scope.
    pub const SCOPE: Class = Class(1 << 6);
    /// Closed by its end tag whatever is open in it.
    pub const BLOCK: Class = Class(1 << 7);
    /// `<table>` and its parts, except cells and captions.
    pub const STRUCTURE: Class = Class(1 << 8);
    /// A cell or caption.
    pub const CELL: Class = Class(1 << 9);
    /// Keeps the open formatting elements around it apart from those in it.
    pub const MARKER: Class = Class(1 << 10);
    /// Contains only text.
    pub const RAW: Class = Class(1 << 11);
    /// `<script>` or `<style>`, which is allowed in a table.
    pub const SCRIPTING: Class = Class(1 << 12);
    /// A part of a ruby annotation.
    pub const RUBY: Class = Class(1 << 13);
    /// `<option>` or `<optgroup>`.
    pub const OPTION: Class = Class(1 << 14);
    /// Left to the tree constructor.
    pub const LEFT: Class = Class(1 << 15);

    const fn and(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// Whether the element has one of the properties.
    pub fn is(self, any: Class) -> bool {
        self.0 & any.0 != 0
    }

    /// The class of the elements with this name.
    #[rustfmt::skip]
    pub fn of(local: &LocalName) -> Class {
        const CLOSING: Class = Class::CLOSES_P.and(Class::BLOCK);
        const SPECIAL: Class = Class::SPECIAL;
        match *local {
            name!("p") => Class::CLOSES_P.and(Class::IMPLIED_END).and(SPECIAL),
            name!("dialog") | name!("search") => CLOSING,
            name!("address") | name!("article") | name!("aside") | name!("blockquote") | name!("center")
            | name!("details") | name!("dir") | name!("div") | name!("dl") | name!("fieldset") | name!("figcaption")
            | name!("figure") | name!("footer") | name!("header") | name!("hgroup") | name!("main") | name!("menu")
            | name!("nav") | name!("ol") | name!("section") | name!("summary") | name!("ul") | name!("pre")
            | name!("listing") => CLOSING.and(SPECIAL),
            name!("h1") | name!("h2") | name!("h3") | name!("h4") | name!("h5") | name!("h6") => {
                Class::CLOSES_P.and(Class::HEADING).and(SPECIAL)
            }
            name!("li") | name!("dd") | name!("dt") => Class::IMPLIED_END.and(SPECIAL),
            _ if is_formatting_name(local) && reason_to_leave(local).is_none() => Class::FORMATTING,
            name!("area") | name!("base") | name!("basefont") | name!("bgsound") | name!("br") | name!("embed")
            | name!("img") | name!("input") | name!("link") | name!("meta") | name!("param") | name!("source")
            | name!("track") | name!("wbr") => Class::VOID.and(SPECIAL),
            name!("keygen") => Class::VOID,
            name!("hr") => Class::VOID.and(Class::CLOSES_P).and(SPECIAL),
            name!("script") | name!("style") => Class::RAW.and(Class::SCRIPTING).and(SPECIAL),
            name!("iframe") | name!("noembed") | name!("noframes") | name!("textarea") | name!("title") => {
                Class::RAW.and(SPECIAL)
            }
            name!("xmp") => Class::RAW.and(Class::CLOSES_P).and(SPECIAL),
            name!("noscript") | name!("isindex") => SPECIAL,
            name!("select") => Class::BLOCK.and(Class::SCOPE).and(SPECIAL),
            name!("option") | name!("optgroup") => Class::OPTION.and(Class::IMPLIED_END),
            name!("button") => Class::BLOCK.and(SPECIAL),
            name!("form") => Class::CLOSES_P.and(SPECIAL),
            name!("rb") | name!("rp") | name!("rt") | name!("rtc") => Class::RUBY.and(Class::IMPLIED_END),
            name!("applet") | name!("marquee") | name!("object") => Class::SCOPE.and(Class::MARKER).and(SPECIAL),
            name!("table") => Class::CLOSES_P.and(Class::SCOPE).and(Class::STRUCTURE).and(SPECIAL),
            name!("tbody") | name!("thead") | name!("tfoot") | name!("tr") => Class::STRUCTURE.and(SPECIAL),
            name!("td") | name!("th") | name!("caption") => {
                Class::CELL.and(Class::SCOPE).and(Class::MARKER).and(SPECIAL)
            }
            _ if reason_to_leave(local).is_some() => Class::LEFT,
            _ => Class::NONE,
        }
    }

    /// The class of `head` and `body`.
    pub const PAGE: Class = Class::SPECIAL.and(Class::LEFT);
    /// The class of the root.
    pub const ROOT: Class = Class::SCOPE.and(Class::SPECIAL).and(Class::LEFT);
}

/// Why the elements of this name are left to the tree constructor, if they are.
pub(super) fn reason_to_leave(local: &LocalName) -> Option<Reason> {
    Some(match *local {
        name!("html") | name!("head") | name!("body") | name!("frame") | name!("frameset") => Reason::PageTag,
        name!("svg") | name!("math") => Reason::Foreign,
        name!("template") => Reason::Template,
        name!("col") | name!("colgroup") => Reason::TablePart,
        name!("image") | name!("nobr") | name!("plaintext") => Reason::RareElement,
        _ => return None,
    })
}
