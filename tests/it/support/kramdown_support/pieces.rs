//! Pieces of syntax for generated and mutated posts.

/// Syntax of kramdown, Liquid and HTML.
#[rustfmt::skip]
pub const PIECES: &[&str] = &[
    "\n", "\n\n", "\r", "\r\n", " ", "    ", "\t",
    "> ", "- ", "* ", "1. ", ": ", ":", "[ ] ",
    "#", "# ", "=", "===", "---", "---\n", "|", "|---|", "```\n", "~~~\n", "^\n", "$$",
    "*", "**", "_", "__", "`", "``", "~~", "\\", "\"", "'", "--", "...", "<<", ">>",
    "[", "]", "](", ")", "](/a \"t\")", "![", "[x]: u", "[^1]", "[^1]: ", "*[A]: b", "*[a]: b\n", "A",
    "{:", "}", "{: .a}", "{:#b}", "{#a}", "{:toc}", "{::comment}", "{::nomarkdown}", "{:/}",
    "<div>", "</div>", "<div markdown=\"1\">", "<p markdown=\"span\">", "markdown=\"1\"", "<p>", "</p>", "<b>", "</b>",
    "<br/>", "<br />", "<li>", "<table>", "<script>", "</script>", "<!--", "-->", "<a href=\"", "\">", "<", ">",
    "&nbsp;", "&amp;", "&", "https://a.b", "<a@b.c>",
    "{{ x }}", "{% x %}",
    "가", "한글", "é", "😀", "\u{feff}", "\0",
];
