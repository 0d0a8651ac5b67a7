//! The language of a post's text, and that of a blog, for `postlint init`.

use crate::document::Document;
use crate::document::ask::language_tag::short_code;
use crate::document::ask::prose;
use crate::text::Scripts;
use crate::words::{counted, thousands};
use std::collections::BTreeMap;

/// Minimum number of letters of which a language is seen.
const ENOUGH_LETTERS: usize = 20;
/// Minimum length in bytes of a text without East Asian letters whose language is detected.
const ENOUGH_TEXT: usize = 100;
/// Maximum length in bytes of the text that is looked at.
const MOST_TEXT: usize = 10_000;
/// Maximum share of posts in another language for which the language of the site's config is used, in percent.
const MIXED_FROM: usize = 5;
/// The language tag for text whose language is not known: <https://www.rfc-editor.org/rfc/rfc5646#section-4.1>
const UNKNOWN: &str = "und";

/// The language of a post by its title, its description and its text without code; `None` if there is too little of them.
/// Hangul implies Korean, kana Japanese, other Han characters Chinese: posts in these languages quote so much Latin that
/// statistics about letters are wrong.
pub fn of(document: &Document<'_>) -> Option<&'static str> {
    if document.source.not_utf8().is_some() {
        return None;
    }
    let fields = ["title", "description"].into_iter().filter_map(|key| document.field(key).text());
    let prose = document.tree.text_nodes().filter(|node| prose::is_prose(*node)).map(|node| node.text());
    let (mut text, mut scripts) = (String::new(), Scripts::default());
    for part in fields.chain(prose) {
        scripts = scripts.and(Scripts::of(part));
        if text.len() < MOST_TEXT {
            text.push_str(part);
            text.push(' ');
        }
    }
    let Scripts { letters, hangul, kana, han } = scripts;
    if letters < ENOUGH_LETTERS {
        None
    } else if hangul * 5 > letters {
        Some("ko")
    } else if kana * 10 > letters {
        Some("ja")
    } else if han * 5 > letters {
        Some("zh")
    } else if text.trim().len() < ENOUGH_TEXT {
        None
    } else {
        Some(detected(&text))
    }
}

fn detected(text: &str) -> &'static str {
    let info = whatlang::detect(text).filter(whatlang::Info::is_reliable);
    // The codes of whatlang are those of ISO 639-3.
    info.and_then(|info| short_code(info.lang().code())).unwrap_or(UNKNOWN)
}

/// The languages of the posts of a blog.
pub struct Languages {
    /// Each language with its number of posts, the most common first.
    counts: Vec<(&'static str, usize)>,
    /// Number of posts with enough text.
    seen: usize,
    /// Number of posts.
    all: usize,
}

impl Languages {
    /// Counts the languages of posts.
    pub fn of(posts: impl Iterator<Item = Option<&'static str>>) -> Self {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        let (mut seen, mut all) = (0, 0);
        for language in posts {
            all += 1;
            seen += usize::from(language.is_some());
            if let Some(language) = language {
                *counts.entry(language).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        Languages { counts, seen, all }
    }

    /// The language of at least two thirds of the posts with enough text.
    pub fn common(&self) -> Option<&'static str> {
        let (language, having) = self.counts.first().filter(|(language, _)| *language != UNKNOWN)?;
        (having * 3 >= self.seen * 2).then_some(language)
    }

    /// The most common language, however many posts are in others.
    pub fn first(&self) -> Option<&'static str> {
        self.counts.iter().map(|(language, _)| *language).find(|language| *language != UNKNOWN)
    }

    /// Whether many posts are in a language other than `tag`.
    pub fn are_mixed(&self, tag: &str) -> bool {
        let is_other = |language: &str| language != UNKNOWN && tag.split('-').next() != Some(language);
        let others: usize =
            self.counts.iter().filter(|(language, _)| is_other(language)).map(|(_, having)| having).sum();
        others * 100 > self.all * MIXED_FROM
    }

    /// How many posts are in which language: `12 of 15 posts; en in 2; 1 has too little text`.
    pub fn evidence(&self) -> String {
        let having = self.counts.iter().find(|(language, _)| *language != UNKNOWN).map_or(0, |(_, having)| *having);
        let mut parts = vec![format!("{} of {}", thousands(having), counted(self.all, "post"))];
        let others = self.counts.iter().filter(|(language, _)| Some(*language) != self.first());
        parts.extend(others.map(|(language, having)| match *language {
            UNKNOWN => format!("another language in {}", thousands(*having)),
            language => format!("{language} in {}", thousands(*having)),
        }));
        match self.all - self.seen {
            0 => {}
            1 => parts.push("1 has too little text".to_owned()),
            few => parts.push(format!("{} have too little text", thousands(few))),
        }
        parts.join("; ")
    }
}
