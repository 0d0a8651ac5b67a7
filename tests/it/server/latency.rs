//! How long a client waits for diagnostics after a keystroke, and what the server keeps in memory.

use crate::server::editor::{Editor, pushed, uri};
use crate::support::blog::Blog;
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};

const NAME: &str = "_posts/2024-05-01-a.md";

/// A post of about this many bytes, with what posts usually have, and now and then a finding.
fn post(title: &str, bytes: usize) -> String {
    let mut text =
        format!("---\nlayout: post\ntitle: {title}\ndescription: What {title} is about.\ntags: [harbour]\n---\n\n");
    for part in 0.. {
        if text.len() >= bytes {
            break;
        }
        let _ = write!(
            text,
            "## 항구의 아침 {part} 👩‍👩‍👧‍👦\n\n배가 일찍 들어왔다. The [boats](https://boats.example/{part}) came in *early*, and \
             `nets` were ![nets on the quay](/assets/nets-{part}.jpg) dry.\n\n- one\n- two <b>bold</b>\n\n> Said in {title}.\n\n"
        );
        if part % 20 == 0 {
            text.push_str("<p><img src=\"/quay.jpg\"></p>\n\n");
        }
    }
    text
}

/// The time from each of some keystrokes in the middle of a document to its diagnostics, sorted.
fn keystrokes(editor: &mut Editor, uri: &str, text: &str, count: i32) -> Vec<Duration> {
    let line = text.lines().count() / 2;
    let line = (line..).find(|line| text.lines().nth(*line).is_some_and(|line| line.starts_with("배"))).unwrap();
    let at = |character: u32| json!({ "line": line, "character": character });
    let mut times = Vec::new();
    for number in 0..count {
        let is_typed = number % 2 == 0;
        let (end, piece) = if is_typed { (0, "가") } else { (1, "") };
        let change = json!([{ "range": { "start": at(0), "end": at(end) }, "text": piece }]);
        let start = Instant::now();
        editor.change(uri, number + 2, change);
        editor.wait_for_version(uri, number + 2);
        times.push(start.elapsed());
        // As fast as people type who type fast.
        editor.listen(Duration::from_millis(if number % 10 == 0 { 400 } else { 60 }));
    }
    times.sort();
    times
}

#[track_caller]
fn is_fast(what: &str, times: &[Duration], limit: Duration) {
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    eprintln!("{what}: median {:?}, 95% within {:?}, at most {:?}", at(50), at(95), at(100));
    assert!(at(95) < limit, "{what}: {:?}", at(95));
}

#[test]
#[ignore = "measures time: run it with --release on a quiet machine"]
fn a_keystroke_in_a_large_post() {
    let text = post("Nets", 100_000);
    let blog = Blog::new(&[("_config.yml", "title: Harbour\n"), (NAME, &text)]);
    let (uri, mut editor) = (uri(&blog, NAME), Editor::new(&blog.0, pushed("utf-16")));
    editor.open(&uri, &text);
    editor.wait(&uri, |found| !found.is_empty());
    editor.listen(Duration::from_secs(1));
    is_fast("a keystroke in a post of 100 KB", &keystrokes(&mut editor, &uri, &text, 200), Duration::from_millis(20));
    editor.end();
}

#[test]
#[ignore = "measures time: run it with --release on a quiet machine"]
fn a_keystroke_in_a_site_of_ten_thousand_posts() {
    let blog = Blog::new(&[("_config.yml", "title: Harbour\n")]);
    for number in 0..10_000 {
        let name = format!(
            "_posts/{:04}-{:02}-{:02}-a-{number}.md",
            2000 + number / 336,
            number / 28 % 12 + 1,
            number % 28 + 1
        );
        blog.write(&name, &post(&format!("Nets {number}"), 3_000));
    }
    let text = post("Nets 1", 3_000);
    blog.write(NAME, &text);
    let mut capabilities = pushed("utf-16");
    capabilities["window"] = json!({ "workDoneProgress": true });
    let (uri, mut editor) = (uri(&blog, NAME), Editor::new(&blog.0, capabilities));
    let start = Instant::now();
    editor.open(&uri, &text);
    editor.wait_for_version(&uri, 1);
    eprintln!("first diagnostics after {:?}", start.elapsed());
    let shared = |found: &[Value]| found.iter().any(|it| it["code"] == "title-shared");
    assert!(shared(&editor.wait(&uri, shared)));
    eprintln!("rules across posts after {:?}", start.elapsed());
    let progress: Vec<_> = editor.told.iter().filter(|(method, _)| method == "$/progress").collect();
    assert!(progress.len() > 50, "{progress:?}");
    assert_eq!(progress.last().unwrap().1["value"]["kind"], "end");
    let times = keystrokes(&mut editor, &uri, &text, 200);
    is_fast("a keystroke in a site of 10,000 posts", &times, Duration::from_millis(50));
    editor.end();
}

/// An hour of typing: an edit a second.
#[test]
#[ignore = "takes minutes: run it with --release"]
fn memory_stays_the_same_over_an_hour() {
    let text = post("Nets", 20_000);
    let blog = Blog::new(&[("_config.yml", "title: Harbour\n"), (NAME, &text), ("_posts/2024-05-02-b.md", &text)]);
    let (uri, mut editor) = (uri(&blog, NAME), Editor::new(&blog.0, pushed("utf-16")));
    editor.open(&uri, &text);
    editor.wait_for_version(&uri, 1);
    let mut after_warm_up = 0;
    for number in 0..3_600 {
        let edited = format!("{text}\n[more](/{}/)\n", number % 50);
        editor.replace(&uri, number + 2, &edited);
        editor.wait_for_version(&uri, number + 2);
        if number % 20 == 0 {
            editor.listen(Duration::from_millis(200));
        }
        if number == 400 {
            after_warm_up = resident();
        }
    }
    eprintln!("resident: {} KB after 400 edits, {} KB after 3600", after_warm_up, resident());
    assert!(resident() < after_warm_up + after_warm_up / 4, "{after_warm_up} KB, {} KB", resident());
    editor.end();
}

/// The memory of this process in KB.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
