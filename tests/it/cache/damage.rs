//! Files of the cache that are damaged, of another program, or half written, and runs that are killed or at the same time.

use super::{Cached, post};
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// What happens to the bytes of a file.
type Damage = fn(&[u8]) -> Vec<u8>;

/// Number of posts.
const POSTS: usize = 60;

fn site() -> Cached {
    let site = Cached::new(&[("_config.yml", "url: https://example.com\n")]);
    for number in 0..POSTS {
        let body = format!("<img src=\"/{number}.png\">\n\n[Next](/2024/01/01/post{}.html)", number + 1);
        site.blog.write(&format!("_posts/2024-01-01-post{number}.md"), &post(&format!("Post {number}"), &body));
    }
    site
}

const ARGUMENTS: [&str; 2] = ["--format", "concise"];

#[test]
fn damaged_files_are_made_again() {
    let site = site();
    let found = site.same(&ARGUMENTS, "nothing");
    assert!(found.contains("alt-missing"));
    let damages: [Damage; 6] = [
        |_| Vec::new(),
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |bytes| bytes.iter().map(|byte| byte ^ 0x20).collect(),
        |bytes| bytes.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == bytes.len() - 9)).collect(),
        |bytes| bytes.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == 7)).collect(),
        |_| b"postlint has never written this".repeat(100),
    ];
    for (number, damage) in damages.iter().enumerate() {
        let files = site.files();
        assert!(files.len() > 30, "{files:?}");
        for file in &files {
            fs::write(file, damage(&fs::read(file).unwrap())).unwrap();
        }
        assert_eq!(site.same(&ARGUMENTS, &format!("damage {number}")), found);
        site.blog.write("_posts/2024-01-01-post1.md", &post("Post 1", &format!("Text {number}.")));
        let changed = site.same(&ARGUMENTS, &format!("damage {number} and a change"));
        site.blog.write(
            "_posts/2024-01-01-post1.md",
            &post("Post 1", "<img src=\"/1.png\">\n\n[Next](/2024/01/01/post2.html)"),
        );
        assert_ne!(changed, found);
    }
}

/// A file with the name of another one is whole, and yet not what is looked for.
#[test]
fn files_that_change_places_are_not_believed() {
    let site = site();
    let found = site.same(&ARGUMENTS, "nothing");
    let files = site.files();
    let texts: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    for (file, text) in files.iter().zip(texts.iter().cycle().skip(1)) {
        fs::write(file, text).unwrap();
    }
    assert_eq!(site.same(&ARGUMENTS, "a change of places"), found);
    // The files of another site with the same posts, and other findings.
    let other =
        Cached::new(&[("_config.yml", "url: https://example.com\n"), ("postlint.yml", "rules: {alt-missing: off}\n")]);
    for number in 0..POSTS {
        let name = format!("_posts/2024-01-01-post{number}.md");
        other.blog.write(&name, &site.blog.read(&name));
    }
    other.same(&ARGUMENTS, "nothing");
    for (from, to) in other.files().iter().zip(site.files()) {
        fs::copy(from, to).unwrap();
    }
    assert_eq!(site.same(&ARGUMENTS, "files of another site"), found);
}

/// Number of runs that are killed, from `POSTLINT_CACHE_KILLS`. Before a release, 100.
fn kills() -> usize {
    std::env::var("POSTLINT_CACHE_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(15)
}

#[test]
fn killed_runs_leave_nothing_that_is_wrong() {
    let site = site();
    let start = Instant::now();
    let found = site.same(&ARGUMENTS, "nothing");
    let whole = start.elapsed() / 2;
    let mut left = 0;
    for round in 0..kills() {
        // Everything is new in every other round, and one post in the others.
        if round % 2 == 0 {
            fs::remove_dir_all(&site.folder).unwrap();
        } else {
            site.blog.write("_posts/2024-01-01-post1.md", &post("Post 1", &format!("Text {round}.")));
        }
        let before = site.files().len();
        let mut command = site.command(&ARGUMENTS);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if round % 4 < 2 {
            // Shortly after the first file is written.
            while site.files().len() <= before && child.try_wait().unwrap().is_none() {}
            std::thread::sleep(Duration::from_micros(round as u64 * 7919 % 4_000));
        } else {
            std::thread::sleep(whole * (round as u32 * 7919 % 1000) / 1000);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        left += site.files().iter().filter(|file| file.extension().is_some_and(|it| it == "tmp")).count();
        site.same(&ARGUMENTS, &format!("kill {round}"));
        site.same(&ARGUMENTS, &format!("kill {round} and a run"));
    }
    let temporary: Vec<_> =
        site.files().into_iter().filter(|file| file.extension().is_some_and(|it| it == "tmp")).collect();
    eprintln!("{} kills left {left} temporary files, of which {temporary:?} are still there", kills());
    site.blog
        .write("_posts/2024-01-01-post1.md", &post("Post 1", "<img src=\"/1.png\">\n\n[Next](/2024/01/01/post2.html)"));
    assert_eq!(site.same(&ARGUMENTS, "all kills"), found);
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let site = site();
    for round in 0..4 {
        site.blog.write("_posts/2024-01-01-post1.md", &post("Post 1", &format!("Text {round}.")));
        let expected = site.blog.run(&ARGUMENTS).stdout;
        if round == 2 {
            fs::remove_dir_all(&site.folder).unwrap();
        }
        let start = |_| site.command(&ARGUMENTS).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let children: Vec<_> = (0..6).map(start).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.stdout, expected);
            assert!(!String::from_utf8_lossy(&output.stderr).contains("warning"), "{output:?}");
        }
        site.same(&ARGUMENTS, "six runs at the same time");
    }
}
