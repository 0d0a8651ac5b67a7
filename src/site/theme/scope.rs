//! Determines which front matter keys an expression in a template reads, in the order of their precedence.

use crate::place::dialect::Generator;
use crate::site::theme::tokens::{COMPUTED, Token, tokens};
use crate::site::theme::words::is_computed;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Maximum number of keys of an expression.
const MAX_KEYS: usize = 100;

/// The names by which templates access the front matter of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// `page.title`: Jekyll. Also `page.extra.x` (Zola) and `article.x` (Pelican).
    Page,
    /// `page.title`, `post.title`: Hexo.
    PageOrPost,
    /// `.Title`, `.Params.x`: Hugo.
    Go,
    /// `title`: Eleventy.
    Bare,
    /// `title` in props, `frontmatter.title`, `post.data.title`: Astro.
    Props,
}

impl Naming {
    /// The naming for a generator; `None` if its layouts are not analysed.
    pub fn of(generator: Generator) -> Option<Self> {
        Some(match generator {
            Generator::Jekyll | Generator::Zola | Generator::Pelican => Naming::Page,
            Generator::Hexo => Naming::PageOrPost,
            Generator::Hugo => Naming::Go,
            Generator::Eleventy => Naming::Bare,
            Generator::Astro => Naming::Props,
            _ => return None,
        })
    }
}

/// The keys that an expression reads.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// Keys of the page itself.
    pub keys: Vec<String>,
    /// Keys of other pages, in lists of pages.
    pub others: Vec<String>,
    /// Whether another value is used if one is empty.
    pub has_fallback: bool,
    /// Whether it reads a key whose name is computed.
    pub is_computed: bool,
}

impl Value {
    fn add(&mut self, key: String) {
        if self.keys.len() < MAX_KEYS && !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }
}

/// The variables that are defined at a place in a template.
#[derive(Debug)]
pub struct Scope {
    naming: Naming,
    variables: FxHashMap<String, Vec<String>>,
    loops: FxHashSet<String>,
    /// The names of global data, which are not front matter keys.
    data: BTreeSet<String>,
    /// The values of Go's `.` in nested blocks, outermost first: the keys that a value comes from, or `None` if they
    /// are not known.
    dots: Vec<Option<Vec<String>>>,
}

/// Template variables that are not front matter keys, for generators that use bare names.
const NOT_KEYS: [&str; 34] = [
    "page", "collections", "eleventy", "pkg", "loop", "self", "super", "content", "site", "metadata", "meta", "config",
    "global", "settings", "app", "env", "theme", "forloop", "paginator", "pagination", "block", "and", "or", "not",
    "in", "is", "if", "else", "true", "false", "null", "none", "nil", "undefined",
];

/// Hugo's names for front matter keys.
const GO_KEYS: [(&str, &str); 12] = [
    ("Title", "title"),
    ("LinkTitle", "linkTitle"),
    ("Description", "description"),
    ("Summary", "summary"),
    ("Keywords", "keywords"),
    ("Date", "date"),
    ("Lastmod", "lastmod"),
    ("PublishDate", "publishDate"),
    ("ExpiryDate", "expiryDate"),
    ("Weight", "weight"),
    ("Draft", "draft"),
    ("Aliases", "aliases"),
];

/// What a path of names refers to.
enum Named {
    Own(String),
    Other(String),
    Variable(Vec<String>),
    Computed,
    Nothing,
}

impl Scope {
    /// Creates the scope at the start of a template.
    pub fn new(naming: Naming, data: BTreeSet<String>) -> Self {
        Scope { naming, variables: FxHashMap::default(), loops: FxHashSet::default(), data, dots: Vec::new() }
    }

    /// Sets a variable. If several branches set it, it may have any of the values. The keys of a preferred value take
    /// precedence.
    pub fn set(&mut self, name: &str, keys: Vec<String>, is_preferred: bool) {
        let known = self.variables.entry(name.to_owned()).or_default();
        let old = std::mem::take(known);
        let (first, second) = if is_preferred { (keys, old) } else { (old, keys) };
        for key in first.into_iter().chain(second) {
            if known.len() < MAX_KEYS && !known.contains(&key) {
                known.push(key);
            }
        }
    }

    /// Defines a variable for the items of a list. Returns whether it is new.
    pub fn set_loop(&mut self, name: &str) -> bool {
        self.loops.insert(name.to_owned())
    }

    /// Removes the variable of a list.
    pub fn unset_loop(&mut self, name: &str) {
        self.loops.remove(name);
    }

    /// Enters a block in which Go's `.` has another value.
    pub fn enter(&mut self, dot: Option<Vec<String>>) {
        self.dots.push(dot);
    }

    /// Leaves the innermost block.
    pub fn leave(&mut self) {
        self.dots.pop();
    }

    /// Leaves all blocks while another template is followed, in which `.` is the page.
    pub fn take_dots(&mut self) -> Vec<Option<Vec<String>>> {
        std::mem::take(&mut self.dots)
    }

    /// Enters the blocks again that [`take_dots`](Self::take_dots) has left.
    pub fn put_dots(&mut self, dots: Vec<Option<Vec<String>>>) {
        self.dots = dots;
    }

    /// The keys that the code reads.
    pub fn value(&self, code: &str) -> Value {
        let tokens = tokens(code);
        let mut value = Value::default();
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            let after = tokens.get(at + 1);
            match token {
                Token::Sign("||" | "??" | "?") => value.has_fallback = true,
                Token::Path(path) if matches!(path.as_slice(), ["or" | "default" | "else"]) => {
                    value.has_fallback = true
                }
                Token::Path(_) if before == Some(&Token::Sign("|")) && self.naming != Naming::Go => {}
                Token::Path(path) => self.read(path, after, &mut value),
                _ => {}
            }
        }
        value
    }

    fn read(&self, path: &[&str], after: Option<&Token<'_>>, value: &mut Value) {
        let is_bare = matches!(self.naming, Naming::Bare | Naming::Props);
        let is_call_or_name = matches!(after, Some(Token::Sign("(" | ":" | "=" | "=>")));
        if is_bare && is_call_or_name && path.len() == 1 {
            return;
        }
        // A key as a string: `index .Params "x"`, `.Param "x"`.
        if let (Naming::Go, Some(Token::Text(key)), Some(&("Params" | "Param"))) = (self.naming, after, path.last()) {
            if !is_of_site(path) {
                value.add((*key).to_owned());
            }
            return;
        }
        match self.named(path) {
            Named::Own(key) if is_computed(&key, self.naming) => {}
            Named::Own(key) => value.add(key),
            Named::Variable(keys) => keys.into_iter().for_each(|key| value.add(key)),
            Named::Other(key) => value.others.push(key),
            Named::Computed => value.is_computed = true,
            Named::Nothing => {}
        }
    }

    fn named(&self, path: &[&str]) -> Named {
        if self.naming == Naming::Go {
            return self.go(path);
        }
        let [first, rest @ ..] = path else { return Named::Nothing };
        if let ("include", [name, ..]) = (*first, rest) {
            return self.variable(&format!("include.{name}"));
        }
        if self.loops.contains(*first) {
            return rest.first().map_or(Named::Nothing, |key| Named::Other((*key).to_owned()));
        }
        if self.variables.contains_key(*first) {
            return if rest.is_empty() { self.variable(first) } else { Named::Nothing };
        }
        let own = |keys: &[&str]| match keys {
            [] => Named::Nothing,
            [COMPUTED, ..] => Named::Computed,
            keys => Named::Own(keys.iter().take_while(|key| **key != COMPUTED).copied().collect::<Vec<_>>().join(".")),
        };
        match self.naming {
            Naming::Page if matches!(*first, "page" | "article" | "section") => own(rest),
            Naming::PageOrPost if matches!(*first, "page" | "post") => own(rest),
            Naming::Bare if !NOT_KEYS.contains(first) && !self.data.contains(*first) => own(path),
            Naming::Props => props(path, own),
            _ => Named::Nothing,
        }
    }

    fn variable(&self, name: &str) -> Named {
        self.variables.get(name).map_or(Named::Nothing, |keys| Named::Variable(keys.clone()))
    }

    fn go(&self, path: &[&str]) -> Named {
        if is_of_site(path) {
            return Named::Nothing;
        }
        if let Some(at) = path.iter().position(|name| *name == "Params") {
            let keys: Vec<&str> = path.iter().skip(at + 1).copied().collect();
            return if keys.is_empty() { Named::Nothing } else { Named::Own(keys.join(".")) };
        }
        let key = |name: &str| GO_KEYS.iter().find(|(it, _)| *it == name).map(|(_, key)| (*key).to_owned());
        match path {
            [""] => match self.dots.last() {
                Some(Some(keys)) => Named::Variable(keys.clone()),
                _ => Named::Nothing,
            },
            [variable] => self.variable(variable),
            ["", name] => match (self.dots.last(), key(name)) {
                (Some(_), Some(key)) => Named::Other(key),
                (None, Some(key)) => Named::Own(key),
                _ => Named::Nothing,
            },
            ["$", name] | ["$" | "", "Page" | "page" | "context" | "Context" | "ctx" | "root", name] => {
                key(name).map_or(Named::Nothing, Named::Own)
            }
            [variable, name] if variable.starts_with('$') => {
                let is_item = self.loops.contains(*variable);
                key(name).map_or(Named::Nothing, |key| if is_item { Named::Other(key) } else { Named::Own(key) })
            }
            _ => Named::Nothing,
        }
    }
}

fn is_of_site(path: &[&str]) -> bool {
    path.iter().take(2).any(|name| matches!(*name, "Site" | "site"))
}

fn props(path: &[&str], own: impl Fn(&[&str]) -> Named) -> Named {
    match path {
        ["Astro", "props", rest @ ..] | ["props" | "frontmatter" | "data", rest @ ..] => own(rest),
        [_, "data" | "frontmatter", rest @ ..] => own(rest),
        _ => Named::Nothing,
    }
}
