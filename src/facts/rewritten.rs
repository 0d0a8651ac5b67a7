//! URLs that a host or a server redirects, according to its config beside the site. Only which URLs it mentions is known,
//! and not where they lead.

use crate::facts::host::may_answer_both_forms;
use crate::facts::index::key;
use crate::site::folder::Folder;
use crate::site::settings::{Datum, Setting, Settings};
use rustc_hash::FxHashSet;

/// Files that redirect URLs, or may do so.
const FILES: [&str; 30] = [
    "_redirects",
    ".htaccess",
    "netlify.toml",
    "vercel.json",
    "now.json",
    "firebase.json",
    "staticwebapp.config.json",
    "nginx.conf",
    "wrangler.toml",
    "_config.yml",
    "hugo.toml",
    "hugo.yaml",
    "config.toml",
    "config.yaml",
    "config.yml",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "astro.config.mjs",
    "astro.config.ts",
    "astro.config.js",
    "next.config.js",
    "next.config.mjs",
    "next.config.ts",
    "mkdocs.yml",
    "book.toml",
    "gatsby-node.js",
    "gatsby-config.js",
    "redirects.json",
    "redirects.js",
    "redirects.yml",
];

/// Names of Hugo's config among these files.
const CONFIGS_OF_HUGO: [&str; 5] = ["hugo.toml", "hugo.yaml", "config.toml", "config.yaml", "config.yml"];

/// Folders that may have such files.
const FOLDERS: [&str; 9] = ["", "static", "public", "source", "src", "content", "docs", "website", "_data"];

/// Maximum number of other folders in which `.htaccess` is looked for.
const MAX_FOLDERS: usize = 100;

/// Maximum number of URLs.
const MAX_URLS: usize = 20_000;

/// The URLs that such files mention.
#[derive(Clone, Debug, Default)]
pub struct Rewritten {
    exact: FxHashSet<String>,
    /// The same, as they are written.
    written: FxHashSet<String>,
    beginnings: Vec<String>,
    /// Whether a config says that the host may answer `/x/` for `/x.html`, or the other way round.
    pub may_answer_both_forms: bool,
}

impl Rewritten {
    /// Reads the files in each of the folders of a site, and in those above it.
    pub fn read(of_site: &[&dyn Folder], above: &[&dyn Folder]) -> Self {
        let mut rewritten = Rewritten::default();
        of_site.iter().for_each(|folder| rewritten.add_htaccess(*folder));
        for folder in of_site.iter().chain(above) {
            for inside in FOLDERS {
                let listed: Vec<String> = folder.list(inside).into_iter().map(|(name, _)| name).collect();
                for name in FILES.iter().filter(|name| listed.iter().any(|it| it == *name)) {
                    let path = if inside.is_empty() { (*name).to_owned() } else { format!("{inside}/{name}") };
                    rewritten.add_file(name, &folder.read(&path).unwrap_or_default());
                }
                rewritten.may_answer_both_forms |= may_answer_both_forms(*folder, inside);
            }
        }
        rewritten.beginnings.sort_unstable();
        rewritten.beginnings.dedup();
        rewritten
    }

    /// Adds what `.htaccess` mentions in other folders, which a script copies to the built pages.
    fn add_htaccess(&mut self, folder: &dyn Folder) {
        let is_other = |name: &String| !name.starts_with('.') && !FOLDERS.contains(&&**name);
        let folders = folder.list("").into_iter().filter(|(_, is_folder)| *is_folder).map(|(name, _)| name);
        for name in folders.filter(is_other).take(MAX_FOLDERS) {
            if let Some(text) = folder.read(&format!("{name}/.htaccess")) {
                self.add(&text);
                self.may_answer_both_forms |= may_answer_both_forms(folder, &name);
            }
        }
    }

    /// Adds what a file mentions.
    fn add_file(&mut self, name: &str, text: &str) {
        match name {
            _ if CONFIGS_OF_HUGO.contains(&name) => self.add_config_of_hugo(name, text),
            "_config.yml" => self.add_config(name, text),
            "netlify.toml" => self.add_config_of_netlify(name, text),
            _ => self.add(text),
        }
    }

    /// Adds what a config of Jekyll or Hexo mentions: its permalinks are those of pages with files.
    fn add_config(&mut self, name: &str, text: &str) {
        let settings = Settings::read(name, text);
        if settings.is_broken {
            return self.add(text);
        }
        self.add_aliases(text);
        let of_pages = ["permalink", "collections", "defaults"];
        let others = settings.root.entries().iter().filter(|(key, _)| !of_pages.contains(&&**key));
        others.for_each(|(_, setting)| self.add_setting(setting));
    }

    /// Adds what a config of Hugo mentions: the targets of a `cascade` are pages, what `security` allows are
    /// programs and hosts, and most `permalinks` are those of pages with files: none of them is redirected.
    fn add_config_of_hugo(&mut self, name: &str, text: &str) {
        let settings = Settings::read(name, text).in_any_case();
        if settings.is_broken {
            return self.add(text);
        }
        let taxonomies = settings.get("taxonomies").map_or(&[][..], Setting::entries);
        let mut terms: Vec<&str> = taxonomies.iter().filter_map(|(_, plural)| plural.as_text()).collect();
        terms.extend(["tags", "categories", "term", "taxonomy"]);
        let is_one_of = |key: &str, names: &[&str]| names.iter().any(|it| key.eq_ignore_ascii_case(it));
        for (key, setting) in settings.root.entries() {
            if is_one_of(key, &["permalinks"]) {
                let of_terms = setting.entries().iter().filter(|(key, _)| is_one_of(key, &terms));
                of_terms.for_each(|(_, pattern)| self.add_setting(pattern));
            } else if !is_one_of(key, &["cascade", "security"]) {
                self.add_setting(setting);
            }
        }
    }

    /// Adds what a config of Netlify mentions: where a redirect leads to is not redirected.
    fn add_config_of_netlify(&mut self, name: &str, text: &str) {
        let settings = Settings::read(name, text);
        if settings.is_broken {
            return self.add(text);
        }
        for (key, setting) in settings.root.entries() {
            match &setting.value {
                Datum::List(redirects) if key == "redirects" => {
                    redirects
                        .iter()
                        .filter_map(|redirect| redirect.entry("from", false))
                        .for_each(|it| self.add_setting(it));
                }
                _ => self.add_setting(setting),
            }
        }
    }

    fn add_setting(&mut self, setting: &Setting) {
        match &setting.value {
            Datum::Text(text) | Datum::Other(text) => self.add(text),
            Datum::List(items) => items.iter().for_each(|item| self.add_setting(item)),
            Datum::Map(entries) => entries.iter().for_each(|(key, value)| {
                self.add(key);
                self.add_setting(value);
            }),
            Datum::Unknown | Datum::Null | Datum::Bool(_) => {}
        }
    }

    fn add(&mut self, text: &str) {
        self.add_aliases(text);
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ',' | '='));
        for word in words.filter(|word| word.starts_with(['/', '^'])) {
            let is_pattern = word.starts_with('^') || word.contains("\\.");
            let word = word.trim_start_matches('^').trim_start_matches('/');
            // `^boats\.html$` of a server is one URL; without `$`, all that begin with it.
            let (pattern, is_whole) = word.strip_suffix('$').map_or((word, false), |pattern| (pattern, true));
            let literal = pattern.replace("\\.", ".");
            let end = literal.find(['*', ':', '(', '^', '$', '[', '{', '?', '\\']);
            let path = literal.get(..end.unwrap_or(literal.len())).unwrap_or("");
            let is_open = end.is_some() || is_pattern && !is_whole;
            // A rule for all URLs sets headers, or shows the page for those that do not exist.
            if path.len() < 2 || self.exact.len() + self.beginnings.len() > MAX_URLS {
                continue;
            }
            if is_open {
                self.beginnings.push(format!("/{path}"));
            }
            self.exact.insert(key(&format!("/{path}")));
            self.written.insert(format!("/{path}"));
        }
    }

    /// The keys below `alias:`, as hexo-generator-alias reads them: paths without a slash at their start.
    fn add_aliases(&mut self, text: &str) {
        let after = text.lines().skip_while(|line| line.trim_end() != "alias:").skip(1);
        let keys =
            after.take_while(|line| line.starts_with([' ', '\t'])).filter_map(|line| line.trim().split_once(':'));
        for (written, _) in keys {
            let path = written.trim_matches(['"', '\'', ' ', '/']);
            self.exact.insert(key(&format!("/{path}")));
            self.written.extend([format!("/{path}"), format!("/{path}/")]);
        }
    }

    /// Whether one of the files mentions this path.
    pub fn mentions(&self, path: &str) -> bool {
        !self.exact.is_empty() && self.exact.contains(&*key(path))
            || self.beginnings.iter().any(|beginning| path.starts_with(&**beginning))
    }

    /// Whether one of the files mentions this path in this form: menus name the URLs of pages, and of those in the other form
    /// nothing follows.
    pub fn mentions_as_written(&self, path: &str) -> bool {
        self.written.contains(path) || self.beginnings.iter().any(|beginning| path.starts_with(&**beginning))
    }
}
