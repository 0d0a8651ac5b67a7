//! Mutates posts at random, parses them in every dialect and lints them with all rules: nothing panics or is slow, and
//! all spans are valid. Each input has a number and is the same in every run: `MUTATIONS=1000000 cargo test --profile
//! checked --test it mutations -- --nocapture` runs a million inputs, and `MUTATION=4711` a single one.

use crate::support::kramdown_support::pieces::PIECES;
use crate::support::{families, growth, shared, sound};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::place::python_markdown::{EXTENSIONS, PythonMarkdown};
use postlint::source::Source;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Maximum size in bytes of the part of a post that is used: bugs are local, and short inputs run faster.
const WINDOW: usize = 700;
/// The size of a hostile post in bytes.
const HOSTILE: usize = 400;
/// The number of inputs after which the slowest ones are measured again.
const BATCH: u64 = 50_000;
/// The number of inputs of each batch, the slowest ones, that are repeated and measured again.
const SUSPECTS: usize = 16;
/// How many times a slow input is repeated for the first measurement; the second one has four times as many.
const REPEATED: usize = 16;

const EXAMPLES: &[&str] = &[
    "# A *b*\n\ntext [link](/a \"t\"){: .c}\n{: #d}\n\n- one\n- two\n\n    code\n",
    "term\n: definition\n\n| a | b |\n|---|---|\n| 1 | `2|3` |\n\n[^1]: note\n\na[^1] **\"인용\"**은 ~~b~~\n",
    "<div markdown=\"1\">\n*a*\n\n<p>b</p>\n</div>\n\n~~~ ruby\nx\n~~~\n\n> quote\n> - list\n\n{::nomarkdown}<b>{:/}\n",
    "---\ntitle: \"A 'b'\"\ntags: [a, b]\ndate: 2024-01-01\npostlint: {ignore: {alt-missing: c}}\n---\n\n<!-- more -->\n",
    "+++\ntitle = \"a\"\n[b]\nc = [1, 2]\n+++\n\n{{< figure src=\"a.png\" >}}\n\n![](a.png){.b}\n",
    "import A from 'a'\n\n<A b={c}>\n\n{/* postlint-ignore alt-missing */}\n![](a.png)\n\n</A>\n",
    "!!! note \"a\"\n    text\n\n=== \"b\"\n\n    ```{.py title=\"c\"}\n    x\n    ```\n\n- [ ] ++ctrl+a++ ==m== #1 {: #d }\n\n[TOC]\n\n*[HTML]: e\n",
    "<!-- postlint-ignore-start all -->\n<img src=a>\n<!-- postlint-ignore-end all -->\n<a href=\"#b\" rel=nofolow>here</a>\n",
];

/// Syntax that is not in [`PIECES`]: front matter, other template languages, MDX, suppressions and more of HTML.
#[rustfmt::skip]
const MORE_PIECES: &[&str] = &[
    "---\n", "+++\n", "title: ", "a: b\n", "a: [", "{a: b}", "&a ", "*a", "!!str ", "? ", "|\n", ">-\n", "- a: b\n", "#",
    "{%", "%}", "{{<", ">}}", "{{%", "%}}", "{#", "#}", "{/*", "*/}", "<%", "%>", "{% raw %}", "{% endraw %}",
    "{% comment %}", "{% endcomment %}", "import a from 'b'\n", "export const a = {", "<A b={c}>", "</A>", "<>", "</>",
    "postlint-ignore ", "<!-- postlint-ignore all -->", "postlint-ignore-start all ", "alt-missing", ", ", ": ",
    "<b id=a>", "<a href=/b rel=c>", "<img src=a alt=b>", "<td>", "<tr>", "<select>", "<template>", "<svg>", "<math>",
    "<h2>", "</h3>", "<font>", "<html a=b>", "<body>", "<style>", "<!DOCTYPE", "<![CDATA[", "]]>", "<?", "&#x", ";",
    "\u{200b}", "\u{202e}", "\u{0301}", "\u{1100}\u{1161}", "\u{a0}", "\u{2028}", "\u{85}", "«", "”", "http://", "://",
    "!!! note", "??? ", "=== \"a\"", "[TOC]", "*[a]: b", "++ctrl+a++", "==", "^^", "\\(", "\\[", "{.py }", ":::", "markdown=1 ",
    "?utm_source=a&tag=b", "%EA%B0", "2024-01-01 25:00", "null", "~", "0x1", "1_000", "style=\"color:#fff\"",
];

/// A random number generator with a fixed seed (xorshift64*).
pub struct Dice(u64);

impl Dice {
    /// The dice for the input with this number.
    pub fn new(number: u64) -> Self {
        Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n.max(1)
    }

    fn piece(&mut self) -> &'static str {
        let at = self.below(PIECES.len() + MORE_PIECES.len());
        PIECES.iter().chain(MORE_PIECES).nth(at).unwrap()
    }
}

/// A place for each way to read a post.
pub fn places() -> Vec<Place> {
    let mkdocs = Place::new("docs/a.md", Generator::MkDocs, Dialect::PythonMarkdown);
    vec![
        Place::new("_posts/2024-01-01-a.md", Generator::Jekyll, Dialect::Kramdown),
        Place::new("_posts/2024-01-01-a.html", Generator::Jekyll, Dialect::Html),
        Place::new("a.md", Generator::Hugo, Dialect::CommonMark),
        Place::new("a.mdx", Generator::Astro, Dialect::Mdx),
        Place::new("_posts/a.md", Generator::Hexo, Dialect::CommonMark),
        Place::new("a.md", Generator::Eleventy, Dialect::CommonMark),
        Place::new("a.html", Generator::Plain, Dialect::Html),
        Place::new("content/a.md", Generator::Pelican, Dialect::PythonMarkdown),
        Place { python_markdown: Arc::new(all_extensions()), ..mkdocs },
    ]
}

/// All extensions of python-markdown that are read.
fn all_extensions() -> PythonMarkdown {
    let mut options = PythonMarkdown { extensions: EXTENSIONS.to_vec(), mermaid: true, ..PythonMarkdown::plain() };
    options.tabbed.alternate = true;
    options.magiclink.shorthand = true;
    options
}

/// The posts to mutate, with their places.
pub fn seeds() -> Vec<(String, Place)> {
    let places = places();
    let everywhere = |text: String| places.iter().map(move |place| (text.clone(), place.clone())).collect::<Vec<_>>();
    let mut seeds: Vec<_> = EXAMPLES.iter().flat_map(|text| everywhere((*text).to_owned())).collect();
    seeds.extend(families::all().iter().filter_map(|case| case.post(HOSTILE)));
    if let Some(corpus) = shared::find("corpus") {
        for path in shared::files(&corpus, &shared::POSTS) {
            let place = shared::place(&path.strip_prefix(&corpus).unwrap().to_string_lossy());
            seeds.extend(read(&path).zip(place));
        }
    }
    if let Some(cases) = shared::find("conformance/kramdown/testcases") {
        seeds.extend(shared::files(&cases, &["text"]).iter().filter_map(read).map(|text| (text, places[0].clone())));
    }
    seeds
}

fn read(path: &std::path::PathBuf) -> Option<String> {
    std::fs::read_to_string(path).ok().filter(|text| !text.is_empty())
}

/// The character boundary at or before `at`.
pub fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The input with this number, which is the same in every run.
fn input(seeds: &[(String, Place)], number: u64) -> (String, &Place) {
    let mut dice = Dice::new(number);
    let (seed, place) = &seeds[dice.below(seeds.len())];
    // Half of the inputs start at the beginning of the post, where its front matter is.
    let start = if dice.below(2) == 0 { 0 } else { dice.below(seed.len().saturating_sub(WINDOW) + 1) };
    let start = boundary(seed, start);
    let end = boundary(seed, (start + WINDOW).min(seed.len()));
    let mut text = seed[start..end].to_owned();
    for _ in 0..1 + dice.below(6) {
        let at = boundary(&text, dice.below(text.len() + 1));
        let to = boundary(&text, (at + dice.below(24)).min(text.len()));
        match dice.below(5) {
            0 => text.replace_range(at..to, ""),
            1 => {
                let copy = text[at..to].to_owned();
                text.insert_str(at, &copy);
            }
            2 => text.insert_str(at, &dice.piece().repeat(1 + dice.below(4))),
            3 if at > 0 => text.truncate(at),
            _ => text.replace_range(at..to, dice.piece()),
        }
    }
    (text, place)
}

#[test]
fn mutated_posts_never_panic_and_are_never_slow() {
    let number = |name: &str| std::env::var(name).ok().map(|number| number.parse::<u64>().unwrap());
    let (first, total) = (number("FIRST").unwrap_or(0), number("MUTATIONS").unwrap_or(2_000));
    let seeds = seeds();
    let rules = sound::all_rules();
    let check = |text: &str, place: &Place| sound::lint_soundly(&Source::new(text), place, &rules);
    if let Some(one) = number("MUTATION") {
        let (text, place) = input(&seeds, one);
        eprintln!("{} {:?}\n{text:?}", place.path, place.generator);
        check(&text, place);
        return;
    }
    let mut faults = Vec::new();
    for start in (first..first + total).step_by(BATCH as usize) {
        let numbers = start..(start + BATCH).min(first + total);
        let read = numbers.into_par_iter().map(|number| {
            let (text, place) = input(&seeds, number);
            let mut sound = true;
            let time = growth::time(|| sound = catch_unwind(AssertUnwindSafe(|| check(&text, place))).is_ok());
            (time, number, sound)
        });
        let mut read: Vec<_> = read.collect();
        for (_, number, _) in read.iter().filter(|(_, _, sound)| !sound) {
            let (text, place) = input(&seeds, *number);
            faults.push(format!("input {number}, {} {:?}: {text:?}", place.path, place.generator));
        }
        read.retain(|(_, _, sound)| *sound);
        read.sort_unstable();
        for (_, number, _) in read.iter().rev().take(SUSPECTS) {
            let (text, place) = input(&seeds, *number);
            let time = |times: usize| growth::time(|| check(&text.repeat(times), place));
            if let Some(slow) = growth::superlinear(REPEATED, time) {
                faults
                    .push(format!("input {number}, {} {:?}, is slow ({slow}): {text:?}", place.path, place.generator));
            }
        }
        eprintln!("{} inputs from {} texts, {} faults", start + BATCH - first, seeds.len(), faults.len());
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
