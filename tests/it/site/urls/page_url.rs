//! How URLs are written.

use postlint::site::urls::PageUrl;

#[test]
fn two_spellings_of_a_url_are_equal() {
    let cases = [
        ("/a b/", "/a%20b/"),
        ("/caf%c3%a9", "/caf%C3%A9"),
        ("/café", "/caf%C3%A9"),
        ("/%41~%7e", "/A~~"),
        ("/100%", "/100%25"),
        ("/%zz", "/%25zz"),
        ("/a?b#c", "/a%3Fb%23c"),
        ("x", "/x"),
        ("/%2f", "/%2F"),
        ("", "/"),
        ("/%E", "/%25E"),
    ];
    for (path, expected) in cases {
        assert_eq!(PageUrl::new(path).as_str(), expected, "{path}");
    }
}

#[test]
fn a_site_may_be_below_a_path() {
    let cases = [
        ("", "/a/", "/a/"),
        ("/", "a", "/a"),
        ("/blog/", "/a/", "/blog/a/"),
        ("blog", "a", "/blog/a"),
        ("https://x.example/b/c", "/a", "/b/c/a"),
        ("//x.example", "/a", "/a"),
    ];
    for (base, path, expected) in cases {
        assert_eq!(PageUrl::below(base, path).as_str(), expected, "{base} {path}");
    }
}
