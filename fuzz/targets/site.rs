#![no_main]
use postlint::site::detect::detect;
use postlint::site::folder::Folder;

/// A folder with one config file: its name, which the last byte of the input selects, and its text.
struct OneFile<'t>(&'static str, &'t str);

const NAMES: [&str; 9] = [
    "_config.yml",
    "hugo.toml",
    "config.json",
    "package.json",
    "docusaurus.config.ts",
    "mkdocs.yml",
    "book.toml",
    "pelicanconf.py",
    "astro.config.mjs",
];

impl Folder for OneFile<'_> {
    fn list(&self, path: &str) -> Vec<(String, bool)> {
        if path.is_empty() { vec![(self.0.to_owned(), false), ("content".to_owned(), true)] } else { Vec::new() }
    }

    fn read(&self, path: &str) -> Option<String> {
        (path == self.0).then(|| self.1.to_owned())
    }
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_last() else { return };
    let name = NAMES[usize::from(choice) % NAMES.len()];
    if let Some(site) = detect(&OneFile(name, &String::from_utf8_lossy(bytes))) {
        for path in ["_posts/2024-01-01-a.md", "content/글.md", "a/_b/c.html.ko"] {
            site.is_excluded(path);
            site.place(path);
        }
    }
});
