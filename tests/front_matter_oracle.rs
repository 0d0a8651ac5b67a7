//! Front matter against other programs' answers and against real and hostile files, where those are at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use postlint::document::dialect::Generator;
use postlint::document::front_matter::types::{Engine, Resolved};
use postlint::document::front_matter::value::{Data, Mapping, Scalar, Style, Value};
use postlint::document::front_matter::{Block, Format, FrontMatter};
use postlint::source::{Source, Span};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The folder with the test data that stands beside the project.
fn shared(path: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let named = std::env::var_os("POSTLINT_SHARED").map(PathBuf::from);
    [Some(beside), named].into_iter().flatten().map(|root| root.join(path)).find(|path| path.exists())
}

fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let wanted = |path: &Path| path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted));
    let mut found: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && wanted(path))
        .collect();
    found.sort();
    found
}

/// A file of nothing but YAML, as the front matter of a post.
fn post(yaml: &[u8]) -> Source {
    let mut bytes = b"---\n".to_vec();
    bytes.extend(yaml.strip_prefix(b"\xef\xbb\xbf").unwrap_or(yaml));
    bytes.extend(if yaml.ends_with(b"\n") { b"---\n".as_slice() } else { b"\n---\n" });
    Source::from_bytes(bytes)
}

// ---- SafeYAML ----

/// Files where we say something else on purpose.
const DIFFERENT: &[(&str, &str)] = &[
    ("10_merge.yml", "SafeYAML dies of a list under `<<`: no syntax error, a rule's business"),
    ("10c_merge_nonmap.yml", "SafeYAML dies of text under `<<`: no syntax error, a rule's business"),
    ("18c_brace.yml", "SafeYAML gives `{}` for a mapping as key"),
    ("20b_complex_key.yml", "SafeYAML takes a mapping as key apart"),
    ("22_tags.yml", "`!!binary` is not decoded"),
    ("31_docend.yml", "`...` closes Jekyll's front matter"),
    ("31b_twodocs.yml", "`---` closes Jekyll's front matter"),
    ("34c_nel.yml", "YAML 1.2: U+0085 is no line end"),
    ("34d_ls.yml", "YAML 1.2: U+2028 is no line end"),
    ("51_yaml_directive.yml", "`---` closes Jekyll's front matter"),
    ("55_null_key.yml", "YAML 1.2 allows an empty key"),
];

#[test]
fn jekyll_types_are_those_of_safe_yaml() {
    let (Some(oracle), Some(cases)) = (shared("cases/front-matter-oracle.jsonl"), shared("cases/front-matter")) else {
        return;
    };
    let mut wrong = Vec::new();
    let mut compared = 0;
    for line in fs::read_to_string(oracle).unwrap().lines() {
        let answer: Json = serde_json::from_str(line).unwrap();
        let name = answer["file"].as_str().unwrap();
        let source = post(&fs::read(cases.join(name)).unwrap());
        let front_matter = FrontMatter::parse(&source, Generator::Jekyll);
        let block = front_matter.block().expect(name);
        let ours = match &block.problem {
            Some(_) => json!("error"),
            None => typed_root(block),
        };
        let theirs = match answer["safeyaml"].get("ok") {
            Some(value) => value.clone(),
            None => json!("error"),
        };
        let same = agree(&ours, &theirs);
        let expected = !DIFFERENT.iter().any(|(different, _)| *different == name);
        if same != expected {
            wrong.push(format!("{name}\n  ours   {ours}\n  theirs {theirs}"));
        }
        compared += 1;
    }
    assert!(compared > 80);
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}

/// SafeYAML's numbers are compared as numbers: `750` and `750.0` are the same.
fn agree(ours: &Json, theirs: &Json) -> bool {
    match (ours, theirs) {
        (Json::Array(ours), Json::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| agree(a, b))
        }
        (Json::Object(ours), Json::Object(theirs)) if ours.get("t") == theirs.get("t") => {
            let number = |value: &serde_json::Map<String, Json>| -> Option<f64> { value["v"].as_str()?.parse().ok() };
            match ours["t"].as_str() {
                Some("float") => {
                    let (a, b) = (number(ours), number(theirs));
                    a == b || a.is_some_and(f64::is_nan) && b.is_some_and(f64::is_nan)
                }
                Some("null") => true,
                _ => agree(&ours["v"], &theirs["v"]),
            }
        }
        _ => ours == theirs,
    }
}

fn typed_root(block: &Block<'_>) -> Json {
    let mut anchors = HashMap::new();
    match &block.other {
        Some(value) => typed(value, &mut anchors),
        // SafeYAML's answer to nothing at all.
        None if block.mapping.entries.is_empty() => json!({"t": "bool", "v": "false"}),
        None => typed_mapping(&block.mapping, &mut anchors),
    }
}

fn typed(value: &Value<'_>, anchors: &mut HashMap<String, Json>) -> Json {
    let found = match &value.data {
        Data::Alias { name, .. } => anchors.get(&**name).cloned().unwrap_or(json!({"t": "null"})),
        Data::Sequence { items, .. } => {
            json!({"t": "seq", "v": items.iter().map(|item| typed(item, anchors)).collect::<Vec<_>>()})
        }
        Data::Mapping(mapping) => typed_mapping(mapping, anchors),
        Data::Scalar(Scalar { text, .. }) => match value.resolve(Engine::Jekyll).unwrap() {
            Resolved::Null => json!({"t": "null"}),
            Resolved::Bool(it) => json!({"t": "bool", "v": it.to_string()}),
            Resolved::Int(it) => json!({"t": "int", "v": it.to_string()}),
            Resolved::Float(it) => json!({"t": "float", "v": it.to_string()}),
            Resolved::Date(it) => {
                json!({"t": "date", "v": format!("{:04}-{:02}-{:02}", it.year, it.month, it.day)})
            }
            Resolved::Time(it) => json!({"t": "time", "v": utc(it.unix_seconds(), it.nanosecond)}),
            Resolved::Clock | Resolved::Symbol => panic!("no type of SafeYAML's"),
            Resolved::String => json!({"t": "str", "v": text}),
        },
    };
    if let Some((name, _)) = &value.anchor {
        anchors.insert(name.to_string(), found.clone());
    }
    found
}

fn typed_mapping(mapping: &Mapping<'_>, anchors: &mut HashMap<String, Json>) -> Json {
    let mut entries: Vec<(Json, Json)> = Vec::new();
    for entry in &mapping.entries {
        let key = typed(&entry.key, anchors);
        let value = typed(&entry.value, anchors);
        let more = match &value["v"] {
            Json::Array(merged) if entry.is_merge() => {
                merged.iter().map(|pair| (pair[0].clone(), pair[1].clone())).collect()
            }
            _ => vec![(key, value)],
        };
        for (key, value) in more {
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some(known) => known.1 = value,
                None => entries.push((key, value)),
            }
        }
    }
    json!({"t": "map", "v": entries.into_iter().map(|(key, value)| json!([key, value])).collect::<Vec<_>>()})
}

fn utc(seconds: i64, nanosecond: u32) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // The other way round than `Date::days`: look for the day.
    let year = (1970 + days / 366 - 1..).find(|year| day_number(year + 1, 1, 1) > days).unwrap();
    let month = (1..=12).rev().find(|month| day_number(year, *month, 1) <= days).unwrap();
    let day = days - day_number(year, month, 1) + 1;
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}", nanosecond / 1_000_000)
}

fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let date =
        postlint::document::front_matter::calendar::Date { year: year as i32, month: month as u32, day: day as u32 };
    date.days()
}

// ---- spans ----

/// What is wrong with the spans of a file's front matter.
fn faults(source: &Source, front_matter: &FrontMatter<'_>) -> Vec<String> {
    let mut faults = Faults { text: source.text(), found: Vec::new() };
    match front_matter {
        FrontMatter::Missing => {}
        FrontMatter::Unclosed { fence } => faults.inside(*fence, Span::new(0, source.text().len() as u32), "fence"),
        FrontMatter::Present(block) => faults.block(block),
    }
    faults.found
}

struct Faults<'s> {
    text: &'s str,
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
            Style::Plain => written == scalar.text || written.contains(['\n', '\r']),
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
        if !right {
            self.found.push(format!("{what}: {written:?}"));
        }
    }
}

/// Folding and indentation change blanks and nothing else.
fn same_text(written: &str, text: &str) -> bool {
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    solid(written) == solid(text)
}

#[test]
fn spans_hold_in_every_post_of_the_corpus() {
    let Some(corpus) = shared("corpus") else { return };
    let mut wrong = Vec::new();
    let mut present = 0;
    for path in files(&corpus, &["md", "markdown", "mkd", "mdx", "html"]) {
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
    assert!(present > 10_000, "{present} blocks of front matter");
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn spans_hold_in_hard_yaml() {
    let mut checked = 0;
    for (folder, extension) in
        [("cases/front-matter", "yml"), ("cases/front-matter-posts", "md"), ("conformance/yaml-test-suite/src", "yaml")]
    {
        let Some(folder) = shared(folder) else { return };
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

/// The documents in a file: the YAML test suite has several cases in one, with visible stand-ins for blanks.
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
fn hostile_files_are_read_quickly() {
    let Some(folder) = shared("cases/front-matter-nasty") else { return };
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 1500 } else { 100 });
    for path in files(&folder, &["yml"]) {
        let source = post(&fs::read(&path).unwrap());
        for generator in [Generator::Jekyll, Generator::Hexo] {
            let start = Instant::now();
            let front_matter = FrontMatter::parse(&source, generator);
            let block = front_matter.block().unwrap();
            let count = block.duplicates().len();
            let facts = (block.mapping.entries.len(), count);
            drop(front_matter);
            let time = start.elapsed();
            assert!(time < limit, "{}: {time:?} {facts:?}", path.display());
        }
    }
}

// ---- another YAML parser ----

#[test]
fn core_types_are_those_of_serde_yaml() {
    let Some(corpus) = shared("corpus") else { return };
    let (mut compared, mut wrong) = (0, Vec::new());
    for path in files(&corpus, &["md", "markdown", "mkd", "html"]) {
        let source = Source::from_bytes(fs::read(&path).unwrap());
        let front_matter = FrontMatter::parse(&source, Generator::Jekyll);
        let Some(block) = front_matter.block() else { continue };
        let content = source.slice(block.content);
        // serde_yaml refuses duplicates, and resolves aliases and tags.
        if content.contains(['&', '*', '!']) || !block.duplicates().is_empty() {
            continue;
        }
        let theirs = serde_yaml::from_str::<serde_yaml::Value>(content);
        let ours = match (&block.problem, &block.other) {
            (Some(_), _) => None,
            (None, Some(value)) => Some(plain(value)),
            (None, None) if block.mapping.entries.is_empty() => Some(serde_yaml::Value::Null),
            (None, None) => Some(plain_mapping(&block.mapping)),
        };
        compared += 1;
        if theirs.as_ref().ok() != ours.as_ref() {
            wrong.push(format!("{}\n  ours   {ours:?}\n  theirs {theirs:?}", path.display()));
        }
    }
    assert!(compared > 1000, "{compared}");
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong[..wrong.len().min(10)].join("\n"));
}

fn plain(value: &Value<'_>) -> serde_yaml::Value {
    use serde_yaml::Value as Yaml;
    match &value.data {
        Data::Alias { .. } => panic!("no aliases here"),
        Data::Sequence { items, .. } => Yaml::Sequence(items.iter().map(plain).collect()),
        Data::Mapping(mapping) => plain_mapping(mapping),
        Data::Scalar(scalar) => match value.resolve(Engine::Core).unwrap() {
            Resolved::Null => Yaml::Null,
            Resolved::Bool(it) => Yaml::Bool(it),
            Resolved::Int(it) => i64::try_from(it).map_or_else(|_| Yaml::from(it as f64), Yaml::from),
            // YAML 1.2 has no octal numbers with a leading zero; serde_yaml takes them for text.
            Resolved::Float(it) => Yaml::from(it),
            _ => Yaml::String(scalar.text.to_string()),
        },
    }
}

fn plain_mapping(mapping: &Mapping<'_>) -> serde_yaml::Value {
    mapping.entries.iter().map(|entry| (plain(&entry.key), plain(&entry.value))).collect::<serde_yaml::Mapping>().into()
}
