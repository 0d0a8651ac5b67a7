//! Tracks where in the HTML of a page the output of a template is: in `<title>`, in a heading, in a tag. The state is
//! kept from piece to piece.

/// An attribute whose value is printed by a template.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The attribute's name, in lower case.
    pub name: String,
    /// The front matter keys that the value comes from.
    pub keys: Vec<String>,
    /// Whether another text is used if they are empty.
    pub has_fallback: bool,
    /// The line of the value.
    pub line: u32,
}

/// A complete tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its text, without the output of templates.
    pub text: String,
    /// The attributes that templates print.
    pub values: Vec<Attribute>,
    /// The line on which it starts.
    pub line: u32,
    /// Whether it starts the title of the page, and not that of an SVG image.
    pub begins_title: bool,
}

impl Tag {
    /// Its name, as it is written; `/title` for an end tag.
    pub fn name(&self) -> &str {
        self.text.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or("").trim_end_matches('/')
    }

    /// The value of an attribute, in lower case.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let lower = self.text.to_ascii_lowercase();
        let mut parts = lower.match_indices(name).map(|(at, _)| at);
        parts.find_map(|at| {
            let before = lower.get(..at)?;
            let value = lower.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
            let is_whole = before.ends_with(char::is_whitespace);
            let inside = value.trim_start_matches(['"', '\'', '{']);
            let end = inside.find(['"', '\'', '>', ' ', '\n', '}']).unwrap_or(inside.len());
            is_whole.then(|| inside.get(..end).unwrap_or("").to_owned())
        })
    }
}

/// The element that contains the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Element {
    /// The body of the page.
    #[default]
    Page,
    /// The `<title>` element.
    Title,
    /// A heading of this level.
    Heading(u8),
    /// Scripts, styles and comments, which are not shown.
    Hidden,
}

/// Maximum length of a tag in bytes. The rest of a longer one is ignored.
const LONGEST_TAG: usize = 2000;

/// The current position in the HTML.
#[derive(Debug, Default)]
pub struct Html {
    tag: Option<Tag>,
    quote: Option<char>,
    /// The text that ends the hidden element or comment.
    hidden_until: Option<&'static str>,
    element: Element,
    is_in_svg: bool,
}

impl Html {
    /// The element that contains the current position.
    pub fn element(&self) -> Element {
        if self.hidden_until.is_some() { Element::Hidden } else { self.element }
    }

    /// Whether the current position is inside a tag.
    pub fn is_in_tag(&self) -> bool {
        self.tag.is_some()
    }

    /// Enters or leaves a title, for blocks whose surrounding tags are in another template.
    pub fn set_title(&mut self, is_title: bool) {
        self.element = if is_title { Element::Title } else { Element::Page };
    }

    /// Adds the output of a template to the current tag.
    pub fn value(&mut self, keys: Vec<String>, has_fallback: bool, line: u32) {
        let Some(tag) = &mut self.tag else { return };
        let written = tag.text.trim_end_matches(|c: char| c != '=');
        let name = written.trim_end_matches('=').trim_end();
        let name = name.rsplit(char::is_whitespace).next().unwrap_or("").to_ascii_lowercase();
        tag.values.push(Attribute { name, keys, has_fallback, line });
    }

    /// Processes text. Returns the tags that end in it.
    pub fn feed(&mut self, text: &str, line: u32) -> Vec<Tag> {
        let mut ended = Vec::new();
        let (mut rest, mut lines, mut counted) = (text, 0, 0);
        while !rest.is_empty() {
            if let Some(end) = self.hidden_until {
                let Some(at) = find_in_any_case(rest, end) else { break };
                self.hidden_until = None;
                rest = rest.get(at + end.len()..).unwrap_or("");
            } else if self.tag.is_some() {
                rest = self.go_on_in_tag(rest, &mut ended);
            } else {
                let Some(at) = memchr::memchr(b'<', rest.as_bytes()) else { break };
                rest = rest.get(at + 1..).unwrap_or("");
                if rest.starts_with("!--") {
                    self.hidden_until = Some("-->");
                } else if rest.is_empty() || rest.starts_with(is_tag_start) {
                    let here = text.len() - rest.len();
                    lines += text.get(counted..here).map_or(0, |it| it.bytes().filter(|byte| *byte == b'\n').count());
                    counted = here;
                    self.tag = Some(Tag {
                        text: String::new(),
                        values: Vec::new(),
                        line: line + lines as u32,
                        begins_title: false,
                    });
                }
            }
        }
        ended
    }

    fn go_on_in_tag<'t>(&mut self, rest: &'t str, ended: &mut Vec<Tag>) -> &'t str {
        let Some(tag) = &mut self.tag else { return rest };
        for (at, c) in rest.char_indices() {
            // The branches of a template together may have unbalanced quotes: recover at the next tag.
            let is_next =
                c == '<' && rest.get(at + 1..).is_some_and(|it| it.is_empty() || it.starts_with(is_tag_start));
            match self.quote {
                Some(quote) if quote == c => self.quote = None,
                None if matches!(c, '"' | '\'') => self.quote = Some(c),
                _ if is_next || c == '>' && self.quote.is_none() => {
                    self.quote = None;
                    let tag = self.tag.take();
                    if let Some(tag) = tag {
                        self.enter(&tag);
                        let begins_title = self.element == Element::Title;
                        ended.push(Tag { begins_title, ..tag });
                    }
                    return rest.get(if is_next { at } else { at + 1 }..).unwrap_or("");
                }
                _ => {}
            }
            if tag.text.len() < LONGEST_TAG {
                tag.text.push(c);
            }
        }
        ""
    }

    /// Two start tags of headings in a row come from two branches: use the more prominent level.
    fn deeper(&self, level: u8) -> Element {
        match self.element {
            Element::Heading(other) => Element::Heading(other.min(level)),
            _ => Element::Heading(level),
        }
    }

    fn enter(&mut self, tag: &Tag) {
        let name = tag.name().to_ascii_lowercase();
        match name.as_str() {
            "svg" => self.is_in_svg = true,
            "/svg" => self.is_in_svg = false,
            "title" if !self.is_in_svg => self.element = Element::Title,
            "/title" if !self.is_in_svg => self.element = Element::Page,
            "script" if !tag.text.ends_with('/') => self.hidden_until = Some("</script"),
            "style" if !tag.text.ends_with('/') => self.hidden_until = Some("</style"),
            name => match (name.strip_prefix('/'), heading(name.trim_start_matches('/'))) {
                (None, Some(level)) => self.element = self.deeper(level),
                (Some(_), Some(_)) => self.element = Element::Page,
                _ => {}
            },
        }
    }
}

/// The level of a heading. If a template prints one of several levels, `name` contains all of them: `h2h1`.
fn heading(name: &str) -> Option<u8> {
    let level = |pair: &[u8]| match pair {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    };
    let levels: Option<Vec<u8>> = name.as_bytes().chunks(2).map(level).collect();
    levels?.into_iter().min()
}

fn is_tag_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '/'
}

fn find_in_any_case(text: &str, lower: &str) -> Option<usize> {
    text.as_bytes().windows(lower.len()).position(|window| window.eq_ignore_ascii_case(lower.as_bytes()))
}
