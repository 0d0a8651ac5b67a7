//! What is not a finding: targets that an incomplete folder lacks, what scripts may make, pages that nobody writes.

use crate::audit::{Short, audit, of_rule, page, site};
use crate::report::numbers::json;
use crate::support::blog::{Blog, code, stderr, stdout};

/// A page with this in its body.
fn plain(body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<title>The quay</title>\n\
         <meta name=\"description\" content=\"How long it is.\">\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}

/// A built folder without its sources.
fn folder(files: &[(&str, &str)]) -> Vec<Short> {
    let blog = Blog::new(&[]);
    for (path, text) in files {
        blog.write(&format!("out/{path}"), text);
    }
    let (found, said) = audit(&blog, &["--built", "out"]);
    assert!(said.contains("built pages:"), "{said}");
    found
}

fn pictures(count: usize) -> String {
    (0..count).map(|at| format!("<img src=\"/img/{at}.png\" alt=\"\" width=\"1\" height=\"1\">")).collect()
}

/// What the audit of such a folder says it could not check.
fn not_checked(files: &[(&str, &str)]) -> (Vec<Short>, Vec<String>) {
    let blog = Blog::new(&[]);
    for (path, text) in files {
        blog.write(&format!("out/{path}"), text);
    }
    let (found, said) = audit(&blog, &["--built", "out"]);
    let warned = |it: &&str| it.starts_with("warning: not checked: ");
    let warned: Vec<&str> = said.lines().filter(warned).collect();
    let audit = json(&blog, &["--built", "out"]);
    let listed = audit["audit"]["scope"]["notChecked"].as_array().unwrap();
    let lacked = listed.iter().map(|it| it.as_str().unwrap().to_owned()).filter(|it| it.contains("lacks"));
    let lacked: Vec<String> = lacked.collect();
    assert_eq!(lacked.len(), warned.len(), "{said}");
    (found, lacked)
}

#[test]
fn pictures_that_are_left_out_as_a_whole_are_not_checked() {
    let (found, not_checked) = not_checked(&[("index.html", &plain(&pictures(25)))]);
    assert!(of_rule(&found, "image-file-missing").is_empty(), "{found:?}");
    assert_eq!(not_checked, ["image files, of which the built folder lacks 25 of 25"]);
}

#[test]
fn the_few_other_files_of_an_incomplete_build_are_not_checked() {
    let links: String = (0..6).map(|at| format!("<a href=\"/files/{at}.zip\">Part {at}</a>\n")).collect();
    let sheets = "<link rel=\"stylesheet\" href=\"/a.css\"><script src=\"/a.js\"></script></head>";
    let body = format!("{}{links}<a href=\"/files/7.pdf\">Tables</a><a href=\"/gone/\">Gone</a>", pictures(25));
    let whole = plain(&body).replace("</head>", sheets);
    let (found, mut lacked) = not_checked(&[("index.html", &whole), ("files/7.pdf", "PDF")]);
    lacked.sort_unstable();
    let wanted = [
        "image files, of which the built folder lacks 25 of 25",
        "linked documents, archives and pictures, of which the built folder lacks 6 of 7",
        "style sheets, scripts and other files, of which the built folder lacks 2 of 2",
    ];
    assert_eq!(lacked, wanted);
    let broken: Vec<&str> = of_rule(&found, "internal-link-broken").iter().map(|it| &*it.3).collect();
    assert_eq!(broken, ["no page of this site has the URL `/gone`"], "{found:?}");
    assert!(of_rule(&found, "image-file-missing").is_empty(), "{found:?}");
    let found =
        folder(&[("index.html", &plain(&links)), ("files/1.zip", ""), ("files/2.zip", ""), ("files/3.zip", "")]);
    let few: Vec<&str> = of_rule(&found, "internal-link-broken").iter().map(|it| &*it.3).collect();
    assert_eq!(
        few,
        [
            "the site has no file `files/0.zip`",
            "the site has no file `files/4.zip`",
            "the site has no file `files/5.zip`"
        ]
    );
}

#[test]
fn a_few_missing_pictures_are_each_a_finding() {
    let there: Vec<String> = (0..4).map(|at| format!("img/{at}.png")).collect();
    let page = plain(&pictures(20));
    let mut files: Vec<(&str, &str)> = there.iter().map(|path| (&**path, "PNG")).collect();
    files.push(("index.html", &page));
    assert_eq!(of_rule(&folder(&files), "image-file-missing").len(), 16);
}

#[test]
fn many_missing_pictures_among_many_more_are_each_a_finding() {
    let there: Vec<String> = (0..75).map(|at| format!("img/{at}.png")).collect();
    let page = plain(&pictures(100));
    let mut files: Vec<(&str, &str)> = there.iter().map(|path| (&**path, "PNG")).collect();
    files.push(("index.html", &page));
    assert_eq!(of_rule(&folder(&files), "image-file-missing").len(), 25);
}

#[test]
fn links_to_posts_without_a_page_are_told_once() {
    let titles: Vec<String> = (1..=12).map(|number| format!("Day {number}")).collect();
    let links: String =
        (1..=12).map(|day| format!("<a href=\"/2024/05/{day:02}/post{day}.html\">Day {day}</a>\n")).collect();
    let posts: Vec<(&str, &str, &str)> = titles.iter().map(|title| (&**title, "Long.", &*links)).collect();
    let blog = site(&posts);
    for day in 5..=12 {
        std::fs::remove_file(blog.0.join(format!("_site/2024/05/{day:02}/post{day}.html"))).unwrap();
    }
    let (found, said) = audit(&blog, &[]);
    assert!(said.contains("8 posts without a built page"), "{said}");
    assert!(!found.iter().any(|it| it.3.contains("/2024/05/")), "{found:?}");
}

#[test]
fn a_link_to_one_post_without_a_page_is_broken() {
    let link = "<a href=\"/2024/05/02/post2.html\">Day two</a>";
    let blog = site(&[("Day one", "Long.", link), ("Day two", "Blue.", "<p>Blue.</p>")]);
    std::fs::remove_file(blog.0.join("_site/2024/05/02/post2.html")).unwrap();
    let (found, _) = audit(&blog, &[]);
    assert_eq!(found.iter().filter(|it| it.3.contains("/2024/05/02/post2.html`")).count(), 1, "{found:?}");
}

#[test]
fn scripts_may_make_the_ids_of_a_page() {
    let links =
        |from: usize| -> String { (from..9).map(|at| format!("<a href=\"#part-{at}\">Part {at}</a>\n")).collect() };
    let ids: String = (0..7).map(|at| format!("<p id=\"part-{at}\">{at}</p>")).collect();
    let broken = |body: &str| of_rule(&folder(&[("index.html", &plain(body))]), "fragment-broken").len();
    assert_eq!(broken(&links(0)), 9, "without scripts, all ids are known");
    assert_eq!(broken(&format!("{}<script src=\"https://a.example.org/x.js\"></script>", links(0))), 0);
    assert_eq!(broken(&format!("{}{ids}<script src=\"https://a.example.org/x.js\"></script>", links(0))), 2);
    assert_eq!(
        broken(&format!("{}<script type=\"application/ld+json\">{{}}</script>", links(7))),
        2,
        "data is no script"
    );
    assert_eq!(broken(&links(0).replace("<a ", "<a role=\"tab\" ")), 0);
}

/// `markdown-it-anchor` writes the escapes into the id and into the link to it; browsers look for both spellings.
#[test]
fn an_id_may_be_written_with_escapes() {
    let broken = |body: &str| of_rule(&folder(&[("index.html", &plain(body))]), "fragment-broken").len();
    let heading = "<h2 id=\"why%2C-me%3F\">Why, me?</h2>";
    assert_eq!(broken(&format!("{heading}<a href=\"#why%2C-me%3F\">Why</a>")), 0);
    assert_eq!(broken(&format!("{heading}<a href=\"#why%2C-you%3F\">Why</a>")), 1);
    assert_eq!(broken("<h2 id=\"why,-me?\">Why, me?</h2><a href=\"#why%2C-me%3F\">Why</a>"), 0);
}

#[test]
fn pages_of_other_programs_are_not_judged() {
    let made = "<!DOCTYPE HTML>\n<html>\n<head>\n<!-- Generated by javadoc (17) on Thu May 02 10:00:00 UTC 2024 -->\n\
                <meta name=\"generator\" content=\"javadoc/ClassWriterImpl\">\n</head>\n<body><a name=\"x\"></a><center>Quay</center>\
                <a href=\"gone.html\">Gone</a><img src=\"/gone.png\"></body>\n</html>\n";
    let blog = site(&[("The quay", "Long.", "<p>Long, says <a href=\"/api/Quay.html\">the API</a>.</p>")]);
    blog.write("_site/api/Quay.html", made);
    let (found, said) = audit(&blog, &[]);
    assert!(said.contains("built pages: 2 pages"), "{said}");
    assert!(!found.iter().any(|it| it.0.contains("api/") || it.3.contains("gone.")), "{found:?}");
}

#[test]
fn error_pages_and_later_parts_of_lists_are_as_they_should_be() {
    let article = "<article><h1>Not here</h1><p>Look elsewhere.</p></article>";
    let robots = "<meta name=\"robots\" content=\"noindex\">\n</head>";
    let missing = plain(article).replace("</head>", robots);
    let later = plain("<h1>Posts</h1>").replace("<meta name=\"description\" content=\"How long it is.\">\n", "");
    let home = plain("<a href=\"/post.html\">The post of today</a>");
    let post = plain(article).replace("</head>", robots);
    let files =
        [("404.html", &*missing), ("page/2/index.html", &*later), ("index.html", &*home), ("post.html", &*post)];
    let found = folder(&files);
    let rules: Vec<(&str, &str)> = found.iter().map(|it| (&*it.0, &*it.2)).collect();
    assert_eq!(rules, [("out/post.html", "page-noindex")]);
}

#[test]
fn names_of_tags_are_no_generic_links() {
    let found = folder(&[
        ("index.html", &plain("<a href=\"/tags/link/\" rel=\"tag\">link</a> <a href=\"/tags/link/\">link</a>")),
        ("tags/link/index.html", &plain("<h1>Posts with links</h1>")),
    ]);
    assert_eq!(of_rule(&found, "link-text-generic").len(), 1, "{found:?}");
}

#[test]
fn the_host_of_a_test_server_is_one_finding() {
    let blog = site(&[("The quay", "Long.", "<p>Long.</p>"), ("The boats", "Blue.", "<p>Blue.</p>")]);
    for (day, title) in [(1, "The quay"), (2, "The boats")] {
        let url = format!("http://localhost:4000/2024/05/0{day}/post{day}.html");
        let made = page(title, "<p>Long.</p>")
            .replace("</head>", &format!("<link rel=\"canonical\" href=\"{url}\">\n</head>"));
        blog.write(&format!("_site/2024/05/0{day}/post{day}.html"), &made);
    }
    let (found, _) = audit(&blog, &[]);
    let left = of_rule(&found, "deploy-leftover");
    assert_eq!(left.len(), 1, "{found:?}");
    assert!(left[0].3.ends_with("(in 2 built pages)"), "{left:?}");
}

/// The beginnings of picture files, with their sizes.
fn files_of_pictures() -> Vec<(&'static str, Vec<u8>)> {
    let png = |w: u32, h: u32| {
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &w.to_be_bytes(), &h.to_be_bytes(), b"\x08\x02\0\0\0"].concat()
    };
    let thumbnail = [b"\xff\xe1\x00\x0aExif\0\0\xff\xc0".as_slice()].concat();
    let jpeg = |w: u16, h: u16| {
        let frame = [b"\xff\xc2\x00\x11\x08".as_slice(), &h.to_be_bytes(), &w.to_be_bytes(), b"\x03"].concat();
        [b"\xff\xd8".as_slice(), &thumbnail, &frame].concat()
    };
    let webp = |w: u32, h: u32| {
        let size = |n: u32| (n - 1).to_le_bytes()[..3].to_vec();
        [b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".as_slice(), &size(w), &size(h)].concat()
    };
    vec![
        ("small.png", png(200, 100)),
        ("medium.jpg", jpeg(800, 420)),
        ("long.webp", webp(1300, 400)),
        ("fine.png", png(1200, 630)),
        ("fine.webp", webp(1920, 1080)),
        ("cut.jpg", b"\xff\xd8\xff".to_vec()),
        ("empty.png", Vec::new()),
    ]
}

#[test]
fn preview_images_are_measured() {
    let blog = Blog::new(&[("out/index.html", &plain(""))]);
    let mut links = String::new();
    for (name, bytes) in files_of_pictures() {
        std::fs::write(blog.0.join("out").join(name), bytes).unwrap();
        let meta = format!("<meta property=\"og:image\" content=\"/{name}\">\n</head>");
        blog.write(&format!("out/{name}.html"), &plain("").replace("</head>", &meta));
        links.push_str(&format!("<a href=\"/{name}.html\">The page of {name}</a>\n"));
    }
    blog.write("out/index.html", &plain(&links));
    let (found, _) = audit(&blog, &["--built", "out"]);
    let sizes: Vec<&str> = of_rule(&found, "og-image-size").iter().map(|it| &*it.3).collect();
    let wanted = [
        "the preview image `long.webp` of 1300 × 400 pixels does not suit Naver",
        "the preview image `medium.jpg` of 800 × 420 pixels does not suit Google Discover",
        "the preview image `small.png` of 200 × 100 pixels does not suit X",
    ];
    assert_eq!(sizes, wanted, "{found:?}");
}

#[test]
fn a_named_folder_without_pages_is_an_error() {
    let blog =
        Blog::new(&[("_config.yml", "title: The quay\n"), ("_posts/2024-01-01-a.md", "---\ntitle: A\n---\n\nText.\n")]);
    blog.write("out/style.css", "p { color: red }\n");
    blog.write("out/sub/sitemap.xml", "<urlset></urlset>\n");
    for arguments in [&["audit", "--built", "out"][..], &["audit", "--built", "out", "-q"]] {
        let output = blog.run(arguments);
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""));
        assert!(stderr(&output).contains("error: `out` has no HTML page"), "{}", stderr(&output));
    }
    blog.write("out/a.html", &plain("<p>How long it is.</p>"));
    assert!(code(&blog.run(&["audit", "--built", "out"])) < 2);
}
