//! Hugo's patterns of permalinks: `/:year/:slug/`. <https://gohugo.io/configuration/permalinks/#tokens>

use crate::document::read::front_matter::calendar::DateTime;
use crate::site::urls::hugo::content::{File, Kind, Tree};
use crate::site::urls::hugo::fields::Fields;
use crate::site::urls::hugo::path;
use crate::site::urls::time::{DAYS, MONTHS, short};

/// The path that a pattern makes; `None` if it is not known.
pub fn expanded(pattern: &str, tree: &Tree<'_>, file: &File<'_>, fields: &Fields) -> Option<String> {
    if pattern.contains("\\:") {
        return None;
    }
    let mut expanded = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once(':') {
        expanded.push_str(before);
        let length = after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').map(char::len_utf8).sum();
        let (name, end) = after.split_at_checked(length)?;
        if name.is_empty() {
            expanded.push(':');
            rest = after;
            continue;
        }
        let cut = end.strip_prefix('[').and_then(|inside| inside.split_once(']'));
        let (cut, end) = cut.map_or((None, end), |(cut, end)| (Some(cut), end));
        expanded.push_str(&value(name, cut, tree, file, fields)?);
        rest = end;
    }
    expanded.push_str(rest);
    Some(expanded)
}

fn value(name: &str, cut: Option<&str>, tree: &Tree<'_>, file: &File<'_>, fields: &Fields) -> Option<String> {
    let urlized = |text: &str| escaped(&path::sanitized(text, tree.settings));
    let slug = fields.slug()?.map(|slug| urlized(&slug));
    let title = || {
        let title = fields.title(file.kind)?;
        // Slashes in titles were kept in old versions.
        let has_slash = title.contains(['/', '\\']);
        match tree.settings.is_new {
            Some(true) => Some(urlized(&title.replace(['/', '\\'], "-"))),
            _ if has_slash => None,
            _ => Some(urlized(&title)),
        }
    };
    if cut.is_some() && name != "sections" {
        return None;
    }
    match name {
        "section" => Some(path_of(file.section(), tree)),
        "sections" => {
            let sections: Vec<String> = tree.sections(file).iter().map(|section| path_of(section, tree)).collect();
            let cut = match cut {
                Some(cut) => cut_out(&sections, cut)?,
                None => &sections,
            };
            Some(cut.join("/"))
        }
        "title" => title(),
        "slug" => slug.map_or_else(title, Some),
        "filename" => Some(urlized(file.named())),
        "slugorfilename" => slug.or_else(|| Some(urlized(file.named()))),
        "contentbasename" if file.kind == Kind::Page => Some(urlized(file.named())),
        "slugorcontentbasename" if file.kind == Kind::Page => slug.or_else(|| Some(urlized(file.named()))),
        _ => date(name, fields.date()?),
    }
}

fn path_of(section: &str, tree: &Tree<'_>) -> String {
    if tree.settings.keeps_case { section.to_owned() } else { path::normalized(section) }
}

/// `URLEscape`, as far as it matters before the whole is decoded again: a fragment that is empty is lost.
fn escaped(text: &str) -> String {
    let text = if text.find('#') == text.len().checked_sub(1) { text.trim_end_matches('#') } else { text };
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_escape = c == '%' && text.bytes().skip(at + 1).take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        if c == '%' && !is_escape { escaped.push_str("%25") } else { escaped.push(c) }
    }
    escaped
}

/// `[1:]`, `[last]`, `[:2]`, `[0]`: out of bounds is empty.
fn cut_out<'s>(sections: &'s [String], cut: &str) -> Option<&'s [String]> {
    let number = |text: &str| match text.trim() {
        "last" => Some(sections.len().checked_sub(1)),
        text => text.parse::<usize>().ok().map(Some),
    };
    let found = match cut.split_once(':') {
        None => {
            let Some(at) = number(cut)? else { return Some(&[]) };
            sections.get(at..at + 1)
        }
        Some((low, high)) => {
            let low = if low.is_empty() { Some(0) } else { number(low)? };
            let high = if high.is_empty() { Some(sections.len()) } else { number(high)? };
            let (Some(low), Some(high)) = (low, high) else { return Some(&[]) };
            if low >= sections.len() { None } else { sections.get(low..high.min(sections.len())) }
        }
    };
    Some(found.unwrap_or(&[]))
}

/// The part of a date that a token names: a word, or the reference date in Go's layouts.
fn date(name: &str, at: DateTime) -> Option<String> {
    let date = at.date;
    let month = || MONTHS.get(date.month.checked_sub(1)? as usize).copied();
    let day = DAYS.get(date.weekday()).copied()?;
    Some(match name {
        "year" => date.year.to_string(),
        "month" | "01" => format!("{:02}", date.month),
        "monthname" | "January" => month()?.to_owned(),
        "day" | "02" => format!("{:02}", date.day),
        "weekday" => date.weekday().to_string(),
        "weekdayname" | "Monday" => day.to_owned(),
        "yearday" => date.day_of_year().to_string(),
        "2006" => format!("{:04}", date.year),
        "06" => format!("{:02}", date.year % 100),
        "1" => date.month.to_string(),
        "2" => date.day.to_string(),
        "Jan" => short(month()?).to_owned(),
        "Mon" => short(day).to_owned(),
        "15" => format!("{:02}", at.hour),
        "04" => format!("{:02}", at.minute),
        "05" => format!("{:02}", at.second),
        "002" => format!("{:03}", date.day_of_year()),
        _ => return None,
    })
}
