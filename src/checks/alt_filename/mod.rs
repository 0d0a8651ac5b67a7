//! `alt-filename`: an alternative text that is a file name.

mod identifier;

use crate::checks::image_link_unnamed::help_in_link;
use crate::document::ask::accessible_name::is_alt_read;
use crate::document::ask::plugin_alt::has_alt_of_plugin;
use crate::document::{Attribute, Document, Element, Node, NodeKind, Origin};
use crate::pattern::Unusable;
use crate::place::templated::{Templated, templated};
use crate::rule::patterns::Patterns;
use crate::rule::{Check, Context, Finding, Wants};
use crate::url::{file_name, host};
use identifier::Identifier;
use serde::Deserialize;

/// File names that cameras, phones and messengers generate, and extensions of image files.
#[derive(Deserialize)]
pub struct AltFilename {
    extensions: Vec<String>,
    patterns: Patterns,
}

impl Check for AltFilename {
    fn wants(&self) -> Wants {
        Wants::together(&["img", "area", "input"])
    }

    fn compile(&self) -> Result<(), Unusable> {
        self.patterns.compile()
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let mut like_names = Vec::new();
        for &element in elements {
            if has_alt_of_plugin(context.document, element) {
                self.check_alt_of_plugin(context, element);
            }
            let Some(alt) = element.attribute("alt") else { continue };
            let Some(text) = alt.known_value().map(str::trim).filter(|text| !text.is_empty()) else { continue };
            let file = element.attribute("src").and_then(|src| file_of(context.document, src)).unwrap_or_default();
            let is_name = self.is_file_name(text, &file) || is_joined_stem(element, text, &file);
            if is_name && !is_download(element, text) && is_alt_read(element) {
                report(context, element, &format!("alt text `{text}` is a file name"), None);
            } else if !is_name {
                like_names.extend(Identifier::of(element, text, &file).filter(|_| is_alt_read(element)));
            }
        }
        for Identifier { image, text, is_stem, .. } in identifier::certain(context.document, like_names) {
            let label = if is_stem { None } else { Some("words that are joined as in the name of a file") };
            report(context, image, &format!("alt text `{text}` is written like a file name"), label);
        }
    }
}

fn report(context: &mut Context<'_>, element: Element<'_>, message: &str, label: Option<&str>) {
    let alt = element.attribute("alt").and_then(Attribute::value_span);
    if let Some(span) = alt.or(element.start_tag()) {
        let (message, label) = (Some(message.to_owned()), label.map(str::to_owned));
        context.report(Finding { message, label, help: help_in_link(element), ..Finding::at(span) });
    }
}

/// The name of the file at the end of a URL, which may begin with a template: `{{ site.baseurl }}/img/boat.png`.
fn file_of(document: &Document<'_>, src: Attribute<'_>) -> Option<String> {
    if let Some(known) = src.known_value() {
        return Some(file_name(known));
    }
    let written = src.value_span()?.slice(document.source.text());
    if let Some(Templated::Path(path) | Templated::OnHost(path)) = templated(written, document.place.generator) {
        return Some(file_name(&path));
    }
    let end = written.rsplit_once('}').map_or(written, |(_, end)| end);
    end.contains('/').then(|| file_name(end))
}

/// Whether the image represents a file that its link downloads: the name of the file is a good name then.
fn is_download(image: Element<'_>, text: &str) -> bool {
    let link = image.ancestors().take(6).find(|above| above.name() == "a");
    let Some(download) = link.and_then(|link| link.attribute("download")) else { return false };
    let href = link.and_then(|link| link.attribute("href")).and_then(Attribute::known_value);
    href.is_none_or(|href| file_name(href).eq_ignore_ascii_case(text)) || download.value().eq_ignore_ascii_case(text)
}

/// Whether the text is the stem of the file, of several words without spaces: `DockerPackageAssembly`. One that the post or
/// the link around the image uses elsewhere is the name of something: `OpenStreetMap`.
fn is_joined_stem(image: Element<'_>, text: &str, file: &str) -> bool {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if text != stem || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let words = joined_words(text);
    // Names of two words are common: `JavaScript`, `DigitalOcean`.
    let is_joined = words.len() >= 3 || matches!(&words[..], [first, second] if first.min(second) >= &6);
    let is_said = |node: Node<'_>| node.kind() == NodeKind::Text && node.text().contains(text);
    let is_linked = |link: Element<'_>| link.attribute("href").is_some_and(|href| holds_name(href.value(), text));
    is_joined
        && !image.tree().root().descendants().any(is_said)
        && !image.ancestors().take(6).any(|above| above.name() == "a" && is_linked(above))
}

/// The lengths of the words of a text in `CamelCase`. A run of capitals and digits belongs to the word before it.
fn joined_words(text: &str) -> Vec<usize> {
    let mut words = vec![0];
    let mut before = 0;
    for byte in text.bytes() {
        if byte.is_ascii_uppercase() && u8::is_ascii_lowercase(&before) {
            words.push(0);
        }
        words.last_mut().into_iter().for_each(|length| *length += 1);
        before = byte;
    }
    words
}

fn holds_name(address: &str, name: &str) -> bool {
    let host = host(address).unwrap_or_default();
    host.contains(&name.to_ascii_lowercase())
}

/// Whether a text has words in Hangul, Han, kana, Cyrillic or another script that names made by programs do not use:
/// then the file may have been named after what it shows.
fn has_words_of_other_scripts(text: &str) -> bool {
    text.chars().filter(|c| *c >= '\u{370}' && c.is_alphabetic()).count() >= 2
}

/// Maximum length in bytes of names whose words are compared.
const MAX_NAME: usize = 200;

/// Whether a text with underscores is the stem of a file but for some words: `top10k_graph` of `polonius_top10k_graph`.
fn is_part(text: &str, stem: &str) -> bool {
    let words = |name: &str| name.to_lowercase().split(['_', '-']).map(str::to_owned).collect::<Vec<_>>();
    if text.len().max(stem.len()) > MAX_NAME {
        return false;
    }
    let (text, stem) = (words(text), words(stem));
    text.len() >= 3 && text.iter().filter(|word| stem.contains(word)).count() * 3 >= text.len() * 2
}

/// A name with spaces between its words: programs that fill in an alternative text write them for hyphens and underscores.
fn spaced(name: &str) -> String {
    name.replace(['-', '_'], " ")
}

/// Whether a text holds the size of a picture in pixels: `435 x 207 EPA homepage`, `market-600x400`.
fn holds_size(text: &str) -> bool {
    let joined: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect();
    joined.match_indices(['x', 'X']).any(|(at, _)| {
        let (width, height) = joined.split_at(at);
        let digits = [
            width.chars().rev().take_while(char::is_ascii_digit).count(),
            height.chars().skip(1).take_while(char::is_ascii_digit).count(),
        ];
        digits.iter().all(|digits| (2..=4).contains(digits))
    })
}

impl AltFilename {
    /// Reports the alternative text that gatsby-remark-images makes of the name of the file, if a program made that up.
    /// <https://github.com/gatsbyjs/gatsby/blob/master/packages/gatsby-remark-images/src/index.js>
    fn check_alt_of_plugin(&self, context: &mut Context<'_>, image: Element<'_>) {
        let has_alt = match image.attribute("alt") {
            Some(alt) if image.origin() == Origin::Markdown => alt.is_unknown() || !alt.value().is_empty(),
            Some(_) => true,
            None => false,
        };
        let Some(src) = image.attribute("src").filter(|_| !has_alt) else { return };
        let file = file_of(context.document, src).unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(&*file, |(stem, _)| stem);
        // Words between hyphens and underscores are words in the text that the plugin makes.
        let is_made_up = || self.patterns.iter().any(|pattern| pattern.is_match(stem));
        let Some(span) = image.start_tag().filter(|_| is_made_up() && is_alt_read(image)) else { return };
        let alt: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        let message = format!("Gatsby makes the alt text `{alt}` of the name of the file");
        context.report(Finding { message: Some(message), help: help_in_link(image), ..Finding::at(span) });
    }

    fn is_file_name(&self, text: &str, file: &str) -> bool {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let extension = text.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_image = self.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension));
        // Text with a space may be a sentence about a file.
        let one_word = !text.contains(char::is_whitespace);
        let made_up = (text.contains('_') && !has_words_of_other_scripts(text))
            || text.chars().all(|c| c.is_ascii_digit()) && text.len() >= 3;
        let is_spelled_stem = || holds_size(text) && spaced(text).eq_ignore_ascii_case(&spaced(stem));
        (is_image && (one_word || text.eq_ignore_ascii_case(file)))
            || (made_up && one_word && (text.eq_ignore_ascii_case(stem) || is_part(text, stem)))
            || is_spelled_stem()
            || self.patterns.iter().any(|pattern| pattern.is_match(text))
    }
}
