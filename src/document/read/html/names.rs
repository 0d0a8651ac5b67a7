//! Names of tags and attributes as atoms. An atom outside the static set costs a lock and an allocation, so recent ones
//! are cached: without the cache, a run on html-aria-practices costs 1.1% more instructions. Also the names of the elements
//! that both builders treat alike.

use html5ever::{LocalName, local_name};

const SLOTS: usize = 256;

/// A cache of names with one name per slot.
#[derive(Debug)]
pub(super) struct Names {
    slots: Vec<Option<LocalName>>,
}

impl Default for Names {
    fn default() -> Self {
        Names { slots: vec![None; SLOTS] }
    }
}

impl Names {
    /// The atom of a name, which the tokenizer has converted to lower case.
    pub fn get(&mut self, name: &[u8]) -> LocalName {
        let slot = &mut self.slots[slot_of(name)];
        match slot {
            Some(known) if known.as_bytes() == name => known.clone(),
            _ => slot.insert(LocalName::from(&*String::from_utf8_lossy(name))).clone(),
        }
    }
}

fn slot_of(name: &[u8]) -> usize {
    let first = name.first().copied().unwrap_or(0) as usize;
    let last = name.last().copied().unwrap_or(0) as usize;
    let middle = name.get(name.len() / 2).copied().unwrap_or(0) as usize;
    (first.wrapping_mul(31) ^ last.wrapping_mul(7) ^ middle.wrapping_mul(131) ^ name.len().wrapping_mul(17)) % SLOTS
}

/// Whether HTML's error recovery copies elements of this name.
pub(super) fn is_formatting_name(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}
