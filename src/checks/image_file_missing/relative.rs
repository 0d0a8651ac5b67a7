//! Pictures of Jekyll posts whose path is meant to be relative to the root of the site. Browsers resolve it relative to the
//! URL of the post: on `/2024/05/01/boat.html`, `img/a.png` is `/2024/05/01/img/a.png`.

use crate::facts::target::relative_to;
use crate::facts::{Image, Index, PageFacts, SiteFacts};
use crate::place::all_files::is_picture;
use crate::place::dialect::Generator;
use crate::place::files::joined;
use crate::rule::{Finding, SiteContext};
use crate::url::{percent_decoded, scheme};

/// Reports them, if there is a file at the path below the root.
pub fn report(context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
    let index = site.index();
    let is_known = site.site.generator == Generator::Jekyll && !site.site.may_rewrite_links && index.files.is_whole();
    if !is_known || !index.urls_are_known {
        return;
    }
    for (at, page) in site.pages.iter().enumerate() {
        if !context.wants(at) || page.is_copied || page.has_base || page.publication.possible().is_empty() {
            continue;
        }
        for image in page.images.iter().filter(|image| image.key.is_none() && !image.is_templated) {
            if let Some(finding) = finding(index, page, image) {
                context.report(at, finding);
            }
        }
    }
}

fn finding(index: &Index, page: &PageFacts, image: &Image) -> Option<Finding> {
    let path = image.src.split(['?', '#']).next().unwrap_or("").trim();
    let is_relative = !path.starts_with(['/', '{', '<', '~', '@', '\\']) && scheme(path).is_none();
    if !is_relative || !is_picture(path) || path.contains("..") {
        return None;
    }
    let meant = joined("", &percent_decoded(path))?;
    // Jekyll publishes nothing from folders such as `_posts`.
    let is_published = !meant.split('/').any(|part| part.starts_with(['_', '.']));
    let shown: Vec<String> =
        page.publication.possible().iter().map(|url| resolved(index, url.as_str(), path)).collect();
    let is_there = |path: &String| index.files.contains(path);
    if !is_published || !index.files.contains(&meant) || shown.iter().any(is_there) {
        return None;
    }
    let url = match &*index.base {
        "" => format!("/{}", meant.replace(' ', "%20")),
        // <https://jekyllrb.com/docs/liquid/filters/#standard-liquid-filters>
        _ => format!("{{{{ \"/{}\" | relative_url }}}}", meant.replace(' ', "%20")),
    };
    Some(Finding {
        message: Some(format!("the site has no file `{}`", shown.first()?)),
        label: Some("relative to the URL of the page".to_owned()),
        help: Some(format!("write `{url}`")),
        ..Finding::at(image.span)
    })
}

/// The path inside the site of the file at a path that is relative to a URL.
fn resolved(index: &Index, url: &str, path: &str) -> String {
    let whole = percent_decoded(&relative_to(url, path));
    let inside = whole.strip_prefix(&*index.base).unwrap_or(&whole);
    inside.trim_start_matches('/').to_owned()
}
