//! The pages that a site's generator built, as small records without the trees that they were read from.

mod broken;
pub mod foreign;
mod head;
pub mod leftover;
pub mod location;
mod names;
pub mod page;
pub mod picture;
mod references;
pub mod robots;
mod site;
pub mod sitemap;

pub use broken::Lacking;
pub use head::{Head, OpenGraph};
pub use names::{Name, Names};
pub use page::BuiltPage;
pub use references::{Broken, Kind, Reference, Referred};
pub use robots::Robots;
pub use site::{BuiltSite, Found};
pub use sitemap::Sitemap;

use rustc_hash::FxHasher;
use std::hash::Hasher;

/// A number for a text, so that many texts can be compared without keeping them.
pub fn fingerprint(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}
