//! Embeds every `rules/*.md`, so that adding a rule page takes only a new file.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    let root = env::var("CARGO_MANIFEST_DIR")?;
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
        rows.push_str(&format!("({name:?}, include_str!({:?})),\n", page.display().to_string()));
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("rules.rs"), format!("&[\n{rows}]\n"))?;
    Ok(())
}
