//! Sitemaps of a built folder. <https://www.sitemaps.org/protocol.html>

use crate::source::Span;
use crate::text::decoded;

/// A sitemap, or an index of sitemaps.
#[derive(Clone, Debug, Default)]
pub struct Sitemap {
    /// Its path in the folder.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it is an index of sitemaps.
    pub is_index: bool,
    /// What is wrong with it as XML, and where.
    pub broken: Option<(String, Span)>,
    /// Its URLs.
    pub entries: Vec<Entry>,
}

/// A URL of a sitemap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The URL.
    pub url: String,
    /// When the page was changed last, as it is written.
    pub changed: Option<String>,
    /// Where the URL is written.
    pub span: Span,
}

impl Sitemap {
    /// Reads a sitemap; `None` if the file is another kind of XML.
    pub fn read(file: &str, text: &str) -> Option<Self> {
        let is_index = text.contains("<sitemapindex");
        if !is_index && !text.contains("<urlset") {
            return None;
        }
        let mut sitemap = Sitemap { file: file.to_owned(), size: text.len() as u64, is_index, ..Sitemap::default() };
        sitemap.broken = broken(text);
        let mut at = 0;
        while let Some((url, span)) = element(text, "loc", &mut at) {
            let end = text.get(at..).and_then(|rest| rest.find("<loc")).map_or(text.len(), |next| at + next);
            let mut inside = at;
            let rest = text.get(..end).unwrap_or(text);
            let changed = element(rest, "lastmod", &mut inside).map(|(changed, _)| changed);
            sitemap.entries.push(Entry { url, changed, span });
        }
        Some(sitemap)
    }
}

/// The text of the next element with this name, and where it is written.
fn element(text: &str, name: &str, at: &mut usize) -> Option<(String, Span)> {
    loop {
        let open = *at + text.get(*at..)?.find(&format!("<{name}"))?;
        let after = open + 1 + name.len();
        *at = after;
        // Pictures have elements of other names: `image:loc`.
        if !text.get(after..)?.starts_with(['>', ' ', '\n', '\r', '\t']) {
            continue;
        }
        let start = after + text.get(after..)?.find('>')? + 1;
        let end = start + text.get(start..)?.find('<')?;
        *at = end;
        let written = text.get(start..end)?;
        let trimmed = written.trim();
        let first = start + (written.len() - written.trim_start().len());
        let plain = trimmed.trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        return Some((decoded(plain).into_owned(), Span::of(first..first + trimmed.len())));
    }
}

/// Entities that XML has.
const ENTITIES: [&str; 5] = ["amp;", "lt;", "gt;", "quot;", "apos;"];

/// What is certainly not well-formed: text before the declaration, an `&` outside of entities, or a missing end.
fn broken(text: &str) -> Option<(String, Span)> {
    let content = text.strip_prefix('\u{feff}').unwrap_or(text);
    let bom = text.len() - content.len();
    let before = content.len() - content.trim_start().len();
    if before > 0 && content.trim_start().starts_with("<?xml") {
        return Some(("text before `<?xml`".to_owned(), Span::of(bom..bom + before)));
    }
    if content.contains("<![CDATA[") {
        return None;
    }
    for (at, _) in text.match_indices('&') {
        let rest = text.get(at + 1..).unwrap_or("");
        if !rest.starts_with('#') && !ENTITIES.iter().any(|entity| rest.starts_with(entity)) {
            return Some(("`&` that is not written `&amp;`".to_owned(), Span::of(at..at + 1)));
        }
    }
    let root = if text.contains("<sitemapindex") { "sitemapindex" } else { "urlset" };
    let is_closed = text.contains(&format!("</{root}")) || text.contains("/>");
    let end = text.trim_end().len();
    (!is_closed).then(|| (format!("`<{root}>` is not closed"), Span::of(end.saturating_sub(1)..end)))
}
