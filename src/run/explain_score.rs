//! `postlint explain-score`: the hygiene score of a post, as a sum.

use crate::cli::ExplainScore;
use crate::engine::audit_summary::hygiene::{CAP, Sum, VERSION};
use crate::engine::audit_summary::{AuditedFile, AuditedPost};
use crate::output::Screen;
use crate::output::visible;
use crate::run::baseline;
use crate::run::check::{Posts, lint_all};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::run::lint::Outcome;
use crate::run::report::tell_failed;
use crate::words::counted;
use std::io::{self, Write};

/// Prints the sum.
pub fn run(
    arguments: &ExplainScore,
    invocation: &Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let paths = [arguments.file.clone()];
    let posts = Posts {
        paths: &paths,
        config: arguments.config.as_deref(),
        site: arguments.site,
        outlines: true,
        quiet: false,
    };
    let Outcome { mut linted, failed, .. } = lint_all(&posts, invocation, err)?;
    if !failed.is_empty() {
        tell_failed(&failed, err)?;
        return Ok(Exit::Wrong);
    }
    baseline::hide_known(None, &invocation.working_directory, &mut linted, false)?;
    let no_score = |why| RunError::NoScore { path: arguments.file.clone(), why };
    let post = linted.iter().find(|linted| linted.post.is_post()).ok_or(no_score("it is not a post"))?;
    let file = AuditedFile {
        report: &post.report,
        post: Some(AuditedPost {
            built: None,
            site: 0,
            generator: post.post.place.generator,
            base: &post.post.place.base_path,
            rules: &post.post.rules,
            facts: post.facts.as_deref(),
            settled: &post.settled,
        }),
    };
    let sum = Sum::of(&file).ok_or(no_score("it does not become a page"))?;
    write(&post.report.path, &sum, out)?;
    Ok(Exit::Clean)
}

fn write(path: &str, sum: &Sum, out: &mut Screen<'_>) -> io::Result<()> {
    writeln!(out, "{}: {} of 100 ({VERSION})\n", visible::path(path), sum.score())?;
    let widest = sum.terms.iter().map(|term| term.rule.len()).max().unwrap_or(0);
    for term in &sum.terms {
        let (name, points, weight) = (term.rule, term.points(), term.weight);
        let remark =
            if term.passing < term.of { format!("  {} of {} pass", term.passing, term.of) } else { String::new() };
        writeln!(out, "  {name:widest$}  {:>5} of {weight:>2}{remark}", decimal(points))?;
    }
    let (points, all) = (decimal(sum.points()), sum.all());
    writeln!(out, "\n{points} of {all} points are {} of 100", sum.uncapped())?;
    if !sum.blockers.is_empty() {
        writeln!(out, "at most {CAP}, because of {}", sum.blockers.join(", "))?;
    }
    let scored = counted(sum.terms.len(), "check");
    writeln!(out, "scored on {scored}, {} not applicable{}", sum.not_applicable.len(), left_out(sum))?;
    if sum.advice > 0 {
        writeln!(
            out,
            "{} not scored: the rules are a convention or a matter of judgement",
            counted(sum.advice, "finding")
        )?;
    }
    writeln!(out, "built pages, picture files and links to other sites are not inspected")?;
    writeln!(out, "this is not a measure of ranking or quality: search engines use no such score")
}

fn left_out(sum: &Sum) -> String {
    match sum.left_out.as_slice() {
        [] => String::new(),
        names => format!(", {} off, suppressed or in the baseline ({})", names.len(), names.join(", ")),
    }
}

/// A number with one decimal, which is left out if it is zero.
fn decimal(points: f64) -> String {
    let text = format!("{points:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}
