//! Helpers for several tests.

pub mod blog;
pub mod calls;
pub mod environment;
pub mod families;
pub mod growth;
pub mod kramdown_support;
pub mod oracle;
pub mod runner;
pub mod same_tree;
pub mod shared;
pub mod sound;

use postlint::config::Config;
use postlint::schema::Demands;

/// The requirements of all items in the `front-matter:` of `config`.
pub fn demands(config: &Config) -> Demands {
    let mut demands = Demands::default();
    for item in &config.front_matter {
        demands.add(&item.required, &item.expected);
    }
    demands
}
