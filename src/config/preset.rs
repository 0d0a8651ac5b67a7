//! The presets: config files included in postlint, for `extends` and `--preset`.

/// A config file included in postlint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// A summary, in one line.
    pub summary: &'static str,
    /// The text of the file.
    pub text: &'static str,
}

/// All presets.
pub const PRESETS: [Preset; 4] = [
    Preset {
        name: "recommended",
        summary: "the defaults of all rules; always in effect",
        text: include_str!("../../presets/recommended.yml"),
    },
    Preset {
        name: "strict",
        summary: "all rules, including those that are off by default",
        text: include_str!("../../presets/strict.yml"),
    },
    Preset {
        name: "naver",
        summary: "the lengths Naver's page diagnosis allows, in characters",
        text: include_str!("../../presets/naver.yml"),
    },
    Preset {
        name: "migration",
        summary: "leftovers of editors and blogging platforms in migrated posts",
        text: include_str!("../../presets/migration.yml"),
    },
];

impl Preset {
    /// The preset of this name.
    pub fn named(name: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.name == name)
    }
}
