//! Metadata as the extension `meta` of python-markdown reads it: lines of `key: value`, with or without `---` around them.
//! <https://python-markdown.github.io/extensions/meta_data/>

/// Keys in lower case, with their values.
#[derive(Clone, Debug, Default)]
pub struct Metadata(Vec<(String, String)>);

impl Metadata {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Replaces a value.
    pub fn set(&mut self, key: &str, value: &str) {
        self.0.retain(|(name, _)| name != key);
        self.0.push((key.to_owned(), value.to_owned()));
    }

    /// Adds values, which replace others.
    pub fn extend(&mut self, other: Metadata) {
        for (key, value) in other.0 {
            self.set(&key, &value);
        }
    }
}

/// Keys that URLs may depend on, and that have one value.
const SINGLE: [&str; 8] = ["title", "date", "slug", "status", "lang", "category", "url", "save_as"];

/// Reads the lines at the start of a text. `None` if a key that matters has several values.
pub fn read(text: &str) -> Option<Metadata> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().peekable();
    if lines.peek().is_some_and(|line| is_fence(line, "---")) {
        lines.next();
    }
    let mut metadata = Metadata::default();
    let mut last: Option<String> = None;
    for line in lines {
        if line.trim().is_empty() || is_fence(line, "---") || is_fence(line, "...") {
            break;
        }
        if let Some((key, value)) = pair(line) {
            let key = key.to_lowercase();
            if metadata.get(&key).is_some() && SINGLE.contains(&key.as_str()) {
                return None;
            }
            metadata.set(&key, value.trim());
            last = Some(key);
            continue;
        }
        // Another value of the key above.
        let is_more = line.starts_with("    ");
        match &last {
            Some(key) if is_more && SINGLE.contains(&key.as_str()) => return None,
            Some(_) if is_more => {}
            _ => break,
        }
    }
    Some(metadata)
}

fn is_fence(line: &str, fence: &str) -> bool {
    line.strip_prefix(fence).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

fn pair(line: &str) -> Option<(&str, &str)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let (key, value) = line.trim_start_matches(' ').split_once(':').filter(|_| indent < 4)?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    is_key.then_some((key, value))
}
