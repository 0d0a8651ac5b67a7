//! Sites, configs and rule pages are read through the `Files` trait: tests and editors need no disk, and cached files
//! can be invalidated.

use postlint::document::Document;
use postlint::engine::lint;
use postlint::files::{Disk, Files, Kind, Limit, Listed, Overlay, ReadError};
use postlint::place::dialect::Generator;
use postlint::project::Surroundings;
use postlint::ruleset::Selection;
use postlint::source::Source;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

/// Files that a test changes between runs, as an editor does.
#[derive(Debug, Default)]
struct Changing(RwLock<Overlay>);

impl Changing {
    fn insert(&self, path: &str, text: &str) {
        self.0.write().unwrap().insert(path, text);
    }
}

impl Files for Changing {
    fn read(&self, path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
        self.0.read().unwrap().read(path, limit)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Listed>, ReadError> {
        self.0.read().unwrap().list(folder)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.0.read().unwrap().kind(path)
    }

    fn real(&self, path: &Path) -> PathBuf {
        self.0.read().unwrap().real(path)
    }
}

const MENU: &str = "---\nsummary: a menu in a post\ngroup: markup\nlevel: warn\nlabel: a menu\nhelp: write it as text\n\
                       match:\n  select: menu\n---\n\n# Why\n\nMenus are not for posts.\n";

const POST: &str = "/blog/_posts/2024-05-01-tea.md";

fn surroundings(files: &Arc<Changing>) -> Surroundings {
    Surroundings::new(files.clone(), Path::new("/blog"), None, None, Selection::default()).unwrap()
}

/// The rules with findings in a post.
fn found(surroundings: &mut Surroundings, text: &str) -> Vec<String> {
    let post = surroundings.post(Path::new(POST), false).unwrap().expect("this is a post");
    let source = Source::new(text);
    let findings = lint(&Document::parse(&source, &post.place), &post.rules, &post.demands);
    findings.iter().map(|finding| finding.rule.to_string()).collect()
}

#[test]
fn a_site_and_its_config_can_be_in_memory() {
    let files = Arc::new(Changing::default());
    files.insert("/blog/_config.yml", "title: Tea\nurl: https://tea.example\nexclude: [drafts]\n");
    files.insert("/blog/postlint.yml", "rules:\n  alt-empty-markdown: off\n");
    files.insert("/blog/.postlint/rules/no-menu.md", MENU);
    files.insert("/blog/_posts/a.png", "");
    let mut surroundings = surroundings(&files);
    let post = surroundings.post(Path::new(POST), false).unwrap().unwrap();
    assert_eq!(post.place.generator, Generator::Jekyll);
    assert_eq!(post.place.site_title.as_deref(), Some("Tea"));
    assert!(surroundings.post(Path::new("/blog/drafts/a.md"), false).unwrap().is_none());
    let text = "---\ntitle: A cup of tea\n---\n\n<menu>tea</menu> ![](a.png)\n";
    assert_eq!(found(&mut surroundings, text), ["no-menu"]);
}

#[test]
fn cached_files_can_be_invalidated() {
    let files = Arc::new(Changing::default());
    files.insert("/blog/_config.yml", "title: Tea\n");
    files.insert("/blog/postlint.yml", "front-matter: [{fields: {image: {exists: true}}}]\n");
    let mut surroundings = surroundings(&files);
    let title = |surroundings: &mut Surroundings| {
        surroundings.post(Path::new(POST), false).unwrap().unwrap().place.site_title.unwrap()
    };
    assert_eq!(title(&mut surroundings), "Tea");
    files.insert("/blog/_config.yml", "title: Coffee\n");
    assert_eq!(title(&mut surroundings), "Tea");
    surroundings.forget(Path::new("/blog/_config.yml"));
    assert_eq!(title(&mut surroundings), "Coffee");

    let text = "---\ntitle: A cup of tea\nimage: /cup.png\n---\n\nTea.\n";
    assert_eq!(found(&mut surroundings, text), ["front-matter-schema"]);
    files.insert("/blog/cup.png", "");
    surroundings.forget(Path::new("/blog/cup.png"));
    assert_eq!(found(&mut surroundings, text), [""; 0]);
}

#[test]
fn texts_in_memory_replace_and_add_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.md"), "on the disk").unwrap();
    std::fs::create_dir(path("posts")).unwrap();
    let mut overlay = Overlay::over(Arc::new(Disk));
    overlay.insert(path("a.md"), "unsaved");
    overlay.insert(path("new/b.md"), "unsaved");
    let read = |overlay: &Overlay, name: &str| {
        overlay.read(&path(name), Limit::POST).map(|bytes| String::from_utf8(bytes).unwrap()).ok()
    };
    assert_eq!(read(&overlay, "a.md").as_deref(), Some("unsaved"));
    assert_eq!(read(&overlay, "new/b.md").as_deref(), Some("unsaved"));
    assert_eq!(read(&overlay, "new"), None);
    let listed = overlay.list(folder.path()).unwrap();
    let listed: Vec<_> = listed.iter().map(|entry| (entry.name.to_str().unwrap(), entry.kind)).collect();
    assert_eq!(listed, [("a.md", Kind::File), ("new", Kind::Folder), ("posts", Kind::Folder)]);
    overlay.remove(&path("a.md"));
    assert_eq!(read(&overlay, "a.md").as_deref(), Some("on the disk"));
    assert!(matches!(overlay.list(&path("none")), Err(ReadError::Missing)));
}
