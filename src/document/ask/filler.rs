//! Filler text, which shows what a page will look like.

/// Latin words that filler consists of. "Lorem ipsum" may be mentioned; two of the words are filler.
const LATIN: [&str; 25] = [
    "lorem", "ipsum", "adipiscing", "aenean", "aliquam", "amet", "consectetur", "curabitur", "donec", "eiusmod",
    "imperdiet", "maecenas", "mauris", "nullam", "nonummy", "pellentesque", "phasellus", "praesent", "quisque",
    "suspendisse", "tincidunt", "ullamco", "vestibulum", "vivamus", "voluptate",
];

/// What filler in the language of business begins with: Corporate Ipsum.
const BUSINESS: [&str; 5] = [
    "leverage agile frameworks to provide",
    "bring to the table win-win survival strategies",
    "capitalize on low hanging fruit to identify",
    "podcasting operational change management",
    "collaboratively administrate empowered markets",
];

/// Whether the text is filler.
pub fn is_filler(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let mut latin = words.filter(|word| LATIN.iter().any(|it| it.eq_ignore_ascii_case(word)));
    is_business(text) || latin.nth(1).is_some()
}

fn is_business(text: &str) -> bool {
    let text = text.trim_start();
    let begins = |known: &str| text.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
    BUSINESS.iter().any(|known| begins(known))
}
