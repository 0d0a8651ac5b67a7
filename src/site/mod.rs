//! The site around a post: its generator, what its config says, and where the post lies in it.

pub mod dialect;
pub mod files;
mod model;
mod place;

pub use model::{Site, detect};
pub use place::{Place, is_dated};
