//! `encoding-not-utf8`: a file in an encoding other than UTF-8.

use crate::diagnostic::Level;
use crate::document::Document;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct EncodingNotUtf8 {}

impl Check for EncodingNotUtf8 {
    fn wants(&self) -> Wants {
        Wants::NotUtf8
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(not_utf8) = document.source.not_utf8() else { return };
        let what = match not_utf8.looks_like {
            Some(encoding) => format!("is not UTF-8 but looks like {encoding}"),
            None => "is not text but binary data".to_owned(),
        };
        let message = match document.place.generator {
            // Observed with `jekyll build` 4.3 and a Korean post in EUC-KR; the exit code is 0.
            Generator::Jekyll if document.place.is_post() => format!("Jekyll skips this post: it {what}"),
            _ => format!("this file {what}"),
        };
        let is_declared = not_utf8.looks_like.is_some_and(|encoding| declares(document.source.text(), encoding));
        let help = match not_utf8.looks_like {
            None => Some("restore the post from a copy, or give a file that is not a post another name".to_owned()),
            Some(_) => is_declared.then(|| "save the file as UTF-8, and declare UTF-8 in it".to_owned()),
        };
        // In the decoded text, the first invalid byte is a U+FFFD at the same offset.
        let start = not_utf8.offset;
        let replaced = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8() as u32);
        context.report(Finding {
            message: Some(message),
            help,
            // Browsers show it as it is meant.
            at_most: is_declared.then_some(Level::Info),
            ..Finding::of_post(replaced)
        });
    }
}

/// Number of bytes in which browsers look for a declaration.
/// <https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>
const PRESCANNED: usize = 1024;

/// Whether the start of the file declares a Latin encoding that browsers read as this one, or the encoding itself.
fn declares(text: &str, encoding: &str) -> bool {
    let start: String = text.chars().take(PRESCANNED).collect::<String>().to_ascii_lowercase();
    let after = |name: &str| start.split(name).nth(1).map(|rest| rest.trim_start_matches(['"', '\'']).to_owned());
    let declared = after("charset=").or_else(|| after("encoding="));
    let encoding = encoding.to_ascii_lowercase();
    // Browsers read ISO 8859-1 as windows-1252. <https://encoding.spec.whatwg.org/#names-and-labels>
    let labels: &[&str] = match &*encoding {
        "windows-1252" => &["windows-1252", "iso-8859-1", "latin1", "us-ascii", "iso-8859-15"],
        "euc-kr" => &["euc-kr", "cp949", "ks_c_5601", "ksc5601", "windows-949"],
        "shift_jis" => &["shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"],
        "gbk" | "gb18030" => &["gbk", "gb2312", "gb18030", "x-gbk"],
        _ => &[],
    };
    declared.is_some_and(|declared| {
        declared.starts_with(&*encoding) || labels.iter().any(|label| declared.starts_with(label))
    })
}
