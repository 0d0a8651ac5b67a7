//! The profiles: the usual front matter of each generator, for `front-matter: [{extends: …}]`.

use crate::place::dialect::Generator;
use serde_json::{Map, Value};

/// A set of fields included in postlint.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// Its name.
    pub name: &'static str,
    /// The fields, in the format of `fields`.
    pub text: &'static str,
}

/// All profiles.
pub const PROFILES: [Profile; 6] = [
    Profile { name: "jekyll-post", text: include_str!("../../profiles/jekyll-post.yml") },
    Profile { name: "jekyll-page", text: include_str!("../../profiles/jekyll-page.yml") },
    Profile { name: "hugo", text: include_str!("../../profiles/hugo.yml") },
    Profile { name: "hexo-post", text: include_str!("../../profiles/hexo-post.yml") },
    Profile { name: "eleventy", text: include_str!("../../profiles/eleventy.yml") },
    Profile { name: "astro-blog", text: include_str!("../../profiles/astro-blog.yml") },
];

impl Profile {
    /// The profile for the posts of a generator, or for its other pages.
    pub fn of(generator: Generator, is_post: bool) -> Option<&'static Profile> {
        Profile::named(match generator {
            Generator::Jekyll if is_post => "jekyll-post",
            Generator::Jekyll => "jekyll-page",
            Generator::Hugo => "hugo",
            Generator::Hexo => "hexo-post",
            Generator::Eleventy => "eleventy",
            Generator::Astro => "astro-blog",
            _ => return None,
        })
    }

    /// The names of the fields, each with its schema.
    pub fn fields(&self) -> Vec<(String, Value)> {
        let fields: Map<String, Value> = serde_yaml::from_str(self.text).unwrap_or_default();
        fields.into_iter().collect()
    }

    /// The schema of a field.
    pub fn field(&self, name: &str) -> Option<Value> {
        self.fields().into_iter().find(|(known, _)| known == name).map(|(_, schema)| schema)
    }

    /// The profile of this name.
    pub fn named(name: &str) -> Option<&'static Profile> {
        PROFILES.iter().find(|profile| profile.name == name)
    }
}
