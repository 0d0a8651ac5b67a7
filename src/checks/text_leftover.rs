//! `text-leftover`: filler, notes to oneself, and chat markup that should have been replaced.

use crate::diagnostic::Level;
use crate::document::ask::filler::is_filler;
use crate::document::ask::node_at::Texts;
use crate::document::ask::prose;
use crate::document::{Document, Node, NodeKind};
use crate::rule::repeated;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::words::counted;
use aho_corasick::Match;
use aho_corasick::packed::Searcher;
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

/// Pages with filler in many paragraphs are demos and are not reported.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TextLeftover {
    max_filler: usize,
}

/// The word boundaries are ASCII (`(?-u:\b)`): with Unicode ones, the regex engine cannot use its DFA.
static LEFTOVER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"\[insert [a-z][^\]\n]{2,}\]",
        r"\(insert (?:an? |the )?(?:picture|image|photo|screenshot|video|diagram|chart|link)s?(?: here)?\)",
        r"[\[(](?:사진|이미지|그림|영상|동영상|링크) ?삽입[\])]",
        r":?contentReference\[",
        r"oaicite:",
        r"【[0-9]+†[^】\n]*】",
        r"(?-u:\b)turn[0-9]+(?:search|view|news|fetch)[0-9]+(?-u:\b)",
        r"여기에 (?:내용|본문|글|텍스트|제목)[을를]? ?(?:입력|작성|넣|적어|써)",
        r"^\s*(?:(?:내용|(?:사진|이미지|동영상) 설명|캡션)을 입력하세요|대표사진 삭제)\.?\s*$",
        r"^\s*(?:type caption for image \(optional\)|在这里插入图片描述|请添加图片描述|画像の説明を入力してください)\s*$",
        r"^\s*(?://\s*)?(?:TODO|FIXME|TBD)\s*:",
        r"^\s*(?:// ?)?(?-i:TODO|FIXME)\([^()\n]{2,80}\)\s*(?:[:;.]|$)",
        r"^\s*(?:TBD|待补充|待補充)[.。]?\s*$",
        r"(?-i:[\[(](?:TODO|FIXME)(?::? [^\])\n]+)?[\])])",
        r"^\s*//\s*(?:(?:a|the|two|three) )?(?:video|image|picture|photo|screenshot) links?(?:\s*[（(:：][^\n]*)?\s*$",
        r"^\s*//\s*(?:[一两兩二三]个)?(?:视频|視頻|影片|图片|圖片)(?:链接|鏈接|連結)(?:\s*[（(:：][^\n]*)?\s*$",
        r"^\s*//\s*(?:(?:동영상|영상|사진|이미지) ?링크|動画の?リンク)(?:\s*[（(:：][^\n]*)?\s*$",
        r"^\s*[（(\[【]?[此这這]处?處?[里裡]?(?:插入|添加|放)(?:一[张張个個])?(?:图片|圖片|照片|截图|截圖|视频|視頻|影片)[）)\]】]?[。.]?\s*$",
        r"^\s*[（(\[【]?ここに(?:画像|写真|動画|図)を?挿入(?:する|してください)?[）)\]】]?[。.]?\s*$",
        r"^\s*[（(\[【](?:画像|写真|動画|図)を?挿入[）)\]】]\s*$",
        r"^\s*[（(\[]?여기에 (?:사진|이미지|그림|영상|동영상)[을를]? ?(?:삽입|추가|첨부)(?:하세요|할 것|예정)?[）)\]]?\.?\s*$",
        r"\[(?:image|picture|photo|video|screenshot|diagram|chart)s? (?:goes |to come |to go )?here\]",
    ];
    Regex::new(&format!("(?i){}", patterns.join("|"))).ok()
});

/// Shortcodes of WordPress and of its page builders.
static SHORTCODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"\[caption (?:id|align|width)=[^\]\n]*\]",
        r"\[(?:gallery|playlist) (?:ids|columns|size|link|type|order|include)=[^\]\n]*\]",
        r"\[(?:video|audio) (?:src|mp4|mp3|m4v|webm|ogv|width|height|poster|ids?)=[^\]\n]*\]",
        r"\[embed\]https?://[^\[\]\s]*\[/embed\]",
        r"\[(?:youtube|vimeo|dailymotion|soundcloud)[ =]https?://[^\[\]\s]+(?: [^\[\]\n]*)?\]",
        r"\[/?(?:vc|et_pb|fusion)_[a-z_]+(?: [^\]\n]*)?\]",
    ];
    Regex::new(&format!("(?i){}", patterns.join("|"))).ok()
});

/// Literals, one of which occurs in nearly every match of [`LEFTOVER`], [`SHORTCODE`] and [`FILLER`], but in few posts. Searching for
/// them is many times faster than matching regular expressions that ignore case.
const HINTS: [&str; 56] = [
    "[insert ",
    "(insert ",
    "삽입]",
    "삽입)",
    "待补充",
    "待補充",
    "oaicite:",
    "【",
    "turn0",
    "여기에 ",
    "TODO",
    "FIXME",
    "TBD",
    "을 입력하세요",
    "대표사진 삭제",
    "caption for image",
    "入图片描述",
    "加图片描述",
    "の説明を入力",
    "ideo link",
    "mage link",
    "icture link",
    "hoto link",
    "creenshot link",
    "频链接",
    "片链接",
    "頻鏈接",
    "頻連結",
    "片連結",
    "处插入",
    "處插入",
    "里插入",
    "裡插入",
    "处添加",
    "挿入",
    "画リンク",
    "画のリンク",
    "상 링크",
    "상링크",
    "진 링크",
    "지 링크",
    " here]",
    "[caption ",
    "[gallery ",
    "[playlist ",
    "[video ",
    "[audio ",
    "[embed]",
    "[youtube",
    "[vimeo",
    "[dailymotion",
    "[soundcloud",
    "vc_",
    "et_pb_",
    "fusion_",
    FILLER_HINT,
];

/// The index of the first hint of [`SHORTCODE`].
const FIRST_SHORTCODE: usize = 42;

const FILLER_HINT: &str = "rem ipsum";

/// Not a regular expression, because compiling one took 7.3 million instructions, a sixth of a run on one post.
static HINT_SEARCH: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(HINTS));

static FILLER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)(?-u:\b)lorem ipsum dolor(?-u:\b)").ok());

impl Check for TextLeftover {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        block_comments(context, document);
        codes_of_tistory(context, document);
        let Some(hints) = HINT_SEARCH.as_ref().map(|hints| hints.find_iter(document.source.text())) else { return };
        let is_filler = |hint: &Match| HINTS.get(hint.pattern().as_usize()) == Some(&FILLER_HINT);
        let (filler_hints, hints): (Vec<_>, Vec<_>) = hints.partition(is_filler);
        let is_shortcode = |hint: &Match| hint.pattern().as_usize() >= FIRST_SHORTCODE;
        let (shortcode_hints, hints): (Vec<_>, Vec<_>) = hints.into_iter().partition(is_shortcode);
        let [filler_hints, shortcode_hints, hints] = [filler_hints, shortcode_hints, hints].map(starts);
        // The order matters: a pattern that is asked for is compiled.
        if !hints.is_empty()
            && let Some(leftover) = LEFTOVER.as_ref()
        {
            for span in matches(document, leftover, &hints) {
                let written = document.source.slice(span).trim();
                if !is_short(written) {
                    continue;
                }
                context.report(Finding {
                    message: Some(format!("`{written}` was left in the text")),
                    ..Finding::at(span)
                });
            }
        }
        if !shortcode_hints.is_empty()
            && let Some(shortcode) = SHORTCODE.as_ref()
        {
            shortcodes(context, matches(document, shortcode, &shortcode_hints));
        }
        if filler_hints.is_empty() {
            return;
        }
        let Some(filler) = FILLER.as_ref() else { return };
        // Report filler in articles only: manuals and design demos contain much of it on purpose.
        if !document.is_article() {
            return;
        }
        let found = matches(document, filler, &filler_hints);
        if !found.is_empty() && found.len().max(filler_paragraphs(document)) <= self.max_filler {
            for span in found {
                context.report(Finding { message: Some("filler text".to_owned()), ..Finding::at(span) });
            }
        }
    }
}

/// Maximum length of a text in brackets that is a note, in characters. Counted in the pattern, it would take three million
/// instructions more to compile it.
const LONGEST_NOTE: usize = 40;

/// Whether a match is as short as notes are.
fn is_short(written: &str) -> bool {
    const INSERT: &str = "[insert ";
    let inside = match written.get(..INSERT.len()) {
        Some(start) if start.eq_ignore_ascii_case(INSERT) => written.get(INSERT.len() + 1..),
        _ => written.strip_prefix('【').and_then(|rest| rest.split_once('†')).map(|(_, source)| source),
    };
    inside.is_none_or(|inside| inside.chars().count() <= LONGEST_NOTE + 1)
}

/// Reports the comments that WordPress writes around each block. They are not shown, so one finding for all is enough.
fn block_comments(context: &mut Context<'_>, document: &Document<'_>) {
    let body = document.body.slice(document.source.text());
    let mut found = memchr::memmem::find_iter(body.as_bytes(), "<!-- wp:").peekable();
    if found.peek().is_none() {
        return;
    }
    let is_comment = |node: &Node<'_>| node.kind() == NodeKind::Comment && node.text().trim_start().starts_with("wp:");
    let mut comments = document.tree.root().descendants().filter(is_comment).filter_map(Node::span);
    let Some(first) = comments.next() else { return };
    let count = comments.count() + 1;
    context.report(Finding {
        message: Some(format!("{} of WordPress were left in the post", counted(count, "block comment"))),
        label: Some("only WordPress has a use for this".to_owned()),
        help: Some("remove these comments, and their ends `<!-- /wp:… -->`".to_owned()),
        at_most: Some(Level::Info),
        ..Finding::of_post(first)
    });
}

/// Reports one finding per post: whoever moves a blog moves all of its shortcodes.
fn shortcodes(context: &mut Context<'_>, spans: Vec<Span>) {
    let Some(&first) = spans.first() else { return };
    let written = context.document.source.slice(first);
    let name: String = written.chars().skip(1).take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let more = match spans.len() - 1 {
        0 => String::new(),
        others => format!(", and {others} more"),
    };
    let help = match name.to_ascii_lowercase().as_str() {
        "caption" => {
            "write `<figure>` with the image and its `<figcaption>`, and remove `[caption …]` and `[/caption]`"
        }
        "gallery" => "write the images of the gallery, and remove the shortcode",
        "embed" | "youtube" | "vimeo" | "dailymotion" | "soundcloud" => {
            "write the URL as a link, or embed it as the site does"
        }
        "video" | "audio" | "playlist" => "write the element or a link to the file, and remove the shortcode",
        _ => "remove the shortcode and its end",
    };
    context.report(Finding {
        message: Some(format!("the shortcode `[{name}]` of WordPress was left in the text{more}")),
        label: Some("readers see this".to_owned()),
        related: repeated::others(spans, "and this"),
        help: Some(help.to_owned()),
        identity: Some("shortcodes".to_owned()),
        ..Finding::at(first)
    });
}

/// Reports `[##_Image|…_##]`. In kramdown its `|` make cells of it, so it is looked for in the source.
fn codes_of_tistory(context: &mut Context<'_>, document: &Document<'_>) {
    let body = document.body.slice(document.source.text());
    let mut texts = None;
    for at in memchr::memmem::find_iter(body.as_bytes(), "[##_") {
        let line = body.get(at..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let Some(len) = line.find("_##]").map(|end| end + 4) else { continue };
        let start = document.body.start + at as u32;
        let texts = texts.get_or_insert_with(|| Texts::of(&document.tree));
        if texts.node_at(start).is_some_and(prose::is_prose) {
            context.report(Finding {
                message: Some("the code of a picture in Tistory was left in the text".to_owned()),
                label: Some("readers see this".to_owned()),
                help: Some("write the picture as `![text](URL)`, or remove the code".to_owned()),
                ..Finding::at(Span::new(start, start + len as u32))
            });
        }
    }
}

/// The number of paragraphs of filler. A demo continues in Latin after "lorem ipsum".
fn filler_paragraphs(document: &Document<'_>) -> usize {
    let paragraphs = document.tree.elements().filter(|element| element.name() == "p");
    paragraphs.filter(|paragraph| is_filler(&prose::words(*paragraph))).count()
}

/// Whether the node is in a table cell, which may quote such text.
fn is_in_cell(node: Node<'_>) -> bool {
    node.parent().and_then(Node::as_element).is_some_and(|it| matches!(it.name(), "td" | "th"))
}

fn starts(hints: Vec<Match>) -> Vec<u32> {
    hints.into_iter().map(|hint| hint.start() as u32).collect()
}

/// Matches in the prose of a post, in text nodes that contain one of `hints`.
fn matches(document: &Document<'_>, pattern: &Regex, hints: &[u32]) -> Vec<Span> {
    let is_suspect = |node: &Node<'_>| node.span().is_some_and(|written| written.holds_one_of(hints));
    let mut places = Vec::new();
    for node in document.tree.text_nodes().filter(is_suspect) {
        let offsets = node.written_offsets();
        for found in pattern.find_iter(node.text()) {
            let (start, end) = (offsets.get(found.start() as u32), offsets.get(found.end() as u32));
            if let (Some(start), Some(end)) = (start, end)
                && prose::is_prose(node)
                && !is_in_cell(node)
            {
                places.push(Span::new(start, end.max(start)));
            }
        }
    }
    places
}
