//! Blocks in templates: where each one ends, which ones a template defines, and which template it extends.

use crate::site::theme::pieces::{Kind, Marks, Piece, pieces};
use crate::site::theme::scope::Naming;
use crate::site::theme::templates::Template;
use std::ops::Range;

/// Splits code into its first word and the rest.
pub fn first_word(code: &str) -> (&str, &str) {
    let code = code.trim();
    let end = code.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(code.len());
    code.split_at_checked(end).unwrap_or((code, ""))
}

/// The text between the first quotes, or else the first word.
pub fn named(code: &str) -> &str {
    let code = code.trim_start();
    match code.chars().next() {
        Some(quote @ ('"' | '\'')) => code.get(1..).and_then(|rest| rest.split(quote).next()).unwrap_or(""),
        _ => code.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|')).next().unwrap_or(""),
    }
}

/// For each piece that begins a block, the index of the piece that ends it; 0 for all other pieces.
pub fn ends(pieces: &[Piece<'_>], naming: Naming) -> Vec<usize> {
    let mut ends = vec![0; pieces.len()];
    let mut open: Vec<(&str, usize)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.kind != Kind::Text) {
        let (word, rest) = first_word(piece.text);
        let (begins, closes) = match naming {
            Naming::Go => (matches!(word, "if" | "with" | "range" | "block" | "define"), (word == "end").then_some("")),
            _ if piece.kind == Kind::Output => (false, None),
            _ => (begins(word, rest), word.strip_prefix("end")),
        };
        if begins {
            open.push((word, at));
        } else if let Some(closed) = closes {
            // Search only the innermost blocks: blocks that are closed in the wrong order are broken.
            let found = open.iter().rev().take(8).position(|(word, _)| closed.is_empty() || *word == closed);
            let Some(back) = found else { continue };
            open.truncate(open.len() - back);
            if let Some((_, start)) = open.pop()
                && let Some(end) = ends.get_mut(start)
            {
                *end = at;
            }
        }
    }
    ends
}

fn begins(word: &str, rest: &str) -> bool {
    match word {
        // `{% set x = … %}` has no end tag.
        "set" => !rest.contains('='),
        "if" | "unless" | "case" | "for" | "tablerow" | "capture" | "block" | "comment" | "raw" | "verbatim"
        | "macro" | "call" | "filter" | "autoescape" => true,
        _ => false,
    }
}

/// The name of the template that this one extends.
pub fn parent(file: &Template) -> Option<&str> {
    if file.marks != Marks::Braces || !file.text.contains("extends") {
        return None;
    }
    let pieces = pieces(&file.text, file.marks);
    pieces.iter().filter(|piece| piece.kind == Kind::Tag).take(20).find_map(|piece| {
        let (word, rest) = first_word(piece.text);
        (word == "extends").then(|| named(rest))
    })
}

/// The blocks that a template defines: `{% block x %}`, `{{ define "x" }}`.
pub fn defined(file: &Template, naming: Naming) -> Vec<(String, Range<usize>)> {
    let word = if naming == Naming::Go { "define" } else { "block" };
    if !file.text.contains(word) {
        return Vec::new();
    }
    let pieces = pieces(&file.text, file.marks);
    let ends = ends(&pieces, naming);
    let blocks = pieces.iter().zip(ends).enumerate().filter_map(|(at, (piece, end))| {
        let (first, rest) = first_word(piece.text);
        (piece.kind != Kind::Text && first == word && end > at).then(|| (named(rest).to_owned(), at + 1..end))
    });
    blocks.collect()
}
