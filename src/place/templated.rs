//! URLs that simple templates write, such as `{{ site.baseurl }}/about/` and `{% post_url 2024-05-01-boat %}`.

use crate::place::dialect::Generator;

/// What a template writes as a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Templated {
    /// A path below the base path of the site, with what follows it.
    Path(String),
    /// A path on the host of the site, with what follows it.
    OnHost(String),
    /// The URL of the file at this path inside the site, and what follows it.
    Source(String, String),
    /// The URL of the post of this name, and what follows it.
    Post(String, String),
    /// The URL of the Hugo page that this names.
    Ref(String),
}

/// Reads a URL that contains template syntax. `None` if it is not one of the simple templates.
pub fn templated(written: &str, generator: Generator) -> Option<Templated> {
    let written = written.trim();
    match generator {
        Generator::Hugo => hugo(written),
        Generator::Jekyll | Generator::Eleventy => liquid(written),
        _ => None,
    }
}

fn liquid(written: &str) -> Option<Templated> {
    let (mut rest, mut path, mut is_below_base, mut is_on_host) = (written, String::new(), false, false);
    while let Some(after) = rest.strip_prefix("{{") {
        let (expression, after) = after.split_once("}}")?;
        let expression = expression.trim_matches('-').trim();
        match expression {
            "site.baseurl" | "site.base_url" => is_below_base = true,
            "site.url" => is_on_host = true,
            _ => {
                path.push_str(&filtered(expression)?);
                is_below_base = true;
            }
        }
        rest = after;
    }
    if let Some(after) = rest.strip_prefix("{%") {
        let (tag, after) = after.split_once("%}")?;
        let (name, argument) = tag.trim_matches('-').trim().split_once(char::is_whitespace)?;
        let argument = argument.trim().trim_matches(['"', '\'']);
        let is_plain =
            !argument.is_empty() && !argument.contains(['{', '|']) && !after.contains('{') && path.is_empty();
        return match name {
            "link" if is_plain => Some(Templated::Source(argument.to_owned(), after.to_owned())),
            "post_url" if is_plain => Some(Templated::Post(argument.to_owned(), after.to_owned())),
            _ => None,
        };
    }
    path.push_str(rest);
    let is_path = (is_below_base || is_on_host)
        && !path.contains(['{', '}'])
        && (path.is_empty() || path.starts_with(['/', '?', '#']));
    is_path.then_some(if is_below_base { Templated::Path(path) } else { Templated::OnHost(path) })
}

/// The text of `"/about/" | relative_url`.
fn filtered(expression: &str) -> Option<String> {
    let mut parts = expression.split('|').map(str::trim);
    let literal = parts.next()?;
    let quote = literal.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let text = literal.strip_prefix(quote)?.strip_suffix(quote)?;
    let is_known = |filter: &str| {
        matches!(filter, "relative_url" | "absolute_url" | "url")
            || filter.strip_prefix("prepend:").is_some_and(|argument| argument.trim() == "site.baseurl")
    };
    let is_host = |filter: &str| filter.strip_prefix("prepend:").is_some_and(|argument| argument.trim() == "site.url");
    let (mut has_filter, mut are_known) = (false, true);
    for filter in parts {
        has_filter |= is_known(filter);
        are_known &= is_known(filter) || is_host(filter);
    }
    // Filters differ in what they make of spaces around a path.
    let is_path = !text.contains([quote, '{', ':']) && !text.starts_with("//") && text.trim() == text;
    (has_filter && are_known && is_path).then(|| format!("/{}", text.trim_start_matches('/')))
}

fn hugo(written: &str) -> Option<Templated> {
    let inside = |open: &str, close: &str| written.strip_prefix(open)?.strip_suffix(close);
    let shortcode = inside("{{<", ">}}").or_else(|| inside("{{%", "%}}"))?.trim();
    let (name, argument) = shortcode.split_once(char::is_whitespace)?;
    let argument = argument.trim();
    let argument = argument.strip_prefix("path=").unwrap_or(argument);
    let quote = argument.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'));
    let target = match quote {
        Some(quote) => argument.strip_prefix(quote)?.strip_suffix(quote)?,
        None => argument,
    };
    let is_plain = !target.is_empty() && !target.contains([' ', '"', '\'', '`', '{']);
    (matches!(name, "ref" | "relref") && is_plain).then(|| Templated::Ref(target.to_owned()))
}
