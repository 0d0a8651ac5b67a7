//! What is not read and not checked again.

use super::{Cached, post};
use postlint::across::read_members;
use postlint::cache::{Cache, How, Settings};
use postlint::files::{Disk, Files, Kind, Limit, Listed, ReadError, Stamp};
use postlint::project::Surroundings;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The files on the disk, and how many posts were read.
#[derive(Debug, Default)]
struct Counted(AtomicUsize);

impl Files for Counted {
    fn read(&self, path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
        self.0.fetch_add(usize::from(limit == Limit::POST), Ordering::Relaxed);
        Disk.read(path, limit)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Listed>, ReadError> {
        Disk.list(folder)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        Disk.kind(path)
    }

    fn real(&self, path: &Path) -> PathBuf {
        Disk.real(path)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        Disk.stamp(path)
    }
}

const POSTS: usize = 20;

/// Reads the facts of the posts of a site. Returns how many posts were read for that.
fn read(site: &Cached, how: How) -> usize {
    let (counted, files) = (Counted::default(), Arc::new(Disk));
    let mut surroundings = Surroundings::of_folder(files, &site.blog.0);
    let paths = std::fs::read_dir(site.blog.0.join("_posts")).unwrap().map(|entry| entry.unwrap().path());
    let posts: Vec<_> = paths.filter_map(|path| surroundings.post(&path, true).unwrap()).collect();
    let count = posts.len();
    let cache = Cache::new(&Settings { how, named: Some(site.folder.clone()) }, &surroundings).unwrap();
    assert_eq!(read_members(&posts, &counted, Some(&cache), || {}).len(), count);
    cache.save().unwrap();
    counted.0.into_inner()
}

fn site() -> Cached {
    let site = Cached::new(&[("_config.yml", "url: https://example.com\n"), ("images/a.png", "a picture")]);
    for number in 0..POSTS {
        write(&site, number);
    }
    site
}

fn write(site: &Cached, number: usize) {
    let body =
        format!("<img src=\"/images/a.png\"> <img src=\"missing.png\"> [Next](/2024/01/01/post{}.html)", number + 1);
    site.blog.write(&format!("_posts/2024-01-01-post{number}.md"), &post(&format!("Post {number}"), &body));
}

#[test]
fn only_what_has_changed_is_read() {
    let site = site();
    assert_eq!(read(&site, How::ByStamp), POSTS);
    std::thread::sleep(Duration::from_millis(2_300));
    // The times of the files were too fresh to show another change: they are read once more, and not checked.
    assert_eq!(read(&site, How::ByStamp), POSTS);
    assert_eq!(read(&site, How::ByStamp), 0);
    assert_eq!(read(&site, How::ByContent), POSTS);
    // A new post does not matter to the facts of the others.
    write(&site, POSTS);
    assert_eq!(read(&site, How::ByStamp), 1);
    // Neither does a new picture.
    site.blog.write("images/b.png", "a picture");
    // The new post is too fresh.
    assert_eq!(read(&site, How::ByStamp), 1);
    // A setting of the site matters to all.
    site.blog.write("_config.yml", "url: https://example.org\n");
    assert_eq!(read(&site, How::ByStamp), POSTS + 1);
}

/// What rules across posts found is kept until something changes that they look at.
#[test]
fn rules_across_posts_run_once_more_only_after_a_change() {
    let site = site();
    let written = || {
        let files = site.files().into_iter().find(|path| path.ends_with("across"));
        std::fs::metadata(files.expect("a whole site was checked")).unwrap().modified().unwrap()
    };
    let arguments = ["--format", "json"];
    site.same(&arguments, "nothing");
    let first = written();
    std::thread::sleep(Duration::from_millis(50));
    site.same(&arguments, "a run");
    assert_eq!(written(), first);
    // A run on one post does not replace what is known of the site.
    site.same(&[&arguments[..], &["_posts/2024-01-01-post3.md"]].concat(), "a run on the whole site");
    assert_eq!(written(), first);
    site.blog.write("_posts/2024-01-01-post3.md", &post("Post 4", "Text."));
    site.same(&arguments, "a change of a title");
    assert_ne!(written(), first);
}
