//! Parses `applies-to:` of a page: the posts that a rule applies to. The check never sees any others.

use crate::document::Document;
use crate::place::dialect::Generator;
use serde::Deserialize;

/// Conditions on a post, all of which must be met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Embedded")]
pub struct AppliesTo {
    /// The generator must be one of these; any, if there are none.
    pub generators: Vec<Generator>,
    /// The file must become a page of its own: not an include, a redirect, a draft or the demo of a theme. This requires valid front matter.
    pub page: bool,
    /// The file must have front matter that parses.
    pub valid_front_matter: bool,
    /// The dialect of the site's Markdown engine must be known.
    pub known_dialect: bool,
}

/// The conditions as the page of a built-in rule writes them.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Embedded {
    generator: Vec<String>,
    page: bool,
    front_matter: String,
    dialect: String,
}

impl From<Embedded> for AppliesTo {
    fn from(embedded: Embedded) -> Self {
        AppliesTo {
            generators: embedded.generator.iter().filter_map(|word| word.parse().ok()).collect(),
            page: embedded.page,
            valid_front_matter: embedded.front_matter == "valid",
            known_dialect: embedded.dialect == "known",
        }
    }
}

impl AppliesTo {
    /// Whether a post meets the conditions. A post that has expired meets none: it has no readers.
    pub fn holds(&self, document: &Document<'_>) -> bool {
        !document.has_expired()
            && (self.generators.is_empty() || self.generators.contains(&document.place.generator))
            && (!self.known_dialect || document.place.dialect_is_known)
            && (!self.valid_front_matter || document.sound_block().is_some())
            && (!self.page || document.is_page() && !document.place.is_demo)
    }

    /// Describes the conditions in words; `None` if there are none.
    pub fn describe(&self) -> Option<String> {
        let mut conditions = Vec::new();
        if !self.generators.is_empty() {
            let names: Vec<&str> = self.generators.iter().map(|generator| generator.display_name()).collect();
            conditions.push(format!("sites of {}", names.join(", ")));
        }
        if self.page {
            conditions.push("files that become pages".to_owned());
        }
        if self.valid_front_matter {
            conditions.push("files with valid front matter".to_owned());
        }
        if self.known_dialect {
            conditions.push("sites whose Markdown engine is known".to_owned());
        }
        (!conditions.is_empty()).then(|| conditions.join("; "))
    }
}
