//! Built folders that no generator makes.

use crate::audit::{audit, page, site};
use crate::support::blog::Blog;

fn harbour() -> Blog {
    site(&[("The quay", "Long.", "<p>Long.</p>")])
}

#[test]
#[cfg(unix)]
fn links_in_a_ring_end() {
    let blog = harbour();
    std::os::unix::fs::symlink(blog.0.join("_site"), blog.0.join("_site/again")).unwrap();
    let (_, said) = audit(&blog, &[]);
    assert!(said.contains("built pages: 1 page in `_site`"), "{said}");
}

#[test]
fn a_page_that_is_too_large_is_named() {
    let blog = harbour();
    let large = std::fs::File::create(blog.0.join("_site/large.html")).unwrap();
    large.set_len(1 << 30).unwrap();
    let (_, said) = audit(&blog, &[]);
    assert!(said.contains("built file not read: `large.html`: this is larger than 32 MB"), "{said}");
}

#[test]
fn what_is_not_html_or_not_utf8_is_read_for_links_only() {
    let blog = harbour();
    blog.write("_site/data.html", "{\"a\": [1, 2, 3]}");
    std::fs::write(
        blog.0.join("_site/old.html"),
        b"<!doctype html><title>\xc7\xd7\xb1\xb8</title><a href=\"/\xc7\xd7\">x</a>",
    )
    .unwrap();
    std::fs::write(blog.0.join("_site/robots.txt"), b"\xff\xfe\x00").unwrap();
    blog.write("_site/sitemap.xml", "<urlset><loc");
    let (found, said) = audit(&blog, &[]);
    assert!(said.contains("not UTF-8, of which only links were read: 1"), "{said}");
    let is_strange = |it: &&(String, u64, String, String)| it.0.ends_with("data.html") || it.0.ends_with("old.html");
    assert!(found.iter().filter(is_strange).all(|it| it.2 == "page-orphaned"), "{found:?}");
}

#[test]
#[cfg(unix)]
fn names_may_have_any_bytes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let blog = harbour();
    let name = blog.0.join("_site").join(OsStr::from_bytes(b"a\xff\n.html"));
    if std::fs::write(&name, page("Another", "<p>x</p>")).is_err() {
        return;
    }
    let (_, said) = audit(&blog, &[]);
    assert!(said.contains("names of built files that are not UTF-8: 1"), "{said}");
    assert!(!said.contains("a\u{fffd}\n"), "{said}");
}

#[test]
fn many_files_are_read_in_bounded_time() {
    let blog = harbour();
    for number in 0..2_000 {
        blog.write(&format!("_site/many/{number}.html"), "<a href=\"/many/1.html\">x</a>");
    }
    let (_, said) = audit(&blog, &[]);
    assert!(said.contains("built pages: 2001 pages") || said.contains("built pages: 2,001 pages"), "{said}");
}
