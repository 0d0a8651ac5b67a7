//! `rewrites`: patterns of path-to-regexp 6, as far as they name whole parts of a path.
//! <https://vitepress.dev/guide/routing#route-rewrites>

/// A rule.
#[derive(Clone, Debug)]
pub struct Rewrite {
    from: Vec<Part>,
    to: Vec<Part>,
}

/// A part of a pattern, between slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Text.
    Literal(String),
    /// A name for one part, followed by text: `:page`, `:page.md`.
    One(String, String),
    /// A name for all parts that are left: `:rest*`.
    Rest(String),
}

impl Rewrite {
    /// `None` for other patterns.
    pub fn of(from: &str, to: &str) -> Option<Self> {
        let (from, to) = (parts(from)?, parts(to.strip_prefix('/').unwrap_or(to))?);
        let rests = from.iter().filter(|part| matches!(part, Part::Rest(_))).count();
        let is_last = matches!(from.last(), Some(Part::Rest(_)));
        (rests == 0 || rests == 1 && is_last).then_some(Rewrite { from, to })
    }

    /// The path that the rule makes of another; `None` if it does not match.
    pub fn applied(&self, path: &str) -> Option<String> {
        let mut given = path.split('/');
        let mut values: Vec<(&str, String)> = Vec::new();
        for part in &self.from {
            match part {
                // Patterns ignore case.
                Part::Literal(text) => given.next().filter(|it| it.eq_ignore_ascii_case(text)).map(drop)?,
                Part::One(name, end) => {
                    let value = given.next()?;
                    let value = value.strip_suffix(end.as_str()).filter(|value| !value.is_empty())?;
                    values.push((name, value.to_owned()));
                }
                Part::Rest(name) => values.push((name, given.by_ref().collect::<Vec<_>>().join("/"))),
            }
        }
        if given.next().is_some() {
            return None;
        }
        let value = |name: &str| values.iter().find(|(it, _)| *it == name).map(|(_, value)| value.as_str());
        let made = self.to.iter().map(|part| match part {
            Part::Literal(text) => Some(text.clone()),
            Part::One(name, end) => Some(format!("{}{end}", value(name)?)),
            Part::Rest(name) => Some(value(name)?.to_owned()),
        });
        let made: Vec<String> = made.collect::<Option<_>>()?;
        Some(made.join("/"))
    }
}

fn parts(pattern: &str) -> Option<Vec<Part>> {
    pattern.split('/').map(part).collect()
}

fn part(text: &str) -> Option<Part> {
    let is_special = |c: char| "(){}*+?^$|\\:[]".contains(c);
    let Some(rest) = text.strip_prefix(':') else {
        return (!text.contains(is_special)).then(|| Part::Literal(text.to_owned()));
    };
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
    match after {
        "*" | "(.*)" => Some(Part::Rest(name.to_owned())),
        after if !after.contains(is_special) => Some(Part::One(name.to_owned(), after.to_owned())),
        _ => None,
    }
}
