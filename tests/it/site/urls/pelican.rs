//! Pelican 4.10. <https://docs.getpelican.com/en/stable/settings.html#url-settings>

use crate::site::urls::url;

fn with(config: &str, cases: &[(&str, &str, &str)]) {
    for (path, text, expected) in cases {
        let text = format!("{text}\n\nText.\n");
        let files = [("pelicanconf.py", config), (path, text.as_str())];
        assert_eq!(url(&files, path), *expected, "{path} with {text:?}");
    }
}

#[test]
fn formats_are_filled() {
    let config = "SITEURL = 'https://x.org/b'  # comment\nPATH = 'content'\nDEFAULT_LANG = 'de'\n\
                  ARTICLE_URL = '{category}/{date:%Y}/{date:%-m}/{slug}/'\n\
                  ARTICLE_SAVE_AS = '{category}/{date:%Y}/{date:%-m}/{slug}/index.html'\n\
                  PAGE_PATHS = [\n    'pages',  # static\n]\nPLUGINS = ['sitemap', 'pelican.plugins.neighbors']\n\
                  EXTRA_PATH_METADATA = {'extra/CNAME': {'path': 'CNAME'}}\n";
    with(
        config,
        &[
            (
                "content/a.md",
                "Title: Hello, World! -- “x” é\nDate: 2024-03-04 05:06",
                "/b/misc/2024/3/hello-world-x-e/",
            ),
            ("content/b.md", "---\ntitle: B\nslug: b\n---", "-"),
            ("content/2024-05-06-c.md", "Title: C\nStatus: draft", "/b/drafts/c.html"),
            ("content/d.md", "Title: D\nDate: 2024-01-02\nLang: en", "/b/d-en.html"),
            ("content/Müsli/e.md", "Title: E ß\nDate: 2024-01-02", "/b/musli/2024/1/e-ss/"),
            ("content/f.md", "Title: F\nDate: 2024-01-02\nCategory: Own Cat", "/b/own-cat/2024/1/f/"),
            ("content/g.md", "Title: G\nDate: 2024-01-02\nurl: x/y/\nsave_as: x/y/index.html", "/b/x/y/"),
            ("content/h.md", "Date: 2024-01-02", "-"),
            ("content/.h.md", "Title: x\nDate: 2024-01-02", "-"),
            ("content/i.md", "Title:  Two   spaces - dash \nDate: 2024-01-02", "/b/misc/2024/1/two-spaces-dash/"),
            ("content/j.md", "Title: J\nDate: 2024-01-02\nStatus: skip", "-"),
            ("content/k.md", "Title: 日本\nDate: 2024-01-02", "?"),
            ("content/pages/p.md", "Title: P a", "/b/pages/p-a.html"),
            ("content/pages/q.md", "Title: Q\nstatus: draft", "/b/drafts/pages/q.html"),
        ],
    );
}

#[test]
fn names_have_metadata() {
    let config = "PATH = 'content'\nARTICLE_PATHS = ['blog']\nARTICLE_URL = '{date:%Y}/{slug}'\n\
                  ARTICLE_SAVE_AS = '{date:%Y}/{slug}.html'\n\
                  FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})-(?P<slug>.*)'\n";
    let post = ("content/blog/2021-08-18-some-0.5.0.md", "Title: A", "/2021/some-0.5.0");
    with(config, &[post, ("content/a.md", "Title: A\nDate: 2024-01-02", "-")]);
    with("PATH_METADATA = '('\n", &[("content/a.md", "Title: A\nDate: 2024-01-02", "?")]);
}

#[test]
fn what_is_computed_is_unknown() {
    let unknown = [("content/a.md", "Title: A\nDate: 2024-01-02", "?")];
    for config in [
        "ARTICLE_URL = PREFIX + '{slug}'\n",
        "import os\nif os.environ.get('X'):\n    ARTICLE_URL = 'x/{slug}'\n",
        "from base import *\n",
        "PLUGINS = ['own']\n",
        "PLUGINS = ['sitemap'] + MORE\n",
        "ARTICLE_URL = '{slug}/'\nARTICLE_SAVE_AS = 'other/{slug}.html'\n",
        "DEFAULT_METADATA = {'status': 'draft'}\n",
        "SLUG_REGEX_SUBSTITUTIONS = []\n",
        "ARTICLE_URL = ('{date:%b}/{slug}.html')\n",
    ] {
        with(config, &unknown);
    }
}
