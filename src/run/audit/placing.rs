//! Reports each finding in built pages at the place where it is changed.

use crate::built::BuiltSite;
use crate::diagnostic::{Diagnostic, Elsewhere};
use crate::engine::Checked;
use crate::engine::audit::{Group, Origin};
use crate::files::{absolute, collapsed};
use crate::project::Post;
use crate::rule::across::FileLine;
use crate::rule::built::BuiltSpot;
use crate::run::audit::folder::Taken;
use crate::run::audit::given::{Auditing, Found};
use crate::run::audit::homes::{Home, Merged, join, join_targets, joined_help, of_setting};
use crate::run::audit::texts::Texts;
use crate::run::audit::traced::{Traced, apart};
use crate::source::Span;
use crate::walk;
use crate::words::thousands;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Number of examples of a finding that is in several pages.
const EXAMPLES: usize = 3;

/// What is needed to report findings.
pub struct Placing<'a> {
    /// The built pages.
    pub site: &'a BuiltSite,
    /// Their folder.
    pub taken: &'a Taken,
    /// The run.
    pub auditing: &'a Auditing<'a>,
    /// The folder of the site's config.
    pub config_folder: Option<&'a Path>,
    /// The posts that are not checked, because a program made them.
    pub generated: FxHashSet<&'a Path>,
    /// The rules and messages of what `check` says of posts as a whole, found when they are asked for.
    pub said: OnceCell<FxHashSet<(Arc<str>, String)>>,
}

/// A finding at another part of the same tag is the same one.
const MAX_TAG: u32 = 200;

/// Findings without a place, by rule, cause and the reason. Those of which no common cause is known have a number.
type Unplaced = BTreeMap<(usize, Arc<str>, String, String), (Group, BTreeSet<String>)>;

/// Adds the findings to `found`.
pub fn place(traced: Vec<Traced>, placing: &Placing<'_>, found: &mut Found) {
    let posts: FxHashMap<PathBuf, &(Post, Checked)> =
        placing.auditing.read.iter().map(|read| (absolute(&read.0.path), read)).collect();
    let mut merged = Merged::default();
    let mut unplaced = Unplaced::default();
    let mut texts = Texts::new(&placing.taken.folder);
    for traced in traced {
        if let Some(file) = traced.group.file.clone() {
            placing.of_file(&file, traced, &mut texts, found);
            continue;
        }
        match placing.homes(&traced, &posts) {
            Homes::Built => {
                let cause = placing.cause(&traced, &mut texts);
                let why = placing.why(&traced, cause.is_some());
                let Diagnostic { rule, message, .. } = &traced.group.diagnostic;
                let (rule, message) = (rule.clone(), message.clone());
                let key = match cause {
                    Some(cause) => (0, rule, cause, why),
                    None => (unplaced.len() + 1, rule, message.clone(), why),
                };
                match unplaced.entry(key) {
                    Entry::Occupied(mut known) => {
                        known.get_mut().1.insert(message);
                        known.get_mut().0.join(traced.group);
                    }
                    Entry::Vacant(free) => drop(free.insert((traced.group, BTreeSet::from([message])))),
                }
            }
            Homes::Known(homes) => {
                let also = |home: &Home| Some((home.clone(), placing.also(&traced, home)?));
                let also: BTreeMap<Home, String> = homes.keys().filter_map(also).collect();
                for (home, mut group) in apart(traced, homes) {
                    if let Some(also) = also.get(&home) {
                        group.diagnostic.help = Some(joined_help(group.diagnostic.help.take(), also));
                    }
                    let diagnostic = &group.diagnostic;
                    let about = match home {
                        Home::Post(..) => Some(diagnostic.message.clone()),
                        Home::Line(_) => diagnostic.identity.clone().filter(|_| diagnostic.is_shared),
                        Home::Setting(_) => None,
                    };
                    let key = (home, diagnostic.rule.clone(), about);
                    join(&mut merged, key, group);
                }
            }
        }
    }
    for ((.., why), (mut group, messages)) in unplaced {
        if messages.len() > 1 {
            group.diagnostic.message.push_str(&format!("; the same for {} more", thousands(messages.len() - 1)));
            group.diagnostic.identity = Some(String::new());
        }
        found.in_built.extend(placing.diagnostic(group, Err(why), &mut texts));
    }
    join_targets(&mut merged);
    placing.report(merged, &mut texts, found);
}

/// All places at which a finding is changed.
enum Homes {
    /// These, each with the places in built pages that come from there; `check` sees it at the others.
    Known(BTreeMap<Home, Vec<BuiltSpot>>),
    /// None is known but the built page.
    Built,
}

/// What a built page is as a post.
enum Own {
    /// None.
    No,
    /// One in which `check` sees the finding.
    Known,
    /// This one, with the finding there.
    Post(PathBuf, BuiltSpot),
}

impl Placing<'_> {
    /// Reports a finding in a file that is not a page: at the line of the file that becomes it, if that is known.
    fn of_file(&self, file: &str, traced: Traced, texts: &mut Texts<'_>, found: &mut Found) {
        let Group { diagnostic, .. } = traced.group;
        let Some((path, line)) = traced.source else {
            found.in_built.push((self.taken.folder.join(file), diagnostic));
            return;
        };
        let elsewhere = self.elsewhere(file, diagnostic.label.span, "in this built file", texts).into_iter().collect();
        found.at_lines.push((path, line, Diagnostic { elsewhere, related: Vec::new(), ..diagnostic }));
    }

    /// Reports findings at the places where they are changed.
    fn report(&self, merged: Merged, texts: &mut Texts<'_>, found: &mut Found) {
        for ((home, ..), mut group) in merged {
            if matches!(home, Home::Setting(_)) {
                group.diagnostic = of_setting(group.diagnostic, group.joined);
            }
            let span = if let Home::Post(_, span) = home { span } else { Span::default() };
            let Some((_, diagnostic)) = self.diagnostic(group, Ok(span), texts) else { continue };
            match home {
                Home::Post(path, _) if self.generated.contains(&*path) => {
                    // It is not checked, and so not among the posts.
                    let why = "a program made this file: change what it was made of";
                    let help = Some(joined_help(diagnostic.help.clone(), why));
                    found.in_built.push((path, Diagnostic { help, ..diagnostic }));
                }
                Home::Post(path, _) => {
                    // Other posts with the same target have findings of their own, as those of a check.
                    found.in_posts.push((path, Diagnostic { is_shared: false, ..diagnostic }));
                }
                Home::Line(line) | Home::Setting(line) => {
                    let Some(config_folder) = self.config_folder else { continue };
                    found.at_lines.push((collapsed(&config_folder.join(&*line.file)), line.line, diagnostic));
                }
            }
        }
    }

    fn homes(&self, traced: &Traced, posts: &FxHashMap<PathBuf, &(Post, Checked)>) -> Homes {
        let is_line = |origin: &Origin| matches!(origin, Origin::Line(_) | Origin::Alike(_));
        let lines = traced.origins.iter().filter(|(.., origin)| is_line(origin)).count();
        // Markup that many pages have is of a layout, also if one post writes the same.
        let is_of_layout = lines * 2 > traced.origins.len() && !traced.is_of_target();
        let mut homes: BTreeMap<Home, Vec<BuiltSpot>> = BTreeMap::new();
        let mut is_known = false;
        let is_told = self.is_told(traced, posts);
        for (spot, path, origin) in &traced.origins {
            let home = match (origin, path) {
                (origin, None) if is_told && !matches!(origin, Origin::Element(_) | Origin::Value(_)) => None,
                (Origin::Line(line), _) => Some(Home::Line(line.clone())),
                (Origin::Alike(lines), _) => lines.first().cloned().map(Home::Line),
                // In a file, the others are told.
                (Origin::Several(lines), _) if FileLine::are_in_one_file(lines) => {
                    lines.first().cloned().map(Home::Line)
                }
                (Origin::Setting(line), _) => Some(Home::Setting(line.clone())),
                (Origin::Quoted, _) if self.is_said(traced, posts) => None,
                // What lists show has places in posts already.
                (Origin::Shown(_) | Origin::ShownHeading(..), _) => continue,
                (Origin::Quoted | Origin::Several(_) | Origin::Unknown, _) => continue,
                (Origin::Element(span) | Origin::Value(span), Some(path)) if self.generated.contains(&**path) => {
                    Some(Home::Post(path.clone(), *span))
                }
                _ if is_of_layout => continue,
                (Origin::Element(span), Some(path)) => self.in_post(traced, (path, *span, true), posts),
                (Origin::Value(span), Some(path)) => self.in_post(traced, (path, *span, false), posts),
                (Origin::OtherPost(file, span), _) => {
                    let Some(folder) = self.config_folder else { continue };
                    self.in_post(traced, (&collapsed(&folder.join(&**file)), *span, false), posts)
                }
                (Origin::Element(_) | Origin::Value(_), None) => continue,
            };
            is_known = true;
            home.into_iter().for_each(|home| homes.entry(home).or_default().push(*spot));
        }
        if is_known || traced.is_in_one_post(posts) {
            return Homes::Known(homes);
        }
        match self.own(traced, posts) {
            Own::Known => Homes::Known(homes),
            Own::Post(path, spot) => Homes::Known(BTreeMap::from([(Home::Post(path, spot.span), vec![spot])])),
            Own::No => Homes::Built,
        }
    }

    /// Whether it is about characters that a post has, in which a check finds them: lists that show its title or its text have them
    /// as well.
    fn is_told(&self, traced: &Traced, posts: &FxHashMap<PathBuf, &(Post, Checked)>) -> bool {
        let rule = traced.rule();
        rule == "text-mojibake"
            && posts.values().any(|(_, checked)| checked.findings.iter().any(|it| &*it.rule == rule))
    }

    /// Whether `check` says the same of a post that may be quoted.
    fn is_said(&self, traced: &Traced, posts: &FxHashMap<PathBuf, &(Post, Checked)>) -> bool {
        let said = |posts: &FxHashMap<PathBuf, &(Post, Checked)>| {
            let all = posts.values().flat_map(|(_, checked)| &checked.findings);
            let of_posts = all.filter(|it| it.identity.as_deref() == Some(""));
            of_posts.map(|it| (it.rule.clone(), it.message.clone())).collect()
        };
        let Diagnostic { rule, message, .. } = &traced.group.diagnostic;
        self.said.get_or_init(|| said(posts)).contains(&(rule.clone(), message.clone()))
    }

    /// The place in a post, unless `check` sees it there, or the run is not about that post.
    fn in_post(
        &self,
        traced: &Traced,
        (path, span, is_element): (&Path, Span, bool),
        posts: &FxHashMap<PathBuf, &(Post, Checked)>,
    ) -> Option<Home> {
        let (post, checked) = posts.get(&absolute(path))?;
        let rule = &traced.group.diagnostic.rule;
        let of_rule = post.rules.rules().iter().find(|it| it.meta.name == *rule);
        let yields = of_rule.map_or(Default::default(), |it| it.check.yields_to());
        let is_at = |it: &Diagnostic| it.label.span.overlaps(span) || it.label.span == span;
        // What is wrong with a post as a whole, a check says once wherever it begins.
        let is_of_page = traced.is_of_page();
        let is_same = |it: &Diagnostic| (is_of_page || is_at(it)) && (it.rule == *rule || yields.contains(&&*it.rule));
        // An element of a post is checked as it is written there, unless the rule is off for posts.
        let is_checked = checked.findings.iter().any(is_same) || is_element && !traced.is_of_target();
        (!is_checked).then(|| Home::Post(post.path.clone(), span))
    }

    /// What a built page is as a post: a site that is written in HTML.
    fn own(&self, traced: &Traced, posts: &FxHashMap<PathBuf, &(Post, Checked)>) -> Own {
        let spot = traced.group.spots.first();
        let page = spot.and_then(|spot| self.site.pages.get(spot.page));
        let path = page.map(|page| absolute(&self.taken.folder.join(&page.file)));
        let Some(((post, checked), spot)) = path.and_then(|path| posts.get(&path)).zip(spot) else {
            return Own::No;
        };
        let rule = &traced.group.diagnostic.rule;
        let reads_posts = post.rules.rules().iter().any(|it| it.meta.name == *rule);
        let is_same = |it: &Diagnostic| it.rule == *rule && it.label.span.start.abs_diff(spot.span.start) < MAX_TAG;
        if reads_posts && !traced.is_of_target() || checked.findings.iter().any(is_same) {
            return Own::Known;
        }
        Own::Post(post.path.clone(), *spot)
    }

    /// The finding as it is reported at a span of another file, or in the first of its pages, with the reason. `None` if there is no
    /// such page.
    fn diagnostic(
        &self,
        mut group: Group,
        at: Result<Span, String>,
        texts: &mut Texts<'_>,
    ) -> Option<(PathBuf, Diagnostic)> {
        let (pages, are_counted) = (group.count(), !group.is_uncounted());
        let first = *group.spots.first()?;
        let file = self.taken.folder.join(&self.site.pages.get(first.page)?.file);
        // The first place is the finding itself where a page is its own source.
        let is_first = at.as_ref().map_or(true, |span| first.span == *span);
        let examples = group.spots.iter().skip(usize::from(is_first)).take(EXAMPLES);
        let elsewhere: Vec<Elsewhere> = examples.filter_map(|spot| self.example(*spot, texts)).collect();
        let shown = elsewhere.len() + usize::from(is_first);
        let mut diagnostic = Diagnostic { elsewhere, more_elsewhere: pages.saturating_sub(shown), ..group.diagnostic };
        if pages > 1 && are_counted {
            diagnostic.message = format!("{} (in {pages} built pages)", diagnostic.message);
        }
        match at {
            Ok(span) => {
                diagnostic.label.span = span;
                diagnostic.related.clear();
            }
            Err(why) => {
                if diagnostic.label.span.is_empty()
                    && let Some(tag) = self.tag_at(first, texts)
                {
                    diagnostic.label.span = tag;
                }
                diagnostic.help = Some(joined_help(diagnostic.help.take(), &why));
            }
        }
        Some((file, diagnostic))
    }

    /// The other lines in which the same is to be changed as in one.
    fn also(&self, traced: &Traced, home: &Home) -> Option<String> {
        let Home::Line(line) = home else { return None };
        let (others, what) = traced.origins.iter().find_map(|(.., origin)| {
            let (lines, what) = match origin {
                Origin::Alike(lines) => (lines, "the same in"),
                Origin::Several(lines) => (lines, "it may also be that of"),
                _ => return None,
            };
            lines.split_first().filter(|(first, _)| *first == line).map(|(_, others)| (others, what))
        })?;
        if others.is_empty() { None } else { Some(format!("{what} {}", self.printed(others)?)) }
    }

    /// Lines of layouts or configs, for a message.
    pub fn printed(&self, lines: &[FileLine]) -> Option<String> {
        let folder = self.config_folder?;
        let printed = |line: &FileLine| {
            let path = walk::printed(&collapsed(&folder.join(&*line.file)), self.auditing.root);
            format!("`{path}:{}`", line.line)
        };
        Some(lines.iter().map(printed).collect::<Vec<_>>().join(", "))
    }

    /// The start tag at a place of which only the start is known.
    pub fn tag_at(&self, spot: BuiltSpot, texts: &mut Texts<'_>) -> Option<Span> {
        let text = texts.get(&self.site.pages.get(spot.page)?.file)?.text();
        let length = text.get(spot.span.start as usize..)?.find('>')? as u32 + 1;
        Some(Span::new(spot.span.start, spot.span.start + length))
    }

    fn example(&self, spot: BuiltSpot, texts: &mut Texts<'_>) -> Option<Elsewhere> {
        let page = self.site.pages.get(spot.page)?;
        let span = if spot.span.is_empty() { self.tag_at(spot, texts)? } else { spot.span };
        self.elsewhere(&page.file, span, "in this built page", texts)
    }

    fn elsewhere(&self, file: &str, span: Span, message: &str, texts: &mut Texts<'_>) -> Option<Elsewhere> {
        let path = walk::printed(&self.taken.folder.join(file), self.auditing.root);
        let mut place = Elsewhere { path, span, ends: None, cell_column: None, message: message.to_owned() };
        place.locate(texts.get(file)?);
        Some(place)
    }
}
