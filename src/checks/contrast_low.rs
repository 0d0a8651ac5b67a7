//! `contrast-low`: text in a colour that is hard to read on the page's background.

use crate::document::ask::prose;
use crate::document::{Element, NodeId};
use crate::rule::{Check, Context, Finding, Wants};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The background of text is set by the theme's style sheet, which postlint does not read: it has to be configured.
#[derive(Deserialize)]
pub struct ContrastLow {
    backgrounds: Vec<String>,
    minimum: f64,
}

/// The background behind the text of each element, if the element or an ancestor sets one.
type Backgrounds<'d> = FxHashMap<NodeId, Option<&'d str>>;

impl Check for ContrastLow {
    fn wants(&self) -> Wants {
        Wants::together_with("style")
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let mut backgrounds = Backgrounds::default();
        elements.iter().for_each(|element| self.judge(context, *element, &mut backgrounds));
    }
}

impl ContrastLow {
    fn judge<'d>(&self, context: &mut Context<'_>, element: Element<'d>, backgrounds: &mut Backgrounds<'d>) {
        let Some(attribute) = element.attribute("style") else { return };
        let Some(style) = attribute.known_value() else { return };
        let Some((color, own)) = property(style, "color").and_then(|text| Some((Color::parse(text)?, text))) else {
            return;
        };
        if !element.is_html() || !prose::has_words(element) {
            return;
        }
        // Text with a background of its own is compared with that background only.
        let behind = behind(element, backgrounds);
        let judged = match &behind {
            Some(own) => std::slice::from_ref(own),
            None => &self.backgrounds.iter().map(String::as_str).collect::<Vec<_>>(),
        };
        for background in judged {
            let Some(contrast) = Color::parse(background).map(|behind| color.contrast(behind)) else { continue };
            if contrast < self.minimum {
                let message = format!("`{own}` on `{background}` has a contrast of {contrast:.2}:1");
                let span = attribute.value_span().or(element.start_tag()).unwrap_or_default();
                context.report(Finding { message: Some(message), ..Finding::at(span) });
                return;
            }
        }
    }
}

/// The background behind the text of an element. The result is cached for all elements visited, so that the styles of
/// each are parsed once.
fn behind<'d>(element: Element<'d>, known: &mut Backgrounds<'d>) -> Option<&'d str> {
    let mut passed = Vec::new();
    let mut found = None;
    for it in std::iter::once(element).chain(element.ancestors()) {
        if let Some(remembered) = known.get(&it.node().id()) {
            found = *remembered;
            break;
        }
        passed.push(it.node().id());
        found = background(it);
        if found.is_some() {
            break;
        }
    }
    known.extend(passed.into_iter().map(|id| (id, found)));
    found
}

fn background(element: Element<'_>) -> Option<&str> {
    let style = element.attribute("style")?.known_value()?;
    property(style, "background-color").or_else(|| property(style, "background"))
}

fn property<'s>(style: &'s str, name: &str) -> Option<&'s str> {
    let declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    declarations
        .map(|(name, value)| (name.trim(), value.trim()))
        .rfind(|(it, _)| it.eq_ignore_ascii_case(name))
        .map(|it| it.1)
}

/// Maximum length of a colour in bytes: real ones are shorter, and a background is parsed for each text in front of it.
const LONGEST: usize = 200;

/// An opaque colour: red, green and blue from 0 to 1.
#[derive(Clone, Copy)]
struct Color([f64; 3]);

impl Color {
    /// `#rgb`, `#rrggbb`, `rgb(…)` and a few names. `None` for colours that are partly transparent.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches("!important").trim();
        if text.len() > LONGEST {
            return None;
        }
        let text = text.to_ascii_lowercase();
        if let Some(hex) = text.strip_prefix('#') {
            let wide: String = match hex.len() {
                3 => hex.chars().flat_map(|c| [c, c]).collect(),
                6 => hex.to_owned(),
                _ => return None,
            };
            let part = |at: usize| u8::from_str_radix(wide.get(at..at + 2)?, 16).ok();
            return Some(Self::of([part(0)?, part(2)?, part(4)?]));
        }
        if let Some(list) = text.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
            let parts: Vec<u8> = list.split([',', ' ']).filter_map(|part| part.trim().parse().ok()).collect();
            return parts.try_into().ok().map(Self::of);
        }
        let named = match text.as_str() {
            "white" => [255, 255, 255],
            "black" => [0, 0, 0],
            "red" => [255, 0, 0],
            "green" => [0, 128, 0],
            "blue" => [0, 0, 255],
            "yellow" => [255, 255, 0],
            "gray" | "grey" => [128, 128, 128],
            "silver" => [192, 192, 192],
            "orange" => [255, 165, 0],
            _ => return None,
        };
        Some(Self::of(named))
    }

    fn of(parts: [u8; 3]) -> Self {
        Color(parts.map(|part| f64::from(part) / 255.0))
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    fn luminance(self) -> f64 {
        let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>
    fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}
