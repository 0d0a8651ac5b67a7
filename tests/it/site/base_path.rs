//! Links and pictures below the path under which a site is published, in each spelling of the setting.

use crate::support::blog::{Blog, stdout};

const POST: &str = "---\ntitle: A post\ndate: 2024-05-01\n---\n\nText.\n";

/// The texts of the links that the rules report in a post below the base path `/sea`. `folder` has the posts, `static` the
/// pictures; `post` is the path of the other post.
fn broken(config: (&str, &str), folder: &str, pictures: &str, posts: &[&str], url: &str) -> Vec<String> {
    let links = format!(
        "[right](/sea{url}) [wrong](/sea{}) [elsewhere](/shop/)\n![right](/sea/img/Boat.png) ![case](/sea/img/boat.png) \
         ![wrong](/sea/img/quay.png) ![root](/img/Boat.png)\n",
        url.replace("tides", "tidess")
    );
    let asked = format!("{folder}2024-05-09-links.md");
    let asked_text = format!("---\ntitle: Links\ndate: 2024-05-09\n---\n\n{links}");
    let picture = format!("{pictures}img/Boat.png");
    let mut files = vec![(config.0, config.1), (&*asked, &*asked_text), (&*picture, "a")];
    let posts: Vec<String> = posts.iter().map(|name| format!("{folder}{name}")).collect();
    files.extend(posts.iter().map(|path| (path.as_str(), POST)));
    let blog = Blog::new(&files);
    let rules = "internal-link-broken,image-file-missing";
    let found = stdout(&blog.run(&["--select", rules, "--format", "json", &asked]));
    let report: serde_json::Value = serde_json::from_str(&found).unwrap();
    let texts = report["findings"].as_array().unwrap().iter().map(|finding| {
        let start = finding["span"]["start"]["byte"].as_u64().unwrap() as usize;
        let before = asked_text.get(..start).unwrap();
        before[before.rfind('[').unwrap() + 1..].trim_end_matches("](").to_owned()
    });
    texts.collect()
}

const WRONG: [&str; 3] = ["wrong", "case", "wrong"];
const DATED: [&str; 3] = ["2024-05-01-tides.md", "2024-05-01-nets.md", "2024-05-01-ropes.md"];
const PLAIN: [&str; 3] = ["tides.md", "nets.md", "ropes.md"];

#[test]
fn jekyll() {
    let url = "/2024/05/01/tides.html";
    for base in ["sea", "/sea", "sea/", "/sea/", "https://harbour.example.org/sea", "http://other.example/sea/"] {
        let config = format!("url: https://harbour.example.org\nbaseurl: {base}\n");
        assert_eq!(broken(("_config.yml", &config), "_posts/", "", &DATED, url), WRONG, "{base}");
    }
    // The URL has the path if nothing else has.
    let config = "url: https://harbour.example.org/sea\n";
    assert_eq!(broken(("_config.yml", config), "_posts/", "", &DATED, url), WRONG);
}

#[test]
fn other_generators() {
    for base in ["https://harbour.example.org/sea", "https://harbour.example.org/sea/", "/sea/", "sea"] {
        let config = format!("baseURL = '{base}'\n");
        let found = broken(("hugo.toml", &config), "content/posts/", "static/", &PLAIN, "/posts/tides/");
        assert_eq!(found, WRONG, "hugo {base}");
        let config = format!("site_name: Harbour\nsite_url: {base}\n");
        let found = broken(("mkdocs.yml", &config), "docs/", "docs/", &PLAIN, "/tides/");
        assert_eq!(found, WRONG, "mkdocs {base}");
    }
    for base in ["/sea", "/sea/", "sea", "sea/"] {
        let config = format!("module.exports = function (c) {{ return {{ pathPrefix: '{base}' }} }}\n");
        let found = broken((".eleventy.js", &config), "posts/", "", &PLAIN, "/posts/tides/");
        assert_eq!(found, WRONG, "eleventy {base}");
        let config = format!("export default {{ base: '{base}' }}\n");
        let found = broken(("astro.config.mjs", &config), "src/pages/", "public/", &PLAIN, "/tides/");
        assert_eq!(found, WRONG, "astro {base}");
    }
}
