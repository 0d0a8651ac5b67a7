//! `suppression-unused`: a comment or front matter key that silences nothing.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::Document;
use crate::document::suppression::{Kind, Suppression, is_same_page, removal};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Judgement, Wants};
use crate::source::Source;
use rustc_hash::FxHashSet;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SuppressionUnused {}

/// Fixes offered for one file. Each may need the post to be read again; what is left waits for the next run.
const MOST_FIXES: usize = 256;

/// Fixes tried one by one, where all together would change the page.
const MOST_SINGLE_FIXES: usize = 8;

impl Check for SuppressionUnused {
    fn wants(&self) -> Wants {
        Wants::Suppressions
    }

    fn suppressions(&self, context: &mut Context<'_>, written: &[Suppression<'_>], judged: &[Judgement]) {
        let unused: Vec<(usize, &[usize])> = unused(written, judged);
        let mut fixes = fixes(context.document, written, &unused);
        for (at, (index, names)) in unused.iter().enumerate() {
            let Some(suppression) = written.get(*index) else { continue };
            let edits = fixes.get_mut(at).and_then(Option::take);
            context.report(finding(suppression, names, edits));
        }
    }
}

/// The suppressions of which some names silence nothing, with the indexes of these names.
fn unused<'j>(written: &[Suppression<'_>], judged: &'j [Judgement]) -> Vec<(usize, &'j [usize])> {
    let ends: FxHashSet<usize> =
        written.iter().flat_map(|start| &start.names).filter_map(|name| name.ended_by).collect();
    let is_idle = |index: usize, suppression: &Suppression<'_>| {
        suppression.kind == Kind::End && suppression.names.is_empty() && !ends.contains(&index)
    };
    let all = written.iter().zip(judged).enumerate();
    let some = all.filter(|(index, (suppression, judged))| !judged.unused.is_empty() || is_idle(*index, suppression));
    some.map(|(index, (_, judged))| (index, judged.unused.as_slice())).collect()
}

fn finding(suppression: &Suppression<'_>, names: &[usize], edits: Option<Vec<Edit>>) -> Finding {
    let names: Vec<_> = names.iter().filter_map(|at| suppression.names.get(*at)).collect();
    let list = names.iter().map(|name| format!("`{}`", name.text)).collect::<Vec<_>>().join(", ");
    let message = match suppression.kind {
        Kind::End => "no `postlint-ignore-start` stands before this".to_owned(),
        _ => format!("no finding of {list} is suppressed here"),
    };
    let label = if suppression.kind == Kind::End { "ends nothing" } else { "suppresses nothing" };
    let all = names.len() == suppression.names.len();
    let what = if all && suppression.kind != Kind::Setting { "this comment".to_owned() } else { list };
    let title = format!("remove {what}");
    let mut places = names.iter().map(|name| name.span);
    let related = |span| Label { span, message: "nor does this".to_owned() };
    Finding {
        message: Some(message),
        label: Some(label.to_owned()),
        help: Some(title.clone()),
        fix: edits.map(|edits| Fix::new(title, Safety::Safe, edits)),
        ..Finding {
            related: places.clone().skip(1).map(related).collect(),
            ..Finding::at(places.next().unwrap_or(suppression.span))
        }
    }
}

/// For each of `unused` the edits that take it away and leave the page as it is, where there are such.
fn fixes(document: &Document<'_>, written: &[Suppression<'_>], unused: &[(usize, &[usize])]) -> Vec<Option<Vec<Edit>>> {
    let wanted = unused.iter().take(MOST_FIXES);
    let edits: Vec<_> = wanted.map(|(index, names)| removal(document, written, *index, names)).collect();
    let all: Vec<Edit> = edits.iter().flatten().flatten().cloned().collect();
    if all.is_empty() || leave_the_page(document, &all) {
        return edits;
    }
    let single = edits.into_iter().take(MOST_SINGLE_FIXES);
    single.map(|edits| edits.filter(|edits| leave_the_page(document, edits))).collect()
}

fn leave_the_page(document: &Document<'_>, edits: &[Edit]) -> bool {
    let Some(text) = Edit::apply(document.source.text(), edits) else { return false };
    let source = Source::new(text);
    is_same_page(document, &Document::parse(&source, document.place))
}
