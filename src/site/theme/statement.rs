//! Evaluates statements of Liquid, Nunjucks, Jinja and Tera: `{% … %}`.

use crate::site::theme::blocks::{first_word, named};
use crate::site::theme::scope::Naming;
use crate::site::theme::templates::Template;
use crate::site::theme::walk::{Condition, Walk};

impl<'a> Walk<'a, '_> {
    /// Evaluates a statement. Returns the index of the next piece.
    pub(super) fn statement(&mut self, file: &'a Template, code: &str, line: u32, at: usize, end: usize) -> usize {
        let (word, rest) = first_word(code);
        match word {
            "comment" | "raw" | "verbatim" | "macro" => return end.max(at) + 1,
            "assign" | "set" if rest.contains('=') => self.assign(file, rest, line),
            "capture" | "set" => {
                self.capture(file, named(rest), at, end);
                return end.max(at) + 1;
            }
            "block" if self.defines.contains_key(named(rest)) => {
                if let Some(define) = self.defines.get(named(rest)).cloned() {
                    self.run(define.file, define.part);
                }
                return end.max(at) + 1;
            }
            "if" | "unless" | "case" => {
                let keys = self.asked(file, rest, line);
                let guards = self.guards(rest);
                self.conditions.push(Condition { guards, ..Condition::new(keys, end) });
            }
            "elsif" | "elif" | "elseif" | "when" => {
                let keys = self.asked(file, rest, line);
                let guards = self.guards(rest);
                if let Some(condition) = self.conditions.last_mut() {
                    condition.keys.extend(keys);
                    condition.guards &= guards;
                }
            }
            "for" | "tablerow" => {
                let (names, list) = rest.split_once(" in ").unwrap_or(("", rest));
                let keys = self.asked(file, list, line);
                self.conditions.push(Condition::new(keys, end));
                self.name_items(names.split(','));
            }
            "include" | "include_cached" | "include_relative" | "render" | "renderFile" => {
                self.include(file, rest, line);
            }
            "seo" if self.shared.naming == Naming::Page => {
                let title: &[&str] = if rest.replace(' ', "").contains("title=false") { &[] } else { &["title"] };
                self.plugin(file, line, title, &["description", "excerpt"]);
            }
            "import" | "from" => self.miss(),
            "extends" | "else" => {}
            word if word.starts_with("end") => {}
            _ => {
                self.asked(file, rest, line);
            }
        }
        at + 1
    }

    fn asked(&mut self, file: &Template, code: &str, line: u32) -> Vec<String> {
        let value = self.scope.value(code);
        self.note_value(&value, file, line);
        value.keys
    }

    /// Whether a condition excludes empty strings. In Liquid, these are truthy.
    fn guards(&self, code: &str) -> bool {
        let is_liquid = self.shared.naming == Naming::Page;
        let compares = ["!= ''", "!= \"\"", "!= blank", "!= empty", ".size"];
        !is_liquid || compares.iter().any(|text| code.contains(text))
    }

    fn assign(&mut self, file: &Template, code: &str, line: u32) {
        let Some((name, value)) = code.split_once('=') else { return };
        let keys = self.asked(file, value, line);
        // In `if page.description`, a following `assign text = page.description` takes precedence over earlier values.
        let is_preferred = self.conditions.last().is_some_and(|it| it.keys.iter().any(|key| keys.contains(key)));
        self.scope.set(name.trim(), keys, is_preferred);
    }

    fn capture(&mut self, file: &'a Template, name: &str, at: usize, end: usize) {
        let outside = self.captured.replace(Vec::new());
        self.run(file, at + 1..end);
        let keys = std::mem::replace(&mut self.captured, outside).unwrap_or_default();
        self.scope.set(name, keys, false);
    }

    /// Follows `{% include head.html title=page.title %}`.
    fn include(&mut self, file: &'a Template, code: &str, line: u32) {
        let name = named(code);
        let code = code.trim_start();
        let arguments = code.get(name.len()..).unwrap_or("");
        let mut parts = arguments.split('=').peekable();
        while let Some(part) = parts.next() {
            let Some(value) = parts.peek() else { break };
            let argument = part.rsplit(char::is_whitespace).next().unwrap_or("");
            // The value is followed by the name of the next argument.
            let value = if value.trim_start().starts_with(['"', '\'']) { value } else { named(value) };
            let keys = self.asked(file, value, line);
            self.scope.set(&format!("include.{argument}"), keys, false);
        }
        match self.shared.included(name) {
            _ if name.contains("{{") || name.is_empty() => self.miss(),
            // Styles and scripts have no front matter.
            _ if name.ends_with(".css") || name.ends_with(".js") || name.ends_with(".svg") => {}
            Some(included) => self.follow(included),
            None => self.miss(),
        }
    }
}
