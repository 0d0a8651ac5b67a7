//! Spans of front matter, in the shared corpus and in difficult, hostile and generated files.

use crate::support::shared;
use crate::support::shared::{files, post};
use postlint::document::read::front_matter::value::{Data, Mapping, Scalar, Style, Value};
use postlint::document::read::front_matter::{Block, Format, FrontMatter};
use postlint::place::dialect::Generator;
use postlint::source::{Source, Span};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

// ---- spans ----

/// The invalid spans of a file's front matter.
fn faults(source: &Source, front_matter: &FrontMatter<'_>) -> Vec<String> {
    let mut faults = Faults { text: source.text(), shapes: true, found: Vec::new() };
    match front_matter {
        FrontMatter::Missing => {}
        FrontMatter::Unclosed { fence } => faults.inside(*fence, Span::new(0, source.text().len() as u32), "fence"),
        FrontMatter::Present(block) => faults.block(block),
    }
    faults.found
}

struct Faults<'s> {
    text: &'s str,
    /// Whether quotes and brackets are checked: in broken TOML and JSON they may be missing.
    shapes: bool,
    found: Vec<String>,
}

impl Faults<'_> {
    fn inside(&mut self, span: Span, outer: Span, what: &str) {
        let fits = span.start <= span.end && outer.contains(span) && self.text.get(span.range()).is_some();
        if !fits {
            self.found.push(format!("{what} {span:?} is not in {outer:?}"));
        }
    }

    fn block(&mut self, block: &Block<'_>) {
        let file = Span::new(0, self.text.len() as u32);
        self.inside(block.span, file, "block");
        self.inside(block.content, block.span, "content");
        self.inside(block.fence, block.span, "fence");
        for comment in &block.comments {
            self.inside(*comment, block.content, "comment");
            if !comment.slice(self.text).starts_with('#') {
                self.found.push(format!("comment {:?}", comment.slice(self.text)));
            }
        }
        if let Some(problem) = &block.problem {
            self.inside(problem.span, block.content, "problem");
            if let Some((span, _)) = &problem.quoted {
                self.inside(*span, block.content, "quoted");
            }
            assert!(!problem.label.is_empty() && !problem.help.is_empty());
        }
        self.shapes = block.problem.is_none() || block.format == Format::Yaml;
        self.mapping(&block.mapping, block.content, block.format);
        if let Some(value) = &block.other {
            self.value(value, block.content, block.format);
        }
    }

    fn mapping(&mut self, mapping: &Mapping<'_>, outer: Span, format: Format) {
        let mut last = 0;
        for entry in &mapping.entries {
            self.inside(entry.span(), outer, "entry");
            self.value(&entry.key, entry.span(), format);
            self.value(&entry.value, entry.span(), format);
            if let Some(at) = entry.separator {
                let separator = Span::new(at, at + 1).slice(self.text);
                if !matches!(separator, ":" | "=") {
                    self.found.push(format!("separator {separator:?}"));
                }
                if !(entry.key.full_span.end <= at && at < entry.value.full_span.start) {
                    self.found.push(format!("separator {at} of {:?}", entry.span().slice(self.text)));
                }
            }
            if entry.key.span.start < last {
                self.found.push(format!("entry {:?} out of order", entry.name()));
            }
            last = entry.key.span.start;
        }
    }

    fn value(&mut self, value: &Value<'_>, outer: Span, format: Format) {
        self.inside(value.full_span, outer, "full span");
        self.inside(value.span, value.full_span, "value");
        let written = value.span.slice(self.text);
        let full = value.full_span.slice(self.text);
        if let Some((name, span)) = &value.tag {
            self.inside(*span, value.full_span, "tag");
            self.expect(span.slice(self.text) == name && name.starts_with('!'), "tag", name);
        }
        if let Some((name, span)) = &value.anchor {
            self.inside(*span, value.full_span, "anchor");
            self.expect(span.slice(self.text) == format!("&{name}"), "anchor", name);
        }
        match &value.data {
            Data::Scalar(scalar) => self.scalar(scalar, written, full, format),
            Data::Sequence { items, flow } => {
                if *flow {
                    self.expect(written.starts_with('[') && written.ends_with(']'), "list", written);
                } else if format == Format::Yaml {
                    self.expect(written.starts_with('-'), "list", written);
                }
                items.iter().for_each(|item| self.value(item, value.full_span, format));
            }
            Data::Mapping(mapping) => {
                if mapping.flow && format != Format::Toml && written.starts_with('{') {
                    self.expect(written.ends_with('}'), "mapping", written);
                }
                self.mapping(mapping, value.full_span, format);
            }
            Data::Alias { name, .. } => self.expect(written == format!("*{name}"), "alias", written),
        }
    }

    fn scalar(&mut self, scalar: &Scalar<'_>, written: &str, full: &str, format: Format) {
        let quoted = |quote: char| written.len() > 1 && written.starts_with(quote) && written.ends_with(quote);
        let right = match scalar.style {
            Style::Absent => written.is_empty() && scalar.text.is_empty(),
            Style::Plain => written == scalar.text || written.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']),
            Style::Typed(_) => written == scalar.text,
            Style::SingleQuoted => quoted('\''),
            Style::DoubleQuoted => quoted('"'),
            Style::Literal | Style::Folded => {
                let mark = if scalar.style == Style::Literal { '|' } else { '>' };
                let header = full.trim_start_matches(|c| c != mark);
                !written.ends_with(['\n', '\r']) && header.starts_with(mark) && same_text(written, &scalar.text)
            }
        };
        self.expect(right, &format!("{:?} ({format:?}) {:?}", scalar.style, scalar.text), written);
    }

    fn expect(&mut self, right: bool, what: &str, written: &str) {
        if !right && self.shapes {
            self.found.push(format!("{what}: {written:?}"));
        }
    }
}

/// Whether the two texts are equal apart from whitespace, which folding and indentation change.
fn same_text(written: &str, text: &str) -> bool {
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    solid(written) == solid(text)
}

#[test]
fn spans_are_valid_in_posts_of_the_corpus() {
    let Some(corpus) = shared::find("corpus") else { return };
    let mut wrong = Vec::new();
    let mut present = 0;
    for path in shared::every(4, files(&corpus, &["md", "markdown", "mkd", "mdx", "html"])) {
        let source = Source::from_bytes(fs::read(&path).unwrap());
        for generator in Generator::ALL {
            let front_matter = FrontMatter::parse(&source, generator);
            present += usize::from(front_matter.block().is_some());
            let found = faults(&source, &front_matter);
            if !found.is_empty() {
                wrong.push(format!("{} ({generator}):\n  {}", path.display(), found.join("\n  ")));
            }
        }
    }
    assert!(present > 2_500, "{present} blocks of front matter");
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn spans_are_valid_in_difficult_yaml() {
    let mut checked = 0;
    for (folder, extension) in
        [("cases/front-matter", "yml"), ("cases/front-matter-posts", "md"), ("conformance/yaml-test-suite/src", "yaml")]
    {
        let Some(folder) = shared::find(folder) else { return };
        for path in files(&folder, &[extension]) {
            for yaml in documents(&path) {
                let source = if extension == "md" { Source::new(yaml) } else { post(yaml.as_bytes()) };
                let front_matter = FrontMatter::parse(&source, Generator::Plain);
                let found = faults(&source, &front_matter);
                assert!(found.is_empty(), "{}:\n{}\n{}", path.display(), source.text(), found.join("\n"));
                checked += 1;
            }
        }
    }
    assert!(checked > 400, "{checked} documents");
}

/// The documents in a file. A file of the YAML test suite has several cases, with visible substitutes for whitespace.
fn documents(path: &Path) -> Vec<String> {
    let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    if !path.components().any(|part| part.as_os_str() == "yaml-test-suite") {
        return vec![text];
    }
    let cases: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    let yaml = |case: &serde_yaml::Value| Some(case.get("yaml")?.as_str()?.to_owned());
    let visible = |text: String| {
        let text =
            text.replace('␣', " ").replace('↵', "").replace('←', "\r").replace('⇔', "\u{feff}").replace("∎\n", "");
        ["————»", "———»", "——»", "—»", "»"].iter().fold(text, |text, tab| text.replace(tab, "\t"))
    };
    cases.as_sequence().unwrap().iter().filter_map(yaml).map(visible).collect()
}

#[test]
fn hostile_files_are_parsed_quickly() {
    let Some(folder) = shared::find("cases/front-matter-nasty") else { return };
    // The limit is higher in debug builds, in which the generic code of the parser is not optimized.
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 5000 } else { 100 });
    for path in files(&folder, &["yml"]) {
        let source = post(&fs::read(&path).unwrap());
        for generator in [Generator::Jekyll, Generator::Hexo] {
            let once = || {
                let start = Instant::now();
                let front_matter = FrontMatter::parse(&source, generator);
                assert!(front_matter.block().is_some_and(|block| block.duplicates().is_empty()));
                drop(front_matter);
                start.elapsed()
            };
            // Take the fastest of three runs: other programs use the machine too.
            let time = (0..3).map(|_| once()).min().unwrap();
            assert!(time < limit, "{}: {time:?}", path.display());
        }
    }
}

// ---- random text ----

/// Text made of pieces of front matter syntax in random order.
fn scraps() -> impl proptest::strategy::Strategy<Value = String> {
    let scraps = [
        "---", "+++", "...", ";;;", "{", "}", "[", "]", "\n", "\n", "\n", "\r\n", "\r", " ", "  ", "\t", ":", ": ",
        "- ", "? ", ",", "=", " = ", "#", " # ", "'", "\"", "\"\"\"", "|", ">", "|+", ">-2", "&a", "*a", "!", "!!str",
        "<<", "\\", "\\u00e9", "%", "@", "`", "~", "title", "제목", "서울 시장", "🎉", "é", "2024-07-30", "1_000",
        "true", ".", "\u{feff}", "\u{a0}", "\u{2028}", "\0", "title: ", "\ntitle: ", "\n  a: ", "\n[t]\n", "\n[[t]]\n",
        "\na.b = ",
    ];
    let fences = ["---\n", "+++\n", "---json\n{", ";;;\n", "{", "\u{feff}---\r\n", ""];
    let scraps = proptest::collection::vec(proptest::sample::select(scraps.to_vec()), 0..24);
    proptest::strategy::Strategy::prop_map((proptest::sample::select(fences.to_vec()), scraps), |(fence, scraps)| {
        let close = if fence.contains('{') { "}\n---\n" } else { fence.trim_start_matches('\u{feff}') };
        format!("{fence}{}\n{close}본문\n", scraps.concat())
    })
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        cases: 2000,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn spans_hold_in_anything(text in scraps()) {
        let source = Source::new(text.as_str());
        for generator in Generator::ALL {
            let front_matter = FrontMatter::parse(&source, generator);
            let found = faults(&source, &front_matter);
            assert!(found.is_empty(), "{generator} {text:?}:\n{}", found.join("\n"));
            let Some((span, quoted)) = front_matter.block().and_then(|block| block.problem.clone()?.quoted) else { continue };
            let mut mended = text.clone();
            mended.replace_range(span.range(), &quoted);
            let mended = Source::new(mended);
            let front_matter = FrontMatter::parse(&mended, generator);
            assert!(front_matter.block().is_some_and(|block| block.problem.is_none()), "{generator} {text:?}");
        }
    }
}

// ---- the seed post of the shared data ----

#[test]
fn block_scalars_of_the_seed_end_with_their_text() {
    let Some(path) = shared::find("seed/_posts/2024-07-30-seoul.md") else { return };
    let source = Source::from_bytes(fs::read(path).unwrap());
    let front_matter = FrontMatter::parse(&source, Generator::Jekyll);
    let span = |key: &str| front_matter.get(key).unwrap().value.span;
    assert_eq!(span("excerpt"), Span::new(120, 436));
    assert_eq!(span("feature_text"), Span::new(455, 771));
    assert!(front_matter.get("excerpt").unwrap().value.text().unwrap().ends_with(".\n"));
}
