//! Which posts `{% post_url %}` finds. Each answer is that of Jekyll 4.3.1: `tests/oracle/links/jekyll-posts.txt`.

use crate::support::blog::{Blog, stdout};

const POSTS: [(&str, &str); 16] = [
    ("_posts/2024-05-01-tides.md", ""),
    ("_posts/old/2024-05-02-anchors.md", ""),
    ("trade/_posts/2024-05-03-fish.md", ""),
    ("trade/far/_posts/green/2024-05-04-matcha.md", ""),
    ("_posts/2024-05-05-ropes.md", "slug: knots\n"),
    ("_posts/old/2024-05-06-nets.md", "slug: mending\n"),
    ("_posts/2024-05-07-early.md", "date: 2023-12-31\n"),
    ("_posts/2024-05-08-late.md", "date: 2024-05-08 23:30:00 +0000\n"),
    ("_posts/old/2024-05-09-later.md", "date: 2024-05-09 23:30:00 +0000\n"),
    ("_posts/2024-5-1-short.md", ""),
    ("_posts/2024-05-10-sails.v2.md", ""),
    ("_posts/2024-05-11-물때.md", ""),
    ("_posts/2024-05-12-korean.md", "slug: 한국의 배\n"),
    ("_posts/later/2024-05-14-ferry.md", ""),
    ("_posts/24-06-02-short-year.md", ""),
    ("_posts/undated.md", ""),
];

/// The names that the rule reports in a post with a tag for each of these. `folder` is around all posts.
fn missing(config: &str, folder: &str, names: &[&str]) -> Vec<String> {
    let text = |front: &str| format!("---\nlayout: post\ntitle: A post\n{front}---\n\nText.\n");
    let mut files: Vec<(String, String)> =
        POSTS.iter().map(|(path, front)| (format!("{folder}{path}"), text(front))).collect();
    let links: String = names.iter().map(|name| format!("[a]({{% post_url {name} %}})\n\n")).collect();
    let asked = format!("{folder}_posts/2024-05-20-links.md");
    files.push((asked.clone(), format!("---\nlayout: post\ntitle: Links\n---\n\n{links}")));
    files.push(("_config.yml".to_owned(), config.to_owned()));
    let blog = Blog::new(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    let found = stdout(&blog.run(&["--select", "internal-link-broken", "--format", "concise", &asked]));
    found.lines().map(|line| line.split('`').nth(1).unwrap_or(line).to_owned()).collect()
}

#[test]
fn a_name_is_that_of_a_file_with_its_folder() {
    let found = ["2024-05-01-tides", "/2024-05-01-tides", "old/2024-05-02-anchors", "trade/2024-05-03-fish"];
    assert_eq!(missing("", "", &found), [""; 0]);
    let found = ["trade/far/green/2024-05-04-matcha", "2024-05-05-ropes", "2024-05-07-early", "2024-05-08-late"];
    assert_eq!(missing("", "", &found), [""; 0]);
    assert_eq!(missing("", "", &["2024-05-10-sails", "2024-05-10-sails.v2", "2024-05-11-물때"]), [""; 0]);
    let lost =
        ["2024-05-01-tide", "2024-05-01-Tides", "2024-05-01-tides.md", "trade/2024-05-03-fsih", "2024-05-11-물대"];
    assert_eq!(missing("", "", &lost), lost);
    assert_eq!(
        missing("", "", &["undated", "tides", "2024-05-10-sails.v3"]),
        ["undated", "tides", "2024-05-10-sails.v3"]
    );
}

#[test]
fn another_post_has_the_slug_and_the_day_of_the_name() {
    let config = "timezone: Asia/Seoul\ndefaults:\n- scope: {path: _posts/later}\n  values: {date: '2024-06-01'}\n";
    // The folder does not count, and neither do zeros and centuries.
    let found = ["2024-05-02-anchors", "young/2024-05-02-anchors", "trade/far/2024-05-04-matcha", "2024-5-1-tides"];
    assert_eq!(missing(config, "", &found), [""; 0]);
    assert_eq!(missing(config, "", &["24-5-1-tides", "2024-05-01-short", "2024-06-02-short-year"]), [""; 0]);
    // The slug and the date are those of the front matter, where it has them, or of the site's defaults.
    let found = ["2024-05-05-knots", "2024-05-06-mending", "2023-12-31-early", "2024-05-12-한국의 배"];
    assert_eq!(missing(config, "", &found), [""; 0]);
    assert_eq!(missing(config, "", &["later/2024-05-14-ferry", "2024-06-01-ferry"]), [""; 0]);
    let lost = ["trade/2024-05-05-ropes", "2024-05-06-nets", "trade/2024-05-07-early", "2024-05-14-ferry"];
    assert_eq!(missing(config, "", &lost), lost);
    let lost = ["2024-05-02-tides", "1924-06-02-short-year", "2024-13-45-anchors"];
    assert_eq!(missing(config, "", &lost), lost);
}

#[test]
fn a_day_is_that_of_the_time_zone() {
    let days = ["2024-05-09-later", "2024-05-10-later", "2024-05-11-later"];
    assert_eq!(missing("timezone: Asia/Seoul\n", "", &days), ["2024-05-09-later", "2024-05-11-later"]);
    assert_eq!(missing("timezone: UTC\n", "", &days), ["2024-05-10-later", "2024-05-11-later"]);
    // Without one, it is that of a machine somewhere.
    assert_eq!(missing("", "", &days), ["2024-05-11-later"]);
}

#[test]
fn folders_are_below_the_one_of_all_collections() {
    let config = "collections_dir: all/\n";
    let found = ["2024-05-01-tides", "old/2024-05-02-anchors", "trade/2024-05-03-fish", "old/2024-05-06-nets"];
    assert_eq!(missing(config, "all/", &found), [""; 0]);
    // Not `_posts/all/` or `all/_posts/` below the folder, and the slug is another one.
    assert_eq!(missing(config, "all/", &["all/old/2024-05-06-nets"]), ["all/old/2024-05-06-nets"]);
    let blog = Blog::new(&[
        ("_config.yml", config),
        ("all/_posts/2024-05-01-tides.md", "---\ntitle: A\n---\n"),
        (
            "a.md",
            "---\ntitle: B\n---\n[a]({% link _posts/2024-05-01-tides.md %}) [b]({% post_url 2024-05-01-tides %})\n",
        ),
    ]);
    let shown = stdout(&blog.run(&["links", "a.md"]));
    let places: Vec<&str> = shown.lines().filter_map(|line| line.rsplit('\t').next()).collect();
    assert_eq!(places, ["all/_posts/2024-05-01-tides.md"; 2]);
    assert_eq!(missing("collections_dir: other\n", "all/", &["2024-05-01-tides"]), ["2024-05-01-tides"]);
}

#[test]
fn tags_outside_of_links_are_reported_where_jekyll_renders_them() {
    let text = "See {% post_url 2024-05-01-no %} or `{% link _posts/no.md %}`, and ![a]({% link no.png %}).\n\n\
                <iframe src=\"{% link no.html %}\" title=\"a\"></iframe>\n\n[a]({% post_url 2024-05-03-no %})\n\
                {% post_url 2024-05-03-no %}\n\n{% raw %}{% post_url 2024-05-04-no %}{% endraw %}\n\
                {% comment %}{% post_url 2024-05-05-no %}{% endcomment %}\n\
                {% if false %}{% post_url 2024-05-06-no %} [a]({% link no.md %}){% endif %}\n\
                {% raw %}[a]({% link no.md %}){% endraw %}\n{% post_url {{ page.name }} %}\n\
                {% link \"/no/\", \"words\" %}\n{% post_url 2024-05-01-tides %} {% link _posts/2024-05-01-tides.md %}\n";
    let front = "---\nlayout: post\ntitle: A post\n---\n\n";
    let (asked, tides) = (format!("{front}{text}"), format!("{front}Text.\n"));
    let files = [
        ("_config.yml", "title: The quay\n"),
        ("_posts/2024-05-01-tides.md", &*tides),
        ("_posts/2024-05-20-tags.md", &asked),
    ];
    let selected = ["--select", "internal-link-broken", "--format", "concise", "_posts/2024-05-20-tags.md"];
    let found = stdout(&Blog::new(&files).run(&selected));
    let found: Vec<&str> = found.lines().map(|line| line.split_once(".md:").unwrap().1).collect();
    let error = "error[internal-link-broken]";
    assert_eq!(
        found,
        [
            format!("6:5: {error} the site has no post `2024-05-01-no`"),
            format!("6:38: {error} the site has no file `_posts/no.md`"),
            format!("6:73: {error} the site has no file `no.png`"),
            format!("8:14: {error} the site has no file `no.html`"),
            format!("10:5: {error} the site has no post `2024-05-03-no`"),
        ]
    );
}

/// What each name is to Jekyll 4.3.1: a day that the month does not have is counted on, any other stops the build.
#[test]
fn dates_of_file_names_that_do_not_exist_are_reported() {
    for (name, front, want) in [
        ("2023-02-30-a.md", "", "Jekyll parses it as 2023-03-02"),
        ("2023-06-31-a.md", "", "Jekyll parses it as 2023-07-01"),
        ("2023-2-31-a.md", "", "Jekyll parses it as 2023-03-03"),
        ("2023-02-30-10-things.md", "", "Jekyll parses it as 2023-03-02"),
        ("2023-02-32-a.md", "", "Jekyll stops the build"),
        ("2023-13-01-a.md", "", "Jekyll stops the build"),
        ("2023-00-10-a.md", "", "Jekyll stops the build"),
        ("2023-01-00-a.md", "date:\n", "Jekyll stops the build"),
        ("2023-13-01-a.md", "date: 2023-01-05\n", ""),
        ("2024-02-29-a.md", "", ""),
        ("2023-12-31-a.md", "", ""),
    ] {
        let post = format!("---\nlayout: post\ntitle: A post\n{front}---\n\nText.\n");
        let blog = Blog::new(&[("_config.yml", "title: The quay\n"), (&*format!("_posts/{name}"), &*post)]);
        let found = stdout(&blog.run(&["--select", "date-impossible", "--format", "concise"]));
        let says = "error[date-impossible] the date in the name of this file does not exist: ";
        assert_eq!(found.contains(&format!(":1:1: {says}{want}\n")), !want.is_empty(), "{name}: {found}");
        assert_eq!(found.is_empty(), want.is_empty(), "{name}: {found}");
    }
}
