//! Checks that comments and messages use the words of the table in CONTRIBUTING.md.

use std::fs;
use std::path::Path;

/// Phrases of whole words, each with what to write instead.
const BANNED: &[(&str, &str)] = &[
    ("anybody", "a reader, an author"),
    ("are no", "are not"),
    ("ascend", "sorted"),
    ("ascending", "sorted"),
    ("as it stands", "as it is, verbatim"),
    ("blanks", "whitespace, spaces"),
    ("for ever", "without end"),
    ("is no", "is not a"),
    ("mark-up", "markup"),
    ("mend", "fix"),
    ("mended", "fixed"),
    ("mends", "fixes"),
    ("nobody", "no reader, no author"),
    ("says nothing", "is empty, has no effect"),
    ("silence", "suppress"),
    ("silenced", "suppressed"),
    ("silences", "suppresses"),
    ("slip", "typo, mistake"),
    ("slips", "typos, mistakes"),
    ("somebody", "an author"),
    ("stands", "is, occurs, is written"),
    ("stretch", "span, range, run"),
    ("stretches", "spans, ranges, runs"),
    ("true when", "Whether"),
    ("true where", "Whether"),
    ("way out", "help, fix"),
    ("white space", "whitespace"),
];

/// Longer phrases that may contain a banned one, and why.
const ALLOWED: &[(&str, &str)] = &[
    ("there is no", "the usual sentence for what is missing"),
    ("there are no", "the usual sentence for what is missing"),
];

#[test]
fn comments_and_messages_use_our_words() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        wrong.extend(banned(&text).map(|(line, what)| format!("src/{path}:{line}: {what}")));
    }
    assert!(wrong.is_empty(), "see the table of words in CONTRIBUTING.md\n{}", wrong.join("\n"));
}

#[test]
fn banned_phrases_are_found_in_comments_and_strings() {
    let lines = |text: &str| banned(text).map(|(line, _)| line).collect::<Vec<_>>();
    assert_eq!(lines("/// The spans,\n/// which ascend.\nfn ascend() {}\n"), [2]);
    assert_eq!(lines("fn f() {\n    g(\"this is no date\"); // it stands here\n}\n"), [2, 2]);
    assert_eq!(lines("let text = \"a \\\" b\"; let stands = 1;\n"), [0; 0]);
    assert_eq!(lines("// Whether there is no date, and nothing outstands.\n"), [0; 0]);
    assert_eq!(lines("let url = \"https://example.com/stands\";\n"), [1]);
    assert_eq!(lines("let quote = '\"'; // fine\nlet stands = '\"';\n"), [0; 0]);
}

/// The source files with their paths below `src`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                sources.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources.sort();
    sources
}

/// The banned phrases in the comments and string literals of a file, with their line numbers.
fn banned(text: &str) -> impl Iterator<Item = (usize, String)> {
    text.lines().enumerate().flat_map(|(index, line)| {
        let found = prose(line).into_iter().flat_map(|part| {
            let mut words = words(&part);
            ALLOWED.iter().for_each(|(phrase, _)| words = words.replace(&format!(" {phrase} "), " "));
            let used = BANNED.iter().filter(move |(phrase, _)| words.contains(&format!(" {phrase} ")));
            used.map(|(phrase, instead)| format!("`{phrase}`: write {instead}")).collect::<Vec<_>>()
        });
        found.map(move |what| (index + 1, what)).collect::<Vec<_>>()
    })
}

/// The string literals and the comment of a line.
fn prose(line: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let after = &rest[at + 1..];
        if rest[at..].starts_with("//") {
            parts.push(after.to_owned());
            break;
        }
        let literal = rest[at..].starts_with('"').then(|| literal_len(after));
        if let Some(len) = literal {
            parts.push(after[..len].to_owned());
        }
        let is_quote = ["'\"'", "'\\\"'"].iter().find(|quote| rest[at..].starts_with(*quote));
        let skipped = literal.map_or(is_quote.map_or(1, |quote| quote.len()), |len| len + 2);
        rest = rest.get(at + skipped..).unwrap_or_default();
    }
    parts
}

/// The length of a string literal without its quotes, or of the rest of the line if the literal does not end on it.
fn literal_len(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().find(|&(_, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// The words of `text` in lower case, each between spaces.
fn words(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    let words: Vec<_> = text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}
