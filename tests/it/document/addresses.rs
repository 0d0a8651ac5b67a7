//! URLs: their parts, and which of them belong to the site itself.

use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::site::Site;
use postlint::url::{comparable_fragment, file_name, host, is_below, parameters, path_and_query, scheme};

#[test]
fn a_host_excludes_user_and_port() {
    assert_eq!(host("https://kim@WWW.Example.com:8080/a?b#c").unwrap(), "www.example.com");
    assert_eq!(host("//example.com").unwrap(), "example.com");
    assert_eq!(host("https://[2001:db8::1]:8080/a").unwrap(), "[2001:db8::1]");
    assert_eq!(host("http://example.com?a=/b").unwrap(), "example.com");
    for none in ["", "/a", "a/b", "mailto:kim@example.com", "https://", "https:/example.com", "#a"] {
        assert_eq!(host(none), None, "{none}");
    }
}

#[test]
fn a_domain_includes_its_subdomains_only() {
    assert!(is_below("example.com", "example.com") && is_below("a.example.com", "example.com"));
    assert!(!is_below("badexample.com", "example.com") && !is_below("com", "example.com"));
}

#[test]
fn parts_of_a_url() {
    assert_eq!(scheme("HTTPS://example.com"), Some("HTTPS"));
    assert_eq!(scheme("/a:b"), None);
    assert_eq!(path_and_query("https://example.com/a?b#c"), "/a?b#c");
    assert_eq!(path_and_query("a/b"), "a/b");
    let query: Vec<_> = parameters("/a?b=c&amp;d&e=f=g#?h=i").collect();
    assert_eq!(query, [("b", "c"), ("d", ""), ("e", "f=g")]);
    assert_eq!(file_name("/a/%EC%84%9C%EC%9A%B8.png?x=/y"), "서울.png");
}

#[test]
fn fragments_are_decoded_and_composed() {
    assert_eq!(comparable_fragment("%EC%84%9C%EC%9A%B8"), "서울");
    assert_eq!(comparable_fragment("\u{1109}\u{1165}\u{110b}\u{116e}\u{11af}"), "서울");
    assert_eq!(comparable_fragment("%"), "%");
}

fn place(config: &str) -> Place {
    Site::jekyll(config).place("_posts/2024-07-30-seoul.md").unwrap()
}

#[test]
fn own_hosts_come_from_the_config() {
    let root = place("url: https://Blog.example.com\n");
    assert!(root.is_own_address("http://www.blog.example.com/a") && root.is_own_address("//blog.example.com"));
    assert!(!root.is_own_address("https://example.com/a") && !root.is_own_address("/a"));
    let project = place("url: https://kim.github.io\nbaseurl: /blog/\n");
    assert!(
        project.is_own_address("https://kim.github.io/blog/a") && project.is_own_address("https://kim.github.io/blog")
    );
    assert!(
        !project.is_own_address("https://kim.github.io/blogs") && !project.is_own_address("https://kim.github.io/")
    );
}

#[test]
fn projects_on_a_shared_host_are_not_distinguished() {
    assert!(!place("url: https://kim.github.io\n").is_own_address("https://kim.github.io/other/"));
    let unknown = Place::new("a.md", Generator::Jekyll, Dialect::Kramdown);
    assert!(!unknown.is_own_address("https://example.com/"));
}
