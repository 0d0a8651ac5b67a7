//! `url-malformed`: a URL with a typo, so that browsers cannot open it or open another one.

use crate::diagnostic::{Fix, Level, Safety};
use crate::document::ask::bare_link::is_bare_link;
use crate::document::ask::tokens::verbatim;
use crate::document::{Document, Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::is_curly;
use crate::url::{Space, host, is_words, scheme, spaces, with_spaces};
use serde::Deserialize;

/// The only option is the list of misspelled schemes: all other errors are defined by the URL standard.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct UrlMalformed {
    misspelled_schemes: Vec<String>,
}

/// What is wrong with a URL, and the corrected URL if it is known.
struct Fault {
    message: String,
    meant: Option<(String, Safety)>,
    /// What to do, if there is no corrected URL.
    help: Option<String>,
    /// Whether browsers open the URL, which is probably a typo.
    is_typo: bool,
    at_most: Option<Level>,
}

impl Check for UrlMalformed {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(href) = element.attribute("href").filter(|_| element.is_html()) else { return };
        let Some(address) = href.known_value().map(str::trim).filter(|address| !address.is_empty()) else { return };
        // `markup-broken` reports curly quotes in place of straight ones.
        let quotes_are_wrong = href.quote().is_none() && element.origin() == Origin::Html;
        // Engines differ in how much punctuation of the sentence they include in a bare URL.
        if is_sound(address) || is_bare_link(element) || quotes_are_wrong && address.starts_with(is_curly) {
            return;
        }
        // URLs with placeholders are examples.
        if address.bytes().any(|b| matches!(b, b'{' | b'}' | b'<' | b'>' | b'$' | b'[')) {
            return;
        }
        let fault = self.fault(address, element.origin() == Origin::Html);
        let Some(fault) = fault.or_else(|| host_without_dot(context.document, element, address)) else { return };
        let written = verbatim(context.document.source.text(), href);
        let fix = fault.meant.as_ref().zip(written).map(|((meant, safety), span)| Fix::write(meant, span, *safety));
        if let Some(span) = href.value_span().or(element.start_tag()) {
            let help = fault.meant.map(|(meant, _)| format!("write `{meant}`")).or(fault.help);
            // Browsers open a URL with a space or with punctuation at its end.
            let label = fault.is_typo.then(|| "this is probably a typo".to_owned());
            context.report(Finding {
                message: Some(fault.message),
                label,
                help,
                fix,
                at_most: fault.at_most,
                ..Finding::at(span)
            });
        }
    }
}

/// A cheap check that accepts nearly all valid URLs.
fn is_sound(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else { return false };
    let end = rest.bytes().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let (host, path) = rest.as_bytes().split_at(end);
    let is_part = |part: &[u8]| !part.is_empty() && part.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    let is_plain_end = |last: &u8| last.is_ascii() && !matches!(last, b')' | b'.' | b',' | b';');
    let is_hole = |b: &u8| matches!(b, b' ' | b'\n' | b'\r' | b'\t' | b'{' | b'}' | b'<' | b'>' | b'$' | b'[');
    host.contains(&b'.')
        && host.strip_suffix(b".").unwrap_or(host).split(|b| *b == b'.').all(is_part)
        && path.last().is_none_or(is_plain_end)
        && !path.iter().any(is_hole)
}

impl UrlMalformed {
    fn fault(&self, address: &str, is_html: bool) -> Option<Fault> {
        if address.contains(['\n', '\r', '\t']) {
            return line_fault(address);
        }
        self.one_line_fault(address, is_html)
    }

    fn one_line_fault(&self, address: &str, is_html: bool) -> Option<Fault> {
        let safe = |message: &str, meant: String| Some(Fault::new(message, Some((meant, Safety::Safe))));
        // A relative path or a fragment has neither a scheme nor a host.
        if address.starts_with(['#', '.', '?']) || (address.starts_with('/') && !address.starts_with("//")) {
            return is_html.then(|| blank_fault(address)).flatten().or_else(|| sentence_fault(address));
        }
        if let Some(rest) = after_http(address).filter(|rest| rest.starts_with("//")) {
            return http_fault(address, rest, is_html);
        }
        let lower = address.to_ascii_lowercase();
        if let Some((right, rest)) = self.misspelled_scheme(&lower, address) {
            return safe("the scheme of the URL is misspelled", format!("{right}://{rest}"));
        }
        if let Some(rest) = after_http(address) {
            return http_fault(address, rest, is_html);
        }
        for wrong in ["mailto://", "tel://"] {
            if lower.starts_with(wrong) {
                let meant = format!("{}{}", &address[..wrong.len() - 2], &address[wrong.len()..]);
                return safe("`//` is not allowed in this URL", meant);
            }
        }
        if lower.starts_with("www.") && lower[4..].contains('.') {
            let meant = Some((format!("https://{address}"), Safety::Unsafe));
            return Some(Fault::new("a URL without `https://` is a path on your own site", meant));
        }
        if is_mail_address(address) {
            return safe("an email address without `mailto:` is a path on your own site", format!("mailto:{address}"));
        }
        if let Some(inside) = address.strip_prefix('(').filter(|inside| after_http(inside).is_some()) {
            let meant = inside.strip_suffix(')').unwrap_or(inside).to_owned();
            return Some(Fault::new("a `(` is parsed as part of the URL", Some((meant, Safety::Unsafe))));
        }
        if let Some(quote) = address.chars().next().filter(|c| matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '「'))
        {
            let is_paired = address.chars().skip(1).any(|c| c == quote || matches!(c, '”' | '’' | '」'));
            let help =
                if is_paired { "remove the quotation marks".to_owned() } else { format!("remove the `{quote}`") };
            return Some(Fault::unsure("a quotation mark is parsed as part of the URL", &help));
        }
        if let Some(scheme) = scheme(address) {
            return without_recipient(address, scheme);
        }
        if address.starts_with("//") && address.trim_start_matches(['/', '\\']).split(['?', '#']).next() == Some("") {
            return Some(Fault::unsure("the URL has no host", "write the whole URL, or remove the link"));
        }
        is_html.then(|| blank_fault(address)).flatten().or_else(|| sentence_fault(address))
    }

    /// For `htp://example.com`, the correct scheme and the rest of the URL.
    fn misspelled_scheme<'a>(&self, lower: &str, address: &'a str) -> Option<(&'static str, &'a str)> {
        let end = lower.find(|c: char| !c.is_ascii_alphabetic())?;
        let (name, rest) = (&lower[..end], &address[end..]);
        let after = rest.trim_start_matches([':', ';']);
        let host = after.strip_prefix("//")?;
        let known = self.misspelled_schemes.iter().any(|scheme| scheme == name);
        let punctuation = matches!(name, "http" | "https") && !rest.starts_with("://");
        let right = if name.ends_with('s') { "https" } else { "http" };
        ((known || punctuation) && !host.is_empty() && !host.starts_with('/')).then_some((right, host))
    }
}

impl Fault {
    fn new(message: &str, meant: Option<(String, Safety)>) -> Self {
        Fault { message: message.to_owned(), meant, help: None, is_typo: false, at_most: None }
    }

    /// A URL whose correction is not known, and what to do.
    fn unsure(message: &str, help: &str) -> Self {
        Fault { help: Some(help.to_owned()), ..Fault::new(message, None) }
    }

    /// A URL that browsers open, or a path on the site.
    fn mild(message: &str, meant: Option<(String, Safety)>) -> Self {
        Fault { at_most: Some(Level::Warn), is_typo: true, ..Fault::new(message, meant) }
    }
}

/// `mailto:`, `tel:` and `sms:` without an address. `mailto:?subject=…` lets readers choose one.
fn without_recipient(address: &str, scheme: &str) -> Option<Fault> {
    let is_contact = ["mailto", "tel", "sms"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let target = address.get(scheme.len() + 1..).unwrap_or("");
    let is_empty = is_contact && !target.contains('?') && !target.contains(char::is_alphanumeric);
    let scheme = scheme.to_ascii_lowercase();
    is_empty.then(|| Fault {
        help: Some("write whom the link should reach, or remove it".to_owned()),
        is_typo: false,
        ..Fault::mild(&format!("`{scheme}:` without an address leads nowhere"), None)
    })
}

/// Reports a line ending or a tab, which browsers remove from a URL. <https://url.spec.whatwg.org/#concept-basic-url-parser>
fn line_fault(address: &str) -> Option<Fault> {
    let meant: String = address.split(['\n', '\r', '\t']).map(|part| part.trim_matches(' ')).collect();
    let opened: String = address.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    let what = if address.contains(['\n', '\r']) { "a line ending" } else { "a tab" };
    // With spaces around it, browsers open another URL.
    let safety = if meant == opened { Safety::Safe } else { Safety::Unsafe };
    let is_one = !meant.contains(' ') && !meant.contains("://") || meant.matches("://").count() == 1;
    Some(Fault::mild(&format!("the URL contains {what}"), is_one.then_some((meant, safety))))
}

/// The part of a URL after `http:` or `https:`.
fn after_http(address: &str) -> Option<&str> {
    let is_it = |scheme: &&str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let scheme = ["http:", "https:"].into_iter().find(is_it)?;
    address.get(scheme.len()..)
}

fn http_fault(address: &str, rest: &str, is_html: bool) -> Option<Fault> {
    let scheme = if address.len() - rest.len() == "https:".len() { "https" } else { "http" };
    let slashes = rest.len() - rest.trim_start_matches(['/', '\\']).len();
    let after = &rest[slashes..];
    if after.is_empty() {
        return Some(Fault::unsure("the URL ends after its scheme", "write the whole URL, or remove the link"));
    }
    let begins = |scheme: &str| after.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if ["http:/", "https:/", "http//", "https//"].into_iter().any(begins) {
        let once = after.replacen(":/", "//", 1).replacen("////", "//", 1).replacen("///", "//", 1);
        let meant = once.replacen("//", "://", 1);
        return Some(Fault::new("the URL has two schemes", Some((meant, Safety::Unsafe))));
    }
    if !rest.starts_with("//") || slashes != 2 {
        let meant = after.contains('.').then(|| (format!("{scheme}://{after}"), Safety::Safe));
        return Some(Fault::new("exactly `//` must follow the scheme of a URL", meant));
    }
    let host = host(address).unwrap_or_default();
    if host.contains(' ') && is_html {
        return blank_fault(address);
    }
    if let Some(wrong) = host.chars().find(|c| c.is_whitespace() || matches!(c, ',' | '^' | '|' | '"' | '`' | '\\')) {
        let help = match wrong {
            ',' => "write `.` instead of the `,`, or remove it".to_owned(),
            c if c.is_whitespace() => "remove the space".to_owned(),
            other => format!("remove the `{other}`"),
        };
        return Some(Fault::unsure(&format!("`{wrong}` is not allowed in a host name"), &help));
    }
    if host.contains("..") || host.starts_with('.') {
        return Some(Fault::unsure(
            "the host name has a dot without a name before it",
            "remove the dot, or write the name",
        ));
    }
    is_html.then(|| blank_fault(address)).flatten().or_else(|| sentence_fault(address))
}

/// Number of bytes before and after a link in which its host is looked for.
const NEAR: usize = 20_000;

/// Reports a slash in place of a dot, if the host that is meant is named near by: `https://example/com`.
fn host_without_dot(document: &Document<'_>, link: Element<'_>, address: &str) -> Option<Fault> {
    let short = host(address).filter(|host| !host.contains(['.', ':', '[']))?;
    let rest = after_http(address)?.trim_start_matches('/').strip_prefix(&*short)?.strip_prefix('/')?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let meant = format!("{short}.{}", rest.get(..end)?);
    let (text, at) = (document.source.text(), link.start_tag()?.start as usize);
    let start = text.floor_char_boundary(at.saturating_sub(NEAR));
    let near = text.get(start..text.ceil_char_boundary(at.saturating_add(NEAR)))?;
    let is_named = ["//", "//www."].iter().any(|before| {
        let found = near.split_once(&format!("{before}{meant}"));
        found.is_some_and(|(_, after)| !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.')))
    });
    let scheme = scheme(address)?;
    is_named.then(|| {
        let written = format!("{scheme}://{meant}{}", &rest[end..]);
        Fault::new("the host name has no dot", Some((written, Safety::Unsafe)))
    })
}

/// Reports punctuation of the sentence at the end of a URL. A query or a fragment may end with any character.
fn sentence_fault(address: &str) -> Option<Fault> {
    if address.contains(['?', '#']) {
        return None;
    }
    if let Some(name) = unknown_reference(address) {
        let message = format!("`&{name};` is not a character reference, so this is not the URL");
        return Some(Fault { help: Some("write the URL".to_owned()), is_typo: false, ..Fault::mild(&message, None) });
    }
    let before_stop = address.trim_end_matches(['.', ',', ';', ':', '!']);
    let count = |c: char| address.matches(c).count();
    let (message, meant) = if let Some(inside) = before_stop.strip_suffix(')').filter(|_| count(')') > count('(')) {
        ("the URL ends with an unmatched `)`", inside)
    } else if let Some(inside) = address.strip_suffix([',', ';']).filter(|inside| !inside.contains([',', ';'])) {
        ("the punctuation after the URL is parsed as part of it", inside)
    } else if let Some(inside) = address.strip_suffix('.').filter(|inside| is_file(inside)) {
        ("the full stop after the URL is parsed as part of it", inside)
    } else if let Some(inside) = address.strip_suffix(['。', '，', '、', '；', '：']) {
        ("the punctuation after the URL is parsed as part of it", inside)
    } else {
        return None;
    };
    Some(Fault::mild(message, Some((meant.to_owned(), Safety::Unsafe))))
}

/// The name of an entity at the end of a URL that HTML does not define, such as one of a document type: `&myURI;`.
fn unknown_reference(address: &str) -> Option<&str> {
    let (_, name) = address.strip_suffix(';')?.rsplit_once('&')?;
    (!name.is_empty() && name.chars().all(char::is_alphanumeric)).then_some(name)
}

/// Whether the URL refers to a file. A full stop at the end may belong to its name, as in `/wiki/Example_Inc.`.
fn is_file(address: &str) -> bool {
    const EXTENSIONS: [&str; 12] =
        ["html", "htm", "php", "pdf", "png", "jpg", "jpeg", "gif", "svg", "webp", "zip", "md"];
    address.rsplit_once('.').is_some_and(|(_, end)| EXTENSIONS.iter().any(|it| it.eq_ignore_ascii_case(end)))
}

/// Reports a space in the path: browsers encode it as `%20`, other programs end the URL there.
fn blank_fault(address: &str) -> Option<Fault> {
    if !address.contains(' ') || address.starts_with('#') {
        return None;
    }
    if is_words(address) {
        let message = "the link has words instead of a URL";
        let help = Some("write the URL, or remove the link".to_owned());
        return Some(Fault { help, is_typo: false, ..Fault::mild(message, None) });
    }
    let meant = without_spaces(address);
    // No browser opens a host with a space.
    let is_host = host(address).is_some_and(|host| host.contains(' '));
    let help = Some("remove the space, or write `%20` if it belongs there".to_owned());
    let at_most = (!is_host).then_some(Level::Warn);
    Some(Fault { at_most, is_typo: !is_host, help, ..Fault::mild("the URL contains a space", meant) })
}

/// The URL without spaces. Removing one is unsafe: browsers open another URL.
pub(super) fn without_spaces(address: &str) -> Option<(String, Safety)> {
    let spaces = spaces(address)?;
    let is_encoded = spaces.iter().all(|(_, space)| *space == Space::Encoded);
    Some((with_spaces(address, &spaces), if is_encoded { Safety::Safe } else { Safety::Unsafe }))
}

fn is_mail_address(address: &str) -> bool {
    let Some((user, domain)) = address.split_once('@') else { return false };
    let word = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'))
    };
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    word(user) && word(domain) && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic())
}
