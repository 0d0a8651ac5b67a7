//! Generated posts are rendered as by Ruby's kramdown, apart from rare cases. Skipped without Ruby.

use crate::support::kramdown_support::{difference, outline, render, tree_outline};
use crate::support::oracle;
use postlint::document::read::kramdown::Options;
use postlint::source::Span;

const LINES: &[&str] = &[
    "- a",
    "* b",
    "1. c",
    "  - d",
    "    e",
    "  text",
    "para",
    "lazy line",
    "",
    "",
    "",
    "# head",
    "## 제목 b",
    "> q",
    ">q2",
    "> - x",
    "```",
    "```",
    "~~~",
    "    code",
    "\tcode2",
    "| a | b |",
    "a | b",
    "|---|---|",
    "***",
    "---",
    "===",
    "<div>",
    "</div>",
    "<div markdown=\"1\">",
    "<p>x</p>",
    "<b>y</b> z",
    "<br>",
    "<span>x",
    "</span>",
    ": def",
    "{: .c #i}",
    "{:.d}",
    "^",
    "[x]: /u",
    "[^1]: note",
    "see [x] and [^1]",
    "*[HTML]: Hyper",
    "HTML x",
    "$$ m $$",
    "<!-- c -->",
    "<img src=\"a\">",
    "10. x",
    "   y",
    "     z",
    "*emph* text",
    "   three",
    "+",
    "-",
    "1.",
    "-\ttab",
    "> # h",
    "> ```",
    "- # h",
    "-  > q",
    "-     code",
    "term",
    "  > inq",
    "      deep",
    "<details><summary>s</summary>",
    "</details>",
    "<table><tr><td>x</td></tr></table>",
    "<script>a<b</script>",
    "text <div>in</div>",
    "`a|b`",
    "&copy; x",
    "  * e",
    "    * f",
    "\t* g",
    "    1. h",
    "text  ",
    "text\\",
    "# h {#y}",
    "head2",
    "{::comment}",
    "{:/comment}",
    "{::nomarkdown}",
    "{:/}",
    "</p>",
    "<ul><li>a</li></ul>",
    "<hr>",
    "{:toc}",
    "### head3",
    "$$ m < n $${: .e}",
    "y <script>a<b && *c*</script> z",
    "- [ ] t",
    "|  | c |",
];

const INLINE: &[&str] = &[
    "a",
    "b ",
    "*",
    "**",
    "_",
    "__",
    "***",
    "`",
    "``",
    "[",
    "]",
    "(u)",
    "[x]",
    "![",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<br>",
    "<p>",
    "\"",
    "'",
    "--",
    "---",
    "...",
    "<<",
    ">>",
    " ",
    " ",
    "\\",
    "\\*",
    "&amp;",
    "&lt;",
    "~~",
    "{:.c}",
    "{: .d}",
    "<http://a.b>",
    "<a@b.co>",
    "한글",
    "은",
    "!",
    "(",
    ")",
    "\n",
    "  \n",
    "[^1]",
    "<!-- c -->",
    "<code>",
    "</code>",
    "<span markdown=\"0\">",
    "</span>",
    ".",
    ",",
    "s",
    "80s",
    "-",
    "]: ",
    "|",
    "<a href=\"x\">",
    "</a>",
    "[x](u \"t\")",
    "![i](s)",
    "HTML",
    "<img src='a'>",
    "$$m$$",
];

/// A random number generator with a fixed seed, so that every run is the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit as u64) as usize
    }
}

fn texts(count: usize) -> Vec<String> {
    let mut numbers = Numbers(7);
    let mut made = Vec::new();
    for index in 0..count {
        let parts = 2 + numbers.below(9);
        let mut text = String::new();
        for _ in 0..parts {
            match index % 3 {
                0 => text.push_str(INLINE[numbers.below(INLINE.len())]),
                kind => {
                    if kind == 2 {
                        text.push_str(["", " ", "  ", "   ", "    ", "> ", "- ", "\t", "1. "][numbers.below(9)]);
                    }
                    text.push_str(LINES[numbers.below(LINES.len())]);
                    text.push('\n');
                }
            }
        }
        text.push_str(if index % 9 == 0 { "\n\n[x]: /u 'T'\n\n[^1]: note\n" } else { "\n" });
        made.push(text);
    }
    made
}

#[test]
fn generated_posts_are_rendered_as_by_kramdown() {
    let texts = texts(6000);
    let Some(pages) = oracle::kramdown(&texts.iter().map(String::as_str).collect::<Vec<_>>()) else { return };
    let (mut same, mut total) = (0, 0);
    let mut different = Vec::new();
    for (text, page) in texts.iter().zip(pages) {
        let Some(expected) = page else { continue };
        total += 1;
        let expected = outline(&expected);
        let (tree, _) = tree_outline(&Options::default(), text, Span::of(0..text.len()));
        let difference = difference(&outline(&render(&Options::default(), text)), &expected);
        match difference.or_else(|| self::difference(&tree, &expected)) {
            None => same += 1,
            Some(difference) => different.push(format!("{text:?}\n{difference}")),
        }
    }
    if std::env::var_os("SHOW").is_some() {
        eprintln!("{same} of {total}\n{}", different.join("\n\n"));
    }
    assert!(total > 5000 && same * 1000 >= total * 997, "{same} of {total}\n{}", different.join("\n\n"));
}
