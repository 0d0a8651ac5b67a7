//! `suppression-unused`: a comment or front matter key that suppresses no finding.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::Document;
use crate::document::suppression::{Kind, Name, Suppression, leave_the_page, removal};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Judged, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SuppressionUnused {}

/// Maximum number of fixes per file. Each may require parsing the post again; the remaining ones are fixed in the next
/// run.
const MOST_FIXES: usize = 256;

/// Maximum number of fixes tried one by one if all of them together would change the page.
const MOST_SINGLE_FIXES: usize = 8;

impl Check for SuppressionUnused {
    fn wants(&self) -> Wants {
        Wants::Suppressions
    }

    fn suppressions(&self, context: &mut Context<'_>, judged: &[Judged<'_>]) {
        let unused: Vec<&Judged<'_>> = judged.iter().filter(|it| !it.unused.is_empty() || it.ends_nothing).collect();
        let mut fixes = fixes(context.document, judged, &unused);
        for (at, judged) in unused.iter().enumerate() {
            let edits = fixes.get_mut(at).and_then(Option::take);
            context.report(finding(judged.suppression, &judged.unused, edits));
        }
    }
}

fn finding(suppression: &Suppression, names: &[Name], edits: Option<Vec<Edit>>) -> Finding {
    let list = names.iter().map(|name| format!("`{}`", name.text)).collect::<Vec<_>>().join(", ");
    let message = match suppression.kind {
        Kind::End => "no `postlint-ignore-start` before this".to_owned(),
        _ => format!("no finding of {list} is suppressed here"),
    };
    let label = if suppression.kind == Kind::End { "nothing to end here" } else { "no finding suppressed" };
    let all = names.len() == suppression.names.len();
    let what = if all && suppression.kind != Kind::Setting { "this comment".to_owned() } else { list };
    let title = format!("remove {what}");
    let mut places = names.iter().map(|name| name.span);
    let related = |span| Label { span, message: "no finding suppressed here either".to_owned() };
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

/// For each of `unused`, the edits that remove it without changing the page, if there are any.
fn fixes(document: &Document<'_>, all: &[Judged<'_>], unused: &[&Judged<'_>]) -> Vec<Option<Vec<Edit>>> {
    let written = all.iter().map(|it| it.suppression);
    let wanted = unused.iter().take(MOST_FIXES);
    let edits: Vec<_> = wanted.map(|it| removal(document, written.clone(), it.suppression, &it.unused)).collect();
    let all: Vec<Edit> = edits.iter().flatten().flatten().cloned().collect();
    if all.is_empty() || leave_the_page(document, &all) {
        return edits;
    }
    let single = edits.into_iter().take(MOST_SINGLE_FIXES);
    single.map(|edits| edits.filter(|edits| leave_the_page(document, edits))).collect()
}
