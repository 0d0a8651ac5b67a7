//! `language-code-wrong`: a country code or a language name where a language code is required.

mod alternates;
mod text;

use crate::built::BuiltSite;
use crate::diagnostic::{Fix, Level, Safety};
use crate::document::ask::language_tag::{self, Fault};
use crate::document::ask::prose;
use crate::document::ask::tokens::verbatim;
use crate::document::edit::element;
use crate::document::edit::front_matter::Wanted;
use crate::document::read::front_matter::types::Resolved;
use crate::document::{Attribute, Document, Element, Field};
use crate::edit::Edit;
use crate::facts::{SiteFacts, Written};
use crate::rule::groups::Groups;
use crate::rule::{BuiltContext, Check, Context, Finding, Shared, SiteContext, Wants};
use crate::source::Span;
use crate::text::Scripts;
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct LanguageCodeWrong {
    keys: Vec<String>,
    codes: BTreeMap<String, String>,
}

impl Check for LanguageCodeWrong {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let letters = Letters { document, of_post: OnceCell::new() };
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let other = text::other_text(document, key, text.trim(), || letters.scripts());
            if let Some(message) = other.filter(|_| self.slip(|code| letters.mean(code), text.trim()).is_none()) {
                context.report(Finding {
                    message: Some(message),
                    label: Some("not the language of the text".to_owned()),
                    help: Some("set the language of the text, as other posts in it do".to_owned()),
                    at_most: Some(Level::Warn),
                    ..Finding::at(entry.value.span)
                });
                continue;
            }
            // One change to the templates is for all posts: see `site`.
            if document.templates_may_use(key) {
                continue;
            }
            let tag = text.trim();
            let slip = self.slip(|code| letters.mean(code), tag).map(|slip| letters.compared(slip));
            let Some(slip) = slip.or_else(|| locale_slip(tag)) else { continue };
            let span = entry.value.span;
            let fix = slip.right.as_ref().and_then(|right| {
                let start = span.start + span.slice(document.source.text()).find(tag)? as u32;
                let edit = Edit { span: Span::new(start, start + tag.len() as u32), text: right.clone() };
                let text = text.replacen(tag, right, 1);
                let wanted = Wanted { text: &text, resolved: Resolved::String };
                document.verified(edit, &entry.value, wanted)
            });
            context.report(slip.finding(span, fix, Safety::Safe));
        }
        document.tree.html_elements().for_each(|element| self.attributes(context, &letters, element));
    }

    fn wants_built(&self) -> bool {
        true
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        alternates::report(context, site);
    }

    fn wants_site(&self) -> bool {
        true
    }

    /// Reports each language that templates may use once for all posts: they may compare it with others, or find texts
    /// by it.
    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut groups = Groups::default();
        for (page, facts) in site.indexed().filter(|(_, facts)| facts.templates_may_use_language) {
            let is_own = |written: &&Written| written.key.as_ref().is_some_and(|key| self.keys.contains(key));
            let Some(language) = facts.language.as_ref().filter(is_own) else { continue };
            groups.add((page, facts), language.text.trim().to_owned(), language.span);
        }
        for (tag, spots) in groups.with_at_least(1) {
            let scripts = spots.iter().filter_map(|spot| Some(site.pages.get(spot.page)?.scripts));
            let scripts = scripts.fold(Scripts::default(), Scripts::and);
            let slip = self.slip(|code| mean(code, scripts), tag).or_else(|| locale_slip(tag));
            let Some(slip) = slip else { continue };
            let help = slip.right.as_ref().map(|right| {
                format!("write `{right}` where the layout sets `lang`, or in all posts and where templates use `{tag}`")
            });
            let shared = Shared { value: tag, at_least: 1, label: "the same language" };
            context.report_shared(spots, shared, |count| {
                let finding = slip.finding(Span::empty(0), None, Safety::Unsafe);
                let in_all = if count == 1 { String::new() } else { format!(", in {count} posts") };
                let message = finding.message.map(|message| format!("{message}{in_all}"));
                Finding { message, help: help.or(finding.help.clone()), ..finding }
            });
        }
    }
}

/// A wrong language tag and what to do about it.
struct Slip {
    message: String,
    /// The label of the span.
    label: Option<&'static str>,
    help: String,
    /// The corrected tag as a whole.
    right: Option<String>,
    at_most: Option<Level>,
}

impl Slip {
    /// Creates the finding with `edit` as the fix.
    fn finding(self, span: Span, edit: Option<Edit>, safety: Safety) -> Finding {
        Finding {
            message: Some(self.message),
            label: self.label.map(str::to_owned),
            fix: edit.map(|edit| Fix::new(self.help.clone(), safety, [edit])),
            help: Some(self.help),
            at_most: self.at_most,
            ..Finding::at(span)
        }
    }

    fn of(tag: &str, fault: Fault<'_>) -> Self {
        let with_hyphen = tag.replace('_', "-");
        let corrected = match fault {
            Fault::Underscore => Some(with_hyphen),
            Fault::Long(part, code) => Some(tag.replacen(part, code, 1)),
            _ => None,
        };
        let right = corrected.filter(|tag| language_tag::fault(tag).is_none());
        let (message, label, help) = match fault {
            Fault::Underscore => (
                format!("`{tag}` is not a language tag: `_` is not a separator"),
                "`-` is the separator",
                "write `-` instead of `_`",
            ),
            Fault::Language(part) => (
                format!("`{part}` is not a language code"),
                "not a language code",
                "write a language code, such as `ko` or `en`",
            ),
            Fault::Long(part, code) => (
                format!("`{part}` is not the code that language tags have for this language"),
                "not a language code",
                code,
            ),
            Fault::Region(part) => (
                format!("`{part}` in `{tag}` is not a region code"),
                "not a region code",
                "write a region code, such as `US`, or remove it",
            ),
            Fault::Part(part) => (
                format!("`{part}` is not valid in a language tag"),
                "not a language tag",
                "write a language, and its region if that matters: `en`, `en-GB`",
            ),
        };
        let help = right.as_ref().map_or(help.to_owned(), |right| format!("write `{right}`"));
        Slip { message, label: Some(label), help, right, at_most: None }
    }
}

/// A mistake after the first part of a tag that begins with a valid language code. Other tags are not reported here:
/// `lang: js` may be a programming language. `_` is allowed as the separator, because many generators expect `ko_KR`.
fn locale_slip(tag: &str) -> Option<Slip> {
    let with_hyphen = tag.replace('_', "-");
    let (primary, _) = with_hyphen.split_once('-')?;
    let fault =
        language_tag::fault(&with_hyphen).filter(|_| primary.len() == 2 && language_tag::is_language(primary))?;
    Some(Slip::of(tag, fault))
}

impl LanguageCodeWrong {
    /// A common mistake: a country code or the name of a language instead of a language code.
    /// `is_meant`: whether the author may have meant the code as a language.
    fn slip(&self, is_meant: impl Fn(&str) -> bool, tag: &str) -> Option<Slip> {
        let primary = tag.split(['-', '_']).next().unwrap_or("");
        let known = |code| Some((code, self.codes.get(&str::to_lowercase(code))?));
        let (wrong, right) = known(tag).or_else(|| known(primary)).filter(|(wrong, _)| !is_meant(wrong))?;
        let help = format!("write `{right}`");
        let right = Some(tag.replacen(wrong, right, 1));
        let label = wrong.contains(['-', '_']).then_some("not a valid region");
        Some(Slip { message: what(wrong), label, help, right, at_most: None })
    }

    /// Checks the `lang` of any element (`<html lang="kr">`), and the `hreflang` of a link.
    fn attributes(&self, context: &mut Context<'_>, letters: &Letters<'_>, element: Element<'_>) {
        if !element.attributes().any(|attribute| matches!(attribute.name(), "lang" | "xml:lang" | "hreflang")) {
            return;
        }
        // On a block of code, `lang` is the programming language.
        let is_text = element.is_html() && !prose::is_code(element);
        // A component's `lang` may be the programming language, too.
        // So may that of an element that HTML does not have, such as `<typo:code>`, which blog programs replaced.
        let name = element.name();
        let is_code = ["code", "highlight", "syntax", "listing", "snippet"].iter().any(|word| name.contains(word));
        let is_component = name.contains(['-', ':']) || name == "template" || is_code;
        if !is_text || is_component || !context.document.shows(element) {
            return;
        }
        for attribute in element.attributes() {
            let leads_on = attribute.name() == "hreflang" && matches!(element.name(), "a" | "link");
            if leads_on || matches!(attribute.name(), "lang" | "xml:lang") {
                self.attribute(context, letters, element, attribute);
            }
        }
    }

    fn attribute(
        &self,
        context: &mut Context<'_>,
        letters: &Letters<'_>,
        element: Element<'_>,
        attribute: Attribute<'_>,
    ) {
        let document = context.document;
        let Some(tag) = attribute.known_value().map(str::trim).filter(|tag| !tag.is_empty()) else { return };
        let is_default = attribute.name() == "hreflang" && tag.eq_ignore_ascii_case("x-default");
        let is_of_page = element.name() == "html";
        let own = self
            .slip(|code| letters.mean(code), tag)
            .map(|slip| if is_of_page { letters.compared(slip) } else { slip });
        let slip = own.or_else(|| Some(Slip::of(tag, language_tag::fault(tag)?)));
        let is_alternate = attribute.name() == "hreflang" && element.name() == "link";
        let slip = slip.or_else(|| unknown_to_google(tag).filter(|_| is_alternate));
        let (Some(slip), Some(span)) = (slip.filter(|_| !is_default), attribute.value_span().or(element.start_tag()))
        else {
            return;
        };
        let written = verbatim(document.source.text(), attribute);
        let edit = written.zip(slip.right.as_ref()).map(|(written, right)| element::replace(written, right));
        context.report(slip.finding(span, edit, Safety::Safe));
    }
}

/// A region that Google does not support: a numeric one, as in `es-419`.
fn unknown_to_google(tag: &str) -> Option<Slip> {
    let region = tag.split('-').nth(1).filter(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))?;
    Some(Slip {
        message: format!("Google does not support the region `{region}`"),
        label: Some("search engines ignore this"),
        help: "use the language alone, or list one URL for each country".to_owned(),
        right: None,
        at_most: Some(Level::Info),
    })
}

/// The label for a wrong tag. The correction is in the help.
fn what(wrong: &str) -> String {
    match wrong {
        "kr" => "`kr` is the code of Kanuri, not of Korean".to_owned(),
        "tw" => "`tw` is the code of Twi, not of Chinese".to_owned(),
        _ if wrong.contains(['-', '_']) => format!("the region in `{wrong}` is not valid"),
        _ => format!("`{wrong}` is not a language code"),
    }
}

fn may_be_meant(code: &str) -> bool {
    ["kr", "tw"].iter().any(|known| known.eq_ignore_ascii_case(code))
}

/// Whether the code may be meant as a language in a text with these scripts: `kr` is Kanuri, spoken in Nigeria, unless
/// the text is written in Hangul; `tw` is Twi, spoken in Ghana, unless it is written in Han characters.
fn mean(code: &str, scripts: Scripts) -> bool {
    may_be_meant(code) && if code.eq_ignore_ascii_case("kr") { scripts.hangul == 0 } else { scripts.han == 0 }
}

/// The scripts used in a post, determined at most once for all wrong tags.
struct Letters<'d> {
    document: &'d Document<'d>,
    of_post: OnceCell<Scripts>,
}

/// Number of letters from which on a text shows what language it is in.
const MIN_LETTERS: usize = 200;

impl Letters<'_> {
    /// Whether the author may have meant the code as a language.
    fn mean(&self, code: &str) -> bool {
        may_be_meant(code) && mean(code, self.scripts())
    }

    fn scripts(&self) -> Scripts {
        *self.of_post.get_or_init(|| {
            let title = Scripts::of(self.document.field("title").text().unwrap_or(""));
            let texts = self.document.tree.text_nodes().filter(|node| prose::is_prose(*node));
            texts.fold(title, |scripts, node| scripts.and(Scripts::of(node.text())))
        })
    }

    /// The mistake, without the correction if the post is in another language: `cn` on a page in English.
    fn compared(&self, slip: Slip) -> Slip {
        let Some(right) = slip.right.as_deref() else { return slip };
        let scripts = self.scripts();
        let (own, other) = match right.get(..2) {
            Some("ko") => (scripts.hangul, "en"),
            Some("ja") => (scripts.kana + scripts.han, "en"),
            Some("zh") => (scripts.han, "en"),
            _ => (scripts.letters.saturating_sub(scripts.hangul + scripts.kana + scripts.han), "ko"),
        };
        if scripts.letters < MIN_LETTERS || own * 50 >= scripts.letters {
            return slip;
        }
        Slip { help: format!("write the language of the text, such as `{other}`"), right: None, ..slip }
    }
}
