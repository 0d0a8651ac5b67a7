//! Reads the template files in the folders of a generator, up to a maximum number and size.

use crate::site::folder::Folder;
use crate::site::settings::{Datum, Settings};
use crate::site::theme::pieces::Marks;
use std::collections::BTreeMap;
use std::sync::Arc;

const MAX_FILES: usize = 600;
const MAX_BYTES: usize = 4 << 20;
const MAX_FILE_BYTES: usize = 256 << 10;
const MAX_FOLDERS: usize = 300;
const MAX_DEPTH: usize = 8;

const EXTENSIONS: [&str; 13] =
    ["html", "liquid", "njk", "ejs", "swig", "astro", "htm", "xml", "svg", "md", "hbs", "j2", "jinja"];

/// A template.
#[derive(Debug)]
pub struct Template {
    /// Its path, relative to the site's root.
    pub path: Arc<str>,
    /// Its text after the front matter.
    pub text: String,
    /// The number of lines of the front matter.
    pub lines_before: u32,
    /// The layout that it is inserted into.
    pub layout: Option<String>,
    /// Keys that its front matter sets.
    pub given: Vec<String>,
    /// Keys of its front matter whose values are templates themselves.
    pub computed: Vec<(String, String)>,
    /// The delimiters of its language.
    pub marks: Marks,
}

/// The templates of a site, by path.
#[derive(Debug, Default)]
pub struct Templates {
    /// The templates.
    pub files: BTreeMap<String, Template>,
    /// Whether all templates were read.
    pub is_whole: bool,
    folders: usize,
    bytes: usize,
}

impl Templates {
    /// Reads the templates in these folders of a site.
    pub fn of(folder: &dyn Folder, roots: &[String]) -> Self {
        let mut templates = Templates { is_whole: true, ..Templates::default() };
        for root in roots {
            templates.collect(folder, root, 0);
        }
        templates
    }

    fn collect(&mut self, folder: &dyn Folder, path: &str, depth: usize) {
        self.folders += 1;
        if depth > MAX_DEPTH || self.folders > MAX_FOLDERS {
            self.is_whole = false;
            return;
        }
        let mut names = folder.list(path);
        names.sort();
        for (name, is_folder) in names {
            let inside = format!("{path}/{name}");
            if is_folder && name != "node_modules" {
                self.collect(folder, &inside, depth + 1);
            } else if !is_folder && !self.files.contains_key(&inside) {
                self.read(folder, inside);
            }
        }
    }

    fn read(&mut self, folder: &dyn Folder, path: String) {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        if !EXTENSIONS.contains(&extension) {
            // Scripts and files in other languages may also be templates, which postlint does not parse.
            self.is_whole &=
                !matches!(extension, "pug" | "jade" | "js" | "jsx" | "tsx" | "ts" | "vue" | "webc" | "haml");
            return;
        }
        if self.files.len() >= MAX_FILES || self.bytes >= MAX_BYTES {
            self.is_whole = false;
            return;
        }
        match folder.read(&path).filter(|text| text.len() <= MAX_FILE_BYTES) {
            Some(text) => {
                self.bytes += text.len();
                let template = Template::new(&path, text);
                self.files.insert(path, template);
            }
            None => self.is_whole = false,
        }
    }

    /// The first template with this name in one of the folders. The name may lack the extension.
    pub fn find(&self, roots: &[String], name: &str) -> Option<&Template> {
        let name = name.trim_start_matches("./").trim_start_matches('/');
        let extensions = ["", ".html", ".njk", ".liquid", ".ejs", ".swig"];
        roots.iter().find_map(|root| {
            extensions.iter().find_map(|extension| self.files.get(&format!("{root}/{name}{extension}")))
        })
    }
}

impl Template {
    /// Creates a template and parses its front matter, if it has one. In Astro, a script takes its place.
    pub fn new(path: &str, text: String) -> Self {
        let marks = match path.rsplit_once('.') {
            Some((_, "ejs")) => Marks::Percent,
            Some((_, "astro")) => Marks::Expressions,
            _ => Marks::Braces,
        };
        let mut template = Template {
            path: path.into(),
            text: String::new(),
            lines_before: 0,
            layout: None,
            given: Vec::new(),
            computed: Vec::new(),
            marks,
        };
        let fenced = text.strip_prefix("---").filter(|_| marks != Marks::Expressions);
        let fenced =
            fenced.and_then(|rest| rest.find("\n---").and_then(|at| Some((rest.get(..at)?, rest.get(at + 4..)?))));
        if let Some((yaml, body)) = fenced {
            template.lines_before = yaml.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
            template.read_front_matter(yaml);
            let body = body.to_owned();
            return Template { text: body, ..template };
        }
        Template { text, ..template }
    }

    fn read_front_matter(&mut self, yaml: &str) {
        let settings = Settings::read("layout.yml", yaml);
        self.layout = settings.text("layout").map(|layout| layout.value);
        for (key, setting) in settings.root.entries() {
            match &setting.value {
                Datum::Map(entries) if key == "eleventyComputed" => {
                    self.given.extend(entries.iter().map(|(key, _)| key.clone()));
                    let texts = entries.iter().filter_map(|(key, it)| Some((key.clone(), it.as_text()?.to_owned())));
                    self.computed.extend(texts);
                }
                Datum::Null => {}
                _ => self.given.push(key.clone()),
            }
        }
    }
}
