//! Pelican's URLs. Facts: pelican/{contents,readers,settings}.py, version 4.10.
//! <https://docs.getpelican.com/en/stable/settings.html#url-settings>

mod metadata;
mod python;
mod settings;
mod slug;

use crate::document::read::front_matter::calendar::{DateTime, Written};
use crate::place::notes::has_come;
use crate::site::urls::around::Around;
use crate::site::urls::page::Page;
use crate::site::urls::page_url::{PageUrl, Publication};
use metadata::Metadata;
pub use settings::Settings;
use settings::is_in;

/// The extensions that its Markdown reader takes.
const MARKDOWN: [&str; 4] = ["md", "markdown", "mkd", "mdown"];

/// A file with what is known of it.
struct Content<'s> {
    settings: &'s Settings,
    metadata: Metadata,
    inside: &'s str,
    slug: Option<String>,
    date: Option<DateTime>,
}

impl Settings {
    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        let Some(inside) = self.inside(page.path) else { return Publication::Never };
        if self.is_unknown {
            return Publication::Unknown;
        }
        let extension = inside.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_page = self.pages.iter().any(|folder| is_in(inside, folder));
        let is_article = self.articles.iter().any(|folder| is_in(inside, folder)) && !self.is_excluded(inside);
        if self.is_ignored(inside) || !is_page && !is_article {
            return Publication::Never;
        }
        // Metadata of HTML is in its head.
        let text = around.files.read(page.path).filter(|_| MARKDOWN.contains(&extension));
        let Some(written) = text.as_deref().and_then(metadata::read) else { return Publication::Unknown };
        let Some(metadata) = self.complete(written, inside) else { return Publication::Unknown };
        let content = Content { settings: self, date: None, slug: None, inside, metadata };
        content.publication(is_page, around.now).unwrap_or(Publication::Unknown)
    }

    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.content.is_empty() { Some(path) } else { path.strip_prefix(&self.content)?.strip_prefix('/') }
    }

    /// The metadata with what the path and the config add; `None` if a pattern does not make it certain.
    fn complete(&self, written: Metadata, inside: &str) -> Option<Metadata> {
        let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mut metadata = Metadata::default();
        metadata.set("category", &self.category);
        let mut of_path = Metadata::default();
        for (pattern, text) in [(&self.of_name, stem), (&self.of_path, inside)] {
            let Some(pattern) = pattern else { continue };
            let Some(found) = pattern.captures(text) else { continue };
            for group in pattern.capture_names().flatten() {
                if let Some(value) = found.name(group).filter(|_| of_path.get(group).is_none()) {
                    of_path.set(&group.to_lowercase(), value.as_str());
                }
            }
        }
        let own = folder.rsplit('/').next().unwrap_or("");
        if self.folder_is_category && !own.is_empty() && of_path.get("category").is_none() {
            of_path.set("category", own);
        }
        metadata.extend(of_path);
        metadata.extend(written);
        Some(metadata)
    }
}

impl Content<'_> {
    /// `None` if it is not known.
    fn publication(mut self, is_page: bool, now: Option<i64>) -> Option<Publication> {
        let title = self.metadata.get("title").map(str::to_owned);
        let status = self.metadata.get("status").unwrap_or("published").trim().to_lowercase();
        if let Some(date) = self.metadata.get("date") {
            self.date = Some(moment(date)?);
        }
        let mut is_draft = status == "draft";
        match status.as_str() {
            "published" | "hidden" | "draft" => {}
            "skip" => return Some(Publication::Never),
            _ => return None,
        }
        // Without these, it is left out.
        if title.is_none() || !is_page && self.date.is_none() && !is_draft {
            return Some(Publication::Never);
        }
        if let (false, false, Some(date), Some(now)) = (is_page, self.settings.with_future, self.date, now) {
            // The day of the time zone is not certain.
            let at = date.unix_seconds();
            let (is_near, is_over) = (has_come(at - 86_399, now), has_come(at + 86_400, now));
            if is_near && !is_over {
                return None;
            }
            is_draft |= !is_over;
        }
        self.slug = self.slug(title.as_deref().unwrap_or(""));
        let kind = match (is_page, is_draft) {
            (true, true) => "DRAFT_PAGE",
            (true, false) => "PAGE",
            (false, true) => "DRAFT",
            (false, false) => "ARTICLE",
        };
        let language = self.metadata.get("lang").unwrap_or(&self.settings.language);
        let kind = if language == self.settings.language { kind.to_owned() } else { format!("{kind}_LANG") };
        let url = match self.metadata.get("url") {
            Some(url) => url.to_owned(),
            None => self.filled(self.settings.format(&format!("{kind}_URL")))?,
        };
        let file = match self.metadata.get("save_as") {
            Some(file) => file.to_owned(),
            None => self.filled(self.settings.format(&format!("{kind}_SAVE_AS")))?,
        };
        if file.is_empty() {
            return Some(Publication::Never);
        }
        shows(&url, &file).then(|| Publication::At(PageUrl::below(&self.settings.base, &url)))
    }

    fn slug(&self, title: &str) -> Option<String> {
        if let Some(slug) = self.metadata.get("slug").map(str::trim).filter(|slug| !slug.is_empty()) {
            return Some(slug.to_owned());
        }
        let name = self.inside.rsplit('/').next().unwrap_or(self.inside);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let source = if self.settings.slug_is_name { stem } else { title };
        let is_changed =
            self.settings.typogrifies && !self.settings.slug_is_name && source.contains(['"', '\'', '-', '.', '&']);
        if is_changed || !self.settings.makes_slugs { None } else { slug::slugified(source) }
    }

    /// Python's `str.format` with the values of this file.
    fn filled(&self, format: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = format;
        while let Some((before, after)) = rest.split_once('{') {
            let (field, left) = after.split_once('}')?;
            filled.push_str(before);
            let (name, spec) = field.split_once(':').unwrap_or((field, ""));
            filled.push_str(&match (name, spec) {
                ("date", spec) => strftime(spec, self.date?)?,
                (_, spec) if !spec.is_empty() => return None,
                ("slug", _) => self.slug.clone()?,
                ("lang", _) => self.metadata.get("lang").unwrap_or(&self.settings.language).to_owned(),
                ("category", _) if self.settings.makes_slugs => slug::slugified(self.metadata.get("category")?)?,
                ("category" | "author" | "path", _) => return None,
                (name, _) => self.metadata.get(name)?.to_owned(),
            });
            rest = left;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

/// Whether a server shows the file at the URL.
fn shows(url: &str, file: &str) -> bool {
    let (url, file) = (url.trim_start_matches('/'), file.trim_start_matches('/'));
    let folder = file.strip_suffix("index.html");
    url == file
        || file.strip_suffix(".html") == Some(url)
        || folder.is_some_and(|it| it.trim_end_matches('/') == url.trim_end_matches('/'))
}

/// A date as `dateutil` reads it in the usual notation.
fn moment(text: &str) -> Option<DateTime> {
    let text = text.replace('_', " ");
    let text = text.trim_matches(['\'', '"']);
    let written = Written::read(text.trim())?;
    let zone = written.rest.trim();
    let is_offset = zone.len() >= 5 && zone.starts_with(['+', '-']) && !zone.contains(char::is_alphabetic);
    if !written.date.exists() || !written.has_real_time() || !(zone.is_empty() || zone == "Z" || is_offset) {
        return None;
    }
    let (hour, minute, second) = written.time.unwrap_or((0, 0, None));
    Some(DateTime { date: written.date, hour, minute, second: second.unwrap_or(0), nanosecond: 0, offset: None })
}

/// The usual directives, without a locale.
fn strftime(format: &str, at: DateTime) -> Option<String> {
    let mut text = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        let mut directive = chars.next()?;
        let is_bare = directive == '-';
        if is_bare {
            directive = chars.next()?;
        }
        let number = match directive {
            'm' => at.date.month,
            'd' => at.date.day,
            'H' => at.hour,
            'M' => at.minute,
            'S' => at.second,
            'Y' | 'y' => 0,
            // The names of months are those of the machine's locale.
            _ => return None,
        };
        match directive {
            'Y' => text.push_str(&format!("{:04}", at.date.year)),
            'y' => text.push_str(&format!("{:02}", at.date.year % 100)),
            _ if is_bare => text.push_str(&number.to_string()),
            _ => text.push_str(&format!("{number:02}")),
        }
    }
    Some(text)
}
