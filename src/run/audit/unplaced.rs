//! What is said of findings of whose places only the built pages are known.

use crate::engine::audit::Origin;
use crate::rule::built::BuiltSpot;
use crate::run::audit::placing::Placing;
use crate::run::audit::tags::{is_of_translation, kind_of_tag};
use crate::run::audit::texts::Texts;
use crate::run::audit::traced::Traced;
use crate::source::Span;
use crate::walk;

impl Placing<'_> {
    /// What findings without a place have in common that have one cause: the message, if that is all.
    pub fn cause(&self, traced: &Traced, texts: &mut Texts<'_>) -> Option<String> {
        if traced.is_of_list() || traced.is_of_several() && !traced.is_of_target() {
            return Some(String::new());
        }
        if traced.is_of_several() || traced.is_of_page() {
            return Some(traced.group.diagnostic.message.clone());
        }
        let spot = traced.group.spots.first().filter(|_| !traced.origins.is_empty())?;
        let page = self.site.pages.get(spot.page)?;
        let span = self.tag_at(BuiltSpot { span: Span::new(spot.span.start, spot.span.start), ..*spot }, texts)?;
        let tag = texts.get(&page.file)?.slice(span);
        match traced.is_of_target() {
            // One line of a theme writes elements with the same attributes.
            false => kind_of_tag(tag),
            true => is_of_translation(tag, &page.url, &self.taken.published.base).then(|| "translation".to_owned()),
        }
    }

    /// Why no other place is known, of one finding or of several with one cause.
    pub fn why(&self, traced: &Traced, is_shared: bool) -> String {
        let lines = traced.origins.iter().find_map(|(_, _, origin)| match origin {
            Origin::Several(lines) => Some(lines),
            _ => None,
        });
        let mut posts = traced.origins.iter().filter_map(|(_, path, _)| path.as_deref());
        let generated = posts.find(|path| self.generated.contains(path));
        match (self.config_folder, lines.and_then(|lines| self.printed(lines))) {
            _ if generated.is_some() => {
                let path = generated.map(|path| walk::printed(path, self.auditing.root)).unwrap_or_default();
                format!("its source is `{path}`, which is not checked, because it says that a program made it")
            }
            (None, _) => "the site that built the page is not known".to_owned(),
            (Some(_), Some(lines)) => format!("one of several lines writes it: {lines}"),
            _ if traced.has_layouts => {
                let why = match traced.lacks_theme {
                    true => "no line of the site is known to write it, and its theme is not in the folder of the site",
                    false => "no line of a post, a layout or the config is known to write it",
                };
                match traced.origins.as_slice() {
                    [(_, Some(path), _)] if !is_shared => {
                        format!("{why}; the source of the page is `{}`", walk::printed(path, self.auditing.root))
                    }
                    _ => why.to_owned(),
                }
            }
            _ => "the theme that writes it is not in the folder of the site".to_owned(),
        }
    }
}
