//! Hostile posts of any size: each family is a short template with repeated parts.
#![allow(dead_code, clippy::unwrap_used)]

mod config;
mod front_matter;
mod html;
mod html_tree;
mod kramdown;
mod links;
mod markdown;
mod metadata;
mod python_markdown;
mod schema;
mod suppressions;
mod templates;
mod text;

use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};

/// A name, the letters of its places (`PLACES`), and a post. Text in `⟦…⟧` is repeated as often as the size allows, all
/// parts equally often. Inside it, `%N` is the number of the repetition and `%I` that many spaces.
type Post = (&'static str, &'static str, &'static str);

/// A name, the arguments of a run, and the files of the blog with their paths.
type Run = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

/// The places in which posts are parsed: a letter, the path, and the generator.
const PLACES: [(char, &str, Generator); 10] = [
    ('k', "_posts/2024-01-01-a.md", Generator::Jekyll),
    ('j', "_posts/2024-01-01-a.html", Generator::Jekyll),
    ('c', "a.md", Generator::Hugo),
    ('h', "a.html", Generator::Plain),
    ('p', "a.md", Generator::Plain),
    ('x', "a.mdx", Generator::Astro),
    ('n', "_posts/a.md", Generator::Hexo),
    ('e', "a.md", Generator::Eleventy),
    ('m', "docs/a.md", Generator::MkDocs),
    ('l', "content/a.md", Generator::Pelican),
];

/// The families that consist of one post.
const POSTS: [&[Post]; 11] = [
    html::POSTS,
    html_tree::POSTS,
    kramdown::POSTS,
    markdown::POSTS,
    python_markdown::POSTS,
    templates::POSTS,
    front_matter::POSTS,
    metadata::POSTS,
    suppressions::POSTS,
    links::POSTS,
    text::POSTS,
];

/// The families that need other files or arguments.
const RUNS: [&[Run]; 2] = [config::RUNS, schema::RUNS];

/// One family in one place.
pub struct Case {
    /// The family and the letter of the place.
    pub name: String,
    /// Whether this is the first place of the family.
    pub is_first: bool,
    /// Arguments of the run, besides `--select`.
    pub arguments: Vec<String>,
    files: Vec<(&'static str, &'static str)>,
    place: Option<(&'static str, Generator)>,
}

/// The number of families.
pub fn count() -> usize {
    POSTS.iter().map(|posts| posts.len()).chain(RUNS.iter().map(|runs| runs.len())).sum()
}

/// Every family in each of its places.
pub fn all() -> Vec<Case> {
    let posts = POSTS.into_iter().flatten().flat_map(|(name, letters, template)| {
        letters.chars().enumerate().map(move |(index, letter)| {
            let (_, path, generator) = PLACES.into_iter().find(|place| place.0 == letter).unwrap();
            let arguments = vec!["--site".to_owned(), generator.as_str().to_owned()];
            Case {
                is_first: index == 0,
                name: format!("{name}/{letter}"),
                arguments,
                files: vec![(path, template)],
                place: Some((path, generator)),
            }
        })
    });
    let runs = RUNS.into_iter().flatten().map(|(name, arguments, files)| Case {
        is_first: true,
        name: (*name).to_owned(),
        arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        files: files.to_vec(),
        place: None,
    });
    posts.chain(runs).collect()
}

impl Case {
    /// The files of the case, with this total size in bytes.
    pub fn files(&self, size: usize) -> Vec<(&'static str, String)> {
        let templates: Vec<&str> = self.files.iter().map(|(_, template)| *template).collect();
        let paths = self.files.iter().map(|(path, _)| *path);
        paths.zip(filled(&templates, size)).collect()
    }

    /// Whether the case consists of one post.
    pub fn is_post(&self) -> bool {
        self.place.is_some()
    }

    /// The post and its place; `None` if the family needs more than a post.
    pub fn post(&self, size: usize) -> Option<(String, Place)> {
        let (path, generator) = self.place?;
        let dialect = Dialect::of_extension(path.rsplit_once('.')?.1, generator)?;
        let text = self.files(size).pop()?.1;
        Some((text, Place::new(path, generator, dialect)))
    }
}

/// Expands templates to a size.
fn filled(templates: &[&str], size: usize) -> Vec<String> {
    let pieces: Vec<Vec<&str>> = templates.iter().map(|template| template.split(['⟦', '⟧']).collect()).collect();
    let unit = |piece: &str, number: usize| {
        let numbered = if piece.contains("%N") { piece.replace("%N", &number.to_string()) } else { piece.to_owned() };
        if piece.contains("%I") { numbered.replace("%I", &" ".repeat(number)) } else { numbered }
    };
    // Every second piece is inside `⟦…⟧`.
    let repeated = || pieces.iter().flat_map(|pieces| pieces.iter().skip(1).step_by(2));
    let mut fills = vec![String::new(); repeated().count()];
    let (mut len, mut number) = (0, 0);
    while len < size && !fills.is_empty() {
        for (fill, piece) in fills.iter_mut().zip(repeated()) {
            let unit = unit(piece, number);
            len += unit.len();
            fill.push_str(&unit);
        }
        number += 1;
    }
    let mut fills = fills.into_iter();
    let mut text = |(index, piece): (usize, &&str)| match index % 2 {
        0 => (*piece).to_owned(),
        _ => fills.next().unwrap_or_default(),
    };
    pieces.iter().map(|pieces| pieces.iter().enumerate().map(&mut text).collect()).collect()
}
