//! Files that are deeply nested or very large: postlint ends with an exit code, and still reports the other files.

use crate::support::blog::{Blog, code, stderr, stdout};
use std::fmt::Write;

const OTHER: &str = "_posts/2024-01-02-other.md";

/// Lints these posts together with an ordinary one, and checks that postlint ends normally and reports the ordinary
/// one.
fn survives(posts: &[(String, String)], arguments: &[&str]) {
    let blog = Blog::new(&[(OTHER, "---\ntitle: Other\n---\n\n<b>x</i>\n")]);
    posts.iter().for_each(|(name, text)| blog.write(name, text));
    let output = blog.run(&[&["--format", "concise", "--exit-zero"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(stdout(&output).contains(OTHER), "the other post is not reported");
    assert!(!stdout(&output).contains("internal-error"));
}

/// A start tag with `count` attributes, in Markdown, HTML and MDX.
fn with_attributes(count: usize, quote: &str) -> Vec<(String, String)> {
    let mut tag = "<p ".to_owned();
    (0..count).for_each(|n| write!(tag, "a{n}={quote}b{quote} ").unwrap());
    let post = |extension| (format!("_posts/2024-01-01-x.{extension}"), format!("---\ntitle: X\n---\n\n{tag}>x</p>\n"));
    ["md", "html", "mdx"].map(post).into()
}

#[test]
fn a_tag_may_have_any_number_of_attributes() {
    for count in [6_550, 26_400] {
        ["\"", "'", ""].iter().for_each(|quote| survives(&with_attributes(count, quote), &[]));
    }
    survives(&with_attributes(200_000, "\"")[1..2], &[]);
}

#[test]
fn a_single_post_is_parsed_with_the_same_stack_size() {
    let blog = Blog::new(&[]);
    let [(_, text), ..] = &with_attributes(26_400, "\"")[..] else { panic!("no post") };
    blog.write("x.md", text);
    assert_eq!(code(&blog.run(&["--exit-zero", "x.md"])), 0);
    assert_eq!(code(&blog.run_on(text, &["--exit-zero", "--stdin-filename", "x.md", "-"])), 0);
    assert_eq!(code(&blog.run(&["tree", "x.md"])), 0);
    assert_eq!(code(&blog.run(&["search", "b", "x.md"])), 0);
}

/// The size of one file in bytes.
const SIZE: usize = 50_000;

/// Nested constructs: the file extension, what comes before, what opens a level, and what closes it.
const NESTED: &[(&str, &str, &str, &str)] = &[
    ("html", "", "<div>", "</div>"),
    ("html", "", "<b>", "</b>"),
    ("html", "", "<table><td>", ""),
    ("html", "", "<svg><desc>", ""),
    ("html", "", "<template>", "</template>"),
    ("html", "", "<select><option>", ""),
    ("html", "<p ", "a=\"b\"\n", ">"),
    ("html", "</p ", "a=\"b\" ", ">"),
    ("html", "<script type=application/ld+json>", "[", "]"),
    ("html", "", "{% if a %}", "{% endif %}"),
    ("html", "", "{{ '", "' }}"),
    ("md", "", "> ", ""),
    ("md", "", "- ", ""),
    ("md", "", "1. ", ""),
    ("md", "", "> - ", ""),
    ("md", "", "[", "]"),
    ("md", "", "![", "](a)"),
    ("md", "", "*a ", "*"),
    ("md", "", "**a *b ", ""),
    ("md", "", "_", "_"),
    ("md", "", "~~a ", ""),
    ("md", "", "(", ")"),
    ("md", "", "\"a '", ""),
    ("md", "", "<div>\n", "</div>\n"),
    ("md", "", "<div markdown=\"1\">\n", "</div>\n"),
    ("md", "", "<b>", "</b>"),
    ("md", "a\n", ": ", ""),
    ("md", "", "{::nomarkdown}", "{:/}"),
    ("md", "", "{:", "}"),
    ("md", "", "[^a]: ", ""),
    ("md", "", "{% raw %}", "{% endraw %}"),
    ("md", "", "{{< a >}}", "{{< /a >}}"),
    ("mdx", "", "<A>", "</A>"),
    ("mdx", "", "{", "}"),
    ("mdx", "", "{`${", "}`}"),
    ("mdx", "", "<A b={", "}/>"),
    ("mdx", "", "{<a>", "</a>}"),
    ("mdx", "export const a = ", "{(", ")}"),
    ("mdx", "", "> - ", ""),
    ("md", "---\na: ", "[", "]"),
    ("md", "---\na: ", "{a: ", "}"),
    ("md", "---\n", "- ", ""),
    ("md", "---\n", "? ", ""),
    ("md", "+++\na = ", "[", "]"),
    ("md", "+++\na = ", "{a = ", "}"),
    ("md", "+++\na", ".a", " = 1"),
    ("md", "{\"a\": ", "[", "]"),
    ("md", "{\"a\": ", "{\"a\": ", "}"),
];

#[test]
fn anything_may_be_nested() {
    let posts: Vec<(String, String)> = NESTED
        .iter()
        .enumerate()
        .map(|(number, &(extension, before, open, close))| {
            let count = SIZE / (open.len() + close.len());
            let end = match before.get(..3) {
                Some(fence @ ("---" | "+++")) => format!("\n{fence}\n"),
                Some("{\"a") => "}\n".to_owned(),
                _ => "\n".to_owned(),
            };
            let title = if end.len() > 1 { "" } else { "---\ntitle: X\n---\n\n" };
            let text = format!("{title}{before}{}1{}{end}", open.repeat(count), close.repeat(count));
            (format!("_posts/2024-01-01-{number}.{extension}"), text)
        })
        .collect();
    survives(&posts, &["--site", "jekyll"]);
    survives(&posts, &["--site", "hugo"]);
}

#[test]
fn selectors_patterns_and_globs_may_be_nested() {
    let blog = Blog::new(&[("a.html", &"<a>x</a>".repeat(2_000))]);
    for selector in [":not(".repeat(20_000), ":has(".repeat(20_000), "(".repeat(50_000), vec!["a"; 2_000].join("~")] {
        assert_eq!(code(&blog.run(&["search", &selector, "."])), 2);
    }
    for selector in [vec!["a"; 60].join("~"), vec!["a"; 60].join("+"), vec!["a"; 2_000].join(",")] {
        assert_eq!(code(&blog.run(&["search", &selector, "."])), 0);
    }
    let deep = "{a,".repeat(20_000);
    blog.write(".gitignore", &format!("{deep}\n"));
    assert_eq!(code(&blog.run(&["--exit-zero", "."])), 0);
    blog.write("postlint.yml", &format!("ignore: ['{deep}']\n"));
    assert_eq!(code(&blog.run(&["."])), 2);
}

#[test]
fn braces_in_globs_have_a_maximum_depth() {
    /// Returns the text of a file that contains the given glob.
    type Config<'a> = &'a dyn Fn(&str) -> String;
    let nested = |depth: usize| "{a,".repeat(depth) + &"}".repeat(depth);
    let post = ("_posts/2024-01-01-a.md", "---\ntitle: X\n---\n");
    let files: [(&str, Config<'_>, &str); 4] = [
        ("postlint.yml", &|glob| format!("ignore: ['{glob}']\n"), "postlint.yml:1:10"),
        ("postlint.yml", &|glob| format!("overrides:\n- match: ['x', '!{glob}']\n"), "postlint.yml:2:16"),
        ("postlint.yml", &|glob| format!("front-matter:\n- match: '{glob}'\n"), "postlint.yml:2:10"),
        (".gitignore", &|glob| format!("x\n{glob}\n"), ".gitignore`: line 2 has"),
    ];
    for (name, text, place) in files {
        for (depth, exit) in [(16, 0), (17, 2), (100_000, 2)] {
            let output = Blog::new(&[post, (name, &text(&nested(depth)))]).run(&["--exit-zero", "."]);
            assert_eq!(code(&output), exit, "{name} {depth}: {}", stderr(&output));
            if exit == 2 {
                assert!(stderr(&output).contains(place), "{name}: {}", stderr(&output));
                assert!(stderr(&output).contains("more than 16 nested braces"), "{}", stderr(&output));
            }
        }
    }
    // In a site's own config, globs that postlint cannot parse are ignored.
    let site =
        format!("exclude: ['{0}', 'x']\ndefaults: [{{scope: {{path: '*{0}'}}, values: {{a: b}}}}]\n", nested(100_000));
    assert_eq!(code(&Blog::new(&[post, ("_config.yml", &site)]).run(&["--exit-zero", "."])), 0);
}

#[test]
fn configs_and_schemas_may_be_nested() {
    let deep = "[".repeat(20_000) + &"]".repeat(20_000);
    let files = [("postlint.yml", "a: ", 2), ("_config.yml", "a: ", 0), ("hugo.toml", "baseURL = 'x'\na = ", 0)];
    for (name, before, exit) in files {
        let blog =
            Blog::new(&[("_posts/2024-01-01-x.md", "---\ntitle: X\n---\n"), (name, &format!("{before}{deep}\n"))]);
        assert_eq!(code(&blog.run(&["--exit-zero", "."])), exit, "{name}");
    }
    let schema = "{\"not\": ".repeat(20_000) + "true" + &"}".repeat(20_000);
    let config = "front-matter:\n  - schema: schema.json\n";
    let blog = Blog::new(&[("a.md", "---\ntitle: X\n---\n"), ("postlint.yml", config), ("schema.json", &schema)]);
    assert_eq!(code(&blog.run(&["."])), 2);
}
