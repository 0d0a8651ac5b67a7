//! The scripts that make packages, run on a binary that is a few bytes. They need Python; without it nothing is tested.

use super::{VERSION, root};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const TARGETS: [&str; 6] = [
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "aarch64-pc-windows-msvc",
];

fn has_python() -> bool {
    let found = Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: there is no python3");
    }
    found
}

fn script(name: &str, arguments: &[&Path]) -> Output {
    let path = root().join(".github/packaging").join(name);
    Command::new("python3").arg("-B").arg(path).args(arguments).output().unwrap()
}

fn run(name: &str, arguments: &[&Path]) {
    let output = script(name, arguments);
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn packages_of_npm_and_recipes_are_filled_from_the_archives() {
    if !has_python() {
        return;
    }
    let work = tempfile::tempdir().unwrap();
    let at = |name: &str| work.path().join(name);
    fs::write(at("postlint"), "a binary").unwrap();
    run("share.py", &[Path::new(env!("CARGO_BIN_EXE_postlint")), &at("share")]);
    for target in TARGETS {
        run("archive.py", &[&at("postlint"), Path::new(target), &at("archives"), &at("share")]);
    }
    run("npm.py", &[&at("archives"), &at("npm")]);
    let manifest = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&fs::read(at("npm").join(name).join("package.json")).unwrap()).unwrap()
    };
    let main = manifest("postlint");
    assert_eq!(main["version"], VERSION);
    let pages = main["man"].as_array().unwrap();
    assert!(pages.contains(&"./man/postlint-check.1".into()), "{pages:?}");
    for page in pages {
        assert!(fs::read(at("npm/postlint").join(page.as_str().unwrap())).unwrap().starts_with(b".ie"), "{page}");
    }
    let platforms = main["optionalDependencies"].as_object().unwrap();
    assert_eq!(platforms.len(), TARGETS.len());
    for (name, version) in platforms {
        assert_eq!(version, VERSION);
        let platform = manifest(name);
        assert_eq!(platform["version"], VERSION);
        let binary = if name.contains("win32") { "postlint.exe" } else { "postlint" };
        assert_eq!(fs::read_to_string(at("npm").join(name).join(binary)).unwrap(), "a binary");
        let suffix = format!("{}-{}", platform["os"][0].as_str().unwrap(), platform["cpu"][0].as_str().unwrap());
        assert_eq!(*name, format!("@postlint/{suffix}"), "the name that the script of the package looks for");
    }

    run("recipes.py", &[&at("archives"), &at("recipes")]);
    let placeholder = regex::Regex::new("@[A-Z0-9]+[@ ]").unwrap();
    let checksum = regex::Regex::new("[\"'][0-9a-f]{64}[\"']").unwrap();
    for (recipe, sums) in [("PKGBUILD", 2), ("postlint.rb", 4)] {
        let text = fs::read_to_string(at("recipes").join(recipe)).unwrap();
        assert!(!placeholder.is_match(&text), "{text}");
        assert_eq!(checksum.find_iter(&text).count(), sums, "{text}");
        assert!(text.contains(VERSION), "{text}");
    }
    // What the recipes install is in the archives.
    let archive = at("archives").join(format!("postlint-{}.tar.gz", TARGETS[0]));
    let listing = Command::new("python3").args(["-m", "tarfile", "-l"]).arg(archive).output().unwrap();
    let listing = String::from_utf8(listing.stdout).unwrap();
    for file in [
        "share/man/man1/postlint.1",
        "share/bash-completion/completions/postlint",
        "share/zsh/site-functions/_postlint",
        "share/fish/vendor_completions.d/postlint.fish",
    ] {
        assert!(listing.lines().any(|line| line.trim_end().ends_with(file)), "{file}: {listing}");
    }
}

#[test]
fn a_wheel_is_a_zip_with_the_binary() {
    if !has_python() {
        return;
    }
    let work = tempfile::tempdir().unwrap();
    let at = |name: &str| work.path().join(name);
    fs::write(at("postlint"), "a binary").unwrap();
    fs::create_dir_all(at("share/man/man1")).unwrap();
    fs::write(at("share/man/man1/postlint.1"), "a page").unwrap();
    run("wheel.py", &[&at("postlint"), Path::new(TARGETS[0]), &at("wheels"), &at("share")]);
    let tags = "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64";
    let name = format!("postlint-{VERSION}-py3-none-{tags}.whl");
    let out = at("unpacked");
    let unpack = Command::new("python3").args(["-m", "zipfile", "-e"]).arg(at("wheels").join(&name)).arg(&out).output();
    assert!(unpack.unwrap().status.success());
    let inside = |path: &str| fs::read_to_string(out.join(format!("postlint-{VERSION}.{path}"))).unwrap();
    assert_eq!(inside("data/scripts/postlint"), "a binary");
    assert_eq!(inside("data/data/share/man/man1/postlint.1"), "a page");
    let metadata = inside("dist-info/METADATA");
    assert!(metadata.contains(&format!("\nName: postlint\nVersion: {VERSION}\n")));
    // The README is shown without the repository.
    assert!(metadata.contains(&format!("/raw/v{VERSION}/docs/src/first-run.svg)")), "{metadata}");
    assert!(metadata.contains(&format!("/blob/v{VERSION}/docs/src/fixes.md)")) && !metadata.contains("](docs/"));
    assert!(inside("dist-info/WHEEL").ends_with("Tag: py3-none-musllinux_1_1_x86_64\n"));
    assert_eq!(inside("dist-info/RECORD").lines().count(), 7);
}

#[test]
fn the_command_of_a_wheel_is_postlint_whatever_the_file_is_called() {
    if !has_python() {
        return;
    }
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("test-binary");
    fs::write(&file, "a binary").unwrap();
    run("wheel.py", &[&file, Path::new("native"), work.path()]);
    let wheel = fs::read_dir(&work).unwrap().map(|it| it.unwrap().path()).find(|it| it.extension().is_some()).unwrap();
    let listing = Command::new("python3").args(["-m", "zipfile", "-l"]).arg(wheel).output().unwrap();
    let listing = String::from_utf8(listing.stdout).unwrap();
    assert!(listing.contains(".data/scripts/postlint") && !listing.contains("test-binary"), "{listing}");
}

#[test]
fn a_wheel_for_every_linux_takes_static_binaries_only() {
    if !has_python() || !cfg!(target_os = "linux") {
        return;
    }
    let work = tempfile::tempdir().unwrap();
    let output = script("wheel.py", &[Path::new("/bin/sh"), Path::new(TARGETS[0]), work.path()]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not static"));
}
