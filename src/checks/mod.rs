//! The checks that a page cannot declare by itself, one file each, named as their page.

use crate::rule::Check;
use serde::de::DeserializeOwned;

/// Makes a check from its options.
pub type Make = fn(serde_yaml::Value) -> Result<Box<dyn Check>, serde_yaml::Error>;

/// Every native check, under its page's name.
pub const NATIVE: &[(&str, Make)] = &[];

/// A check is a struct whose fields are its options.
fn make<C: Check + DeserializeOwned + 'static>(
    options: serde_yaml::Value,
) -> Result<Box<dyn Check>, serde_yaml::Error> {
    Ok(Box::new(serde_yaml::from_value::<C>(options)?))
}
