//! `postlint init`: what it derives from a blog, and that the config file that it writes is valid.

use crate::support::blog::{Blog, code, stderr, stdout};

/// The config file that `postlint init` wrote.
fn config(blog: &Blog) -> String {
    blog.read("postlint.yml")
}

/// A blog of forty posts: all have `title` and `image`, all but one `description`, and most `tags`. Each has a spacer.
fn korean_blog() -> Blog {
    let blog = Blog::new(&[]);
    blog.write("_config.yml", "title: 시장\nurl: \"https://Market.example.com/\"\n");
    for number in 1..=40 {
        let description = if number == 7 {
            String::new()
        } else {
            format!("description: 새벽 시장의 {number}번째 이야기를 들려 드립니다.\n")
        };
        let tags = if number % 5 == 0 { "" } else { "tags: [시장]\n" };
        let body = "새벽 네 시, 시장은 이미 깨어 있었습니다. 상인들은 고등어 상자를 나르고 있었습니다.\n\n<p>&nbsp;</p>\n\n끝.";
        let post =
            format!("---\ntitle: 시장 {number}\nimage: /{number}.png\ncolor:\n{description}{tags}---\n\n{body}\n");
        blog.write(&format!("_posts/2024-01-{:02}-market-{number}.md", number % 28 + 1), &post);
    }
    blog
}

#[test]
fn without_posts_no_config_is_written() {
    for files in
        [&[][..], &[("_config.yml", "title: Blog\n")], &[("readme.txt", "Text.\n")], &[("_site/a.html", "<p>A</p>")]]
    {
        for arguments in [&["init"][..], &["init", "--baseline"], &["init", "--force"]] {
            let blog = Blog::new(files);
            let output = blog.run(arguments);
            assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{files:?}");
            assert!(stderr(&output).contains("error: no posts found (looked for "), "{}", stderr(&output));
            assert!(!blog.0.join("postlint.yml").exists(), "{files:?}");
        }
    }
}

#[test]
fn init_detects_the_site_and_its_keys() {
    let blog = korean_blog();
    let output = blog.run(&["init"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let config = config(&blog);
    for want in [
        "\nsite: jekyll  # detected\n",
        "\nlang: ko  # detected from the text of 40 of 40 posts\n",
        "\nown-hosts: [market.example.com]  # `url` in _config.yml\n",
        "\n  - match: \"_posts/**\"  # 40 posts\n    required: [image, title]\n",
        "\n    # `description` is in 97%: 1 post without\n",
        "\n    # `tags` is in 80%: 8 posts without\n",
        "\n  spacer-paragraph: off  # 40 findings in 40 posts, 40 with a safe fix\n",
    ] {
        assert!(config.contains(want), "{want}: {config}");
    }
    assert!(!config.contains("color"), "a key without a value is not there: {config}");
    let said = stdout(&output);
    assert!(said.starts_with("read 40 posts, wrote postlint.yml\n"), "{said}");
    assert!(said.contains("market.example.com") && said.contains("spacer-paragraph (40 findings"), "{said}");
}

#[test]
fn init_writes_a_valid_config() {
    let blog = korean_blog();
    blog.run(&["init"]);
    let output = blog.run(&["--format", "concise", "-q"]);
    let found = stdout(&output);
    assert_eq!((code(&output), found.lines().count()), (1, 1), "{found} {}", stderr(&output));
    assert!(found.contains("language-unset"), "as before: {found}");
}

#[test]
fn init_overwrites_only_with_force() {
    let blog = korean_blog();
    blog.write("postlint.yml", "this: is broken\n");
    let output = blog.run(&["init"]);
    assert_eq!(code(&output), 2);
    let said = stderr(&output);
    assert!(said.contains("`postlint.yml` already exists") && said.contains("--force"), "{said}");
    assert_eq!(config(&blog), "this: is broken\n");
    assert_eq!(code(&blog.run(&["init", "--force"])), 0);
    assert!(config(&blog).contains("site: jekyll"));
}

#[test]
fn hugos_host_and_sections_are_detected() {
    let blog = Blog::new(&[]);
    blog.write("hugo.toml", "baseURL = 'https://fish.example.org/blog/'\ntitle = 'Fish'\n");
    for number in 0..6 {
        blog.write(&format!("content/posts/a{number}.md"), "+++\ntitle = 'A'\ndate = 2024-01-01\n+++\n\nText.\n");
        blog.write(&format!("content/notes/b{number}.md"), "---\n\"on\": x\ntitle: B\n---\n\nText.\n");
    }
    assert_eq!(code(&blog.run(&["init"])), 0);
    let config = config(&blog);
    for want in [
        "site: hugo",
        "own-hosts: [fish.example.org]  # `baseURL` in hugo.toml",
        "match: \"content/posts/**\"  # 6 posts\n    required: [date, title]",
        "match: \"content/notes/**\"  # 6 posts\n    required: [\"on\", title]",
        "# lang: en",
    ] {
        assert!(config.contains(want), "{want}: {config}");
    }
    assert_eq!(code(&blog.run(&["-q", "--fail-on", "error"])), 0);
}

#[test]
fn init_with_a_baseline_makes_the_next_run_clean() {
    let blog = korean_blog();
    let output = blog.run(&["init", "--baseline"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains(
        "required   image, title (_posts/, 40 posts)\n             not in all of them: description (1 without)\n"
    ));
    assert!(stderr(&output).ends_with("wrote postlint-baseline.txt: 1 finding in 1 post\n"), "{}", stderr(&output));
    let next = blog.run(&[]);
    assert_eq!((code(&next), stdout(&next).as_str()), (0, ""));
    let told = stderr(&next);
    let lines: Vec<&str> = told.lines().collect();
    assert!(
        matches!(*lines, [site, clean, known] if site == "Jekyll site, 40 posts"
        && clean.starts_with("no findings in 40 posts · ")
        && known == "1 known finding hidden by postlint-baseline.txt"),
        "{told}"
    );
    blog.write(
        "_posts/2024-02-01-new.md",
        "---\ntitle: 자갈치의 새벽\ndescription: 첫 배를 기다리며.\n---\n\n<p><img src=\"/b.png\"></p>\n",
    );
    let new = blog.run(&["--format", "concise"]);
    let found = "_posts/2024-02-01-new.md:1:1: error[required-key-missing] missing required key `image`\n\
                 _posts/2024-02-01-new.md:6:4: error[alt-missing] image has no alternative text\n";
    assert_eq!((code(&new), stdout(&new).as_str()), (1, found));
}

#[test]
fn nested_folders_are_analysed_separately() {
    let blog = Blog::new(&[("hugo.toml", "baseURL = 'https://fish.example.org/'\nlanguageCode = 'en-gb'\n")]);
    for number in 0..40 {
        blog.write(&format!("content/en/a{number}.md"), "---\ntitle: Fish\n---\n\nText.\n");
    }
    for number in 0..6 {
        blog.write(
            &format!("content/en/_parts/b{number}.md"),
            "---\n_comment: not a page\nnote: a part of pages\n---\n\nText.\n",
        );
    }
    blog.write("content/en/_few/c.md", "---\ntitle: Few\n---\n\nText.\n");
    assert_eq!(code(&blog.run(&["init"])), 0);
    let config = config(&blog);
    for want in [
        "lang: en-gb  # `languageCode` in hugo.toml\n",
        "  - match: [\"content/en/**\", \"!content/en/_parts/**\"]  # 41 posts\n    required: [title]\n",
        "  - match: \"content/en/_parts/**\"  # 6 posts\n    required: [note]\n",
    ] {
        assert!(config.contains(want), "{want}: {config}");
    }
    let output = blog.run(&["--select", "required-key-missing"]);
    assert_eq!((code(&output), stdout(&output).as_str()), (0, ""), "{}", stderr(&output));
}

#[test]
fn several_sites_are_listed_and_none_is_set() {
    let site = "author:\n  url: https://me.example.net\nlocale: en_US.UTF-8\nurl: https://docs.example.com # ours\n";
    let blog = Blog::new(&[("docs/_config.yml", site), ("README.md", "# Two sites\n"), ("news/hugo.toml", "")]);
    blog.write("docs/_posts/2024-01-01-a.md", "---\ntitle: A\n---\n\nText.\n");
    blog.write("news/content/a.md", "---\ntitle: A\n---\n\nText.\n");
    let output = blog.run(&["init"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let config = config(&blog);
    assert!(config.contains("\n# detected: jekyll in docs/\n# detected: hugo in news/\n# lang: en\n"), "{config}");
    assert!(config.contains("\nown-hosts: [docs.example.com]  # `url` in docs/_config.yml\n"), "{config}");
    assert!(stdout(&output).contains("  site       jekyll in docs/ (detected)\n"), "{}", stdout(&output));
}

#[test]
fn the_language_comes_from_the_posts_not_the_theme() {
    let blog = korean_blog();
    blog.write("_config.yml", "lang: en\n");
    blog.run(&["init"]);
    let config = config(&blog);
    let want = "\nlang: ko  # detected from the text of 40 of 40 posts, though `lang` in _config.yml sets en\n";
    assert!(config.contains(want), "{config}");
}

/// A blog with posts of these texts, each a few times.
fn blog_of(texts: &[(usize, &str)]) -> Blog {
    let blog = Blog::new(&[]);
    let all = texts.iter().flat_map(|(count, text)| std::iter::repeat_n(*text, *count));
    for (number, text) in all.enumerate() {
        let post = format!("---\ntitle: Post {number}\n---\n\n{text}\n");
        blog.write(&format!("_posts/2024-01-{:02}-post.md", number + 1), &post);
    }
    blog
}

const KOREAN: &str = "새벽 네 시, 시장은 이미 깨어 있었습니다. 상인들은 고등어 상자를 나르고 있었습니다. See the map.";
const ENGLISH: &str = "At four in the morning the market was wide awake, and the traders were carrying boxes of mackerel \
                       from the boats to the stalls while the first visitors were looking for their breakfast.";
const GERMAN: &str = "Um vier Uhr morgens war der Markt schon wach, und die Händler trugen die Kisten mit Makrelen von den \
                      Booten zu den Ständen, während die ersten Besucher ihr Frühstück suchten.";
const JAPANESE: &str = "朝の四時、市場はもう目を覚ましていました。商人たちはサバの箱を運んでいました。";
const SHORT: &str = "![](a.png)";

#[test]
fn the_language_is_that_of_the_posts_with_enough_text() {
    for (texts, want) in [
        (&[(15, KOREAN)][..], "lang: ko  # detected from the text of 15 of 15 posts\n"),
        (&[(8, KOREAN), (7, SHORT)], "lang: ko  # detected from the text of 8 of 15 posts; 7 have too little text\n"),
        (&[(9, KOREAN), (3, ENGLISH)], "lang: ko  # detected from the text of 9 of 12 posts; en in 3\n"),
        (&[(4, ENGLISH), (1, SHORT)], "lang: en  # detected from the text of 4 of 5 posts; 1 has too little text\n"),
        (&[(5, GERMAN), (1, ENGLISH)], "lang: de  # detected from the text of 5 of 6 posts; en in 1\n"),
        (&[(3, JAPANESE)], "lang: ja  # detected from the text of 3 of 3 posts\n"),
        (&[(6, KOREAN), (5, ENGLISH)], "# lang: ko  # not clear: 6 of 11 posts; en in 5\n"),
        (&[(3, SHORT)], "# lang: en\n"),
    ] {
        let blog = blog_of(texts);
        assert_eq!(code(&blog.run(&["init"])), 0);
        let config = config(&blog);
        assert!(config.contains(&format!("\n{want}")), "{want}: {config}");
    }
}

#[test]
fn languages_that_are_both_common_are_named_in_the_summary() {
    let blog = blog_of(&[(6, KOREAN), (5, ENGLISH)]);
    let said = stdout(&blog.run(&["init"]));
    assert!(said.contains("\n  lang       not clear: ko in 6 of 11 posts; en in 5\n"), "{said}");
}

#[test]
fn the_config_of_the_site_decides_between_languages_that_are_both_common() {
    for (texts, why) in [
        (&[(6, KOREAN), (5, ENGLISH)][..], "`lang` in _config.yml; the posts are in several languages"),
        (&[(3, SHORT)], "`lang` in _config.yml"),
    ] {
        let blog = blog_of(texts);
        blog.write("_config.yml", "lang: en-GB\n");
        assert_eq!(code(&blog.run(&["init"])), 0);
        let config = config(&blog);
        assert!(config.contains(&format!("\nlang: en-GB  # {why}\n")), "{config}");
    }
}

#[test]
fn init_says_what_to_do_next() {
    let next = |blog: &Blog, arguments: &[&str]| -> Vec<String> {
        let text = stdout(&blog.run(&[&["init", "--force"], arguments].concat()));
        let (_, next) = text.split_once("\nnext:\n").unwrap();
        next.lines().map(|line| line.trim().split("  ").next().unwrap().to_owned()).collect()
    };
    let blog = korean_blog();
    let fix = "postlint fix --select spacer-paragraph";
    assert_eq!(next(&blog, &[]), ["postlint", "postlint --write-baseline", "postlint config show", fix]);
    assert_eq!(next(&blog, &["--baseline"]), ["postlint", "postlint config show", fix]);
    // It does what it says, although the config turns the rule off.
    let text = stdout(&blog.run(&["init", "--force"]));
    assert!(text.contains("fix 40 findings of rules that are off"), "{text}");
    let fixed = stderr(&blog.run(&["fix", "--select", "spacer-paragraph"]));
    assert!(fixed.contains("fixed 40 findings in 40 posts"), "{fixed}");
    let blog = korean_blog();
    for command in next(&blog, &[]) {
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        assert!(code(&blog.run(&arguments)) < 2, "{command}");
    }
    let post = "---\ntitle: Nets\ndescription: How they are dried.\n---\n\nThe nets are drying on the quay.\n";
    assert_eq!(next(&Blog::new(&[("a.md", post)]), &[]), ["postlint", "postlint config show"]);
}

/// A key that a fix removes or renames would be missing after the fix.
#[test]
fn init_requires_no_key_that_a_fix_removes() {
    let blog = Blog::new(&[("_config.yml", "title: Nets\n")]);
    for number in 1..=10 {
        let text = format!("On day {number}, the boats came back with less than the harbour had hoped for.");
        let repeated =
            if number == 3 { text.clone() } else { format!("The nets of day {number} are drying on the quay now.") };
        let post = format!(
            "---\ntitle: Day {number}\ndescripton: The boats of day {number}.\nexcerpt: {text}\nfeature_text: {repeated}\n---\n\nText of day {number}.\n"
        );
        blog.write(&format!("_posts/2024-01-{number:02}-day.md"), &post);
    }
    assert_eq!(code(&blog.run(&["init"])), 0);
    let config = config(&blog);
    let required = config.lines().find(|line| line.trim_start().starts_with("required:")).unwrap();
    assert_eq!(required.trim(), "required: [excerpt, title]", "{config}");
    assert!(config.contains("`feature_text` is in 100%, but a fix of summary-duplicated removes it"), "{config}");
    assert!(config.contains("`descripton` is in 100%, but a fix of key-misspelled removes it"), "{config}");
    blog.run(&["--fix-only", "--unsafe-fixes"]);
    let left = stdout(&blog.run(&["--select", "required-key-missing", "--format", "concise"]));
    assert_eq!(left, "");
}

/// The first run after it: nothing is worse than before, and its totals were announced.
#[test]
fn init_adds_no_errors_and_prints_the_totals_of_the_next_run() {
    let blog = korean_blog();
    blog.write("_posts/2024-02-01-none.md", "Text without front matter.\n");
    blog.write("_posts/2024-02-02-broken.md", "---\ntitle: [a\n---\n\nText.\n");
    blog.write("_posts/2024-02-03-same.md", &blog.read("_posts/2024-01-02-market-1.md"));
    blog.write("_posts/2024-02-04-off.md", "---\ntitle: B\n---\n\n<!-- postlint-ignore-file -->\n<img src=/a.png>\n");
    blog.write("_posts/2024-02-05-made.html", "<!-- Generated: do not edit -->\n<img src=/a.png>\n");
    let totals = |output: &std::process::Output| {
        let said = stderr(output);
        let line = said.lines().find(|line| line.contains(" · ")).unwrap().to_owned();
        line.split(" · ").next().unwrap().to_owned()
    };
    let errors = |totals: &str| -> usize { totals.split(" error").next().unwrap().parse().unwrap_or(0) };
    let before = totals(&blog.run(&[]));
    let init = stdout(&blog.run(&["init"]));
    let after = totals(&blog.run(&[]));
    assert!(init.contains(&format!("\n  on         all other rules, with {after}\n")), "{after}: {init}");
    assert!(errors(&before) > 0 && errors(&after) <= errors(&before), "{before}, {after}");
    let posts = after.rsplit(" in ").next().unwrap();
    assert!(init.starts_with(&format!("read {posts}, wrote postlint.yml\n")), "{init}");
    assert!(init.contains("\n  most       "), "{init}");
}

#[test]
fn init_names_the_rule_with_most_findings() {
    let blog = Blog::new(&[]);
    for number in 1..=25 {
        let post = format!("---\ntitle: Post {number}\n---\n\n<p><img src=\"/{number}.png\"></p>\n");
        blog.write(&format!("_posts/2024-01-{number:02}-post.md"), &post);
    }
    let init = stdout(&blog.run(&["init"]));
    let (_, next) = init.split_once("\nnext:\n").unwrap();
    let second = next.lines().nth(1).unwrap();
    assert!(second.starts_with("  postlint --select alt-missing") && second.ends_with("with most findings"), "{init}");
}

/// A rule that yields to one that is turned off has its findings then.
#[test]
fn init_lets_no_rule_find_more_than_before() {
    let blog = Blog::new(&[]);
    for number in 1..=25 {
        let images = ["a", "b", "c"].map(|name| format!("![image](/{number}{name}.png)\n")).join("\n");
        let twice = "![The quay](/d.png)\n\n![The quay](/e.png)\n\n![The quay](/f.png)\n";
        let more = if number == 1 { twice } else { "" };
        let post = format!("---\ntitle: Post {number}\n---\n\n{images}\n{more}");
        blog.write(&format!("_posts/2024-01-{number:02}-post.md"), &post);
    }
    let found = |rule: &str| stdout(&blog.run(&["-q", "--format", "concise"])).matches(rule).count();
    assert_eq!((found("alt-placeholder"), found("alt-repeated")), (25, 1));
    let init = stdout(&blog.run(&["init"]));
    assert_eq!((found("alt-placeholder"), found("alt-repeated"), found("alt-shared")), (0, 0, 0), "{init}");
    assert!(
        config(&blog).contains("\n  alt-repeated: off  # 26 findings in 25 posts, once other rules are off\n"),
        "{init}"
    );
}

/// Where the front matter does not parse, no key is missing.
#[test]
fn init_requires_keys_besides_a_broken_post() {
    let blog = korean_blog();
    blog.write("_posts/2024-02-02-broken.md", "---\ntitle: [a\n---\n\nText.\n");
    blog.run(&["init"]);
    assert!(config(&blog).contains("    required: [image, title]\n"), "{}", config(&blog));
    let left = stdout(&blog.run(&["--select", "required-key-missing", "--format", "concise"]));
    assert_eq!(left, "");
    blog.write("_posts/2024-02-03-none.md", "Text.\n");
    blog.run(&["init", "--force"]);
    assert!(config(&blog).contains("# Keys that posts must have.\n# front-matter:"), "{}", config(&blog));
}
