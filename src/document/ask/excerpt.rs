//! The beginning of a post that its generator makes an excerpt of, where that is one block.

use crate::document::ask::prose;
use crate::document::{Document, Element, NodeKind};
use crate::place::dialect::Generator;
use crate::text;

/// The names of such blocks.
const BLOCKS: [&str; 8] = ["blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "p"];

impl Document<'_> {
    /// The only block of the excerpt, and its text. `None` if the excerpt is more than that, or is not known.
    pub fn excerpt(&self) -> Option<(Element<'_>, String)> {
        let body = self.body.slice(self.source.text());
        let start = body.len() - body.trim_start().len();
        let written = body.get(start..start + self.excerpt_length(body.get(start..)?)?)?;
        let is_frame = |it: &Element<'_>| matches!(it.name(), "html" | "head" | "body");
        let block = self.tree.elements().find(|it| !is_frame(it))?;
        // The comment that ends the excerpt may be a part of the paragraph.
        let rest = self.source.slice(block.span()?).trim().strip_prefix(written.trim())?.trim_start();
        let is_known = BLOCKS.contains(&block.name())
            && (rest.is_empty() || rest.starts_with("<!--") && rest.find("-->") == Some(rest.len() - 3))
            && block.descendants().all(|node| node.kind() != NodeKind::Template);
        let text = text::collapsed(&prose::text(block)).trim().to_owned();
        (is_known && !text.is_empty()).then_some((block, text))
    }

    /// Number of bytes of the excerpt in the body, which begins with it. `None` if the generator makes none of its beginning.
    fn excerpt_length(&self, body: &str) -> Option<usize> {
        match self.place.generator {
            // All documents of collections have one; their folders begin with an underscore.
            Generator::Jekyll if self.place.path.rsplit('/').skip(1).any(|folder| folder.starts_with('_')) => {
                let of_site = self.place.excerpt_separator.as_deref();
                let separator = self.field("excerpt_separator").text().or(of_site).unwrap_or("\n\n");
                (!separator.is_empty()).then(|| body.find(separator).unwrap_or(body.len()))
            }
            Generator::Hugo => body.find("<!--more-->"),
            Generator::Hexo => {
                let comments = body.match_indices("<!--");
                let is_more = |rest: &str| rest.trim_start().get(..4).is_some_and(|it| it.eq_ignore_ascii_case("more"));
                comments.map(|(at, _)| at).find(|at| body.get(at + 4..).is_some_and(is_more))
            }
            _ => None,
        }
    }
}
