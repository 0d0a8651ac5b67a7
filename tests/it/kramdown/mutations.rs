//! Posts and kramdown's own cases, damaged at random: whatever stands in a file, reading it neither panics nor takes
//! long. `MUTATIONS=1000000 cargo test --release --test kramdown_mutations -- --nocapture` runs a million.

use crate::support::growth;
use crate::support::kramdown_support::pieces::PIECES;
use crate::support::shared;
use postlint::document::dialect::{Dialect, Generator};
use postlint::document::{Document, Place};
use postlint::source::Source;
use rayon::prelude::*;

/// Bytes of a post that are kept: mistakes are local, and short inputs make many.
const WINDOW: usize = 700;
/// How many of the inputs that took longest are read again, repeated.
const SUSPECTS: usize = 16;
/// How often they are, and then four times as often.
const REPEATED: usize = 16;

const EXAMPLES: &[&str] = &[
    "# A *b*\n\ntext [link](/a \"t\"){: .c}\n{: #d}\n\n- one\n- two\n\n    code\n",
    "term\n: definition\n\n| a | b |\n|---|---|\n| 1 | `2|3` |\n\n[^1]: note\n\na[^1] **\"인용\"**은 ~~b~~\n",
    "<div markdown=\"1\">\n*a*\n\n<p>b</p>\n</div>\n\n~~~ ruby\nx\n~~~\n\n> quote\n> - list\n\n{::nomarkdown}<b>{:/}\n",
];

/// Numbers that look random and are the same in every run (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n.max(1)
    }
}

fn seeds() -> Vec<String> {
    let mut seeds: Vec<String> = EXAMPLES.iter().map(|text| (*text).to_owned()).collect();
    if let Some(corpus) = shared::find("corpus") {
        for folder in ["jekyll-docs", "jekyll-alembic", "jekyll-minimal-mistakes", "seed-family-scrambled"] {
            seeds.extend(shared::files(&corpus.join(folder), &shared::POSTS).iter().filter_map(read));
        }
    }
    if let Some(cases) = shared::find("conformance/kramdown/testcases") {
        seeds.extend(shared::files(&cases, &["text"]).iter().filter_map(read));
    }
    seeds
}

fn read(path: &std::path::PathBuf) -> Option<String> {
    std::fs::read_to_string(path).ok().filter(|text| !text.is_empty())
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn mutated(seeds: &[String], dice: &mut Dice) -> String {
    let seed = &seeds[dice.below(seeds.len())];
    let start = boundary(seed, dice.below(seed.len().saturating_sub(WINDOW) + 1));
    let end = boundary(seed, (start + WINDOW).min(seed.len()));
    let mut text = seed[start..end].to_owned();
    for _ in 0..1 + dice.below(6) {
        let at = boundary(&text, dice.below(text.len() + 1));
        let to = boundary(&text, (at + dice.below(24)).min(text.len()));
        match dice.below(4) {
            0 => text.replace_range(at..to, ""),
            1 => {
                let copy = text[at..to].to_owned();
                text.insert_str(at, &copy);
            }
            2 => text.insert_str(at, &PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(4))),
            _ => text.replace_range(at..to, PIECES[dice.below(PIECES.len())]),
        }
    }
    text
}

/// The input of this number, the same in every run.
fn input(seeds: &[String], number: u64) -> String {
    mutated(seeds, &mut Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1))
}

/// Reads one input and looks at what came of it.
fn check(text: &str, place: &Place) {
    let source = Source::new(text);
    let document = Document::parse(&source, place);
    assert!(document.tree.elements().all(|element| element.span().is_none_or(|span| span.end <= document.body.end)));
    let facts = document.tree.facts();
    assert!(facts.windows(2).all(|facts| facts[0] != facts[1]), "a fact is said twice in {text:?}");
}

#[test]
fn damaged_posts_are_read_without_panic_and_in_time() {
    let total: u64 = std::env::var("MUTATIONS").map_or(3_000, |count| count.parse().unwrap());
    let seeds = seeds();
    let place = Place::new("_posts/2024-01-01-a.md", Generator::Jekyll, Dialect::Kramdown);
    let time = |text: &str| growth::time(|| check(text, &place));
    let mut times: Vec<_> = (0..total).into_par_iter().map(|number| (time(&input(&seeds, number)), number)).collect();
    times.sort_unstable();
    let suspects = times.iter().rev().take(SUSPECTS);
    let slow: Vec<_> = suspects
        .filter_map(|&(took, number)| {
            let text = input(&seeds, number);
            eprintln!("input {number}: {} bytes, {took:?}", text.len());
            Some((growth::superlinear(REPEATED, |times| time(&text.repeat(times)))?, text))
        })
        .collect();
    eprintln!("{total} inputs from {} texts", seeds.len());
    assert!(slow.is_empty(), "{slow:#?}");
}
