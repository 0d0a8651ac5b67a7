//! Evaluates actions of Go templates, as used by Hugo: `{{ … }}`.

use crate::site::theme::blocks::{first_word, named};
use crate::site::theme::templates::Template;
use crate::site::theme::tokens::{Token, tokens};
use crate::site::theme::walk::{Condition, Walk};

impl<'a> Walk<'a, '_> {
    /// Evaluates an action. Returns the index of the next piece.
    pub(super) fn go(&mut self, file: &'a Template, code: &str, line: u32, at: usize, end: usize) -> usize {
        let code = code.trim();
        let (word, rest) = first_word(code);
        match word {
            "define" => return end.max(at) + 1,
            "block" => {
                if let Some(define) = self.defines.get(named(rest)).cloned() {
                    self.run(define.file, define.part);
                    return end.max(at) + 1;
                }
            }
            "if" => {
                let keys = self.condition(file, rest, line);
                self.conditions.push(Condition::new(keys, end));
            }
            "with" => {
                let keys = self.condition(file, rest, line);
                self.scope.enter((!keys.is_empty()).then(|| keys.clone()));
                self.conditions.push(Condition { has_dot: true, ..Condition::new(keys, end) });
            }
            "range" => {
                let keys = self.condition(file, rest, line);
                let (names, _) = rest.split_once(":=").unwrap_or(("", rest));
                self.scope.enter(None);
                self.conditions.push(Condition { has_dot: true, ..Condition::new(keys, end) });
                self.name_items(names.split(','));
            }
            "else" => self.otherwise(file, rest, line),
            "end" => {}
            "return" => self.output(file, rest, line),
            "template" => {
                self.template_named(named(rest));
            }
            _ if code.starts_with("/*") => {}
            _ => self.action(file, code, line),
        }
        at + 1
    }

    fn condition(&mut self, file: &'a Template, code: &str, line: u32) -> Vec<String> {
        let (variable, code) = code.split_once(":=").unwrap_or(("", code));
        self.partials(file, code);
        let value = self.scope.value(code);
        self.note_value(&value, file, line);
        if !variable.is_empty() {
            self.scope.set(variable.trim(), value.keys.clone(), false);
        }
        value.keys
    }

    /// Evaluates `else`, `else if` and `else with`.
    fn otherwise(&mut self, file: &'a Template, code: &str, line: u32) {
        let (word, rest) = first_word(code);
        let keys = self.condition(file, rest, line);
        let Some(condition) = self.conditions.last_mut() else { return };
        if std::mem::take(&mut condition.has_dot) {
            self.scope.leave();
        }
        if word == "with" {
            condition.has_dot = true;
            self.scope.enter((!keys.is_empty()).then(|| keys.clone()));
        }
        condition.keys.extend(keys);
    }

    fn action(&mut self, file: &'a Template, code: &str, line: u32) {
        let set = code.split_once(":=").or_else(|| code.split_once(" = ")).filter(|_| code.starts_with('$'));
        let Some((name, value)) = set else { return self.output(file, code, line) };
        let outside = self.captured.replace(Vec::new());
        let is_called = self.partials(file, value);
        let mut keys = std::mem::replace(&mut self.captured, outside).unwrap_or_default();
        if !is_called {
            let value = self.scope.value(value);
            self.note_value(&value, file, line);
            keys = value.keys;
        }
        let is_preferred = self.conditions.iter().any(|it| it.keys.iter().any(|key| keys.contains(key)));
        self.scope.set(name.trim(), keys, is_preferred);
    }

    /// Follows the partials that the code calls. Returns whether there are any.
    pub(super) fn partials(&mut self, file: &'a Template, code: &str) -> bool {
        if !code.contains("partial") {
            return false;
        }
        let tokens = tokens(code);
        let mut is_called = false;
        for (at, token) in tokens.iter().enumerate() {
            if !matches!(token, Token::Path(path) if matches!(path.as_slice(), ["partial" | "partialCached"] | ["partials", "Include" | "IncludeCached"]))
            {
                continue;
            }
            is_called = true;
            match tokens.get(at + 1) {
                Some(Token::Text(name)) => self.partial(file, name, tokens.get(at + 2)),
                _ => self.miss(),
            }
        }
        is_called
    }

    fn partial(&mut self, _file: &'a Template, name: &str, argument: Option<&Token<'_>>) {
        let Some(partial) = self.shared.included(name) else {
            let inline = self.defines.get(&format!("partials/{name}")).cloned();
            return match inline {
                Some(define) => self.run(define.file, define.part),
                None => self.miss(),
            };
        };
        // With the argument `.`, the context does not change; `$` and `.Page` are the page.
        let is_same = matches!(argument, Some(Token::Path(path)) if path.as_slice() == [""]);
        let is_page =
            matches!(argument, Some(Token::Path(path)) if matches!(path.as_slice(), ["$"] | ["", "Page"] | ["page"]));
        if is_same {
            return self.follow(partial);
        }
        let dots = self.scope.take_dots();
        if !is_page {
            self.scope.enter(None);
        }
        self.follow(partial);
        self.scope.put_dots(dots);
    }

    fn template_named(&mut self, name: &str) {
        if name.starts_with("_internal/") {
            return;
        }
        if let Some(define) = self.defines.get(name).cloned() {
            return self.run(define.file, define.part);
        }
        let name = name.trim_start_matches("partials/");
        match self.shared.included(name) {
            Some(partial) => self.follow(partial),
            None => self.miss(),
        }
    }
}
