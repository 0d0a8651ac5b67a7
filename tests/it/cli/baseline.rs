//! Baselines: which findings are hidden, which are not, and how a baseline is updated.

use crate::support::blog::{Blog, code, stderr, stdout};
use postlint::engine::baseline::Baseline;

const FILE: &str = "postlint-baseline.txt";
const FRONT: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n";
const ONE: &str = "_posts/2012-01-01-one.md";
const TWO: &str = "_posts/2012-01-02-둘 째.md";

fn old_blog() -> Blog {
    let one = format!("{FRONT}<p><img src=\"/a.png\"></p>\n\n<p><img src=\"/b.png\"></p>\n");
    let two = format!("{FRONT}<p>가</p>\n<p>&nbsp;</p>\n<p>나</p>\n<p>&nbsp;</p>\n<p>다</p>\n");
    let blog = Blog::of_distinct(&[("_config.yml", ""), (ONE, &one), (TWO, &two)]);
    assert_eq!(code(&blog.run(&[])), 1);
    let written = blog.run(&["--write-baseline"]);
    assert_eq!((code(&written), stdout(&written).as_str()), (0, ""), "{}", stderr(&written));
    blog
}

#[test]
fn known_findings_are_not_reported() {
    let blog = old_blog();
    let again = blog.run(&[]);
    assert_eq!((code(&again), stdout(&again).as_str()), (0, ""));
    assert!(stderr(&again).contains("4 known findings hidden by postlint-baseline.txt"), "{}", stderr(&again));
    let all = blog.run(&["--no-baseline", "--format", "concise"]);
    assert_eq!((code(&all), stdout(&all).lines().count()), (1, 4));
    assert_eq!(code(&blog.run(&["--baseline", FILE])), 0);
    assert_eq!(code(&blog.run(&["--baseline", "other.txt"])), 2);
}

#[test]
fn formats_of_lines_tell_how_many_findings_are_hidden() {
    let blog = old_blog();
    let hidden = "4 known findings hidden by postlint-baseline.txt\n";
    for format in ["full", "concise", "unix"] {
        let said = |arguments: &[&str]| stderr(&blog.run(&[&["--format", format], arguments].concat()));
        assert_eq!(said(&[]).matches(hidden).count(), 1, "{format}: {}", said(&[]));
        for quiet in [&["-q"][..], &["--no-baseline"], &["--diff"]] {
            assert!(!said(quiet).contains(hidden), "{format} {quiet:?}: {}", said(quiet));
        }
    }
    assert!(!stderr(&blog.run(&["--format", "json"])).contains(hidden), "programs read other formats");
}

#[test]
fn the_baseline_of_a_config_in_its_own_folder_is_beside_that_folder() {
    let post = format!("{FRONT}<p><img src=\"/a.png\"></p>\n");
    for config in ["postlint.yml", ".config/postlint.yml", ".config/postlint.yaml"] {
        let blog = Blog::new(&[(config, "baseline: lists/known.txt\n"), (ONE, &post), ("lists/x.txt", "")]);
        let written = blog.run(&["--write-baseline"]);
        assert_eq!(code(&written), 0, "{config}: {}", stderr(&written));
        assert!(blog.read("lists/known.txt").contains(ONE), "{config}");
        assert_eq!(code(&blog.run(&[])), 0, "{config}");
        let inside = blog.command(&["."]).current_dir(blog.0.join("_posts")).output().unwrap();
        assert_eq!(code(&inside), 0, "{config}: {}", stdout(&inside));
    }
}

#[test]
fn lines_are_independent_and_sorted() {
    let blog = old_blog();
    let text = blog.read(FILE);
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 3, "{text}");
    let image = lines.iter().find(|line| line.ends_with("\t1\t<p><img src=\"/a.png\"></p>")).unwrap();
    assert!(image.starts_with(&format!("{ONE}\talt-missing\t")), "{text}");
    assert!(lines[2].starts_with(&format!("{TWO}\tspacer-paragraph\t")) && lines[2].contains("\t2\t<p>&nbsp;</p>"));
    assert!(lines.is_sorted(), "{text}");
    blog.run(&["--write-baseline"]);
    assert_eq!(blog.read(FILE), text);
}

#[test]
fn moved_text_is_known_and_new_findings_fail() {
    let blog = old_blog();
    let moved = format!("{FRONT}New words.\n\n<p><img src=\"/b.png\"></p>\n\n  <p><img src=\"/a.png\"></p>\n");
    blog.write(ONE, &moved);
    assert_eq!(code(&blog.run(&[])), 0);
    blog.write(ONE, &format!("{moved}\n<p><img src=\"/c.png\"></p>\n"));
    let new = blog.run(&["--format", "concise"]);
    assert_eq!(code(&new), 1);
    assert_eq!(stdout(&new), format!("{ONE}:12:4: error[alt-missing] image has no alternative text\n"));
}

/// Paragraphs with many findings. Some rules report one finding for two paragraphs or for the whole post; for each of
/// them, any of the paragraphs may come first.
const BLOCKS: [&str; 8] = [
    "<p>The boats came back before dawn, with less than the harbour had hoped for all week.</p>",
    "<p data-ke-size=\"size16\">The boats came back before dawn, with less than the harbour had hoped for all week.</p>",
    "<p id=\"quay\">On the quay <b>nobody</b> spoke.</p>",
    "<p id=\"quay\" style=\"color: red\">A crane turned.</p>",
    "<p style=\"color: blue\" data-ke-size=\"size18\">Then it stopped.</p>",
    "<p><a href=\"https://news.example.com/a\" rel=\"nofollow dofollow\">The morning's prices</a> were out.</p>",
    "<p><a href=\"https://news.example.com/b\" rel=\"nofollow\">Yesterday's prices</a> were lower.</p>",
    "<p>&nbsp;</p>",
];

#[test]
fn known_findings_may_be_reordered() {
    let front = "---\ntitle: The morning at the harbour\ndescription: Prices and silence on the quay.\n---\n\n";
    let post = |blocks: &[&str]| format!("{front}{}\n", blocks.join("\n\n"));
    let blog = Blog::new(&[("_config.yml", ""), ("postlint.yml", "extends: [strict]\n"), (ONE, &post(&BLOCKS))]);
    blog.run(&["--write-baseline"]);
    let known = Baseline::parse(&blog.read(FILE)).unwrap();
    let rules = known.by_rule();
    for rule in ["id-duplicate", "paragraph-duplicated", "inline-style", "editor-attributes", "spacer-paragraph"] {
        assert!(rules.contains_key(rule), "{rule}: {rules:?}");
    }
    let mut blocks = BLOCKS;
    for turn in 0..BLOCKS.len() * 2 {
        blocks.rotate_left(3);
        blocks.swap(turn % BLOCKS.len(), 0);
        blog.write(ONE, &post(&blocks).replace("\n\n", "\n\n\n"));
        let output = blog.run(&["--format", "concise", "--fail-on", "info"]);
        assert_eq!((stdout(&output).as_str(), code(&output)), ("", 0), "{}", blog.read(ONE));
    }
}

#[test]
fn posts_may_move_to_another_folder_or_date() {
    let rename = |blog: &Blog, from: &str, to: &str| {
        blog.write(to, &blog.read(from));
        std::fs::remove_file(blog.0.join(from)).unwrap();
    };
    let blog = old_blog();
    rename(&blog, ONE, "archive/_posts/2013-05-06-one.md");
    let moved = blog.run(&["--format", "full"]);
    assert_eq!((code(&moved), stdout(&moved).as_str()), (0, ""));
    let told = stderr(&moved);
    assert!(told.contains("4 known findings hidden by") && !told.contains("fixed"), "{told}");
    assert!(told.contains("has moved: run `postlint baseline prune` to update it"), "{told}");
    let pruned = blog.run(&["baseline", "prune"]);
    assert!(stderr(&pruned).contains("0 known findings forgotten"), "{}", stderr(&pruned));
    assert!(blog.read(FILE).contains("\narchive/_posts/2013-05-06-one.md\talt-missing\t"), "{}", blog.read(FILE));
    assert!(!stderr(&blog.run(&[])).contains("moved"));

    // A post with another name is a different post, and so is a second post with the same name.
    rename(&blog, "archive/_posts/2013-05-06-one.md", "_posts/2012-01-01-first.md");
    assert_eq!(stdout(&blog.run(&["--format", "concise"])).lines().count(), 2);
    let blog = old_blog();
    blog.write("a/_posts/2012-01-01-one.md", &blog.read(ONE).replace("A post", "A copy").replace("What", "Of what"));
    rename(&blog, ONE, "b/_posts/2012-01-01-one.md");
    assert_eq!(stdout(&blog.run(&["--format", "concise"])).lines().count(), 4);
}

#[test]
fn another_identical_finding_is_new() {
    let blog = old_blog();
    blog.write(TWO, &format!("{}<p>&nbsp;</p>\n<p>라</p>\n", blog.read(TWO)));
    let new = blog.run(&["--format", "concise"]);
    assert_eq!(stdout(&new), format!("{TWO}:11:1: warn[spacer-paragraph] empty paragraph used as a spacer\n"));
}

#[test]
fn fixed_findings_are_counted_and_pruned() {
    let blog = old_blog();
    blog.write(ONE, &format!("{FRONT}<p><img src=\"/a.png\"></p>\n"));
    std::fs::remove_file(blog.0.join(TWO)).unwrap();
    let told = blog.run(&[]);
    assert_eq!(code(&told), 0);
    assert!(stderr(&told).contains("1 known finding in postlint-baseline.txt is gone"), "{}", stderr(&told));
    let gone = "2 known findings in postlint-baseline.txt belong to posts that are gone or renamed";
    assert!(stderr(&told).contains(gone), "{}", stderr(&told));
    let links = stderr(&blog.run(&["--select", "links", ONE]));
    assert!(links.contains(gone) && !links.contains("fixed"), "rules that did not run are not fixed: {links}");
    let pruned = blog.run(&["baseline", "prune"]);
    assert_eq!(code(&pruned), 0);
    assert!(stderr(&pruned).contains("3 known findings forgotten"), "{}", stderr(&pruned));
    let left = Baseline::parse(&blog.read(FILE)).unwrap();
    assert_eq!((left.len(), left.paths().collect::<Vec<_>>()), (1, vec![ONE]));
    blog.write(ONE, &format!("{FRONT}<p><img src=\"/b.png\"></p>\n"));
    assert_eq!(code(&blog.run(&[])), 1, "what was fixed once is new");
}

#[test]
fn writing_a_part_keeps_the_rest() {
    let blog = old_blog();
    let before = blog.read(FILE);
    blog.run(&["--write-baseline", ONE]);
    assert_eq!(blog.read(FILE), before);
    blog.run(&["--write-baseline", "--select", "links"]);
    assert_eq!(blog.read(FILE), before);
    blog.write(ONE, &format!("{FRONT}Text.\n"));
    blog.run(&["--write-baseline", ONE]);
    assert_eq!(Baseline::parse(&blog.read(FILE)).unwrap().len(), 2);
}

#[test]
fn the_baseline_is_beside_the_config_and_found_from_any_folder() {
    let post = format!("{FRONT}<p><img src=\"/a.png\"></p>\n");
    let blog = Blog::new(&[("site/postlint.yml", ""), ("site/_posts/2012-01-01-a.md", &post)]);
    blog.run(&["--write-baseline", "site"]);
    assert!(blog.read("site/postlint-baseline.txt").contains("\n_posts/2012-01-01-a.md\t"));
    assert_eq!(code(&blog.run(&[])), 0);
    assert_eq!(code(&blog.run(&["site/_posts/2012-01-01-a.md"])), 0);
    let inside = blog.command(&["2012-01-01-a.md"]).current_dir(blog.0.join("site/_posts")).output().unwrap();
    assert_eq!(code(&inside), 0, "{}", stdout(&inside));
}

#[test]
fn show_counts_by_rule() {
    let blog = old_blog();
    let shown = stdout(&blog.run(&["baseline", "show"]));
    let expected = "postlint-baseline.txt: 4 findings in 2 posts\n\ncount  rule              files\n    2  alt-missing           1\n    2  spacer-paragraph      1\n";
    assert_eq!(shown, expected);
    let none = Blog::of_distinct(&[]);
    let output = none.run(&["baseline", "show"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("postlint --write-baseline"), "{}", stderr(&output));
}

#[test]
fn git_merges_keep_both_sides() {
    let text = "a.md\tx\t1\t2\tone\na.md\tx\t1\t3\tone\nb.md\ty\t2\t1\ttwo\n";
    assert_eq!(Baseline::parse(text).unwrap().len(), 4);
    for (line, wrong) in [(1, "<<<<<<< HEAD\n"), (1, "a.md\tx\n"), (2, "# comment\na.md\tx\t1\tmany\tone\n")] {
        assert_eq!(Baseline::parse(wrong).unwrap_err().line, line, "{wrong}");
    }
    let blog = old_blog();
    blog.write(FILE, &format!("{}=======\n", blog.read(FILE)));
    let output = blog.run(&[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("postlint-baseline.txt: line 6: unresolved merge conflict"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_written_baseline_is_parsed_again() {
    let odd = "#odd\tname%09.md";
    let text = format!("{}\trule\t0123\t7\texcerpt\twith tab\n", "%23odd%09name%2509.md");
    let baseline = Baseline::parse(&text).unwrap();
    assert_eq!(baseline.paths().collect::<Vec<_>>(), [odd]);
    assert_eq!(Baseline::parse(&baseline.to_string()).unwrap(), baseline);
}

#[test]
fn a_carriage_return_is_not_a_part_of_an_excerpt() {
    let baseline = Baseline::parse("a.md\trule\t0123\t1\texcerpt\r\r\nb.md\trule\t0123\t1\ta\rb\r").unwrap();
    assert_eq!(Baseline::parse(&baseline.to_string()).unwrap(), baseline);
}

#[test]
fn an_entry_with_count_zero_is_ignored() {
    let baseline = Baseline::parse("a.md\trule\t0123\t0\texcerpt\nb.md\trule\t0123\t1\texcerpt\n").unwrap();
    assert_eq!(baseline.paths().collect::<Vec<_>>(), ["b.md"]);
    assert_eq!(Baseline::parse(&baseline.to_string()).unwrap(), baseline);
}

/// Counts at their maximum must not hide that the path of the post changed.
#[test]
fn pruning_updates_paths_of_saturated_counts() {
    let known = "a\tb\tc\t18446744073709551615\tx\na\tb\td\t18446744073709551615\tx\n";
    let blog = Blog::new(&[(FILE, known), ("a.md", "---\ntitle: A cup of tea\n---\n\nTea.\n")]);
    let output = blog.run(&["baseline", "prune"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(Baseline::parse(&blog.read(FILE)).unwrap().is_empty(), "{}", blog.read(FILE));
}
