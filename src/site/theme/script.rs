//! Evaluates JavaScript in templates: EJS, and the scripts of Astro components.

use crate::site::theme::scope::Naming;
use crate::site::theme::templates::Template;
use crate::site::theme::tokens::{Token, tokens};
use crate::site::theme::walk::{Condition, Walk};

impl<'a> Walk<'a, '_> {
    /// Evaluates a part of a script.
    pub(super) fn script(&mut self, file: &'a Template, code: &str, line: u32) {
        self.called(file, code, line);
        let value = self.scope.value(code);
        self.note_value(&value, file, line);
        let code = code.trim();
        if code.starts_with('}') && !self.conditions.is_empty() {
            self.leave();
        }
        if self.shared.naming == Naming::Props {
            self.destructured(file, code, line);
        } else if code.ends_with('{') {
            self.conditions.push(Condition::new(value.keys, usize::MAX));
            if code.contains(".each(") || code.contains(".forEach(") {
                let inside = code.rsplit_once('(').map_or("", |(_, inside)| inside);
                self.name_items(inside.split([',', ')', ' ']).take(1));
            }
        }
        for statement in code.split([';', '\n']) {
            self.set(statement);
        }
    }

    /// Evaluates assignments: `var title = page.title`, `title += …`.
    fn set(&mut self, statement: &str) {
        let statement = statement.trim();
        let is_word = |word: &&str| statement.strip_prefix(*word).is_some_and(|rest| rest.starts_with(' '));
        let word = ["var", "let", "const"].into_iter().find(is_word).unwrap_or("");
        let rest = statement.get(word.len()..).unwrap_or("").trim_start();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(rest.len());
        let Some((name, rest)) = rest.split_at_checked(end).filter(|(name, _)| !name.is_empty()) else { return };
        let rest = rest.trim_start();
        let rest = rest.strip_prefix('+').unwrap_or(rest);
        let Some(value) = rest.strip_prefix('=').filter(|value| !value.starts_with(['=', '>'])) else { return };
        let keys = self.scope.value(value).keys;
        self.scope.set(name, keys, false);
    }

    /// Evaluates destructuring: `const { title, description = site.description } = Astro.props`.
    fn destructured(&mut self, file: &'a Template, code: &str, line: u32) {
        let mut rest = code;
        while let Some((_, inside)) = rest.split_once("const {") {
            let Some((names, after)) = inside.split_once('}') else { return };
            rest = after;
            let source = after.trim_start().trim_start_matches('=').trim_start();
            let is_page = ["Astro.props", "frontmatter", "post.data", "entry.data", "page.data", "data", "content"]
                .iter()
                .any(|it| source.starts_with(it));
            if !is_page {
                continue;
            }
            for part in names.split(',') {
                let key = part.split(['=', ':']).next().unwrap_or("").trim().trim_start_matches("...");
                if key.is_empty() || key.contains(char::is_whitespace) {
                    continue;
                }
                self.note(&[key.to_owned()], file, line);
                self.scope.set(key, vec![key.to_owned()], false);
            }
        }
    }

    /// Evaluates calls of functions that print: `partial('head')`, `open_graph()`.
    pub(super) fn called(&mut self, file: &'a Template, code: &str, line: u32) {
        match self.shared.naming {
            Naming::Go => {
                self.partials(file, code);
            }
            Naming::PageOrPost => self.hexo(file, code, line),
            _ => {}
        }
    }

    fn hexo(&mut self, file: &'a Template, code: &str, line: u32) {
        let is_calling = ["partial", "include", "open_graph"].iter().any(|it| code.contains(it));
        let tokens = if is_calling { tokens(code) } else { Vec::new() };
        for (at, token) in tokens.iter().enumerate() {
            let Token::Path(path) = token else { continue };
            let is_call = tokens.get(at + 1) == Some(&Token::Sign("("));
            match path.as_slice() {
                ["open_graph"] if is_call => self.plugin(file, line, &[], &["description", "excerpt"]),
                ["partial" | "include"] => {
                    let name = tokens.get(at + 1 + usize::from(is_call));
                    let Some(Token::Text(name)) = name else {
                        self.miss();
                        continue;
                    };
                    let beside = file.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
                    let found = self.shared.templates.find(&[beside], name);
                    match found.or_else(|| self.shared.included(name)) {
                        Some(partial) => self.follow(partial),
                        None => self.miss(),
                    }
                }
                _ => {}
            }
        }
    }
}
