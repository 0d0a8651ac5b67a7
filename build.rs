//! Embeds every `rules/*.md`, so that adding a rule page takes only a new file, and what `--version` says of the build.
//!
//! The front matter of a page is embedded as JSON besides: parsing the YAML of all pages takes most of a run on one post.

#[path = "build/commit.rs"]
mod commit;

use commit::Commit;
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build");
    let root = env::var("CARGO_MANIFEST_DIR")?;
    tell_version(Path::new(&root))?;
    let mut pages = Vec::new();
    for entry in fs::read_dir(Path::new(&root).join("rules"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    let mut rows = String::new();
    for page in pages {
        let name = page.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let front_matter = front_matter(&fs::read_to_string(&page)?).unwrap_or_default();
        rows.push_str(&format!("({name:?}, include_str!({:?}), {front_matter:?}),\n", page.display().to_string()));
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("rules.rs"), format!("&[\n{rows}]\n"))?;
    Ok(())
}

/// The front matter of a page as JSON. `None` if it does not parse: the tests report that.
fn front_matter(page: &str) -> Option<String> {
    let (yaml, _) = page.strip_prefix("---\n")?.split_once("\n---\n")?;
    let value: serde_json::Value = serde_yaml::from_str(yaml).ok()?;
    Some(value.to_string())
}

/// Passes the version to the program. Only builds for release ask git: others would be built again after each commit.
fn tell_version(root: &Path) -> Result<(), Box<dyn Error>> {
    let is_release = env::var("PROFILE")? == "release";
    let commit = Commit::of(root, |name| env::var(name).ok().filter(|value| !value.is_empty()), is_release);
    println!("cargo::rerun-if-env-changed={}", commit::COMMIT);
    println!("cargo::rerun-if-env-changed={}", commit::DATE);
    // A path that does not exist would make cargo run this again each time.
    if let Some(log) = &commit.log {
        println!("cargo::rerun-if-changed={}", log.display());
    }
    let rustc = Command::new(env::var("RUSTC")?).arg("--version").output()?;
    let rustc = String::from_utf8_lossy(&rustc.stdout);
    println!("cargo::rustc-env=POSTLINT_VERSION={}{}", env::var("CARGO_PKG_VERSION")?, commit.suffix());
    println!("cargo::rustc-env=POSTLINT_BUILD_COMMIT={}", commit.id);
    println!("cargo::rustc-env=POSTLINT_BUILD_DATE={}", commit.date);
    println!("cargo::rustc-env=POSTLINT_BUILD_TARGET={}", env::var("TARGET")?);
    println!("cargo::rustc-env=POSTLINT_BUILD_RUSTC={}", rustc.trim().trim_start_matches("rustc "));
    Ok(())
}
