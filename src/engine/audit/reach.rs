//! Which includes and layouts of a site are in use: those that a page names, or a layout or an include in use. A theme that is
//! elsewhere, or a template that computes a name, may use any.

use rustc_hash::{FxHashMap, FxHashSet};

/// Folders of files that are used where they are named.
const PARTS: [&str; 7] = ["_includes", "_layouts", "partials", "_partials", "partial", "_partial", "shortcodes"];

/// Words before the name of an include.
const CALLS: [&str; 8] =
    ["include", "include_cached", "include_relative", "partial", "partialCached", "render", "layout", "extends"];

/// Names in the files of a site.
#[derive(Debug, Default)]
pub struct Reach {
    /// Names in files that are in use whatever names them: pages, configs, data.
    named: FxHashSet<String>,
    /// Names in includes and layouts, by their paths.
    in_parts: FxHashMap<String, FxHashSet<String>>,
    /// Names that templates include without quotes: files in Jekyll, and variables elsewhere.
    bare: FxHashSet<String>,
    /// Whether any of them may be in use.
    may_be_any: bool,
}

impl Reach {
    /// No files. `may_be_any`: whether others may name includes and layouts as well.
    pub fn new(may_be_any: bool) -> Self {
        Reach { may_be_any, ..Reach::default() }
    }

    /// Adds a layout, an include, or a file with data. Its path has `/`.
    pub fn add(&mut self, path: &str, text: &str) {
        text.lines().for_each(|line| self.calls(line));
        let names: FxHashSet<String> = text.lines().flat_map(|line| naming(line, false)).flat_map(names).collect();
        match part(path) {
            Some(_) => drop(self.in_parts.insert(path.to_owned(), names)),
            None => self.named.extend(names),
        }
    }

    /// Adds a post, whose front matter names a layout, and whose templates includes.
    pub fn add_post(&mut self, text: &str) {
        let mut is_prose = false;
        for (index, line) in text.lines().enumerate() {
            is_prose |= index > 0 && matches!(line.trim_end(), "---" | "+++" | "...");
            self.calls(line);
            self.named.extend(naming(line, is_prose).flat_map(names));
        }
    }

    /// Notes the includes of a line whose names are not known: `{% include {{ page.widget }} %}`, `partial (printf …)`.
    fn calls(&mut self, line: &str) {
        for (at, _) in line.match_indices("{%").chain(line.match_indices("{{")) {
            let inside = line.get(at + 2..).unwrap_or("").trim_start_matches(['-', ' ', '<', '%']);
            let (call, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
            let rest = rest.trim_start();
            if !CALLS.contains(&call) {
                continue;
            }
            self.may_be_any |= rest.starts_with(['{', '(', '$', '.']);
            if rest.starts_with(char::is_alphabetic) {
                let end = rest.find(|c: char| c.is_whitespace() || c == '%').unwrap_or(rest.len());
                self.bare.extend(rest.get(..end).map(str::to_owned));
            }
        }
    }

    /// The paths of the includes and layouts that nothing uses.
    pub fn unused(mut self) -> FxHashSet<String> {
        let inside = self.in_parts.keys().filter_map(|path| part(path));
        let known: FxHashSet<&str> = inside.flat_map(spellings).collect();
        // A name with an extension is that of a file that is elsewhere.
        let is_variable = |name: &String| !known.contains(&**name) && !name.contains('/') && !has_extension(name);
        if self.may_be_any || self.bare.iter().any(is_variable) {
            return FxHashSet::default();
        }
        let mut unused: FxHashSet<String> = self.in_parts.keys().cloned().collect();
        loop {
            let is_named =
                |path: &&String| part(path).is_some_and(|inside| spellings(inside).any(|it| self.named.contains(it)));
            let used: Vec<String> = unused.iter().filter(is_named).cloned().collect();
            if used.is_empty() {
                return unused;
            }
            for path in used {
                self.named.extend(self.in_parts.remove(&path).unwrap_or_default());
                unused.remove(&path);
            }
        }
    }
}

/// The path of an include or a layout inside of their folder.
fn part(path: &str) -> Option<&str> {
    let mut rest = path;
    while let Some((folder, inside)) = rest.split_once('/') {
        if PARTS.contains(&folder) {
            return Some(inside);
        }
        rest = inside;
    }
    None
}

/// How a file is named: with its folder or without it, with its extension or without it.
fn spellings(inside: &str) -> impl Iterator<Item = &str> {
    let name = inside.rsplit('/').next().unwrap_or(inside);
    let stem = |it: &'_ str| it.rfind('.').filter(|at| *at > it.rfind('/').map_or(0, |slash| slash + 1));
    [inside, name].into_iter().flat_map(move |it| [Some(it), stem(it).and_then(|end| it.get(..end))]).flatten()
}

/// Whether a name ends as that of a file, and not as the property of a variable: `page.widget`.
fn has_extension(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(extension, "html" | "htm" | "liquid" | "njk" | "md" | "markdown" | "svg" | "js" | "css" | "xml" | "txt")
}

/// The parts of a line that may name a layout or an include: its templates, and a line of a config, of front matter or of a
/// template.
fn naming(line: &str, is_prose: bool) -> impl Iterator<Item = &str> {
    let may_name = line.contains(['{', ':', '=', '"', '%']) || line.trim_start().starts_with('-');
    // Names of elements are not those of files: `<head>`.
    let is_markup = is_prose || line.contains('<');
    let whole = (may_name && !is_markup).then_some(line);
    let starts = line.match_indices(['{', '%']).filter(move |_| is_markup);
    let template = |(at, _)| {
        let rest: &str = line.get(at..)?;
        rest.get(..rest.find(['}', '>']).unwrap_or(rest.len()))
    };
    whole.into_iter().chain(starts.filter_map(template))
}

/// All words of a line that may be names, and their last parts.
fn names(line: &str) -> impl Iterator<Item = String> {
    let words = line.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.')));
    let words = words.map(|word| word.trim_matches(['.', '/'])).filter(|word| !word.is_empty());
    words.flat_map(|word| {
        let last = word.rsplit('/').next().filter(|last| *last != word);
        core::iter::once(word).chain(last).map(str::to_owned)
    })
}
