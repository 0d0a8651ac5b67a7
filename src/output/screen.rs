//! The streams that commands write to. They escape all text, so that writers need not do so: only postlint's own
//! colours and workflow commands reach a terminal or a runner as control sequences.

use crate::output::visible;
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, ErrorKind, Write};

/// A value as JSON on one line, escaped.
pub struct Json(String);

impl Json {
    /// Writes a value to memory.
    pub fn of(value: &impl Serialize) -> io::Result<Self> {
        let text = serde_json::to_string(value)?;
        let escaped = match visible::json(&text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(escaped) => Some(escaped),
        };
        Ok(Json(escaped.unwrap_or(text)))
    }
}

/// A stream for people, runners and programs, written line by line.
pub struct Screen<'w> {
    stream: &'w mut dyn Write,
    line: String,
    /// Whether the line is one of postlint's own workflow commands.
    is_command: bool,
    /// Whether the reader has closed the stream (`| head`).
    is_gone: bool,
}

impl<'w> Screen<'w> {
    /// Creates a screen that writes to `stream`.
    pub fn new(stream: &'w mut dyn Write) -> Self {
        Screen { stream, line: String::new(), is_command: false, is_gone: false }
    }

    /// Returns the output of `write` as text.
    pub fn text<E>(write: impl FnOnce(&mut Screen<'_>) -> Result<(), E>) -> Result<String, E>
    where
        E: From<io::Error>,
    {
        let mut text = Vec::new();
        let mut screen = Screen::new(&mut text);
        write(&mut screen)?;
        screen.finish()?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Writes text with colours ([SGR] sequences). All other text in it must be escaped already.
    ///
    /// [SGR]: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
    pub fn painted(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some((before, len)) = rest.find('\u{1b}').and_then(|at| Some((at, color_len(rest.get(at..)?)))) {
            self.push(rest.get(..before).unwrap_or(""))?;
            let after = match len {
                0 => {
                    self.push("\u{1b}")?;
                    before + 1
                }
                len => {
                    self.line.push_str(rest.get(before..before + len).unwrap_or(""));
                    before + len
                }
            };
            rest = rest.get(after..).unwrap_or("");
        }
        self.push(rest)
    }

    /// Writes a workflow command for GitHub's runner on a separate line. Its parts must be escaped already.
    pub fn command(&mut self, command: &str) -> io::Result<()> {
        self.is_command = self.line.is_empty();
        self.push(command)?;
        self.end_line()
    }

    /// Writes a value as JSON on one line, without a line ending.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.written_json(&Json::of(value)?)
    }

    /// Writes JSON that is escaped already.
    pub fn written_json(&mut self, json: &Json) -> io::Result<()> {
        self.exact(json.0.as_bytes())
    }

    /// Writes a value as JSON, indented.
    pub fn json_indented(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.json_text(&serde_json::to_string_pretty(value)?)?;
        self.exact(b"\n")
    }

    /// Writes JSON, or a part of it.
    pub fn json_text(&mut self, json: &str) -> io::Result<()> {
        self.exact(visible::json(json).as_bytes())
    }

    /// Clears the terminal and what was scrolled out of it.
    pub fn clear(&mut self) -> io::Result<()> {
        self.exact(b"\x1b[2J\x1b[3J\x1b[H")
    }

    /// Writes bytes verbatim. `tests/it/architecture/mod.rs` lists all callers.
    pub fn exact(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.send_line()?;
        self.send(bytes)
    }

    /// Writes the rest of the last line.
    pub fn finish(mut self) -> io::Result<()> {
        self.send_line()?;
        self.flush()
    }

    fn push(&mut self, text: &str) -> io::Result<()> {
        if self.is_gone {
            return Ok(());
        }
        let mut lines = text.split('\n');
        self.line.push_str(&visible::piece(lines.next().unwrap_or("")));
        for line in lines {
            self.end_line()?;
            self.line.push_str(&visible::piece(line));
        }
        Ok(())
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.line.push('\n');
        self.send_line()
    }

    fn send_line(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let is_command = std::mem::take(&mut self.is_command);
        let shown = if is_command { visible::no_command_within(&line) } else { visible::no_command(&line) };
        let sent = self.send(shown.as_bytes());
        // Reuse the allocation for the next line.
        self.line = line;
        self.line.clear();
        sent
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.is_gone || bytes.is_empty() {
            return Ok(());
        }
        let sent = self.stream.write_all(bytes);
        self.unless_gone(sent)
    }

    /// A closed stream is not an error: the findings still determine the exit code.
    fn unless_gone(&mut self, sent: io::Result<()>) -> io::Result<()> {
        match sent {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_gone = true;
                Ok(())
            }
            sent => sent,
        }
    }
}

impl Write for Screen<'_> {
    /// Writes whole characters, as formatting does. Bytes of incomplete ones become U+FFFD.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(&String::from_utf8_lossy(bytes))?;
        Ok(bytes.len())
    }

    /// An unfinished line is not written, because its escapes depend on the whole line.
    fn flush(&mut self) -> io::Result<()> {
        if self.is_gone {
            return Ok(());
        }
        let flushed = self.stream.flush();
        self.unless_gone(flushed)
    }
}

impl fmt::Debug for Screen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen").field("line", &self.line).field("is_gone", &self.is_gone).finish_non_exhaustive()
    }
}

/// The length in bytes of the colour sequence at the start of `text`, such as `ESC[1;31m`; 0 if there is none.
fn color_len(text: &str) -> usize {
    let Some(codes) = text.strip_prefix("\u{1b}[") else { return 0 };
    let rest = codes.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
    if rest.starts_with('m') { text.len() - rest.len() + 1 } else { 0 }
}
