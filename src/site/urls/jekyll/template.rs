//! Jekyll's templates of URLs: `/:categories/:year/:title/`.

use std::borrow::Cow;

/// `URL#generate_url_from_hash`: the tokens of a page, one after the other. Returns a path that is not normalized by
/// Jekyll any further.
pub fn replaced(template: &str, tokens: &[(&str, &str)]) -> String {
    let path = tokens
        .iter()
        .fold(template.to_owned(), |path, (name, value)| path.replace(&format!(":{name}"), &escaped(value)));
    sanitized(&path)
}

/// `URL#generate_url_from_drop`: the tokens of a document, longest name first; `None` if one is not known.
pub fn filled(template: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(':') {
        path.push_str(before);
        let length = after.bytes().take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_').count();
        let (name, end) = after.split_at_checked(length)?;
        rest = end;
        if name.is_empty() {
            path.push(':');
            continue;
        }
        // `:title_` is `:title` before an underscore.
        let short = name.strip_suffix('_').map(|short| (short, "_"));
        let (found, tail) = match (value(name), short) {
            (Some(found), _) => (found, ""),
            (None, Some((short, tail))) => (value(short)?, tail),
            (None, None) => return None,
        };
        path.push_str(&escaped(&found));
        path.push_str(tail);
    }
    path.push_str(rest);
    Some(sanitized(&path))
}

/// `URL.sanitize_url`
fn sanitized(path: &str) -> String {
    let path = format!("/{path}");
    if !path.contains("//") && !path.contains("..") && !path.contains("./") {
        return path;
    }
    let path = path.replace("..", "/").replace("./", "");
    let mut once = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !once.ends_with('/') {
            once.push(c);
        }
    }
    once
}

/// `URL.escape_path`: a percent sign in a name is not an escape.
fn escaped(text: &str) -> Cow<'_, str> {
    if text.contains('%') { text.replace('%', "%25").into() } else { text.into() }
}
