//! Paths that many pages refer to, each kept once.

use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The number of a path in [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(u32);

/// Paths, each with a number.
#[derive(Debug, Default)]
pub struct Names {
    numbers: FxHashMap<Arc<str>, Name>,
    texts: Vec<Arc<str>>,
}

impl Names {
    /// The number of a path.
    pub fn add(&mut self, text: &str) -> Name {
        if let Some(name) = self.numbers.get(text) {
            return *name;
        }
        let (name, text) = (Name(self.texts.len() as u32), Arc::<str>::from(text));
        self.texts.push(text.clone());
        self.numbers.insert(text, name);
        name
    }

    /// The path of a number.
    pub fn text(&self, name: Name) -> &str {
        self.texts.get(name.0 as usize).map_or("", |text| text)
    }

    /// All paths, each with its number.
    pub fn all(&self) -> impl Iterator<Item = (Name, &str)> {
        self.texts.iter().enumerate().map(|(number, text)| (Name(number as u32), &**text))
    }
}
