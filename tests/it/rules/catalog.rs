//! Every rule page is complete, and the catalog has a page for every native check.

use postlint::catalog::{Catalog, Entry};
use postlint::checks::NATIVE;
use postlint::diagnostic::{Authority, Level};

fn entries() -> Vec<Entry> {
    let load = |(name, text)| Entry::load(name, text).unwrap_or_else(|mistakes| panic!("{name}: {mistakes:#?}"));
    Catalog::pages().map(load).filter(|entry| entry.page.meta.retired.is_none()).collect()
}

#[test]
fn old_names_are_not_those_of_other_rules() {
    let catalog = Catalog::builtin();
    for name in catalog.old_names() {
        assert!(catalog.rules().all(|entry| *entry.page.meta.name != *name), "{name}");
        assert!(catalog.notice(name).is_some(), "{name}");
    }
    // Until a rule is renamed, this is all there is to see.
    assert_eq!(catalog.notice("alt-missing"), None);
    assert_eq!(catalog.notice("MD045"), None);
}

#[test]
fn every_page_loads_and_every_check_has_a_page() {
    let entries = entries();
    for entry in &entries {
        assert_eq!(entry.check().compile(), Ok(()), "{}", entry.page.meta.name);
    }
    let pages: Vec<String> = entries.iter().map(|entry| entry.page.meta.name.to_string()).collect();
    for (name, _) in NATIVE {
        assert!(pages.iter().any(|page| page == name), "`{name}` has a check but no page");
    }
    assert!(NATIVE.windows(2).all(|pair| pair[0].0 < pair[1].0), "the table of checks is not sorted");
}

#[test]
fn what_is_embedded_is_what_pages_say() {
    for (name, text) in Catalog::pages() {
        let written = Entry::load(name, text).unwrap().page;
        let embedded = Catalog::builtin().get(name).or(Catalog::builtin().retired(name)).unwrap();
        assert_eq!(embedded.page.meta, written.meta, "{name}");
        assert_eq!(embedded.page.prose(), written.prose(), "{name}");
    }
}

#[test]
fn names_are_subject_then_fault() {
    for entry in entries() {
        let name = &entry.page.meta.name;
        let is_kebab = name.split('-').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric()));
        assert!(is_kebab && **name == name.to_ascii_lowercase(), "{name}");
        assert!(!name.starts_with("no-") && !name.starts_with("require-"), "{name}");
    }
}

#[test]
fn texts_for_readers_are_complete() {
    for (name, text) in Catalog::pages() {
        let front_matter = text.split("\n---\n").next().unwrap();
        let keys = ["summary: ", "label: ", "help: "];
        let values = front_matter.lines().filter_map(|line| keys.iter().find_map(|key| line.strip_prefix(key)));
        for value in values.filter(|value| !value.starts_with(['\'', '"'])) {
            assert!(!value.contains(" #"), "{name}: YAML takes the rest of `{value}` for a comment");
        }
    }
    let meta = |name: &str| entries().into_iter().find(|entry| &*entry.page.meta.name == name).unwrap().page.meta;
    let summary = &meta("text-lost-after-hash").summary;
    assert_eq!(summary, "an unquoted ` #` turns the rest of this text into a comment");
}

#[test]
fn messages_have_a_uniform_style() {
    for entry in entries() {
        let meta = &entry.page.meta;
        for text in [Some(&meta.summary), Some(&meta.label), meta.help.as_ref()].into_iter().flatten() {
            assert!(!text.ends_with('.'), "{}: `{text}` ends in a period", meta.name);
            assert!(!text.contains('\n'), "{}: `{text}` is more than a line", meta.name);
        }
        // Proper names keep their capital: `Jekyll`, `HTML`, `YAML`.
        let word = meta.summary.split(' ').next().unwrap();
        let is_name = ["Jekyll", "Hugo", "Hexo", "Astro", "Eleventy", "Google", "Korean", "Markdown"].contains(&word);
        let is_acronym = word.chars().filter(|c| c.is_uppercase()).count() > 1;
        let is_lower = !word.starts_with(char::is_uppercase);
        assert!(is_lower || is_name || is_acronym, "{}: `{}`", meta.name, meta.summary);
    }
}

#[test]
fn lower_levels_are_described_in_the_page() {
    for entry in Catalog::builtin().rules() {
        let meta = &entry.page.meta;
        let path = format!("src/checks/{}", meta.name.replace('-', "_"));
        let parts = std::fs::read_dir(&path).into_iter().flatten().flatten().map(|part| part.path());
        let files = parts.chain([format!("{path}.rs").into()]);
        let has_lower =
            files.filter_map(|file| std::fs::read_to_string(file).ok()).any(|code| code.contains("at_most"));
        assert_eq!(has_lower, !meta.lower.is_empty(), "{path} and `lower` in its page");
        let highest = meta.level.level().unwrap_or(Level::Info);
        assert!(meta.lower.iter().all(|(level, _)| *level < highest), "{}", meta.name);
    }
}

#[test]
fn pages_have_a_since_version() {
    for entry in entries() {
        assert!(!entry.page.meta.since.is_empty(), "{} lacks `since`", entry.page.meta.name);
    }
}

#[test]
fn authority_is_backed_by_a_reference() {
    for entry in entries() {
        let meta = &entry.page.meta;
        if matches!(meta.authority, Authority::Documented | Authority::Standard) {
            assert!(!meta.references.is_empty(), "{} names no reference", meta.name);
        }
        for reference in &meta.references {
            assert!(reference.starts_with("https://"), "{}: {reference}", meta.name);
        }
    }
}

#[test]
fn prose_has_its_sections() {
    for entry in entries() {
        assert!(entry.page.prose().starts_with("\n# Why\n"), "{} starts otherwise", entry.page.meta.name);
        for section in ["# Why\n", "# Examples\n", "# Fix\n"] {
            assert!(entry.page.prose().contains(section), "{} has no `{}`", entry.page.meta.name, section.trim());
        }
    }
}

#[test]
fn options_are_documented() {
    for entry in entries() {
        for (name, option) in &entry.page.meta.options {
            let doc = option.get("doc").and_then(serde_yaml::Value::as_str).unwrap_or("");
            assert!(!doc.is_empty() && option.get("default").is_some(), "{}: {name:?}", entry.page.meta.name);
        }
    }
}

#[test]
fn an_alias_selects_every_rule_that_lists_it() {
    let catalog = Catalog::builtin();
    for entry in entries() {
        for alias in &entry.page.meta.aliases {
            let rules = catalog.resolve(alias).unwrap();
            assert!(rules.contains(&entry.page.meta.name), "{alias}: {rules:?}");
            assert!(catalog.resolve(&alias.to_ascii_uppercase()).is_some(), "{alias}");
        }
    }
}
