//! What the Markdown parser emits for each construct, with the source text of every span.
use html5ever::LocalName;
use postlint::document::read::{markdown, template};
use postlint::document::tree::build::{Build, NewAttribute, PositionMap};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::place::flavor::Flavor;
use postlint::source::Span;

/// A builder that records each call with the source text of its spans.
struct Recorder<'s> {
    source: &'s str,
    lines: Vec<String>,
}

impl Build for Recorder<'_> {
    fn open(&mut self, name: LocalName, span: Span, attributes: &[NewAttribute<'_>]) {
        let mut line = format!("<{name}> {:?}", self.slice(span));
        for attribute in attributes {
            line += &format!(" {}={:?}", attribute.name, attribute.value);
            if let Some(name) = attribute.name_span {
                line += &format!(" named {:?}", self.slice(name));
            }
            if let Some(value) = attribute.value_span {
                line += &format!("@{} {:?}", value.start, self.slice(value));
            }
        }
        self.lines.push(line);
    }

    fn close(&mut self, name: LocalName, at: Span) {
        self.slice(at);
        self.lines.push(format!("</{name}>"));
    }

    fn text(&mut self, written: Span) {
        self.lines.push(format!("text {:?}", self.slice(written)));
    }

    fn decoded_text(&mut self, written: Span, text: &str) {
        self.lines.push(format!("text {text:?} from {:?}", self.slice(written)));
    }

    fn template(&mut self, written: Span) {
        self.lines.push(format!("template {:?}", self.slice(written)));
    }

    fn comment(&mut self, written: Span, content: Span) {
        self.lines.push(format!("comment {:?} of {:?}", self.slice(content), self.slice(written)));
    }

    fn html(&mut self, input: &str, map: PositionMap<'_>) {
        let stretches = match map {
            PositionMap::Linear(start) => {
                let written = self.slice(Span::new(start, start + input.len() as u32));
                self.lines.push(format!("html {written:?}"));
                return;
            }
            PositionMap::Pieces(pieces) => pieces,
        };
        let mut line = "html".to_owned();
        for (index, &(text, file)) in stretches.iter().enumerate() {
            let end = stretches.get(index + 1).map_or(input.len() as u32, |next| next.0);
            let stretch = &input[text as usize..end as usize];
            let written = &self.source[file as usize..][..stretch.trim_end().len()];
            assert_eq!(stretch.trim_end(), written);
            line += &format!(" {stretch:?}");
        }
        self.lines.push(line);
    }
}

impl Recorder<'_> {
    fn slice(&self, span: Span) -> &str {
        self.source.get(span.range()).unwrap()
    }
}

fn read_as(source: &str, generator: Generator, dialect: Dialect) -> Vec<String> {
    let bom = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let body = Span::new(bom, source.len() as u32);
    let masked = template::mask(source, body, &Place::new("a.md", generator, dialect));
    assert_eq!(masked.html.len(), source.len());
    let mut recorder = Recorder { source, lines: Vec::new() };
    markdown::build(&masked.input(source, body), (&Flavor::of(generator), dialect), &mut recorder);
    recorder.lines
}

#[track_caller]
fn assert_reads(source: &str, expected: &[&str]) {
    assert_eq!(read_as(source, Generator::Plain, Dialect::CommonMark), expected);
}

#[track_caller]
fn assert_reads_as(generator: Generator, dialect: Dialect, source: &str, expected: &[&str]) {
    assert_eq!(read_as(source, generator, dialect), expected);
}

#[test]
fn image_with_title() {
    assert_reads(
        "a ![시장 풍경](/img/시장.png \"물고기\") b",
        &[
            r#"<p> "a ![시장 풍경](/img/시장.png \"물고기\") b""#,
            r#"text "a ""#,
            r#"<img> "![시장 풍경](/img/시장.png \"물고기\")" src="/img/시장.png"@19 "/img/시장.png" alt="시장 풍경"@4 "시장 풍경" title="물고기"@36 "물고기""#,
            r#"text " b""#,
            "</p>",
        ],
    );
}

#[test]
fn image_without_alternative_text() {
    let image = r#"<img> "![](x.png)" src="x.png"@4 "x.png" alt=""@2 """#;
    assert_reads("![](x.png)", &[r#"<p> "![](x.png)""#, image, "</p>"]);
}

#[test]
fn alternative_text_is_plain_text() {
    assert_reads(
        "![a **b** `c` &amp; ![d](e) <i>f</i>](x)",
        &[
            r#"<p> "![a **b** `c` &amp; ![d](e) <i>f</i>](x)""#,
            r#"<img> "![a **b** `c` &amp; ![d](e) <i>f</i>](x)" src="x"@38 "x" alt="a b c & d f"@2 "a **b** `c` &amp; ![d](e) <i>f</i>""#,
            "</p>",
        ],
    );
}

#[test]
fn links() {
    assert_reads(
        "[b](<u v> 't') [c](d\\_e&amp;f \"g \\\"h\\\"\")",
        &[
            r#"<p> "[b](<u v> 't') [c](d\\_e&amp;f \"g \\\"h\\\"\")""#,
            r#"<a> "[b](<u v> 't')" href="u v"@5 "u v" title="t"@11 "t""#,
            r#"text "b""#,
            "</a>",
            r#"text " ""#,
            r#"<a> "[c](d\\_e&amp;f \"g \\\"h\\\"\")" href="d_e&f"@19 "d\\_e&amp;f" title="g \"h\""@31 "g \\\"h\\\"""#,
            r#"text "c""#,
            "</a>",
            "</p>",
        ],
    );
}

#[test]
fn link_without_destination() {
    assert_reads(
        "[a]() [b](<>)",
        &[
            r#"<p> "[a]() [b](<>)""#,
            r#"<a> "[a]()" href=""@4 """#,
            r#"text "a""#,
            "</a>",
            r#"text " ""#,
            r#"<a> "[b](<>)" href=""@11 """#,
            r#"text "b""#,
            "</a>",
            "</p>",
        ],
    );
}

#[test]
fn image_in_a_link() {
    assert_reads(
        "[![a](b)](c\\_d)",
        &[
            r#"<p> "[![a](b)](c\\_d)""#,
            r#"<a> "[![a](b)](c\\_d)" href="c_d"@10 "c\\_d""#,
            r#"<img> "![a](b)" src="b"@6 "b" alt="a"@3 "a""#,
            "</a>",
            "</p>",
        ],
    );
}

#[test]
fn reference_links() {
    assert_reads(
        "[a][b] ![c]\n\n[b]: /u 'T'\n[c]: </v&amp;w> \"x\"\n",
        &[
            r#"<p> "[a][b] ![c]""#,
            r#"<a> "[a][b]" href="/u"@18 "/u" title="T"@22 "T""#,
            r#"text "a""#,
            "</a>",
            r#"text " ""#,
            r#"<img> "![c]" src="/v&w"@31 "/v&amp;w" alt="c"@9 "c" title="x"@42 "x""#,
            "</p>",
        ],
    );
}

#[test]
fn autolinks() {
    assert_reads(
        "<https://a.b/c> <d@e.f>",
        &[
            r#"<p> "<https://a.b/c> <d@e.f>""#,
            r#"<a> "<https://a.b/c>" href="https://a.b/c"@1 "https://a.b/c""#,
            r#"text "https://a.b/c""#,
            "</a>",
            r#"text " ""#,
            r#"<a> "<d@e.f>" href="mailto:d@e.f"@17 "d@e.f""#,
            r#"text "d@e.f""#,
            "</a>",
            "</p>",
        ],
    );
}

#[test]
fn line_ends() {
    assert_reads(
        "\u{feff}a\r\nb  \r\nc\\\nd\ne",
        &[
            r#"<p> "a\r\nb  \r\nc\\\nd\ne""#,
            r#"text "a""#,
            r#"text "\n" from "\r\n""#,
            r#"text "b""#,
            r#"<br> "  ""#,
            r#"text "\n" from "\r\n""#,
            r#"text "c""#,
            r#"<br> "\\""#,
            r#"text "\n""#,
            r#"text "d""#,
            r#"text "\n""#,
            r#"text "e""#,
            "</p>",
        ],
    );
}

#[test]
fn entities_escapes_and_code() {
    assert_reads(
        "&nbsp;\\* `a\nb`",
        &[
            r#"<p> "&nbsp;\\* `a\nb`""#,
            r#"text "\u{a0}" from "&nbsp;""#,
            r#"text "* ""#,
            r#"<code> "`a\nb`""#,
            r#"text "a""#,
            r#"text " " from "\n""#,
            r#"text "b""#,
            "</code>",
            "</p>",
        ],
    );
}

#[test]
fn html_in_a_quote() {
    assert_reads(
        "> <div\n> class=\"a\">\n> x</div>\n>\n> b <b\n> id=c>d</b>\n",
        &[
            r#"<blockquote> "> <div\n> class=\"a\">\n> x</div>\n>\n> b <b\n> id=c>d</b>""#,
            r#"html "<div\n""#,
            r#"html "class=\"a\">\n""#,
            r#"html "x</div>\n""#,
            r#"<p> "b <b\n> id=c>d</b>""#,
            r#"text "b ""#,
            r#"html "<b\n" "id=c>""#,
            r#"text "d""#,
            r#"html "</b>""#,
            "</p>",
            "</blockquote>",
        ],
    );
}

#[test]
fn table() {
    assert_reads(
        "| a | b |\n|---|--:|\n| 1 | `x\\|y` |\n",
        &[
            r#"<table> "| a | b |\n|---|--:|\n| 1 | `x\\|y` |""#,
            r#"<thead> "| a | b |""#,
            r#"<tr> "| a | b |""#,
            r#"<th> " a ""#,
            r#"text "a""#,
            "</th>",
            r#"<th> " b ""#,
            r#"text "b""#,
            "</th>",
            "</tr>",
            "</thead>",
            r#"<tbody> "| 1 | `x\\|y` |""#,
            r#"<tr> "| 1 | `x\\|y` |""#,
            r#"<td> " 1 ""#,
            r#"text "1""#,
            "</td>",
            r#"<td> " `x\\|y` ""#,
            r#"<code> "`x\\|y`""#,
            r#"text "x""#,
            r#"text "|y""#,
            "</code>",
            "</td>",
            "</tr>",
            "</tbody>",
            "</table>",
        ],
    );
}

#[test]
fn lists_and_check_boxes() {
    assert_reads(
        "3. a\n\n- [x] b\n- [ ] c\n",
        &[
            r#"<ol> "3. a" start="3"@0 "3""#,
            r#"<li> "3. a""#,
            r#"text "a""#,
            "</li>",
            "</ol>",
            r#"<ul> "- [x] b\n- [ ] c""#,
            r#"<li> "- [x] b""#,
            r#"<input> "[x]" disabled="" type="checkbox" checked="""#,
            r#"text "b""#,
            "</li>",
            r#"<li> "- [ ] c""#,
            r#"<input> "[ ]" disabled="" type="checkbox""#,
            r#"text "c""#,
            "</li>",
            "</ul>",
        ],
    );
}

#[test]
fn footnotes() {
    assert_reads(
        "a[^n]\n\n[^n]: b\n",
        &[
            r#"<p> "a[^n]""#,
            r#"text "a""#,
            r#"<sup> "[^n]" class="footnote-reference""#,
            r##"<a> "[^n]" href="#fn:n" class="footnote" role="doc-noteref""##,
            r#"text "n""#,
            "</a>",
            "</sup>",
            "</p>",
            r#"<div> "[^n]: b" class="footnote-definition" role="doc-footnote" id="fn:n"@9 "n""#,
            r#"<p> "b""#,
            r#"text "b""#,
            "</p>",
            "</div>",
        ],
    );
}

#[test]
fn headings_rules_and_code_blocks() {
    assert_reads(
        "# a {#i .c .d}\n\n---\n\n```rust x\nfn\n```\n",
        &[
            r##"<h1> "# a {#i .c .d}" id="i"@6 "i" class="c d"@9 "c .d""##,
            r#"text "a""#,
            "</h1>",
            r#"<hr> "---""#,
            r#"<pre> "```rust x\nfn\n```""#,
            r#"<code> "```rust x\nfn\n```" class="language-rust"@24 "rust""#,
            r#"text "fn\n""#,
            "</code>",
            "</pre>",
        ],
    );
}

#[test]
fn indented_lines_below_indented_html() {
    let source = "<div>\n    <q>a\n\n\tb\n\n\tc</q>\n</div>\n\nd\n\n    e\n";
    assert_reads_as(
        Generator::Eleventy,
        Dialect::CommonMark,
        source,
        &[
            r#"html "<div>\n    <q>a\n""#,
            r#"<p> "b""#,
            r#"text "b""#,
            "</p>",
            r#"<p> "c</q>""#,
            r#"text "c""#,
            r#"html "</q>""#,
            "</p>",
            r#"html "</div>\n""#,
            r#"<p> "d""#,
            r#"text "d""#,
            "</p>",
            r#"<pre> "e""#,
            r#"<code> "e""#,
            r#"text "e\n""#,
            "</code>",
            "</pre>",
        ],
    );
    let as_code = read_as(source, Generator::Hugo, Dialect::CommonMark);
    assert!(as_code.contains(&r#"<pre> "b\n\n\tc</q>""#.to_owned()), "{as_code:?}");
}

#[test]
fn liquid_in_markdown() {
    assert_reads_as(
        Generator::Jekyll,
        Dialect::CommonMark,
        "[a]({{ \"b\" | c: 'd' }}/e) {{ f }}\n\n{% if g %}\n*h*\n{% endif %}\n",
        &[
            r#"<p> "[a]({{ \"b\" | c: 'd' }}/e) {{ f }}""#,
            r#"<a> "[a]({{ \"b\" | c: 'd' }}/e)" href="{{ \"b\" | c: 'd' }}/e"@4 "{{ \"b\" | c: 'd' }}/e""#,
            r#"text "a""#,
            "</a>",
            r#"text " {{ f }}""#,
            "</p>",
            r#"template "{% if g %}""#,
            r#"html "\n""#,
            r#"<p> "*h*""#,
            r#"<em> "*h*""#,
            r#"text "h""#,
            "</em>",
            "</p>",
            r#"template "{% endif %}""#,
            r#"html "\n""#,
        ],
    );
}

#[test]
fn mdx() {
    assert_reads_as(
        Generator::Astro,
        Dialect::Mdx,
        "import A from 'a'\nexport const b = {\n\n}\n\n# {c}\n\n<Tabs.Item label=\"}\">\n\nd <A {...e} f={`>`}/> {\"}\"}\n\n</Tabs.Item>\n\n`{g}`\n",
        &[
            r#"template "import A from 'a'\nexport const b = {\n\n}""#,
            r#"html "\n""#,
            // The id is generated from a heading with a template: its span marks it as unknown.
            r##"<h1> "# {c}" id="c"@43 "{c}""##,
            r#"text "{c}""#,
            "</h1>",
            r#"template "<Tabs.Item label=\"}\">""#,
            r#"html "\n""#,
            r#"<p> "d <A {...e} f={`>`}/> {\"}\"}""#,
            r#"text "d <A {...e} f={`>`}/> {\"}\"}""#,
            "</p>",
            r#"template "</Tabs.Item>""#,
            r#"html "\n""#,
            r#"<p> "`{g}`""#,
            r#"<code> "`{g}`""#,
            r#"text "{g}""#,
            "</code>",
            "</p>",
        ],
    );
}
