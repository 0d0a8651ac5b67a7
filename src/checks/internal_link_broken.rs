//! `internal-link-broken`: a link to a page or a post that the site does not have.

use crate::built::{Broken, BuiltSite, Kind};
use crate::checks::fragment_broken::may_have;
use crate::diagnostic::{Fix, Level, Safety};
use crate::facts::target::Target;
use crate::facts::territory::{Absent, absent, in_other_form, is_missing_file};
use crate::facts::{Found, Link, PageFacts, SiteFacts};
use crate::place::dialect::Generator;
use crate::place::files::relative;
use crate::rule::{BuiltContext, Check, Finding, SiteContext, Wants};
use crate::site::urls::{PageUrl, Publication};
use crate::url::{path_and_query, percent_decoded, scheme};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct InternalLinkBroken {}

impl Check for InternalLinkBroken {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        for (at, page) in site.pages.iter().enumerate() {
            if !context.wants(at) || page.publication == Publication::Never || page.is_copied {
                continue;
            }
            for link in &page.links {
                if let Some(finding) = finding(site, page, link) {
                    context.report(at, Finding { span: link.span, ..finding });
                }
            }
            for tag in &page.naming_tags {
                if let Some(finding) = finding(site, page, tag) {
                    let label = Some("Jekyll stops the build here".to_owned());
                    let help = finding.help.or_else(|| Some("correct the name, or remove the tag".to_owned()));
                    context.report(at, Finding { span: tag.span, label, help, ..finding });
                }
            }
        }
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["url-malformed"]
    }

    fn wants_built(&self) -> bool {
        true
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        let kinds = [
            (Kind::Link, "targets of links"),
            (Kind::Download, "linked documents, archives and pictures"),
            (Kind::File, "style sheets, scripts and other files"),
        ];
        let lacking = kinds.map(|(kind, what)| (kind, what, site.lacking(kind)));
        for (_, what, lacking) in lacking {
            lacking.into_iter().for_each(|lacking| context.leave_unchecked(lacking, what));
        }
        let is_told = |broken: &&Broken| {
            broken.fragment.is_none() && !lacking.iter().any(|(kind, _, it)| *kind == broken.kind && it.is_some())
        };
        for broken in site.broken().iter().filter(is_told) {
            let finding = match broken.kind {
                Kind::Link => {
                    let message = Some(format!("no page of this site has the URL `{}`", broken.url));
                    Finding { message, ..Finding::default() }
                }
                Kind::Download | Kind::File => {
                    let label = Some("no such file".to_owned());
                    Finding { label, ..no_file(broken.url.trim_start_matches('/'), None, None) }
                }
                Kind::Picture => continue,
            };
            context.report_broken(broken, finding);
        }
    }
}

fn finding(site: &SiteFacts<'_>, page: &PageFacts, link: &Link) -> Option<Finding> {
    // Punctuation of the sentence that an engine takes for a part of a bare URL.
    let ends_with_sentence = link.href.ends_with(['）', '】', '」', '』', '》', '。', '，', '、', '；', '：']);
    if ends_with_sentence {
        return None;
    }
    match (site.index().find(&link.target), &link.target) {
        (Found::Nothing, _) => {}
        (Found::Page(_), Target::Url(url)) if !link.is_markdown || !is_page_of_hugo(site, link, url.as_str()) => {
            // A host that is configured elsewhere may answer it with the page.
            let other = in_other_form(site, url).map(|meant| no_page(site, link, url, Some(meant)));
            return other.map(|found| Finding { at_most: Some(Level::Warn), ..found });
        }
        _ => return None,
    }
    match &link.target {
        Target::Url(url) if is_missing_file(site, url) => Some(Finding {
            label: Some("no such file".to_owned()),
            ..no_file(percent_decoded(url.as_str()).trim_start_matches('/'), None, None)
        }),
        Target::Url(url) if link.is_markdown && is_page_of_hugo(site, link, url.as_str()) => None,
        Target::Url(url) => match absent(site, url)? {
            Absent::NotPublished(other) => Some(not_published(site.pages.get(other)?)),
            Absent::NoPage(meant) => {
                let other = |meant: &usize| site.pages.get(*meant).is_some_and(|other| other.path != page.path);
                Some(no_page(site, link, url, meant.filter(other)))
            }
        },
        Target::Source(path) => of_source(site, page, link, path),
        Target::Content(path) => {
            let is_read =
                matches!(site.site.generator, Generator::VitePress | Generator::Docusaurus | Generator::MkDocs);
            let is_known = site.index().files.is_whole() && site.index().files.named(name_of(path)).is_empty();
            (is_read && is_known).then(|| no_file(path, None, None))
        }
        Target::Post(name) if site.index().files.is_whole() => {
            Some(Finding { message: Some(format!("the site has no post `{name}`")), ..Finding::default() })
        }
        Target::Ref(name) if site.index().files.is_whole() => {
            Some(Finding { message: Some(format!("the site has no page `{name}`")), ..Finding::default() })
        }
        _ => None,
    }
}

/// No page has the URL of a link; the page that was probably meant.
fn no_page(site: &SiteFacts<'_>, link: &Link, url: &PageUrl, meant: Option<usize>) -> Finding {
    let meant = meant.and_then(|meant| site.pages.get(meant));
    let message = Some(format!("no page of this site has the URL `{}`", percent_decoded(url.as_str())));
    let lost = link.fragment.as_deref().filter(|fragment| meant.is_some_and(|meant| !may_have(meant, fragment)));
    let help = meant.and_then(did_you_mean).map(|help| match lost {
        Some(fragment) => format!("{help} That page has no element with the id `{fragment}`"),
        None => help,
    });
    let fix = meant.filter(|_| lost.is_none()).and_then(|meant| rewrite(link, meant.url()?));
    Finding { message, help, fix, ..Finding::default() }
}

/// Whether the link may be the path of a source file, which render hooks of Hugo turn into the URL of its page: one that is
/// not in the same spelling, or is relative to the file.
fn is_page_of_hugo(site: &SiteFacts<'_>, link: &Link, url: &str) -> bool {
    let has_host = scheme(&link.href).is_some() || link.href.starts_with("//");
    let is_spelled = || has_host || link.href.starts_with('/') && !url.bytes().any(|byte| byte.is_ascii_uppercase());
    site.site.generator == Generator::Hugo && !is_spelled() && site.index().is_known_to_hugo(url)
}

fn did_you_mean(page: &PageFacts) -> Option<String> {
    match page.publication.possible() {
        [] => None,
        [url] => Some(format!("did you mean `{}`?", percent_decoded(url.as_str()))),
        [one, other, ..] => Some(format!(
            "did you mean `{}`, which is `{}` in another time zone?",
            percent_decoded(one.as_str()),
            percent_decoded(other.as_str())
        )),
    }
}

fn not_published(other: &PageFacts) -> Finding {
    Finding {
        message: Some(format!("the site does not publish `{}`, the page of this link", other.path)),
        label: Some("not published".to_owned()),
        help: Some("publish the page, or remove the link".to_owned()),
        ..Finding::default()
    }
}

fn no_file(path: &str, help: Option<String>, fix: Option<Fix>) -> Finding {
    Finding { message: Some(format!("the site has no file `{path}`")), help, fix, ..Finding::default() }
}

/// A link to a source file that is not there.
fn of_source(site: &SiteFacts<'_>, page: &PageFacts, link: &Link, path: &str) -> Option<Finding> {
    let files = &site.index().files;
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.split('.').next().unwrap_or(name);
    let beside = site.files.files(folder);
    // A translation, or a page for several names.
    let is_other =
        |file: &String| file.starts_with('[') || file.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.'));
    if !files.is_whole() || files.is_ignored(path) || beside.iter().any(is_other) {
        return None;
    }
    let elsewhere: Vec<&String> = files.named(name).iter().collect();
    let is_certain = match site.site.generator {
        Generator::MkDocs | Generator::VitePress | Generator::MdBook | Generator::Zola => true,
        Generator::Jekyll => !link.is_templated || site.index().ending_with(path).is_empty(),
        Generator::Docusaurus => {
            let written = percent_decoded(link.href.split(['?', '#']).next().unwrap_or(""));
            site.index().ending_with(written.trim_start_matches(['.', '/'])).is_empty()
        }
        _ => elsewhere.is_empty(),
    };
    let meant = if let [one] = elsewhere.as_slice() { Some(one.as_str()) } else { None };
    let written = |meant: &str| {
        if link.is_templated { meant.to_owned() } else { relative(&page.path, meant).replace(' ', "%20") }
    };
    let help = meant.map(|meant| format!("did you mean `{}`?", written(meant)));
    let is_plain = link.is_verbatim && !link.is_templated && !link.href.starts_with('@');
    let fix =
        meant.filter(|_| is_plain).map(|meant| Fix::write(&with_end(link, &written(meant)), link.span, Safety::Unsafe));
    is_certain.then(|| no_file(path, help, fix))
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A URL with the query and the fragment of a link.
fn with_end(link: &Link, url: &str) -> String {
    let end = link.href.find(['?', '#']).and_then(|at| link.href.get(at..)).unwrap_or("");
    format!("{url}{end}")
}

/// The fix that writes the URL of a page into a link, which keeps its host, query and fragment.
fn rewrite(link: &Link, url: &str) -> Option<Fix> {
    let host = link.href.strip_suffix(path_and_query(&link.href))?;
    let url = with_end(link, &format!("{host}{url}"));
    (link.is_verbatim && !link.is_templated).then(|| Fix::write(&url, link.span, Safety::Unsafe))
}
