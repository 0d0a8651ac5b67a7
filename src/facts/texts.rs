//! How long the text of a post is, and a signature to find posts with nearly the same text.

use crate::document::Document;
use crate::document::ask::prose;
use crate::text::Scripts;
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// Number of bins of a signature. The estimate of how much two texts have in common is off by about 3% at 90%.
const BINS: usize = 128;
/// Number of bins that are compared at once to find candidates: texts that have 90% in common share one of the groups with
/// a probability of more than 99.99%.
const BAND: usize = 4;
/// Number of tokens in a row that are one piece of a text (<https://nlp.stanford.edu/IR-book/html/htmledition/near-duplicates-and-shingling-1.html>).
const PIECE: usize = 5;

/// The text of a post, for rules that compare texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// Number of words; of characters in Hangul, kana and Han.
    pub length: usize,
    /// The smallest hash of a piece in each bin: one permutation hashing (<https://arxiv.org/abs/1208.1259>).
    signature: Vec<u32>,
}

impl Texts {
    /// Those of the prose of a post.
    pub fn of(document: &Document<'_>) -> Self {
        let mut texts = Texts { length: 0, signature: vec![u32::MAX; BINS] };
        let mut last = [0_u64; PIECE];
        for node in document.tree.text_nodes().filter(|node| prose::is_prose(*node)) {
            let text = node.text();
            let is_wide = Scripts::may_be_east_asian(text);
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                if is_wide && !word.is_ascii() {
                    word.chars().for_each(|c| texts.add(&mut last, c));
                } else {
                    texts.add(&mut last, word.to_lowercase());
                }
            }
        }
        texts
    }

    fn add(&mut self, last: &mut [u64; PIECE], token: impl Hash) {
        let mut hasher = FxHasher::default();
        token.hash(&mut hasher);
        last.rotate_left(1);
        last[PIECE - 1] = hasher.finish();
        self.length += 1;
        if self.length < PIECE {
            return;
        }
        let mut hasher = FxHasher::default();
        last.hash(&mut hasher);
        // The low bits of this hash are not evenly distributed.
        let hash = hasher.finish() >> 20;
        let bin = (hash % BINS as u64) as usize;
        if let Some(smallest) = self.signature.get_mut(bin) {
            *smallest = (*smallest).min((hash / BINS as u64) as u32);
        }
    }

    /// Keys of the post: two posts with much in common share one of them.
    pub fn bands(&self) -> impl Iterator<Item = (usize, &[u32])> {
        let has_pieces = |band: &&[u32]| band.iter().any(|smallest| *smallest != u32::MAX);
        self.signature.chunks(BAND).enumerate().filter(move |(_, band)| has_pieces(band))
    }

    /// Estimates the share of pieces that two texts have in common, in percent.
    pub fn percent_in_common(&self, other: &Texts) -> usize {
        let pairs = self.signature.iter().zip(&other.signature).filter(|(a, b)| **a != u32::MAX || **b != u32::MAX);
        let (all, same) = pairs.fold((0, 0), |(all, same), (a, b)| (all + 1, same + usize::from(a == b)));
        (same * 100_usize).checked_div(all).unwrap_or(0)
    }

    /// The signature as text, which identifies it.
    pub fn identity(&self) -> String {
        let mut hasher = FxHasher::default();
        self.signature.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }
}
