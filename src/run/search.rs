//! `postlint search`: lists the matches of a CSS selector in the posts, and can write a rule from it.

use crate::catalog::Entry;
use crate::cli::{self, SUBCOMMANDS};
use crate::diagnostic::{Authority, Diagnostic, Label, Level, Mistake};
use crate::document::tree::select::{Caches, Selector};
use crate::document::{Document, Element};
use crate::engine::check::shown_elements;
use crate::engine::examples::examples;
use crate::engine::failure::caught;
use crate::engine::{FileReport, INTERNAL_ERROR, RuleInfo, internal_error};
use crate::files::{self, Disk, Limit};
use crate::output::{self, About, Format, Run, Screen, visible};
use crate::place::dialect::Dialect;
use crate::project::{BrokenFile, Post, Surroundings};
use crate::ruleset::Selection;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::run::new_rule;
use crate::run::test::{alone, verdict};
use crate::source::{Source, Span, beginning};
use crate::walk::{self, Walk};
use crate::words::{counted, thousands};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// The name that is printed for matches, in the position of a finding's rule.
const SEARCH: &str = "search";
/// Maximum number of characters of a match that are quoted in the message.
const MESSAGE_CHARACTERS: usize = 100;
/// Maximum length in bytes of a piece of a post that is used as an example.
const MAX_EXAMPLE: u32 = 1000;

/// Runs the command.
pub fn search(
    arguments: &cli::Search,
    invocation: &Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let start = Instant::now();
    let selector =
        Selector::parse(&arguments.selector).map_err(|error| bad_selector(&arguments.selector, error.message))?;
    let working_directory = &invocation.working_directory;
    if let Some(name) = &arguments.as_rule {
        new_rule::check_name(name)?;
    }
    let posts = posts(arguments, working_directory)?;
    let read = |post: &Post| match files::read(&post.path, Limit::POST) {
        Ok(bytes) => {
            let printed = walk::printed(&post.path, working_directory);
            Ok(search_post(&selector, post, printed, Source::from_bytes(bytes)))
        }
        Err(error) => Err(RunError::Unreadable { path: post.path.clone(), error }),
    };
    let files: Vec<Option<FileReport>> = posts.par_iter().map(read).collect::<Result<_, _>>()?;
    let found: Vec<(&Post, FileReport)> =
        posts.iter().zip(files).filter_map(|(post, file)| Some((post, file?))).collect();
    if let Some(name) = &arguments.as_rule {
        return write_rule(name, &arguments.selector, &selector, &found, working_directory, out);
    }
    let (found_in, files): (Vec<&Post>, Vec<FileReport>) = found.into_iter().unzip();
    let run = Run {
        files: &files,
        rules: &BTreeMap::from([(SEARCH.to_owned(), info())]),
        posts: posts.len(),
        elapsed: start.elapsed(),
        looks: invocation.looks,
        about: &About { repository: invocation.repository(), column_unit: arguments.column_unit, ..About::default() },
    };
    let format = if arguments.format == Format::Json { Format::JsonFlat } else { arguments.format };
    output::write_every(format, &run, out)?;
    out.flush()?;
    let broke = run.findings().any(|(_, finding)| &*finding.rule == INTERNAL_ERROR);
    let places = counted(run.findings().count(), "place");
    writeln!(err, "{places} in {} of {}", thousands(found_in.len()), counted(posts.len(), "post"))?;
    Ok(if broke { Exit::Wrong } else { Exit::Clean })
}

fn bad_selector(selector: &str, why: String) -> RunError {
    let whole = Span::of(0..selector.len());
    let mistake = Mistake {
        help: Some("selectors are those of CSS: `img:not([alt])`, `a[href^=\"http:\"]`, `p > br`".to_owned()),
        ..Mistake::at(whole, "invalid CSS selector", why)
    };
    let file = BrokenFile { path: PathBuf::from("SELECTOR"), source: Source::new(selector), mistakes: vec![mistake] };
    RunError::Selector(Box::new(file))
}

fn posts(arguments: &cli::Search, working_directory: &Path) -> Result<Vec<Post>, RunError> {
    let mut surroundings =
        Surroundings::new(Arc::new(Disk), working_directory, arguments.site, None, Selection::default())?;
    let found = walk::walk(&Walk {
        paths: &arguments.paths,
        root: working_directory,
        force_exclude: false,
        commands: &SUBCOMMANDS,
    })?;
    let mut posts = Vec::new();
    for path in &found.files {
        posts.extend(surroundings.post(path, found.named.contains(path))?);
    }
    Ok(posts)
}

fn search_post(selector: &Selector, post: &Post, path: String, source: Source) -> Option<FileReport> {
    let find = || -> Vec<Diagnostic> {
        let document = Document::parse(&source, &post.place);
        let mut caches = Caches::default();
        let found = shown_elements(&document).filter(|element| selector.matches_with(*element, &mut caches));
        found.filter_map(|element| place(&source, element)).collect()
    };
    let diagnostics = caught(find).unwrap_or_else(|cause| vec![internal_error(&cause)]);
    (!diagnostics.is_empty()).then_some(FileReport { path, source, diagnostics })
}

fn place(source: &Source, element: Element<'_>) -> Option<Diagnostic> {
    let span = element.start_tag()?;
    let written = source.slice(span);
    Some(Diagnostic {
        rule: Arc::from(SEARCH),
        level: Level::Info,
        authority: Authority::Opinion,
        message: beginning(written, MESSAGE_CHARACTERS).into_owned(),
        label: Label { span, message: String::new() },
        related: Vec::new(),
        help: None,
        fix: None,
        identity: None,
        is_shared: false,
        sharing: 0,
        elsewhere: Vec::new(),
        more_elsewhere: 0,
    })
}

fn info() -> RuleInfo {
    RuleInfo::without_page(SEARCH, "what the selector matches", Level::Info)
}

/// Writes the page of a rule, with an example from the posts if there is a suitable one.
fn write_rule(
    name: &str,
    written: &str,
    selector: &Selector,
    found: &[(&Post, FileReport)],
    working_directory: &Path,
    out: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let bare = page(written, "");
    let bad = found.iter().flat_map(|(post, file)| pieces(selector, post, &file.source));
    let bad =
        bad.map(|piece| format!("```{piece}\n```\n")).find(|fence| keeps_its_promise(name, &format!("{bare}{fence}")));
    let good = "```markdown good\nNothing to find here.\n```\n".to_owned();
    let good = Some(good).filter(|fence| keeps_its_promise(name, &format!("{bare}{fence}")));
    let examples: Vec<&str> = [&bad, &good].into_iter().flatten().map(String::as_str).collect();
    let path = new_rule::write_page(name, &page(written, &examples.join("\n")), working_directory)?;
    let printed = walk::printed(&path, working_directory);
    let printed = visible::path(&printed);
    writeln!(out, "wrote {printed}")?;
    for (what, fence) in [("bad", &bad), ("good", &good)] {
        if fence.is_none() {
            writeln!(out, "the page has no `{what}` example yet: add one")?;
        }
    }
    writeln!(out, "describe in it what is wrong and what to do, then run: postlint test {printed}")?;
    Ok(Exit::Clean)
}

fn page(selector: &str, examples: &str) -> String {
    let quoted = selector.replace('\'', "''");
    format!(
        "---\n\
         summary: this is not wanted here\n\
         group: markup\n\
         level: warn\n\
         match:\n  select: '{quoted}'\n\
         label: found here\n\
         help: say what to do instead\n\
         ---\n\n\
         # Why\n\nSay why it matters, and name the source.\n\n\
         # Examples\n\n{examples}\n\
         # Fix\n\nNone.\n"
    )
}

fn keeps_its_promise(name: &str, page: &str) -> bool {
    let Ok(entry) = Entry::load_users(name, page) else { return false };
    let found = examples(&entry.page);
    !found.is_empty() && found.iter().all(|example| verdict(name, example, &alone(&entry)).is_ok())
}

/// The source of the first match and of its ancestors, smallest first, each as the info string and the content of a
/// fenced block.
fn pieces(selector: &Selector, post: &Post, source: &Source) -> Vec<String> {
    let document = Document::parse(source, &post.place);
    let Some(found) = shown_elements(&document).find(|element| selector.matches(*element)) else { return Vec::new() };
    let language = if post.place.dialect == Dialect::Html { "html" } else { "markdown" };
    let around = std::iter::once(found).chain(found.ancestors()).filter_map(Element::span);
    let short = around.filter(|span| span.len() <= MAX_EXAMPLE).map(|span| source.slice(span).trim());
    let fences = short.filter(|text| !text.is_empty() && !text.contains("```"));
    fences.map(|text| format!("{language} bad site={}\n{text}", post.place.generator.as_str())).collect()
}
