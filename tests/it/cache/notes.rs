//! What is noted while a post is checked.

use crate::support::growth::{superlinear, time};
use postlint::digest::Digest;
use postlint::place::notes::{self, Question};

#[test]
fn a_post_may_ask_many_questions() {
    let ask = |count: usize| {
        time(|| {
            let (_, noted) = notes::during(|| {
                // Twice: the second answer is known.
                for picture in (0..count).chain(0..count) {
                    notes::note(|| (Question::HasFile(format!("img/boat-{picture}.png")), Digest::of_bool(false)));
                }
            });
            assert_eq!(noted.asked.len(), count);
        })
    };
    if let Some(slow) = superlinear(2_000, ask) {
        panic!("{slow}");
    }
}
