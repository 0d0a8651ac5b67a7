//! `taxonomy-variants`: a tag or a category that other posts write in another way.

use crate::diagnostic::{Fix, Safety};
use crate::edit::Edit;
use crate::facts::{SiteFacts, Spot, Term};
use crate::place::dialect::Generator;
use crate::rule::{Check, Finding, SiteContext, Wants};
use crate::text::composed;
use crate::words::counted;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct TaxonomyVariants {}

/// The places in which a term is written in one way.
type Uses<'s> = Vec<(Spot, &'s Term)>;
/// The ways in which a term is written.
type Forms<'s> = BTreeMap<String, Uses<'s>>;

impl Check for TaxonomyVariants {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut written: FxHashMap<(&str, &str, &str), Uses<'_>> = FxHashMap::default();
        for (page, facts) in site.indexed() {
            for term in &facts.terms {
                let kind = if term.key.starts_with("tag") { "tag" } else { "category" };
                let uses = written.entry((&facts.edition, kind, &term.text)).or_default();
                uses.push((Spot { page, span: term.span }, term));
            }
        }
        // Keeping all terms sorted costs 0.4% more instructions.
        let mut written: Vec<_> = written.into_iter().collect();
        written.sort_unstable_by_key(|(term, _)| *term);
        let mut groups: BTreeMap<(&str, &str, String), Forms<'_>> = BTreeMap::new();
        for ((edition, kind, text), uses) in written {
            let forms = groups.entry((edition, kind, skeleton(text))).or_default();
            forms.entry(composed(text).into_owned()).or_default().extend(uses);
        }
        for ((_, kind, _), forms) in groups {
            report(context, kind, &merged(site.site.generator, forms));
        }
    }
}

/// Reports each post whose form is not that of most posts.
fn report(context: &mut SiteContext<'_>, kind: &str, forms: &Forms<'_>) {
    let taking: Vec<(&String, Uses<'_>)> = forms
        .iter()
        .map(|(form, uses)| (form, uses.iter().copied().filter(|(spot, _)| context.takes_part(*spot)).collect()))
        .collect();
    let Some((usual, most)) = taking.iter().max_by_key(|(_, uses)| uses.len()).map(|(form, uses)| (*form, uses.len()))
    else {
        return;
    };
    for (form, uses) in taking.iter().filter(|(form, uses)| *form != usual && uses.len() < most) {
        for (spot, term) in uses {
            let edit = term.exact.filter(|_| is_plain(usual)).map(|span| Edit { span, text: usual.clone() });
            let fix = edit.map(|edit| Fix::new(format!("write `{usual}`"), Safety::Safe, [edit]));
            context.report(
                spot.page,
                Finding {
                    message: Some(format!("the {kind} `{form}` is `{usual}` in {}", counted(most, "post"))),
                    fix,
                    ..Finding::at(spot.span)
                },
            );
        }
    }
}

/// What is left of a term without case, spaces, hyphens and underscores. Signs such as those of `C++` and `C#` remain.
fn skeleton(term: &str) -> String {
    let is_joint = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}' | '\u{2011}');
    composed(term).chars().filter(|c| !is_joint(*c)).flat_map(char::to_lowercase).collect()
}

/// Joins forms that the generator makes one page of: the first of them is the form.
fn merged(generator: Generator, forms: Forms<'_>) -> Forms<'_> {
    // Hugo and Zola make the URL of a term in lower case with hyphens.
    if !matches!(generator, Generator::Hugo | Generator::Zola) {
        return forms;
    }
    let mut by_url: BTreeMap<String, (String, Uses<'_>)> = BTreeMap::new();
    for (form, uses) in forms {
        let url = form.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        by_url.entry(url).or_insert_with(|| (form, Vec::new())).1.extend(uses);
    }
    by_url.into_values().collect()
}

/// Whether a term can be written in place of another one without quotes.
fn is_plain(term: &str) -> bool {
    let is_sign = |c: char| matches!(c, ' ' | '-' | '_' | '.' | '+');
    term.starts_with(char::is_alphabetic) && term.chars().all(|c| c.is_alphanumeric() || is_sign(c)) && !is_word(term)
}

/// Whether YAML reads the word as something else than text: <https://yaml.org/type/bool.html>, <https://yaml.org/type/null.html>.
fn is_word(term: &str) -> bool {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    words.contains(&&*term.to_ascii_lowercase())
}
