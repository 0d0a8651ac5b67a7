//! The text of the server follows that of the client, however it is edited.

use crate::server::editor::{Editor, checked, offset, pushed, spotted, uri};
use crate::support::blog::Blog;
use serde_json::{Value, json};

const START: &str =
    "---\ntitle: 항구의 아침 👩‍👩‍👧‍👦\nlayout: post\n---\n\n가나다 <img src=\"/a.jpg\"> 끝\n\n<font>속보</font> 𝒜 é\n";

/// What a client may type or paste.
const PIECES: [&str; 22] = [
    "a",
    " ",
    "\n",
    "\r\n",
    "가",
    "속보 ",
    "👩",
    "\u{200d}",
    "👩‍👩‍👧‍👦",
    "𝒜",
    "e\u{301}",
    "<img src=x>",
    "<b>",
    "</b>",
    "# ",
    "---\n",
    "title: x\n",
    "[a](/b)",
    "{{ x }}",
    "\t",
    "<!-- postlint-ignore all -->\n",
    "",
];

/// Numbers that look random, and are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// The position of a byte offset, as a client counts. Offsets inside a character or between `\r` and `\n` move to its start.
fn position(text: &str, at: usize, encoding: &str) -> (usize, Value) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at)
        || (at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n'))
    {
        at -= 1;
    }
    let before = &text[..at];
    let ends = before
        .char_indices()
        .filter(|(at, c)| *c == '\n' || (*c == '\r' && before.as_bytes().get(at + 1) != Some(&b'\n')));
    let (line, start) = ends.fold((0, 0), |(line, _), (at, _)| (line + 1, at + 1));
    let rest = &before[start..];
    let character = match encoding {
        "utf-8" => rest.len(),
        "utf-16" => rest.encode_utf16().count(),
        _ => rest.chars().count(),
    };
    (at, json!({ "line": line, "character": character }))
}

/// Edits a document at random, and compares the texts of both sides, and now and then what the server finds with what the
/// command line finds in the client's text.
fn follows(encoding: &str, seed: u64, edits: usize, every: usize) {
    let name = "_posts/2024-05-01-a.md";
    let blog = Blog::new(&[("_config.yml", "title: Harbour\n"), (name, START)]);
    let uri = uri(&blog, name);
    let (mut editor, mut text, mut random) = (Editor::new(&blog.0, pushed(encoding)), START.to_owned(), Random(seed));
    editor.open(&uri, &text);
    let mut version = 1;
    for edit in 1..=edits {
        version += 1;
        let mut changes = Vec::new();
        for _ in 0..=random.below(3) {
            let (start, from) = position(&text, random.below(text.len() + 1), encoding);
            let length = if text.len() > 2_000 { random.below(400) } else { random.below(12) };
            let (end, to) = position(&text, start + length, encoding);
            let (end, to) = if end < start { (start, from.clone()) } else { (end, to) };
            assert_eq!(offset(&text, &from, encoding), start, "the test counts as it should");
            let piece = PIECES[random.below(PIECES.len())];
            text.replace_range(start..end, piece);
            changes.push(json!({ "range": { "start": from, "end": to }, "text": piece }));
        }
        editor.change(&uri, version, Value::Array(changes));
        if edit % 7 == 0 {
            assert_eq!(
                editor.request("postlint/text", json!({ "uri": uri })).unwrap(),
                text,
                "{encoding}, edit {edit}"
            );
        }
        if edit % every == 0 || edit == edits {
            blog.write(name, &text);
            let expected = checked(&blog, name);
            let found = editor.wait(&uri, |found| spotted(found, &text, encoding) == expected);
            assert_eq!(spotted(&found, &text, encoding), expected, "{encoding}, edit {edit}: {text:?}");
        }
    }
    editor.end();
}

#[test]
fn random_edits_in_each_encoding() {
    for (encoding, seed) in [("utf-8", 11), ("utf-16", 23), ("utf-32", 47)] {
        follows(encoding, seed, 200, 50);
    }
}

#[test]
#[ignore = "takes minutes; run it with --release"]
fn ten_thousand_random_edits_in_each_encoding() {
    for (encoding, seed) in [("utf-8", 101), ("utf-16", 211), ("utf-32", 307)] {
        follows(encoding, seed, 10_000, 250);
    }
}
