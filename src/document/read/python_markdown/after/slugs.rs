//! Ids made of texts (`slugify`, `unique` in `extensions/toc.py`; `pymdownx/slugs.py`).

use crate::document::read::python_markdown::options::Slugify;
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

/// The id of a text.
pub(super) fn slug(text: &str, slugify: Slugify) -> String {
    match slugify {
        Slugify::Ascii => folded(&text.nfkd().filter(char::is_ascii).collect::<String>()),
        Slugify::Unicode => folded(text),
        Slugify::Pymdown { lower } => pymdown(text, lower),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn folded(text: &str) -> String {
    let kept: String = text.chars().filter(|&c| is_word(c) || c.is_whitespace() || c == '-').collect();
    let mut slug = String::with_capacity(kept.len());
    for c in kept.trim().to_lowercase().chars() {
        match c {
            c if c.is_whitespace() || c == '-' => {
                if !slug.ends_with('-') {
                    slug.push('-');
                }
            }
            c => slug.push(c),
        }
    }
    slug
}

fn pymdown(text: &str, lower: bool) -> String {
    let text: String = text.nfc().collect();
    let mut bare = String::with_capacity(text.len());
    let mut rest = text.as_str();
    // `</?[^>]*>` is left out.
    while let Some((before, tag)) = rest.split_once('<') {
        bare.push_str(before);
        match tag.split_once('>') {
            Some((_, after)) => rest = after,
            None => {
                bare.push('<');
                rest = tag;
            }
        }
    }
    bare.push_str(rest);
    let bare = if lower { bare.trim().to_lowercase() } else { bare.trim().to_owned() };
    bare.chars().filter(|&c| is_word(c) || matches!(c, '-' | ' ')).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Ids that are taken.
#[derive(Debug, Default)]
pub(super) struct Ids {
    used: FxHashSet<String>,
    counts: FxHashMap<String, u64>,
}

impl Ids {
    pub(super) fn take(&mut self, id: &str) {
        self.used.insert(id.to_owned());
    }

    /// The id, with a number behind it if it is taken or empty.
    pub(super) fn unique(&mut self, id: String) -> String {
        if !id.is_empty() && self.used.insert(id.clone()) {
            return id;
        }
        let numbered = id.rsplit_once('_').and_then(|(base, count)| {
            let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
            Some((base.to_owned(), count.parse::<u64>().ok().filter(|_| is_number)?))
        });
        let (base, mut count) = numbered.unwrap_or((id, 0));
        let known = self.counts.get(&base).copied().unwrap_or(0);
        count = count.max(known).saturating_add(1);
        while self.used.contains(&format!("{base}_{count}")) {
            count += 1;
        }
        self.counts.insert(base.clone(), count);
        let id = format!("{base}_{count}");
        self.used.insert(id.clone());
        id
    }
}
