//! How kramdown's syntax is rendered, case by case.

use crate::support::kramdown_support::{outline, render, tree_outline};
use postlint::document::read::kramdown::Options;
use postlint::source::Span;

fn same(source: &str, html: &str) {
    assert_eq!(outline(&render(&Options::default(), source)), outline(html), "{source}");
    let (tree, faults) = tree_outline(&Options::default(), source, Span::of(0..source.len()));
    assert_eq!(tree, outline(html), "the tree of {source}");
    assert!(faults.is_empty(), "{faults:?}");
}

fn plain(source: &str, html: &str) {
    let options = Options { gfm: false, ..Options::default() };
    assert_eq!(outline(&render(&options, source)), outline(html), "{source}");
}

#[test]
fn options_of_the_site_apply() {
    let rendered = |options: Options, source: &str| outline(&render(&options, source));
    let hard_wrap = Options { hard_wrap: true, ..Options::default() };
    assert_eq!(
        rendered(hard_wrap.clone(), "a\n*b\nc*\n\n    d\n    e\n"),
        outline("<p>a<br />\n<em>b<br />\nc</em></p><pre><code>d\ne\n</code></pre>")
    );
    assert_eq!(rendered(hard_wrap, "a\n<b>c\nd</b>\n"), outline("<p>a<br />\n<b>c\nd</b></p>"));
    let options = Options { auto_id_prefix: Some("x-".into()), header_offset: 2, ..Options::default() };
    assert_eq!(
        rendered(options, "# a\n\n# a\n\n##### b\n"),
        outline("<h3 id=x-a>a</h3><h3 id=x-a-1>a</h3><h6 id=x-b>b</h6>")
    );
}

#[test]
fn paragraphs_wrap_lazily_and_end_before_other_blocks() {
    same("a\n   b\n\nc\n", "<p>a b</p><p>c</p>");
    same("a\n# h\nb\n- c\n", "<p>a</p><h1 id=h>h</h1><p>b</p><ul><li>c</li></ul>");
    same("a\n<div>b</div>\nc\n", "<p>a</p><div>b</div><p>c</p>");
    plain("a\n# h\n- b\n", "<p>a # h - b</p>");
}

#[test]
fn headers_get_ids_as_github_makes_them() {
    same(
        "# 한국어 제목!\n\n# A b\n\n# A b\n",
        "<h1 id=한국어-제목>한국어 제목!</h1><h1 id=a-b>A b</h1><h1 id=a-b-1>A b</h1>",
    );
    same("# a {#x}\n\n# b\n{: #y}\n", "<h1 id=x>a</h1><h1 id=y>b</h1>");
    same("제목\n===\n\nb\n---\n", "<h1 id=제목>제목</h1><h2 id=b>b</h2>");
    same("# !!!\n", "<h1>!!!</h1>");
    same("## a `b` *c* ##\n", "<h2 id=a-b-c>a <code>b</code> <em>c</em></h2>");
    same("#no header\n", "<p>#no header</p>");
}

#[test]
fn headers_inside_of_html_get_plain_ids() {
    same("<div markdown=\"1\">\n# 제목 x\n</div>\n", "<div><h1 id=x>제목 x</h1></div>");
}

#[test]
fn quotes_take_lazy_lines_and_nest() {
    same(
        "> a\nb\n\n> > c\n",
        "<blockquote><p>a b</p></blockquote><blockquote><blockquote><p>c</p></blockquote></blockquote>",
    );
    same("> # h\n> - a\n", "<blockquote><h1 id=h>h</h1><ul><li>a</li></ul></blockquote>");
}

#[test]
fn tight_and_loose_items() {
    same("- a\n- b\n", "<ul><li>a</li><li>b</li></ul>");
    same("- a\n\n- b\n", "<ul><li><p>a</p></li><li><p>b</p></li></ul>");
    same("- a\n- b\n\n  c\n", "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>");
    same("- a\n\n^\n", "<ul><li><p>a</p></li></ul>");
}

#[test]
fn lists_nest_by_the_column_of_their_text() {
    same("1. a\n   - b\n2. c\n", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>");
    same("- a\n - b\n  - c\n", "<ul><li>a</li><li>b</li><li>c</li></ul>");
    same("1. a\n  - b\n", "<ol><li>a<ul><li>b</li></ul></li></ol>");
    same("-\ta\n\t- b\n", "<ul><li>a<ul><li>b</li></ul></li></ul>");
    same("- a\n^\n- b\n", "<ul><li>a</li></ul><ul><li>b</li></ul>");
}

#[test]
fn items_hold_other_blocks() {
    same("-     a\n      b\n", "<ul><li>a b</li></ul>");
    same("- > q\n- # h\n", "<ul><li><blockquote><p>q</p></blockquote></li><li><h1 id=h>h</h1></li></ul>");
    same("- \n        code\n", "<ul><li><pre><code>code\n</code></pre></li></ul>");
    same("- {:.x} a\n", "<ul><li class=x>a</li></ul>");
    same("- a\n<div>b</div>\n", "<ul><li>a</li></ul><div>b</div>");
}

#[test]
fn task_lists() {
    same(
        "- [x] a\n- b\n",
        "<ul class=task-list><li class=task-list-item><input type=checkbox class=task-list-item-checkbox disabled=disabled \
         checked=checked>a</li><li class=task-list-item>b</li></ul>",
    );
}

#[test]
fn definition_lists() {
    same("a\nb\n: c\n: d\n", "<dl><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd></dl>");
    same("a\n\n: c\n\n  d\n", "<dl><dt>a</dt><dd><p>c</p><p>d</p></dd></dl>");
    same("a\n:b\n", "<p>a :b</p>");
}

#[test]
fn code_blocks() {
    same("    a\n\n    b\n", "<pre><code>a\n\nb\n</code></pre>");
    same("    a\nb\n", "<pre><code>a b\n</code></pre>");
    same("```ruby\na\n```\n", "<pre><code class=language-ruby>a\n</code></pre>");
    same("``` a b\nx\n", "<p>``` a b x</p>");
    same("~~~\n<b>\n~~~\n{:.x}\n", "<pre class=x><code>&lt;b&gt;\n</code></pre>");
}

#[test]
fn any_line_with_a_pipe_may_be_a_table() {
    same("a | b\n", "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>");
    same(
        "|a|b|\n|:-|-:|\n|c|\n",
        "<table><thead><tr><th style='text-align: left'>a</th><th style='text-align: right'>b</th></tr></thead><tbody><tr>\
         <td style='text-align: left'>c</td><td style='text-align: right'>&nbsp;</td></tr></tbody></table>",
    );
    same("a | b\nc\n", "<p>a | b c</p>");
    same("`a|b` c\n", "<p><code>a|b</code> c</p>");
    same(
        "x|y\n=|=\nz|w\n",
        "<table><tbody><tr><td>x</td><td>y</td></tr></tbody><tfoot><tr><td>z</td><td>w</td></tr></tfoot></table>",
    );
}

#[test]
fn html_blocks_end_at_their_end_tag() {
    same("<div>\n*a*\n\nb\n</div> *c*\n", "<div>*a* b</div><p><em>c</em></p>");
    same("<p>a</p> b\n", "<p>a</p><p>b</p>");
    same("<br>\na\n", "<p><br>a</p>");
    same("<div>a\n\nb\n", "<div>a b</div>");
    same("<div><b>a</div>\nb\n", "<div><b>a&lt;/div&gt; b </b></div>");
}

#[test]
fn html_indented_by_tabs() {
    same(
        "- a\n   <details><summary>s</summary>\n\t<p>x</p>\n",
        "<ul><li>a<details><summary>s</summary><p>x</p></details></li></ul>",
    );
    same("- <p>a\n\t</div>\n", "<ul><li><p>a &lt;/div&gt;</p></li></ul>");
    same("1. <div>\n\t$$ m\n", "<ol><li><div>$$ m</div></li></ol>");
}

#[test]
fn html_with_a_markdown_attribute() {
    same("<div markdown=\"1\">\n*a*\n</div>\n", "<div><p><em>a</em></p></div>");
    same("<p markdown=\"1\">*a*</p>\n", "<p><em>a</em></p>");
    same("<div markdown=\"span\">*a*</div>\n", "<div><em>a</em></div>");
    same("<b markdown=\"0\">*a*</b> <i>*b*</i>\n", "<p><b>*a*</b> <i><em>b</em></i></p>");
}

#[test]
fn invalid_tags_are_text() {
    same("a <p>b</p>\n", "<p>a &lt;p&gt;b&lt;/p&gt;</p>");
    same("<a href=http://x>b</a>\n", "<p>&lt;a href=http://x&gt;b&lt;/a&gt;</p>");
    same("</div>\n", "<p>&lt;/div&gt;</p>");
    same("a <b>c\n\nd\n", "<p>a <b>c</b></p><p>d</p>");
}

#[test]
fn emphasis_next_to_korean() {
    same("**\"인용\"**은 *강*조 _밑_줄\n", "<p><strong>“인용”</strong>은 <em>강</em>조 _밑_줄</p>");
    same("a_b_c a*b*c\n", "<p>a_b_c a<em>b</em>c</p>");
}

#[test]
fn emphasis_nests_but_not_in_itself() {
    same(
        "***a*** **a *b* c** *a **b** c*\n",
        "<p><strong><em>a</em></strong> <strong>a <em>b</em> c</strong> <em>a <strong>b</strong> c</em></p>",
    );
    same("**a **b c**\n", "<p><strong>a **b c</strong></p>");
    same("* a * b * c\n", "<ul><li>a * b * c</li></ul>");
    same("~~a *b*~~ ~c~\n", "<p><del>a <em>b</em></del> ~c~</p>");
}

#[test]
fn code_spans() {
    same("``a`b`` `` ` `` ` c ` `d\n", "<p><code>a`b</code> <code>`</code> ` c ` `d</p>");
}

#[test]
fn links() {
    same(
        "[a](/x y) [b](<c d> \"t\") [e](f(g)h)\n",
        "<p><a href='/x y'>a</a> <a href='c d' title=t>b</a> <a href='f(g)h'>e</a></p>",
    );
    same("[a][B] [b], [c]\n\n[b]: /u 'T'\n", "<p><a href=/u title=T>a</a> <a href=/u title=T>b</a>, [c]</p>");
    same("[a [b](c) d](e)\n", "<p><a href=e>a [b](c) d</a></p>");
    same("<http://a.b> <c@d.ef>\n", "<p><a href=http://a.b>http://a.b</a> <a href=mailto:c@d.ef>c@d.ef</a></p>");
}

#[test]
fn images() {
    same("![a *b*](c 'd')\n", "<p><img src=c alt='a *b*' title=d></p>");
    same("[![a](b)](c)\n", "<p><a href=c><img src=b alt=a></a></p>");
    same("![a](b){:standalone}\n", "<figure><img src=b alt=a><figcaption>a</figcaption></figure>");
}

#[test]
fn typography() {
    same("\"a\" 'b' it's '80s -- --- ... << c >>\n", "<p>“a” ‘b’ it’s ’80s – — … «&nbsp;c&nbsp;»</p>");
    same("\\*a\\* \\\"b\\\" \\x\n", "<p>*a* \"b\" \\x</p>");
    same("&copy; &bogus; &#65; &\n", "<p>© &amp;bogus; A &amp;</p>");
}

#[test]
fn line_breaks() {
    same("a  \nb\\\\\nc\\\nd  \n", "<p>a<br>b<br>c<br>d</p>");
    plain("a\\\nb\n", "<p>a\\ b</p>");
}

#[test]
fn mathematics() {
    same("$$a$$ b\n\n$$\n*c*\n$$\n", "<p>\\(a\\) b</p>\\[*c*\\]");
    same("a $$b$${: .c}{: #d} e\n", "<p>a <span class=c id=d>$b$</span> e</p>");
    same("$$b$${: .c #d}\n{: .e}\n", "<div class='c e' id=d>\\[b\\]</div>");
    same("> $$b$$ {: .c}\n> d\n", "<blockquote><div class=c>\\[b\\]</div><p>d</p></blockquote>");
    same("$$b$$^\nc\n", "\\[b\\]<p>c</p>");
    same("$$b$${: .c} d\n", "<p><span class=c>$b$</span> d</p>");
    same("$$HTML$$\n\na $$HTML$$\n\n*[HTML]: Hyper\n", "\\[HTML\\]<p>a \\(HTML\\)</p>");
}

#[test]
fn scripts_within_a_line() {
    same("a <script>\"x\" -- <b>*y*</b></script> *b*\n", "<p>a <script>\"x\" -- <b>*y*</b></script> <em>b</em></p>");
    // kramdown escapes `<` and `&` in a script, although browsers do not unescape them there.
    same("a <script>if (a<b && c > d) e()</script>\n", "<p>a <script>if (a&lt;b &amp;&amp; c &gt; d) e()</script></p>");
    same("a <script>x</b> &amp; \\* </script> b\n", "<p>a <script>x&lt;/b&gt; &amp; \\* </script> b</p>");
    same("a <style>p > b</style>\n", "<p>a <style>p &gt; b</style></p>");
    same("a <script>*x*\n", "<p>a <script>*x*</script></p>");
    same("a <script>&copy; &amp; &lt;</script>\n", "<p>a <script>&copy; &amp; &lt;</script></p>");
    same("a <script src=\"x\"/> *b* <\n", "<p>a <script src=x></script> <em>b</em> &lt;</p>");
    same("a <textarea>*x*</textarea>\n", "<p>a <textarea>*x*</textarea></p>");
}

#[test]
fn footnotes_come_last() {
    let html = render(&Options::default(), "a[^x]\n\n[^x]: b\n\nc\n");
    let lines = outline(&html).concat();
    assert!(lines.contains("<sup id=fnref:x"), "{html}");
    assert!(lines.find("\"c").unwrap() < lines.find("<li id=fn:x").unwrap(), "{html}");
}

#[test]
fn footnotes_are_in_the_first_list_with_the_footnotes_marker() {
    let html = render(&Options::default(), "- x\n{:footnotes}\n\na[^x]\n\n- y\n{:footnotes}\n\n[^x]: b\n");
    let lines = outline(&html).concat();
    assert_eq!(lines.matches("<li id=fn:x").count(), 1, "{html}");
    assert!(lines.find("<li id=fn:x").unwrap() < lines.find("\"a").unwrap(), "{html}");
    assert!(lines.contains("\"y"), "{html}");
}

#[test]
fn abbreviations() {
    same("HTML은 HTMLs\n\n*[HTML]: Hyper\n", "<p><abbr title=Hyper>HTML</abbr>은 HTMLs</p>");
}

#[test]
fn attribute_lists_apply_to_the_construct_before_them() {
    same("a\n{:.b #c d=\"e\"}\n", "<p class=b id=c d=e>a</p>");
    same("{:.b}\na\n", "<p class=b>a</p>");
    same("*a*{:.b}{:.c} [d](e){:target=\"_blank\"}\n", "<p><em class='b c'>a</em> <a href=e target=_blank>d</a></p>");
    same("{:x: .b c=\"d\"}\n\na\n{:x}\n", "<p class=b c=d>a</p>");
    same("a {: .b}\n", "<p>a {: .b}</p>");
    same("<div class=\"a\">b</div>\n{:.c}\n", "<div class='a c'>b</div>");
}

#[test]
fn a_table_of_contents_replaces_a_list_with_the_toc_marker() {
    same(
        "- x\n{:toc}\n\n# A\n\n## B\n\n# C\n{:.no_toc}\n",
        "<ul id=markdown-toc><li><a href=#a id=markdown-toc-a>A</a><ul><li><a href=#b id=markdown-toc-b>B</a></li></ul></li></ul>\
         <h1 id=a>A</h1><h2 id=b>B</h2><h1 id=c class=no_toc>C</h1>",
    );
    let entry = |id: &str, inside: &str| {
        let name = id.to_uppercase();
        format!("<li><a href=#{id} id=markdown-toc-{id}>{name}</a>{inside}</li>")
    };
    let contents = format!(
        "<ul id=markdown-toc>{}{}</ul>",
        entry("a", &format!("<ul>{}{}</ul>", entry("b", &format!("<ul>{}</ul>", entry("c", ""))), entry("d", ""))),
        entry("e", &format!("<ul>{}{}</ul>", entry("f", ""), entry("g", ""))),
    );
    same(
        "- x\n{:toc}\n\n# A\n\n## B\n\n### C\n\n## D\n\n# E\n\n#### F\n\n### G\n",
        &format!(
            "{contents}<h1 id=a>A</h1><h2 id=b>B</h2><h3 id=c>C</h3><h2 id=d>D</h2><h1 id=e>E</h1><h4 id=f>F</h4><h3 id=g>G</h3>"
        ),
    );
    let contents = format!("<ul id=markdown-toc>{}</ul>", entry("a", ""));
    same("- x\n{:toc}\n\n# A\n\n- y\n{:toc}\n", &format!("{contents}<h1 id=a>A</h1><ul><li>y</li></ul>"));
    let contents = format!("<ul class='task-list c' id=markdown-toc>{}</ul>", entry("a", ""));
    same("* [ ] x\n{:toc .c}\n\n# A\n", &format!("{contents}<h1 id=a>A</h1>"));
}

#[test]
fn extensions() {
    same("{::nomarkdown}\n<b>*a*</b>\n{:/}\n\n{::comment}\nb\n{:/comment}\n\nc\n", "<b>*a*</b><p>c</p>");
    same("{::options auto_ids=\"false\" /}\n\n# a\n", "<h1>a</h1>");
    same("a {::comment}b{:/} c\n", "<p>a  c</p>");
}
