//! Rules across posts: which posts they see, where they report, and how their findings are suppressed and known.

use crate::support::blog::{Blog, code, stderr, stdout};
use std::fs;

const CONFIG: (&str, &str) = ("_config.yml", "title: Harbour\nlang: en\n");

fn post(title: &str) -> String {
    format!("---\nlayout: post\ntitle: {title}\n---\n\nThe boats came in early, and {title} is all that was said.\n")
}

fn name(day: u32) -> String {
    format!("_posts/2024-05-{day:02}-boat.md")
}

/// A blog with a post for each title, one a day.
fn blog(titles: &[&str]) -> Blog {
    let posts: Vec<(String, String)> = (1..).zip(titles).map(|(day, title)| (name(day), post(title))).collect();
    let posts = posts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Blog::new(&[CONFIG].into_iter().chain(posts).collect::<Vec<_>>())
}

fn concise(blog: &Blog, arguments: &[&str]) -> String {
    stdout(&blog.run(&[arguments, &["--format", "concise"]].concat()))
}

#[test]
fn one_finding_at_the_newest_post_with_the_others_as_further_places() {
    let blog = blog(&["Nets", "Ropes", "nets", "Nets"]);
    assert_eq!(concise(&blog, &[]), format!("{}:3:8: warn[title-shared] 3 pages have this title\n", name(4)));
    let report: serde_json::Value = serde_json::from_str(&stdout(&blog.run(&["--format", "json"]))).unwrap();
    let related = report["findings"][0]["related"].as_array().unwrap();
    let places: Vec<_> = related
        .iter()
        .map(|it| (it["path"].as_str().unwrap(), it["span"]["start"]["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(places, [(&*name(3), 3), (&*name(1), 3)]);
}

#[test]
fn named_posts_are_compared_with_the_whole_site() {
    let blog = blog(&["Nets", "Ropes", "Nets"]);
    assert_eq!(concise(&blog, &[&name(1)]), format!("{}:3:8: warn[title-shared] 2 pages have this title\n", name(1)));
    assert_eq!(concise(&blog, &[&name(2)]), "");
    assert_eq!(concise(&blog, &[&name(1), "--ignore", "site"]), "");
    let input = post("Ropes");
    let named = name(1);
    let output = blog.run_on(&input, &["--stdin-filename", &named, "--format", "concise", "-"]);
    assert_eq!(
        stdout(&output),
        format!("{named}:3:8: warn[title-shared] 2 pages have this title\n"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_suppression_takes_a_post_out_of_the_group_and_counts_as_used() {
    let blog = blog(&["Nets", "Nets", "Nets"]);
    let text = blog.read(&name(3));
    blog.write(&name(3), &text.replace("title: Nets", "title: Nets # postlint-ignore-line title-shared"));
    assert_eq!(concise(&blog, &[]), format!("{}:3:8: warn[title-shared] 2 pages have this title\n", name(2)));
    let text = blog.read(&name(2));
    blog.write(&name(2), &text.replace("layout: post", "layout: post\npostlint: {ignore: [site]}"));
    assert_eq!(concise(&blog, &[]), "", "a group of one is not a finding");
    assert_eq!(code(&blog.run(&[])), 0);
}

#[test]
fn a_baseline_knows_the_shared_value_wherever_it_is_reported() {
    let blog = blog(&["Nets", "Nets"]);
    assert_eq!(code(&blog.run(&["--write-baseline"])), 0);
    for named in [&[][..], &[&*name(1)], &[&*name(2)]] {
        assert_eq!(concise(&blog, named), "", "{named:?}");
    }
    fs::rename(blog.0.join(name(2)), blog.0.join(name(3))).unwrap();
    assert_eq!(concise(&blog, &[]), "", "another post with the finding is of no matter, only how many there are");
    blog.write(&name(4), &post("Ropes"));
    blog.write(&name(5), &post("Ropes"));
    assert_eq!(concise(&blog, &[]), format!("{}:3:8: warn[title-shared] 2 pages have this title\n", name(5)));
    fs::remove_file(blog.0.join(name(3))).unwrap();
    let pruned = blog.run(&["baseline", "prune"]);
    assert!(stderr(&pruned).contains("1 known finding forgotten"), "{}", stderr(&pruned));
}

/// One finding is about all posts with a value, and yet one more of them is new.
#[test]
fn a_baseline_does_not_hide_a_further_post_with_a_known_value() {
    let blog = blog(&["Nets", "Nets", "Ropes"]);
    let shared =
        |day: u32, posts: usize| format!("{}:3:8: warn[title-shared] {posts} pages have this title\n", name(day));
    let written = blog.run(&["--write-baseline"]);
    assert!(stderr(&written).contains(": 1 finding across posts"), "{}", stderr(&written));
    blog.write(&name(9), &post("Nets"));
    assert_eq!(concise(&blog, &[]), shared(9, 3));
    assert_eq!(concise(&blog, &[&name(9)]), shared(9, 3));
    assert_eq!(concise(&blog, &[&name(3)]), "");
    blog.run(&["--write-baseline"]);
    assert_eq!(concise(&blog, &[]), "");
    // What is fixed is forgotten when the baseline is pruned or written again.
    for forget in [&["baseline", "prune"][..], &["--write-baseline"]] {
        blog.write(&name(9), &post("Sails"));
        blog.run(forget);
        assert_eq!(concise(&blog, &[]), "");
        blog.write(&name(9), &post("Nets"));
        assert_eq!(concise(&blog, &[]), shared(9, 3), "{forget:?}");
        blog.run(&["--write-baseline"]);
    }
    // The same value in another site is another group, known by the same line.
    for file in ["_config.yml", &name(1), &name(2)] {
        blog.write(&format!("other/{file}"), &blog.read(file));
    }
    blog.run(&["--write-baseline"]);
    assert_eq!(concise(&blog, &[]), "");
}

#[test]
fn a_finding_in_the_config_is_suppressed_by_a_comment_there() {
    let korean = post(&"오늘은 배가 일찍 항구에 들어왔다. ".repeat(20));
    let text = |config: &'static str| Blog::new(&[("_config.yml", config), (&name(1), &korean)]);
    let only = ["--select", "language-unset"];
    assert_eq!(
        concise(&text("# ours\ntitle: 항구\nlang: en\n"), &only),
        "_config.yml:3:1: warn[language-unset] the language of the site is `en`, but its posts are Korean\n"
    );
    assert_eq!(concise(&text("title: 항구\nlang: en # postlint-ignore-line language-unset\n"), &only), "");
    assert_eq!(concise(&text("title: 항구\n# postlint-ignore site: soon\n\nlang: en\n"), &only), "");
    assert_eq!(concise(&text("title: 항구\n# postlint-ignore-file all\nlang: en\n"), &only), "");
    let blog = text("title: 항구\n");
    assert_eq!(concise(&blog, &[&name(1), "--select", "language-unset"]), "", "the config is not in the named path");
    assert_eq!(code(&blog.run(&["--write-baseline"])), 0);
    assert_eq!(concise(&blog, &only), "");
}

#[test]
fn the_same_after_each_change_as_in_a_new_run() {
    let blog = blog(&["Nets", "Ropes", "Sails", "Nets"]);
    fs::rename(blog.0.join(name(4)), blog.0.join(name(9))).unwrap();
    assert_eq!(concise(&blog, &[&name(1)]).lines().count(), 1);
    fs::remove_file(blog.0.join(name(9))).unwrap();
    assert_eq!(concise(&blog, &[&name(1)]), "");
    blog.write(&name(2), &post("Sails"));
    assert_eq!(concise(&blog, &[]), concise(&blog, &[&name(3)]));
}

#[test]
fn findings_across_posts_remain_after_fixes() {
    let tagged = |title: &str, tag: &str| post(title).replace("layout: post", &format!("layout: post\ntags: [{tag}]"));
    let blog = Blog::new(&[
        CONFIG,
        (&name(1), &tagged("Nets", "sea travel")),
        (&name(2), &tagged("Nets", "Sea-Travel")),
        (&name(3), &tagged("Sails", "sea travel")),
    ]);
    let fixed = blog.run(&["--fix", "--format", "concise"]);
    assert_eq!(stdout(&fixed), format!("{}:4:8: warn[title-shared] 2 pages have this title\n", name(2)));
    assert!(stderr(&fixed).contains("fixed 1 finding in 1 post"), "{}", stderr(&fixed));
    assert_eq!(blog.read(&name(2)), tagged("Nets", "sea travel"));
    assert_eq!(code(&fixed), 1);
}

#[test]
fn a_language_that_templates_read_is_reported_once_for_the_site() {
    let layout =
        "<html lang=\"{{ page.lang }}\">{% if page.lang == 'cn' %}<a href=\"/cn/\">Home</a>{% endif %}{{ content }}";
    let named = |title: &str| post(title).replace("layout: post", "layout: post\nlang: cn");
    let (first, second, third) = (name(1), name(2), name(3));
    let blog = Blog::new(&[
        ("_config.yml", "title: Harbour\n"),
        ("_layouts/post.html", layout),
        (&first, &named("Nets")),
        (&second, &named("Ropes")),
        (&third, &post("Sails")),
    ]);
    let output = concise(&blog, &["--select", "language-code-wrong"]);
    assert_eq!(output, format!("{second}:3:7: error[language-code-wrong] `cn` is not a language code, in 2 posts\n"));
    blog.write("_layouts/post.html", "<html lang=\"zh\">{{ content }}");
    let output = concise(&blog, &["--select", "language-code-wrong"]);
    assert_eq!(output.lines().count(), 2, "no template reads the key: {output}");
}

#[test]
fn a_post_whose_text_is_not_in_its_language_is_reported() {
    let english = "The boats come in one after the other, and the traders light their lamps. ".repeat(5);
    let chinese = "凌晨四点，港口的灯陆续亮起来，渔船一艘接一艘地靠岸，商贩们在雾气里搭起摊位。".repeat(8);
    let korean = "새벽 네 시가 되면 항구에는 배가 하나둘 들어오고 상인들은 불을 켜고 자리를 잡는다. ".repeat(8);
    let japanese = "港は朝の四時に開き、船が次々と入ってきて、人々は市場の灯りの下で魚を並べはじめる。".repeat(8);
    let path = name(1);
    let blog = Blog::new(&[("_config.yml", "title: Harbour\n")]);
    let reported = |layout: &str, language: &str, text: &str| {
        blog.write("_layouts/post.html", layout);
        blog.write(&path, &format!("---\nlayout: post\ntitle: \"1\"\nlang: {language}\n---\n\n{text}\n"));
        concise(&blog, &["--select", "language-code-wrong"])
    };
    let layout = "<html lang=\"{{ page.lang | slice: 0, 2 | default: 'en' }}\">{{ content }}";
    let wrong = [
        ("en", &chinese, "Chinese"),
        ("en-GB", &korean, "Korean"),
        ("fr", &japanese, "Japanese"),
        ("zh-CN", &korean, "Korean"),
        ("ja", &korean, "Korean"),
        ("ko", &english, "not Korean"),
        ("zh", &english, "not Chinese"),
    ];
    for (language, text, found) in wrong {
        let message = format!("the page says that it is in `{language}`, and its text is {found}");
        let expected = format!("{path}:4:7: warn[language-code-wrong] {message}\n");
        assert_eq!(reported(layout, language, text), expected);
    }
    let mixed = format!("{chinese}{english}{english}");
    let short = "凌晨四点，港口的灯陆续亮起来。".to_owned();
    let right = [
        ("en", &english),
        ("zh-Hant", &chinese),
        ("ja", &japanese),
        ("ko", &korean),
        ("fr", &english),
        ("en", &mixed),
        ("zh", &mixed),
        ("en", &short),
        ("yue", &chinese),
    ];
    for (language, text) in right {
        assert_eq!(reported(layout, language, text), "", "{language}: {text}");
    }
    let other = "<html lang=\"en\"><body data-language=\"{{ page.lang }}\">{{ content }}";
    assert_eq!(reported(other, "en", &chinese), "", "the layout does not print it as the language of the page");
}

#[test]
fn places_that_are_left_out_are_counted() {
    let blog = blog(&["Nets"; 8]);
    let run = |format: &str| stdout(&blog.run(&["-q", "--select", "title-shared", "--format", format]));
    let report: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    let finding = &report["findings"][0];
    assert_eq!((finding["related"].as_array().unwrap().len(), &finding["relatedTotal"]), (5, &7.into()), "{report}");
    assert!(run("full").contains("\n  note: and 2 more places\n"), "{}", run("full"));
    let line = run("agent");
    assert!(line.matches("; note: _posts/").count() == 5 && line.contains("; note: and 2 more places"), "{line}");
}
