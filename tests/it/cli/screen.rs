//! `Screen`: whatever text is written to it, the output contains only postlint's own colour codes for the terminal and
//! only postlint's own commands for the runner.

use crate::support::runner;
use postlint::output::Screen;
use proptest::prelude::*;
use std::io::{self, Write};

fn screen(write: impl FnOnce(&mut Screen<'_>) -> io::Result<()>) -> String {
    Screen::text(write).unwrap()
}

fn plain(text: &str) -> String {
    screen(|out| out.write_all(text.as_bytes()))
}

/// The first character of `output`, apart from colour codes, that a terminal may treat as a command or formatting.
pub fn obeyed(output: &str) -> Option<String> {
    let colors = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    let bare = colors.replace_all(output, "");
    let bad = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{e0000}'..='\u{e007f}')
    };
    bare.chars().find(bad).map(|c| format!("{c:?}"))
}

#[test]
fn text_contains_no_command_for_a_runner() {
    for (text, shown) in [
        ("::error::a", ": :error::a"),
        ("  \t::error::a\n", "  \t: :error::a\n"),
        ("\u{a0}\u{3000}::a", "\u{a0}\u{3000}: :a"),
        ("\u{200d}:\u{fe0f}:a", "\u{200d}: \u{fe0f}:a"),
        ("a ::error::b", "a ::error::b"),
        (":error:", ":error:"),
        ("a ##[error]b ###[x] ##[y]", "a # #[error]b ## #[x] # #[y]"),
        ("#\u{200d}#\u{fe0f}[x]", "# \u{200d}#\u{fe0f}[x]"),
        ("::##[x]", ": :# #[x]"),
        ("## [x] #[y]", "## [x] #[y]"),
        ("a\u{1b}[31mb\rc\u{85}\u{2028}\u{202e}\u{feff}", "a␛[31mb\u{fffd}c\u{fffd}⟨LS⟩⟨BIDI⟩⟨BOM⟩"),
        ("한 글\t👩\u{200d}👧 ❤\u{fe0f}\n", "한 글\t👩\u{200d}👧 ❤\u{fe0f}\n"),
    ] {
        assert_eq!(plain(text), shown, "{text:?}");
    }
}

#[test]
fn only_colours_of_postlint_are_kept() {
    let text = "\u{1b}[1;31merror\u{1b}[0m \u{1b}]0;t\u{7} \u{1b}[2J\n";
    assert_eq!(screen(|out| out.painted(text)), "\u{1b}[1;31merror\u{1b}[0m ␛]0;t\u{fffd} ␛[2J\n");
    assert_eq!(screen(|out| out.painted("\u{1b}[31m\n::error::a")), "\u{1b}[31m\n: :error::a");
}

#[test]
fn commands_are_on_one_line() {
    assert_eq!(screen(|out| out.command("::error ::a\n::error ::b ##[x]")), "::error ::a\n: :error ::b # #[x]\n");
}

/// A writer that fails with a broken pipe after some bytes.
struct Leaves(usize);

impl Write for Leaves {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_is_not_an_error_but_a_full_disk_is() {
    let mut reader = Leaves(10);
    let mut out = Screen::new(&mut reader);
    (0..9).try_for_each(|_| writeln!(out, "1234")).unwrap();
    out.finish().unwrap();
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    assert!(writeln!(Screen::new(&mut Full), "1234").is_err());
}

const PIECES: &str = "(\\PC|[\u{0}-\u{1f}\u{7f}-\u{9f}]|[#:\\[ ]{1,4}|\u{1b}\\[[0-9]m|[\u{200b}-\u{200f}\u{2028}-\u{202e}]|\
                      [\u{2066}-\u{2069}\u{61c}\u{fe0f}\u{e0041}\u{feff}]|\n|::error::|##\\[a\\]){0,12}";

proptest! {
    #[test]
    fn any_words_in_any_pieces(pieces in proptest::collection::vec(PIECES, 1..6)) {
        let written = screen(|out| {
            for (nth, piece) in pieces.iter().enumerate() {
                if nth % 2 == 0 { write!(out, "{piece}")? } else { out.painted(piece)? }
            }
            Ok(())
        });
        prop_assert_eq!(obeyed(&written), None, "{:?}", written);
        for line in runner::lines(&written) {
            prop_assert_eq!(runner::command(line), Ok(None), "{:?}", written);
        }
        prop_assert_eq!(plain(&plain(&pieces.concat())), plain(&pieces.concat()), "shown twice is shown once");
    }

    #[test]
    fn any_json_keeps_its_value(pieces in proptest::collection::btree_map(PIECES, PIECES, 0..6)) {
        let written = screen(|out| {
            out.json(&pieces)?;
            out.json_indented(&pieces)
        });
        prop_assert_eq!(obeyed(&written), None, "{:?}", written);
        for line in runner::lines(&written) {
            prop_assert_eq!(runner::command(line), Ok(None), "{:?}", written);
        }
        let read = serde_json::Deserializer::from_str(&written).into_iter::<std::collections::BTreeMap<String, String>>();
        let read: Vec<_> = read.map(Result::unwrap).collect();
        prop_assert_eq!(read, vec![pieces.clone(), pieces]);
    }
}
