//! CSS selectors on the tree.

use crate::support::{growth, shared};
use html5ever::LocalName;
use postlint::document::read::html;
use postlint::document::tree::Tree;
use postlint::document::tree::build::Input;
use postlint::document::tree::node::Element;
use postlint::document::tree::select::{Caches, Selector};
use postlint::source::Span;
use std::collections::BTreeMap;

const SELECTORS: &[&str] = &[
    "img:not([alt])",
    "img[alt='']",
    "img[src^='http://']",
    "a[target=_blank]:not([rel~=noopener])",
    "a:not([href]), area",
    "a[href^='JAVASCRIPT:' i]",
    "a > img:only-child:not([alt])",
    "p:empty",
    "span[style]",
    "b > span",
    "h2 > b",
    "h1 ~ h2",
    "h3:first-child",
    "table:not(:has(th))",
    "td[style*=height]",
    "[onclick]",
    "[id='']",
    ".note, #toc",
    "ul > :not(li):not(script)",
    "hr + hr",
    "li:nth-child(2n + 1)",
    "p:nth-last-of-type(1)",
    ":is(h1, h2, h3):not(:has(a))",
    ":where(ol, ul) li",
    "svg linearGradient",
    "use[href]",
    ":root",
    "body *",
    "IMG",
];

fn parse(source: &str) -> Tree<'_> {
    html::construct(&Input::plain(source, Span::of(0..source.len())))
}

fn found(source: &str, selector: &str) -> Vec<String> {
    let tree = parse(source);
    let selector = Selector::parse(selector).unwrap();
    let matching = tree.elements().filter(|&element| selector.matches(element));
    matching.map(|element| element.start_tag().map_or("", |tag| tag.slice(source)).to_owned()).collect()
}

#[test]
fn selectors_find_elements() {
    let source = "<p id=a class='x y'><img><img alt=''></p><p id=A><a href=HTTPS://x>z</a></p><p></p>";
    assert_eq!(found(source, "img:not([alt])"), ["<img>"]);
    assert_eq!(found(source, "img[alt='']"), ["<img alt=''>"]);
    assert_eq!(found(source, "#a > img:first-child, .y"), ["<p id=a class='x y'>", "<img>"]);
    assert_eq!(found(source, "a[href^='https:' i]"), ["<a href=HTTPS://x>"]);
    assert_eq!(found(source, "p:empty"), ["<p>"]);
    assert_eq!(found(source, "p:has(> a)"), ["<p id=A>"]);
    assert_eq!(found(source, "p:nth-child(2)"), ["<p id=A>"]);
    assert_eq!(found(source, "P"), found(source, "p"));
}

#[test]
fn namespaced_attributes_are_different_attributes() {
    let source = "<svg><use xlink:href='#x'></use><linearGradient></linearGradient></svg>";
    assert!(found(source, "use[href]").is_empty());
    assert_eq!(found(source, "linearGradient"), ["<linearGradient>"]);
}

#[test]
fn bad_selectors_say_what_is_wrong() {
    for (text, message) in [
        ("", "a selector is missing"),
        ("a, ", "a selector is missing"),
        ("p >", "no valid selector after the combinator"),
        ("p <a", "no valid selector after the combinator"),
        ("img[", "the selector ends too early"),
        ("img[alt 'x']", "`[…]` needs an operator such as `=` or `^=` here"),
        ("a[href^=/]", "the value in `[…]` needs quotes"),
        ("a:hover", "this pseudo-class or pseudo-element is not supported"),
        ("svg|a", "namespaces are not supported"),
    ] {
        assert_eq!(Selector::parse(text).unwrap_err().message, message, "{text:?}");
    }
}

#[test]
fn the_subject_limits_which_tags_can_match() {
    let tags = |text: &str| {
        let tags = Selector::parse(text).unwrap().subject_tags();
        tags.map(|tags| tags.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(tags("div > img[alt], a"), Some(vec!["img".into(), "a".into()]));
    assert_eq!(tags(":is(h1, h2).x"), Some(vec!["h1".into(), "h2".into()]));
    assert_eq!(tags("img, .x"), None);
    assert_eq!(tags("a *"), None);
    assert_eq!(tags(":not(img)"), None);
    assert_eq!(tags("linearGradient"), Some(vec!["linearGradient".into(), "lineargradient".into()]));
}

#[test]
fn selectors_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Selector>();
    shared::<Tree<'_>>();
}

/// All matches, found by testing each selector on each element.
fn naive(tree: &Tree<'_>, selectors: &[Selector]) -> Vec<(usize, Option<Span>, String)> {
    let mut hits = Vec::new();
    for (index, selector) in selectors.iter().enumerate() {
        hits.extend(tree.elements().filter(|&e| selector.matches(e)).map(|e| hit(index, e)));
    }
    hits.sort();
    hits
}

/// All matches, found in one walk that tests an element only with selectors that can match its tag name.
fn bucketed(tree: &Tree<'_>, selectors: &[Selector]) -> Vec<(usize, Option<Span>, String)> {
    let mut by_tag: BTreeMap<LocalName, Vec<usize>> = BTreeMap::new();
    let mut any = Vec::new();
    for (index, selector) in selectors.iter().enumerate() {
        match selector.subject_tags() {
            Some(tags) => tags.into_iter().for_each(|tag| by_tag.entry(tag).or_default().push(index)),
            None => any.push(index),
        }
    }
    let mut caches = Caches::default();
    let mut hits = Vec::new();
    for element in tree.elements() {
        let asked = by_tag.get(element.local_name()).into_iter().flatten().chain(&any);
        for &index in asked {
            if selectors[index].matches_with(element, &mut caches) {
                hits.push(hit(index, element));
            }
        }
    }
    hits.sort();
    hits
}

fn hit(index: usize, element: Element<'_>) -> (usize, Option<Span>, String) {
    (index, element.start_tag(), element.name().to_owned())
}

#[test]
fn bucketed_matching_finds_what_naive_matching_finds() {
    let selectors: Vec<_> = SELECTORS.iter().map(|text| Selector::parse(text).unwrap()).collect();
    let Some(folder) = shared::find("corpus/html-aria-practices") else { return };
    let mut total = 0;
    for path in shared::files(&folder, &["html"]) {
        let source = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let tree = parse(&source);
        let hits = naive(&tree, &selectors);
        total += hits.len();
        assert_eq!(hits, bucketed(&tree, &selectors));
    }
    assert!(total > 1000, "{total}");
}

#[test]
fn matches_are_those_of_scraper() {
    let Some(folder) = shared::find("corpus/jekyll-docs-built") else { return };
    let ours: Vec<_> = SELECTORS.iter().map(|text| Selector::parse(text).unwrap()).collect();
    let theirs: Vec<_> = SELECTORS.iter().map(|text| scraper::Selector::parse(text).unwrap()).collect();
    for path in shared::files(&folder, &["html"]).into_iter().take(60) {
        let source = std::fs::read_to_string(&path).unwrap();
        let source = source.replace("<noscript", "<div").replace("</noscript", "</div");
        let tree = parse(&source);
        let html = scraper::Html::parse_document(&source);
        for (index, text) in SELECTORS.iter().enumerate() {
            let found: Vec<_> = tree.elements().filter(|&e| ours[index].matches(e)).map(|e| e.name()).collect();
            let expected: Vec<_> = html.select(&theirs[index]).map(|e| e.value().name().to_owned()).collect();
            assert_eq!(found, expected, "{text} in {}", path.display());
        }
    }
}

#[test]
fn sibling_selectors_take_linear_time() {
    // Without `:nth-child`: the `selectors` crate recounts it in debug builds, to verify its cache.
    for selector in ["h2 ~ p", "p:has(~ h2)", "h2 ~ p ~ p"] {
        let selector = Selector::parse(selector).unwrap();
        let slow = growth::superlinear(3_000, |siblings| {
            let text = "<p>".repeat(siblings);
            let tree = parse(&text);
            growth::time(|| {
                let mut caches = Caches::default();
                tree.elements().filter(|element| selector.matches_with(*element, &mut caches)).count()
            })
        });
        assert!(slow.is_none(), "{selector:?}: {slow:?}");
    }
}
