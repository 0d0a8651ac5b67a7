//! Finds what each source file imports. Works on tokens, so that `use` with braces, `super::`, paths inside expressions
//! and the arguments of macros are all found.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};

/// A module path below `crate`: `["document", "tree"]`.
pub type Path = Vec<String>;

/// The imports of all files of a crate. Files are identified by their path below `src`, such as `document/tree/mod.rs`.
#[derive(Debug)]
pub struct Crate {
    /// For each file, the files of the crate that it imports.
    pub imports: BTreeMap<String, BTreeSet<String>>,
    /// For each file, the paths that it uses from other crates, such as `std::fs`.
    pub foreign: BTreeMap<String, BTreeSet<String>>,
}

/// The paths in one file.
#[derive(Default)]
struct File {
    /// The paths that the file uses, from the root of the crate, without re-exports.
    named: Vec<Path>,
    /// The re-exports of the file: each name with the path that it refers to.
    reexports: BTreeMap<String, Path>,
    foreign: BTreeSet<String>,
}

impl Crate {
    /// Parses the files, given as pairs of path below `src` and text.
    pub fn of<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Self {
        let read = files.map(|(path, text)| (path.to_owned(), File::read(&module_of(path), text)));
        let read: BTreeMap<String, File> = read.collect();
        let by_module: BTreeMap<Path, &String> = read.keys().map(|path| (module_of(path), path)).collect();
        let resolve = |named: &Path| {
            let mut named = named.clone();
            // Each step resolves one re-export; the limit only guards against cycles, which do not exist.
            for _ in 0..10 {
                let len = (0..=named.len()).rev().find(|len| by_module.contains_key(&named[..*len]))?;
                let file = by_module[&named[..len]];
                match named.get(len).and_then(|name| read[file].reexports.get(name)) {
                    Some(path) => named = [path, &named[len + 1..]].concat(),
                    None => return Some(file.clone()),
                }
            }
            None
        };
        let imports = read.iter().map(|(path, file)| {
            let to = file.named.iter().filter_map(resolve).filter(|to| to != path && to != "lib.rs");
            (path.clone(), to.collect())
        });
        let imports = imports.collect();
        Crate { imports, foreign: read.into_iter().map(|(path, file)| (path, file.foreign)).collect() }
    }

    /// The groups of files that import each other in a cycle.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        circles(&self.imports)
    }

    /// The folders that each folder imports. A file counts as part of its folder, and a `mod.rs` as a separate folder.
    pub fn folders(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, all) in &self.imports {
            let all = all.iter().map(|to| room_of(to).to_owned()).filter(|to| to != room_of(from));
            folders.entry(room_of(from).to_owned()).or_default().extend(all);
        }
        folders
    }
}

/// The folder of a file: `document/tree` for `document/tree/mod.rs`. A file directly below `src` is its own folder.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(folder, _)| folder)
}

/// Like [`folder_of`], except that a `mod.rs` is separate from the other files of its folder, because files outside of
/// the folder import through it.
fn room_of(path: &str) -> &str {
    if path.ends_with("/mod.rs") { path } else { folder_of(path) }
}

/// The groups of nodes that can reach each other.
pub fn circles(graph: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<&str>> {
    let all: BTreeMap<&str, BTreeSet<&str>> = graph.keys().map(|node| (node.as_str(), reached(graph, node))).collect();
    let mut circles: Vec<Vec<&str>> = Vec::new();
    for (node, reached) in &all {
        if reached.contains(node) && !circles.iter().any(|circle| circle.contains(node)) {
            circles
                .push(reached.iter().copied().filter(|to| all.get(to).is_some_and(|it| it.contains(node))).collect());
        }
    }
    circles
}

/// All nodes that can be reached from `from`.
fn reached<'g>(graph: &'g BTreeMap<String, BTreeSet<String>>, from: &'g str) -> BTreeSet<&'g str> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(node) = open.pop() {
        open.extend(graph.get(node).into_iter().flatten().map(String::as_str).filter(|to| seen.insert(to)));
    }
    seen
}

/// The module path of a file: `document::tree` for `document/tree/mod.rs`.
fn module_of(path: &str) -> Path {
    let mut module: Path = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

impl File {
    fn read(module: &Path, text: &str) -> Self {
        let tokens: TokenStream = text.parse().expect("Rust");
        let mut file = File::default();
        file.stream(module, tokens);
        file
    }

    fn stream(&mut self, module: &Path, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        let mut public = false;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(word) if *word == "use" => {
                    let mut found = Vec::new();
                    at = tree(&tokens, at + 1, &Vec::new(), &mut found);
                    for (path, name) in found {
                        self.name(module, path, public.then_some(name));
                    }
                    public = false;
                    continue;
                }
                TokenTree::Ident(word) if *word == "pub" => public = true,
                // The `(crate)` of `pub(crate)`.
                TokenTree::Group(group) if public && group.delimiter() == Delimiter::Parenthesis => {}
                TokenTree::Ident(_) if !follows_colons(&tokens, at) => {
                    public = false;
                    let mut found = Vec::new();
                    at = tree(&tokens, at, &Vec::new(), &mut found);
                    found
                        .into_iter()
                        .filter(|(path, _)| path.len() > 1)
                        .for_each(|(path, _)| self.name(module, path, None));
                    continue;
                }
                TokenTree::Group(group) => {
                    public = false;
                    self.stream(module, group.stream());
                }
                _ => public = false,
            }
            at += 1;
        }
    }

    fn name(&mut self, module: &Path, path: Path, passed_on: Option<String>) {
        let supers = path.iter().take_while(|part| *part == "super").count();
        let (base, rest) = match path.first().map(String::as_str) {
            Some("crate") => (Vec::new(), &path[1..]),
            Some("self") => (module.clone(), &path[1..]),
            Some("super") => (module[..module.len().saturating_sub(supers)].to_vec(), &path[supers..]),
            // A submodule of this module, or another crate.
            _ => {
                self.foreign.insert(path.join("::"));
                (module.clone(), &path[..])
            }
        };
        let path = [&base, rest].concat();
        match passed_on {
            Some(name) => {
                self.reexports.insert(name, path);
            }
            None => self.named.push(path),
        }
    }
}

fn follows_colons(tokens: &[TokenTree], at: usize) -> bool {
    at > 1 && is_colons(tokens, at - 2)
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    is_colon(at) && is_colon(at + 1)
}

/// Parses a path, or a tree of paths in braces, that starts at `at`. Returns the index of the token after it.
fn tree(tokens: &[TokenTree], at: usize, before: &Path, found: &mut Vec<(Path, String)>) -> usize {
    let mut path = before.clone();
    let mut at = at;
    // An absolute path: `use ::name`.
    if is_colons(tokens, at) {
        at += 2;
    }
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(word)) => path.push(word.to_string()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace && path.len() > before.len() => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut next = 0;
                while next < inside.len() {
                    next = tree(&inside, next, &path, found) + 1;
                }
                return at + 1;
            }
            _ => break,
        }
        at += 1;
        if !is_colons(tokens, at) {
            break;
        }
        at += 2;
    }
    if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
        path.pop();
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if let (Some(TokenTree::Ident(word)), Some(TokenTree::Ident(other))) = (tokens.get(at), tokens.get(at + 1))
        && *word == "as"
    {
        name = other.to_string();
        at += 2;
    }
    if path.len() > before.len() || !before.is_empty() {
        found.push((path, name));
    }
    at
}
