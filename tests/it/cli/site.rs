//! The site that a post belongs to, and the file by which it is recognized.

use crate::support::blog::{Blog, flat, stderr, stdout};

const POST: &str = "---\ntitle: The harbour at night\ndescription: Lights on the water.\n---\n\n\
                    See [the harbour](https://blog.example.com/2024/01/01/harbour.html).\n";
const NAME: &str = "2024-01-01-harbour.md";

/// The line of `config show` that describes the site of the post at `path`.
fn site_of(blog: &Blog, path: &str) -> String {
    let shown = blog.run(&["config", "show", path]);
    let shown = stdout(&shown) + &stderr(&shown);
    let line = shown.lines().find(|line| line.trim_start_matches("# ").starts_with("site:")).unwrap_or_default();
    flat(line)
}

#[test]
fn posts_in_folders_belong_to_the_site_whose_config_is_above() {
    let path = format!("news/_posts/{NAME}");
    // Jekyll makes a category of the folder.
    let post = POST.replace("/2024/", "/news/2024/");
    let blog = Blog::new(&[("_config.yml", "url: https://blog.example.com\n"), (&path, &post)]);
    assert_eq!(site_of(&blog, &path), "site: jekyll # detected in .");
    let found = stdout(&blog.run(&["--select", "internal-link-absolute", "--format", "concise"]));
    assert!(found.starts_with(&format!("{path}:6:19: info[internal-link-absolute]")), "{found}");
}

#[test]
fn hexos_posts_folder_is_not_jekylls() {
    let path = format!("source/_posts/{NAME}");
    let blog = Blog::new(&[("_config.yml", "source_dir: source\nnew_post_name: :title.md\n"), (&path, POST)]);
    assert_eq!(site_of(&blog, &path), "site: hexo # detected in .");
}

#[test]
fn jekylls_source_folder_comes_from_its_config() {
    let path = format!("web/_posts/{NAME}");
    let config = "source: ./web\nurl: https://blog.example.com\nexclude: [drafts-of-others]\n";
    let left_out = format!("web/drafts-of-others/{NAME}");
    let files =
        [("_config.yml", config), (&path, POST), (&left_out, POST), ("README.md", "# The source of the site\n")];
    let blog = Blog::new(&files);
    assert_eq!(site_of(&blog, &path), "site: jekyll # detected in web");
    let found = stdout(&blog.run(&["--select", "internal-link-absolute", "--format", "concise"]));
    assert_eq!(found.lines().count(), 1, "{found}");
    assert_eq!(site_of(&blog, "README.md"), "# site: plain # nothing detected");
}

#[test]
fn a_folder_of_posts_without_a_config_is_a_jekyll_site() {
    let path = format!("blog/_posts/{NAME}");
    let blog = Blog::new(&[(&path, POST), ("a.md", "# A\n")]);
    assert_eq!(site_of(&blog, &path), "site: jekyll # detected in blog");
    assert_eq!(site_of(&blog, "a.md"), "# site: plain # nothing detected");
}

#[test]
fn excerpt_separators_come_from_the_sites_config() {
    let path = format!("_posts/{NAME}");
    let post = "---\ntitle: The harbour at night\n---\n\n![Lights on the water](/lights.jpg)\n\n\
                The lamps along the quay are lit at dusk.\n\n<!-- cut -->\n\nThe rest.\n";
    let missing = |config: &str| {
        let blog = Blog::new(&[("_config.yml", config), (&path, post)]);
        stdout(&blog.run(&["--select", "summary-missing", "--format", "concise"])).contains("summary-missing")
    };
    assert!(missing("title: Harbour\n"), "the first block holds no words");
    assert!(!missing("title: Harbour\nexcerpt_separator: <!-- cut -->\n"));
}

#[test]
fn hugos_template_folders_are_at_its_root() {
    let names = ["content/functions/resources/get.md", "resources/a.md", "themes/b/c.md", "content/public/d.md"];
    let mut files = vec![("hugo.toml", "")];
    files.extend(names.map(|name| (name, POST)));
    let blog = Blog::new(&files);
    let told = stderr(&blog.run(&[]));
    assert!(told.starts_with("Hugo site, 2 posts\n"), "{told}");
}

#[test]
fn previews_at_a_port_that_others_use_are_known_by_their_path() {
    let post = "# Nets\n\nSee [the boats](http://localhost:8000/quay/boats/), [our own program](http://localhost:8000/log/)\n\
                and [the same start](http://localhost:8000/quays/boats/).\n";
    let files = [("mkdocs.yml", "site_name: Quay\nsite_url: https://docs.example.com/quay/\n"), ("docs/nets.md", post)];
    let found = stdout(&Blog::new(&files).run(&["--select", "href-not-crawlable", "--format", "concise"]));
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 1, "{found}");
    assert!(lines[0].starts_with("docs/nets.md:3:17: "), "{found}");
}
