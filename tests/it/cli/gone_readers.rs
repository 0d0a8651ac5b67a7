//! Readers that close the pipe early (`| head -1`): the exit code is the same as for readers of the whole output.

use crate::support::blog::{Blog, code, stderr};
use std::process::{Output, Stdio};

const POST: &str = "---\ntitle: A post\ndescription: What it is about.\n---\n\n";
const FORMATS: [&str; 6] = ["full", "concise", "json", "json-flat", "json-lines", "github"];

/// A blog with more findings than fit into the pipe's buffer.
fn blog() -> Blog {
    let page = "---\nsummary: wrong\ngroup: markup\nlevel: warn\nmatch: {select: u}\n---\n\n# Why\n\nSo.\n\n# Examples\n\n\
                ```html bad\n<p>a</p>\n```\n\n```html good\n<p>a</p>\n```\n";
    let bad = format!("{POST}{}", "<p><img src=\"/a.png\"></p>\n\n".repeat(300));
    Blog::of_distinct(&[
        ("_posts/2024-01-01-bad.md", &bad),
        ("good.md", &format!("{POST}Text.\n")),
        (".postlint/rules/own.md", page),
    ])
}

/// A pipe whose reader is already closed.
fn gone() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

/// Runs the command with a closed stdout, a closed stderr, and both.
fn unread(blog: &Blog, arguments: &[&str]) -> [Output; 3] {
    [(true, false), (false, true), (true, true)].map(|(out, err)| {
        let mut command = blog.command(arguments);
        command.stdout(if out { gone() } else { Stdio::null() });
        command.stderr(if err { gone() } else { Stdio::piped() });
        command.spawn().unwrap().wait_with_output().unwrap()
    })
}

#[test]
fn findings_end_a_run_as_they_do_with_a_reader() {
    let blog = blog();
    for format in FORMATS {
        for (also, expected) in [(&[][..], 1), (&["--statistics"], 1), (&["--timing"], 1), (&["--exit-zero"], 0)] {
            let arguments: Vec<&str> = ["--format", format].iter().chain(also).copied().collect();
            for output in unread(&blog, &arguments) {
                assert_eq!(code(&output), expected, "{arguments:?}");
                assert!(!stderr(&output).contains("error:"), "{arguments:?}: {}", stderr(&output));
            }
        }
        for output in unread(&blog, &["--format", format, "good.md"]) {
            assert_eq!(code(&output), 0, "{format}");
        }
    }
}

#[test]
fn every_command_ends_as_it_does_with_a_reader() {
    let blog = blog();
    for (arguments, expected) in [
        (&["--help"][..], 0),
        (&["--version"], 0),
        (&["rules"], 0),
        (&["rules", "--format", "json"], 0),
        (&["explain", "alt-missing"], 0),
        (&["schema"], 0),
        (&["completions", "bash"], 0),
        (&["config", "show"], 0),
        (&["tree", "good.md"], 0),
        (&["tree", "--format", "json", "good.md"], 0),
        (&["search", "img"], 0),
        (&["test"], 1),
        (&["nope.md"], 2),
        (&["--nope"], 2),
        (&["--select", "nope"], 2),
        (&["explain", "nope"], 2),
        (&["baseline", "show"], 2),
    ] {
        for output in unread(&blog, arguments) {
            assert_eq!(code(&output), expected, "{arguments:?}");
        }
    }
}

#[test]
fn files_are_written_without_a_reader() {
    for (arguments, file) in
        [(&["--write-baseline"][..], "postlint-baseline.txt"), (&["init", "--force"], "postlint.yml")]
    {
        let blog = blog();
        let [_, _, both] = unread(&blog, arguments);
        assert_eq!(code(&both), 0, "{arguments:?}");
        assert!(!blog.read(file).is_empty());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let blog = blog();
    for format in FORMATS {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = blog.command(&["--format", format]).stdout(full).output().unwrap();
        assert_eq!(code(&output), 2, "{format}");
        assert!(stderr(&output).contains("error: No space left on device"), "{format}: {}", stderr(&output));
    }
}
