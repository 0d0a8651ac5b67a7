//! `postlint init`: what it learns from a blog, and that what it writes can be used.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own for each test, removed at the end.
struct Blog(PathBuf);

impl Blog {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("postlint-init-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join(".git")).unwrap();
        Blog(folder)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
        command.current_dir(&self.0).args(arguments).env_remove("GITHUB_ACTIONS").env_remove("POSTLINT_FORMAT");
        command.output().unwrap()
    }

    fn config(&self) -> String {
        fs::read_to_string(self.0.join("postlint.yml")).unwrap()
    }
}

impl Drop for Blog {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Forty posts: all have `title` and `image`, all but one `description`, most `tags`; every one has a spacer.
fn korean_blog() -> Blog {
    let blog = Blog::new();
    blog.write("_config.yml", "title: 시장\nurl: \"https://Market.example.com/\"\n");
    for number in 1..=40 {
        let description =
            if number == 7 { "" } else { "description: 새벽 시장 이야기를 들려 드립니다.\n" };
        let tags = if number % 5 == 0 { "" } else { "tags: [시장]\n" };
        let body = "새벽 네 시, 시장은 이미 깨어 있었습니다. 상인들은 고등어 상자를 나르고 있었습니다.\n\n<p>&nbsp;</p>\n\n끝.";
        let post = format!("---\ntitle: 시장 {number}\nimage: /a.png\ncolor:\n{description}{tags}---\n\n{body}\n");
        blog.write(&format!("_posts/2024-01-{:02}-market-{number}.md", number % 28 + 1), &post);
    }
    blog
}

#[test]
fn it_learns_the_site_and_the_keys_and_leaves_out_what_is_too_much() {
    let blog = korean_blog();
    let output = blog.run(&["init"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let config = blog.config();
    for want in [
        "\nsite: jekyll  # detected\n",
        "\nlang: ko  # the letters of 40 of 40 posts\n",
        "\nown-hosts: [market.example.com]  # `url` in _config.yml\n",
        "\n  - match: \"_posts/**\"  # 40 posts\n    required: [image, title, description]\n",
        "\n    # 1 post without `description`\n",
        "\n    # `tags` is in 80 %\n",
        "\n  spacer-paragraph: off  # 40 findings in 40 posts\n",
    ] {
        assert!(config.contains(want), "{want}: {config}");
    }
    assert!(!config.contains("color"), "a key without a value is not there: {config}");
    let said = text(&output.stdout);
    assert!(said.starts_with("read 40 posts, wrote postlint.yml\n"), "{said}");
    assert!(said.contains("market.example.com") && said.contains("spacer-paragraph (40 findings"), "{said}");
}

#[test]
fn what_it_writes_is_a_config_without_mistakes() {
    let blog = korean_blog();
    blog.run(&["init"]);
    let output = blog.run(&["--format", "concise", "-q"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let found = text(&output.stdout);
    assert!(!found.contains("spacer-paragraph"), "{found}");
    assert_eq!(found.matches("required-key-missing").count(), 1, "{found}");
}

#[test]
fn it_does_not_overwrite_unless_forced() {
    let blog = korean_blog();
    blog.write("postlint.yml", "this: is broken\n");
    let output = blog.run(&["init"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("`postlint.yml` exists already") && said.contains("--force"), "{said}");
    assert_eq!(blog.config(), "this: is broken\n");
    assert_eq!(blog.run(&["init", "--force"]).status.code(), Some(0));
    assert!(blog.config().contains("site: jekyll"));
}

#[test]
fn a_folder_without_posts_gets_a_config_that_asks_nothing() {
    let blog = Blog::new();
    let output = blog.run(&["init"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let config = blog.config();
    let settings: Vec<&str> = config.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(settings.is_empty(), "{config}");
    assert_eq!(blog.run(&["-q"]).status.code(), Some(0));
}

#[test]
fn hugo_names_its_host_and_its_folders_are_told_apart() {
    let blog = Blog::new();
    blog.write("hugo.toml", "baseURL = 'https://fish.example.org/blog/'\ntitle = 'Fish'\n");
    for number in 0..6 {
        blog.write(&format!("content/posts/a{number}.md"), "+++\ntitle = 'A'\ndate = 2024-01-01\n+++\n\nText.\n");
        blog.write(&format!("content/notes/b{number}.md"), "---\n\"on\": x\ntitle: B\n---\n\nText.\n");
    }
    assert_eq!(blog.run(&["init"]).status.code(), Some(0));
    let config = blog.config();
    for want in [
        "site: hugo",
        "own-hosts: [fish.example.org]  # `baseURL` in hugo.toml",
        "match: \"content/posts/**\"  # 6 posts\n    required: [date, title]",
        "match: \"content/notes/**\"  # 6 posts\n    required: [\"on\", title]",
        "# lang: en",
    ] {
        assert!(config.contains(want), "{want}: {config}");
    }
    assert_eq!(blog.run(&["-q", "--fail-on", "error"]).status.code(), Some(0));
}
