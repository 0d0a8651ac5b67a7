//! Jekyll 4.3. <https://jekyllrb.com/docs/permalinks/>

use crate::site::urls::{check, url};

fn with(config: &str, cases: &[(&str, &str, &str)]) {
    check(&[("_config.yml", config)], cases);
}

#[test]
fn posts_have_the_style_of_the_config() {
    let post = "_posts/2024-03-05-Hello-there.md";
    let styles = [
        ("", "/2024/03/05/Hello-there.html"),
        ("permalink: date\n", "/2024/03/05/Hello-there.html"),
        ("permalink: none\n", "/Hello-there.html"),
        ("permalink: pretty\n", "/2024/03/05/Hello-there/"),
        ("permalink: ordinal\n", "/2024/065/Hello-there.html"),
        ("permalink: weekdate\n", "/2024/W10/Tue/Hello-there.html"),
        ("permalink: /:categories/:title/\n", "/Hello-there/"),
        ("permalink: /b/:short_year-:i_month-:i_day/:slug:output_ext\n", "/b/24-3-5/hello-there.html"),
        ("permalink: /:long_month/:title_/x\n", "/March/Hello-there_/x"),
        ("permalink: /:long_month/:title_x\n", "?"),
        ("permalink: /:nonsense/\n", "?"),
        ("baseurl: /blog\npermalink: none\n", "/blog/Hello-there.html"),
        ("baseurl: blog/\npermalink: none\n", "/blog/Hello-there.html"),
        ("baseurl: https://x.org/blog/\npermalink: none\n", "/blog/Hello-there.html"),
        ("collections:\n  posts:\n    permalink: /p/:title\n", "/p/Hello-there"),
    ];
    for (config, expected) in styles {
        with(config, &[(post, "", expected)]);
    }
}

#[test]
fn categories_are_those_of_folders_and_of_front_matter() {
    with(
        "permalink: /:categories/:title/\n",
        &[
            ("_posts/2024-03-05-a.md", "categories: [News, Big News]\n", "/news/big%20news/a/"),
            ("_posts/2024-03-05-a.md", "categories: News Seoul\n", "/news/seoul/a/"),
            ("_posts/2024-03-05-a.md", "category: Big News\n", "/big%20news/a/"),
            ("asia/Korea/_posts/2024-03-05-a.md", "category: news\n", "/asia/korea/news/a/"),
            ("_posts/sub/2024-03-05-a.md", "", "/a/"),
        ],
    );
    with(
        "permalink: /:slugified_categories/:title/\n",
        &[("_posts/2024-03-05-a.md", "category: Big & News\n", "/big-news/a/")],
    );
}

#[test]
fn front_matter_comes_before_names_and_defaults() {
    let config = "permalink: /:year/:title/\ndefaults:\n- scope: {path: _posts/x, type: posts}\n  values: {permalink: /x/:title}\n";
    with(
        config,
        &[
            ("_posts/2024-03-05-a.md", "slug: Some Slug\n", "/2024/Some-Slug/"),
            ("_posts/2024-03-05-a.md", "date: 2023-01-01\n", "/2023/a/"),
            ("_posts/2024-03-05-a.md", "permalink: /my/:title.html\n", "/my/a.html"),
            ("_posts/x/2024-03-05-a.md", "", "/x/a"),
            ("_posts/x/2024-03-05-a.md", "permalink: /own/\n", "/own/"),
            ("_posts/2024-03-05-서울-뉴스.md", "", "/2024/%EC%84%9C%EC%9A%B8-%EB%89%B4%EC%8A%A4/"),
        ],
    );
}

#[test]
fn days_are_those_of_the_time_zone() {
    let post = "_posts/2024-03-05-a.md";
    let late = "date: 2024-03-05 23:30:00 -0800\n";
    let permalink = "permalink: /:day/:hour\n";
    with(&format!("{permalink}timezone: America/Los_Angeles\n"), &[(post, late, "/05/23")]);
    with(&format!("{permalink}timezone: Asia/Seoul\n"), &[(post, late, "/06/16")]);
    // In summer.
    with(&format!("{permalink}timezone: America/New_York\n"), &[(post, "date: 2024-07-01T02:00:00Z\n", "/30/22")]);
    // Without a zone in the config, it is that of the machine; without one in the date, it is as written everywhere.
    with(permalink, &[(post, late, "?"), (post, "date: '2024-03-05 23:30'\n", "/05/23")]);
    let built = [("_config.yml", permalink), ("netlify.toml", "[build]\n")];
    check(&built, &[(post, late, "/06/07")]);
}

#[test]
fn pages_end_as_posts_do() {
    let cases = [("about.md", "", "/about.html"), ("a/index.md", "", "/a/"), ("index.html", "", "/")];
    with("", &cases);
    with("permalink: pretty\n", &[("about.md", "", "/about/"), ("feed.xml.html", "", "/feed.xml/")]);
    with("permalink: /x/:title\n", &[("a/about.md", "", "/a/about"), ("a/about.md", "permalink: /b/\n", "/b/")]);
    with("permalink: weekdate\n", &[("about.md", "", "/about")]);
    // A page without front matter is copied; Markdown is not a page then.
    let files = [("_config.yml", "permalink: pretty\n"), ("a.html", "<p>a</p>"), ("b.md", "b\n")];
    assert_eq!((url(&files, "a.html"), url(&files, "b.md")), ("/a.html".to_owned(), "-".to_owned()));
    let files = [("_config.yml", ""), ("Gemfile", "gem 'github-pages'\n"), ("b.md", "b\n")];
    assert_eq!(url(&files, "b.md"), "?");
}

#[test]
fn collections_have_their_own() {
    let config = "permalink: pretty\ncollections:\n  docs: {output: true}\n  cats: {output: true, permalink: '/c/:name/:path:output_ext'}\n  notes: {}\n";
    with(
        config,
        &[
            ("_docs/a/B c.md", "", "/docs/a/B%20c/"),
            ("_cats/Tom Cat.md", "", "/c/tom-cat/Tom%20Cat.html"),
            ("_notes/a.md", "", "-"),
            ("_other/a.md", "", "-"),
        ],
    );
}

#[test]
fn some_files_are_not_published() {
    with(
        "",
        &[
            ("_posts/2024-03-05-a.md", "published: false\n", "-"),
            ("_posts/2090-03-05-a.md", "", "-"),
            ("_posts/undated.md", "", "-"),
            ("_drafts/a.md", "", "-"),
            ("about.md", "published: false\n", "-"),
        ],
    );
    with("future: true\npermalink: /:title/\n", &[("_posts/2090-03-05-a.md", "", "/a/")]);
    with("source: gone\n", &[("about.md", "", "?")]);
    let plugin = [("_config.yml", ""), ("_plugins/x.rb", "post.data['permalink'] = 1\n")];
    check(&plugin, &[("about.md", "", "?")]);
}
