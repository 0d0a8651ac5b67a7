//! What plugins make of headings is changed at the heading of the post: elements inside of it, and entries of contents.

use crate::audit::{Short, audit, of_rule, site};
use crate::support::blog::Blog;

const POST: &str = "_posts/2024-05-01-post1.md";

/// The lines of the post with findings of a rule.
fn lines(blog: &Blog, rule: &str) -> Vec<u64> {
    let (found, _) = audit(blog, &[]);
    let in_post = |it: &&&Short| it.0 == POST;
    of_rule(&found, rule).iter().filter(in_post).map(|it| it.1).collect()
}

/// hexo-toc puts the text into an element with the id, and numbers the links but not the ids.
#[test]
fn an_element_with_all_of_a_heading_is_of_the_heading() {
    let body = "## Boats\n\nBlue.\n\n### Times\n\nLate.\n\n## Fish\n\nRed.\n\n### Times\n\nSoon.";
    let heading = |level: u8, id: &str, text: &str| {
        format!("<h{level}><span id=\"{id}\">{text}</span><a href=\"#{id}\">#</a></h{level}>")
    };
    let made = format!(
        "{}<p>Blue.</p>{}<p>Late.</p>{}<p>Red.</p>{}<p>Soon.</p>",
        heading(2, "boats", "Boats"),
        heading(3, "times", "Times"),
        heading(2, "fish", "Fish"),
        heading(3, "times", "Times"),
    );
    let contents = "<ul><li><a href=\"#boats\">Boats</a><ul><li><a href=\"#times\">Times</a></li></ul></li>\
                    <li><a href=\"#fish\">Fish</a><ul><li><a href=\"#times-1\">Times</a></li></ul></li></ul>";
    let blog = site(&[("The quay", body, &format!("{contents}{made}"))]);
    assert_eq!(lines(&blog, "id-duplicate"), [19]);
    assert_eq!(lines(&blog, "fragment-broken"), [19], "the second entry is that of the second heading");
}

#[test]
fn an_icon_in_a_heading_is_not_of_the_post() {
    let made = "<h2 id=\"boats\">Boats <a class=\"anchor\" href=\"#boats\"><i class=\"icon\"></i></a></h2><p>Blue.</p>";
    let blog = site(&[("The quay", "## Boats\n\nBlue.", made)]);
    let (found, _) = audit(&blog, &[]);
    assert_eq!(of_rule(&found, "link-text-missing").iter().filter(|it| it.0 == POST).count(), 0, "{found:?}");
}

#[test]
fn an_entry_of_one_of_several_headings_is_not_guessed() {
    let body = "## Times\n\nLate.\n\n## Times\n\nSoon.";
    let made = "<ul><li><a href=\"#hours\">Times</a></li></ul><h2>Times</h2><p>Late.</p><h2>Times</h2><p>Soon.</p>";
    let blog = site(&[("The quay", body, made)]);
    assert!(lines(&blog, "fragment-broken").is_empty());
}

/// Old engines make links of what CommonMark reads as text.
#[test]
fn a_fragment_is_found_in_the_text_of_a_post() {
    let body = "Blue.\n\nSee [the times](#All times) of today.";
    let made = "<p>Blue.</p><p>See <a href=\"#All times\">the times</a> of today.</p>";
    let blog = site(&[("The quay", body, made)]);
    assert_eq!(lines(&blog, "fragment-broken"), [9]);
}

/// A heading with the words of the title, which the layout writes as well.
#[test]
fn a_heading_that_repeats_the_title_is_of_the_post() {
    let made = "<h1>The quay</h1><div><h1 id=\"the-quay\">The quay <a href=\"#the-quay\">#</a></h1><p>Blue.</p></div>";
    let blog = site(&[("The quay", "# The quay\n\nBlue.", made)]);
    let layout =
        "<!DOCTYPE html>\n<html lang=\"en\"><body><h1>{{ page.title }}</h1><div>{{ content }}</div></body></html>";
    blog.write("_layouts/post.html", layout);
    assert_eq!(lines(&blog, "heading-multiple-h1"), [7]);
}
