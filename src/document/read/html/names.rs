//! Names of tags and attributes as atoms. An atom outside the static set costs a lock and an allocation, so recent ones
//! are cached: without the cache, a run on html-aria-practices costs 1.1% more instructions.

use html5ever::LocalName;

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
