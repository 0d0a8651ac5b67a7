//! Posts and kramdown's own cases, damaged at random: whatever stands in a file, reading it neither panics nor takes
//! long. `MUTATIONS=1000000 cargo test --release --test kramdown_mutations -- --nocapture` runs a million.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod kramdown_support;
mod shared;

use kramdown_support::pieces::PIECES;
use postlint::document::dialect::{Dialect, Generator};
use postlint::document::{Document, Place};
use postlint::source::Source;
use rayon::prelude::*;
use std::time::{Duration, Instant};

/// Bytes of a post that are kept: mistakes are local, and short inputs make many.
const WINDOW: usize = 700;
/// How many of the inputs that took longest are read again, alone and repeated.
const SUSPECTS: usize = 16;

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
    if let Some(root) = shared::find("corpus") {
        for folder in ["jekyll-docs", "jekyll-alembic", "jekyll-minimal-mistakes", "seed-family-scrambled"] {
            seeds.extend(shared::files(&root.join(folder), &shared::POSTS).iter().filter_map(read));
        }
        seeds.extend(shared::files(&root.join("../conformance/kramdown/testcases"), &["text"]).iter().filter_map(read));
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

/// How long one input takes to read.
fn time(text: &str, place: &Place) -> Duration {
    let source = Source::new(text);
    let start = Instant::now();
    let document = Document::parse(&source, place);
    let time = start.elapsed();
    assert!(document.tree.elements().all(|element| element.span().is_none_or(|span| span.end <= document.body.end)));
    let facts = document.tree.facts();
    assert!(facts.windows(2).all(|facts| facts[0] != facts[1]), "a fact is said twice in {text:?}");
    time
}

/// The best of a few: other programs run on the machine, too.
fn best_time(text: &str, place: &Place) -> Duration {
    (0..5).map(|_| time(text, place)).min().unwrap()
}

#[test]
fn damaged_posts_are_read_without_panic_and_in_time() {
    let total: u64 = std::env::var("MUTATIONS").map_or(3_000, |count| count.parse().unwrap());
    let seeds = seeds();
    let place = Place::new("_posts/2024-01-01-a.md", Generator::Jekyll, Dialect::Kramdown);
    let mut times: Vec<(Duration, u64)> =
        (0..total).into_par_iter().map(|number| (time(&input(&seeds, number), &place), number)).collect();
    times.sort_unstable();
    let mut superlinear = Vec::new();
    for &(_, number) in times.iter().rev().take(SUSPECTS) {
        let text = input(&seeds, number);
        let (once, short, long) =
            (best_time(&text, &place), best_time(&text.repeat(8), &place), best_time(&text.repeat(64), &place));
        eprintln!("input {number}: {} bytes {once:?}, 8 times {short:?}, 64 times {long:?}", text.len());
        // Eight times the input; quadratic time is 64 times.
        if long > Duration::from_millis(50) && long > short * 24 {
            superlinear.push((short, long, text));
        }
    }
    eprintln!("{total} inputs from {} texts", seeds.len());
    assert!(superlinear.is_empty(), "{superlinear:?}");
}
