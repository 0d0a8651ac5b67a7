//! The native builder: its trees are those of the tree constructor, on everything there is to compare.
//!
//! `NATIVE=all cargo test --profile checked --test it native -- --nocapture` compares the whole shared corpus, and
//! prints how many posts of each folder were built natively and why others were not. `MUTANTS=1000000` sets the number
//! of changed posts, `MUTANT=4711` compares the one with this number.

use crate::mutations::{self, Dice};
use crate::support::same_tree::{built_alike, same_tree};
use crate::support::{calls, shared};
use postlint::catalog::Catalog;
use postlint::document::read::html::{Constructor, Mode, Native, Reason, Way};
use postlint::engine::examples::examples;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::source::Source;
use proptest::prelude::*;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Compares both ways for all posts. Returns the number of those that were built natively.
fn compare(posts: Vec<(String, Place)>) -> usize {
    let ways = posts.into_par_iter().map(|(text, place)| {
        let way = built_alike(&Source::new(&text), &place);
        let way = way.map_err(|what| format!("{} {:?}: {what}: {text:?}", place.path, place.dialect));
        way.map(|way| usize::from(way == Way::Native))
    });
    let natively: Result<Vec<usize>, String> = ways.collect();
    natively.unwrap().into_iter().sum()
}

/// How a page or a part of one is built.
fn way(html: &str) -> Way {
    let place = Place::new("a.html", Generator::Plain, Dialect::Html);
    built_alike(&Source::new(html), &place).unwrap()
}

#[test]
fn what_needs_no_recovery_is_built_natively() {
    for html in [
        "text & <b>bold <i>both</i></b> &lt; &amp; &#x41; a < b",
        "<p>one<p>two<div>three</div><ul><li>a<li>b</ul><dl><dt>a<dd>b</dl>",
        "<table><caption>c</caption> <tr><td>a<th>b<tr><td><p>c</table>",
        "<TABLE><tbody>\n<tr>\n<td><a href=a>x</td></tr>\n</TBODY></table><a href=b>y</a>",
        "<div><span>a</div></span></x-y></li>",
        "<a href=\"?a=1&b=2&amp;c\" hidden DATA-X='y' hidden>x</a><img src=a/><br/>",
        "<script>if (a < b && c) { d('</p>') }</script><style>a</style><textarea>\n&amp;</textarea><pre>\n\na</pre>",
        "<!-- a --><!----><?php ?><!x></ x>",
        "<form><button>a</button></form><form></form><object><param name=a></object><ruby>a<rp>(</rp><rt>b</rt></ruby>",
        "a</p></br><h2>b<i>c</i></h3>",
        "<select><option>a<option selected>b</option><optgroup label=c><option>d<optgroup><option>e</optgroup></select>",
        "<h2>a<h3>b</h3><h4>c</h4>\r\nd\re",
        "<!doctype html>\n<!-- a --><html lang=en>\n<head>\n<title>a &amp; b</title><meta charset=utf-8><script>a</script>\
         </head>\n<body class=a>\n<p>b</body>\n<!-- c --></html>\n<!-- d -->\n",
    ] {
        assert_eq!(way(html), Way::Native, "{html}");
    }
}

#[test]
fn what_needs_recovery_is_constructed() {
    for (html, reason) in [
        ("<html><head></head><body></body></html>", Reason::WholePage),
        ("<!doctype html><html><body>a</body></html>", Reason::WholePage),
        ("<!doctype html><html><head></head><body>a</body></html>b", Reason::WholePage),
        ("a\0", Reason::Null),
        ("a<body>", Reason::PageTag),
        ("<svg></svg>", Reason::Foreign),
        ("<select><hr></select>", Reason::Select),
        ("<select><select>", Reason::Select),
        ("<option>", Reason::Select),
        ("<template></template>", Reason::Template),
        ("<nobr>", Reason::RareElement),
        ("<p><b>a<p>b", Reason::Formatting),
        ("<b><p>a</b>", Reason::Misnested),
        ("<b><i>a</b></i>", Reason::Misnested),
        ("<a href=a>b<a href=c>d</a>", Reason::Nested),
        ("<form><div><form>", Reason::Nested),
        ("<table>a<tr>", Reason::Fostered),
        ("<table><div>", Reason::Fostered),
        ("<tr>", Reason::TablePart),
        ("<table><col></table>", Reason::TablePart),
        ("<ruby>a<rt>b<rt>c</ruby>", Reason::Ruby),
        ("<a href=\"", Reason::Unfinished),
        ("<p", Reason::Unfinished),
        ("<!-- a", Reason::Unfinished),
        ("a<!doctype html>", Reason::Declaration),
        ("a<![CDATA[b]]>", Reason::Declaration),
        ("<!--> -->", Reason::Declaration),
        ("a</>", Reason::Declaration),
        ("<script><!--</script>", Reason::EscapedScript),
        ("&#x80;", Reason::CharacterReference),
        ("&#99999999999;", Reason::CharacterReference),
        ("<a b=>", Reason::AttributeValue),
        ("<a b='c\r\nd'>", Reason::AttributeValue),
    ] {
        assert_eq!(way(html), Way::Constructed(reason), "{html}");
    }
    let many: String = (0..40).map(|number| format!(" a{number}")).collect();
    assert_eq!(way(&format!("<p{many}>")), Way::Constructed(Reason::ManyAttributes));
    assert_eq!(way(&"<div>".repeat(60)), Way::Constructed(Reason::Depth));
}

fn everywhere(text: &str) -> Vec<(String, Place)> {
    mutations::places().into_iter().map(|place| (text.to_owned(), place)).collect()
}

#[test]
fn examples_of_all_rules_are_built_alike() {
    let mut posts = Vec::new();
    for entry in Catalog::builtin().rules() {
        posts.extend(examples(&entry.page).into_iter().map(|example| (example.text.clone(), example.place())));
    }
    let total = posts.len();
    let natively = compare(posts);
    assert!(natively * 100 >= total * 90, "only {natively} of {total}");
}

#[test]
fn files_of_the_repository_are_built_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["rules", "docs", "fixtures", "presets", "profiles"];
    let files =
        folders.iter().flat_map(|folder| shared::files(&root.join(folder), &["md", "html", "toml", "yml", "json"]));
    let posts =
        files.filter_map(|path| std::fs::read_to_string(path).ok()).flat_map(|text| everywhere(&text)).collect();
    assert!(compare(posts) > 0);
}

#[test]
fn conformance_cases_are_built_alike() {
    let mut texts = Vec::new();
    if let Some(cases) = shared::find("conformance/kramdown/testcases") {
        texts.extend(
            shared::files(&cases, &["text", "html"]).iter().filter_map(|path| std::fs::read_to_string(path).ok()),
        );
    }
    if let Some(spec) = shared::find("conformance/commonmark/spec.txt") {
        let fence = "`".repeat(32);
        let spec = std::fs::read_to_string(spec).unwrap();
        texts.extend(spec.split(&fence).filter_map(|part| part.strip_prefix(" example\n")).map(str::to_owned));
    }
    if let Some(cases) = shared::find("corpus/html5lib-tests/tree-construction") {
        for path in shared::files(&cases, &["dat"]) {
            let file = std::fs::read_to_string(&path).unwrap();
            let data = file.split("#data\n").filter_map(|case| Some(case.split_once("\n#errors")?.0.to_owned()));
            texts.extend(data);
        }
    }
    compare(texts.iter().flat_map(|text| everywhere(text)).collect());
}

#[test]
fn posts_of_the_corpus_are_built_alike() {
    let Some(corpus) = shared::find("corpus") else { return };
    let takes_all = std::env::var("NATIVE").is_ok_and(|which| which == "all");
    let mut paths = shared::files(&corpus, &shared::POSTS);
    if !takes_all {
        paths = paths.into_iter().step_by(23).collect();
    }
    let read = paths.into_par_iter().filter_map(|path| {
        let name = path.strip_prefix(&corpus).unwrap().to_string_lossy().into_owned();
        let source = Source::from_bytes(std::fs::read(&path).unwrap());
        let place = shared::place(&name)?;
        let way = built_alike(&source, &place).map_err(|what| format!("{name}: {what}"));
        let kind = if name.ends_with(".html") || name.ends_with(".htm") { "html" } else { "Markdown" };
        Some(way.map(|way| (format!("{} {kind}", name.split('/').next().unwrap()), way)))
    });
    let read: Result<Vec<_>, String> = read.collect();
    let mut folders: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let (mut markdown, mut natively) = (0, 0);
    for (folder, way) in read.unwrap() {
        if folder.ends_with("Markdown") {
            markdown += 1;
            natively += usize::from(way == Way::Native);
        }
        for folder in [format!("all {}", folder.rsplit(' ').next().unwrap()), folder] {
            *folders.entry(folder).or_default().entry(format!("{way:?}")).or_default() += 1;
        }
    }
    if takes_all {
        folders.iter().for_each(|(folder, ways)| eprintln!("{folder}: {ways:?}"));
    }
    assert!(natively * 100 >= markdown * 90, "only {natively} of {markdown} posts are built natively");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn calls_build_the_same_tree_both_ways(
        parts in proptest::collection::vec(
            prop_oneof![6 => calls::nested(), 1 => calls::step().prop_map(|step| vec![step])],
            0..8,
        ),
    ) {
        let steps = parts.concat();
        let source = calls::source(&steps);
        let templates = calls::templates(&steps);
        let mut native = Native::new(&source, &source, &templates);
        calls::replay(&steps, &mut native);
        let Ok(native) = native.finish() else { return Ok(()) };
        let mut constructor = Constructor::new(&source, &source, Mode::Fragment);
        constructor.expect_templates(templates.clone());
        calls::replay(&steps, &mut constructor);
        let constructed = constructor.finish(source.len() as u32, templates);
        prop_assert_eq!(same_tree(&native, &constructed), Ok(()), "{:?}", source);
    }
}

/// Markup that is put into posts.
const SNIPPETS: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<li>",
    "</ul>",
    "<h2>",
    "</h3>",
    "<br/>",
    "</br>",
    "<img alt=\"a & b\" src='c&amp;d'>",
    "<script>",
    "</script>",
    "<style>a</style>",
    "<title>",
    "</title>",
    "<!-- x -->",
    "<!--",
    "-->",
    "<!-->",
    "<?x?>",
    "<!x>",
    "</ x>",
    "</>",
    "&lt;",
    "&amp",
    "&notit;",
    "&#65;",
    "&#x41",
    "&#0;",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "=",
    "/",
    "\r\n",
    "\r",
    "\n\n",
    "\t",
    "<svg>",
    "<select>",
    "<option>",
    "<template>",
    "<form>",
    "</form>",
    "<button>",
    "</button>",
    "<pre>\n",
    "</pre>",
    "<textarea>\n",
    "<dl><dt>",
    "<dd>",
    "<caption>",
    "<col>",
    "<ruby>a<rt>b",
    "<object>",
    "</object>",
    "<x-y a a=1 A>",
    "<input type=hidden>",
    "<body>",
    "</body>",
    "<DIV CLASS=x>",
    "{{ x }}",
    "{% y %}",
    "<a href=\"{{ x }}\">",
    "<td colspan=2",
    "<details><summary>",
    "</summary>",
    "<iframe>",
    "</iframe>",
    "<noscript>",
    "> ",
    "- ",
    "    ",
];

/// A tag of `text`, if there is one at or after `at`.
fn tag_at(text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let start = at + text.get(at..)?.find('<')?;
    let end = start + text[start..].find('>')? + 1;
    Some(start..end)
}

/// Changes a text at random.
fn mutate(text: &mut String, dice: &mut Dice) {
    let at = mutations::boundary(text, dice.below(text.len() + 1));
    let other = mutations::boundary(text, dice.below(text.len() + 1));
    let line = |at: usize, text: &str| {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        start..text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
    };
    match dice.below(7) {
        0 => {
            let end = mutations::boundary(text, (at + 1 + dice.below(8)).min(text.len()));
            text.replace_range(at..end.max(at), "");
        }
        1 => text.insert_str(at, SNIPPETS[dice.below(SNIPPETS.len())]),
        2 => text.replace_range(line(at, text), ""),
        3 => {
            let copy = text[line(at, text)].to_owned();
            text.insert_str(other, &copy);
        }
        operation => {
            let (Some(one), Some(two)) = (tag_at(text, at), tag_at(text, other)) else { return };
            match operation {
                4 => text.replace_range(one, ""),
                5 => {
                    let copy = text[one].to_owned();
                    text.insert_str(other, &copy);
                }
                _ => {
                    let (one, two) = if one.start <= two.start { (one, two) } else { (two, one) };
                    if one.end <= two.start {
                        let (first, second) = (text[one.clone()].to_owned(), text[two.clone()].to_owned());
                        text.replace_range(two, &first);
                        text.replace_range(one, &second);
                    }
                }
            }
        }
    }
}

/// The mutant with this number: a part of a post of the corpus or of an example, changed a few times.
fn mutant(seeds: &[(String, Place)], number: u64) -> (String, &Place) {
    let mut dice = Dice::new(number);
    let (seed, place) = &seeds[dice.below(seeds.len())];
    let len = 200 + dice.below(1_500);
    let start = if dice.below(3) == 0 { 0 } else { dice.below(seed.len().saturating_sub(len) + 1) };
    let start = mutations::boundary(seed, start);
    let mut text = seed[start..mutations::boundary(seed, (start + len).min(seed.len()))].to_owned();
    for _ in 0..dice.below(5) {
        mutate(&mut text, &mut dice);
    }
    (text, place)
}

#[test]
fn mutants_are_built_alike() {
    let number = |name: &str| std::env::var(name).ok().map(|number| number.parse::<u64>().unwrap());
    let seeds = mutations::seeds();
    let numbers = match number("MUTANT") {
        Some(one) => one..one + 1,
        None => 0..number("MUTANTS").unwrap_or(2_000),
    };
    let total = numbers.end - numbers.start;
    let read = numbers.into_par_iter().map(|number| {
        let (text, place) = mutant(&seeds, number);
        match built_alike(&Source::new(&text), place) {
            Ok(way) => (usize::from(way == Way::Native), None),
            Err(what) => (0, Some(format!("mutant {number}, {} {:?}: {what}: {text:?}", place.path, place.dialect))),
        }
    });
    let read: Vec<_> = read.collect();
    let natively: usize = read.iter().map(|(natively, _)| natively).sum();
    let different: Vec<String> = read.into_iter().filter_map(|(_, different)| different).collect();
    eprintln!("{total} mutants, {natively} built natively, {} differ", different.len());
    different.iter().take(5).for_each(|what| eprintln!("{what}"));
    assert!(different.is_empty(), "{} mutants differ", different.len());
    assert!(total < 100 || natively > 0, "no mutant is built natively");
}
