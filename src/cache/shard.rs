//! One file of the cache: what is known of some posts, by their paths, with all that it depends on.

use crate::digest::Digest;
use crate::place::notes::{Note, Notes};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How the file begins. The number changes with its layout.
const MAGIC: &[u8; 8] = b"postli\x00\x02";

/// What is known of a post.
pub(super) struct Entry {
    /// The digest of its bytes.
    pub(super) content: Digest,
    /// The index of the digest of its settings.
    pub(super) setup: usize,
    /// The indexes of what was asked of the files around it.
    pub(super) asked: Vec<u32>,
    /// It holds from this second since 1970 on,
    pub(super) since: i64,
    /// and up to this one, exclusively.
    pub(super) until: i64,
    /// The digest of the encoded value.
    pub(super) digest: Digest,
    value: Range<usize>,
}

/// What is known of some posts.
#[derive(Default)]
pub(super) struct Shard {
    bytes: Vec<u8>,
    /// The digests of settings.
    pub(super) setups: Vec<Digest>,
    /// What was asked, each with the index of the settings that it was asked with.
    pub(super) notes: Vec<(u32, Note)>,
    entries: FxHashMap<Box<str>, Entry>,
}

/// What became known of a post.
pub(super) struct New {
    pub(super) path: Box<str>,
    pub(super) content: Digest,
    pub(super) setup: Digest,
    pub(super) notes: Notes,
    /// The digest of the encoded value.
    pub(super) digest: Digest,
    pub(super) value: Vec<u8>,
}

/// The part of the file before the values.
#[derive(Default, Serialize, Deserialize)]
struct Table<'t> {
    setups: Vec<Digest>,
    notes: Vec<(u32, Note)>,
    #[serde(borrow)]
    entries: Vec<Record<'t>>,
}

#[derive(Serialize, Deserialize)]
struct Record<'t> {
    path: &'t str,
    content: Digest,
    setup: u32,
    asked: Vec<u32>,
    since: i64,
    until: i64,
    digest: Digest,
    length: usize,
}

impl Shard {
    /// Reads the bytes of a file. `None` if it is not one of `owner`, or not as it was written.
    pub(super) fn decode(bytes: Vec<u8>, owner: Digest) -> Option<Self> {
        let payload = unsealed(&bytes, owner)?;
        let start = bytes.len() - payload.len();
        let (table, values) = postcard::take_from_bytes::<Table<'_>>(payload).ok()?;
        let mut at = start + payload.len() - values.len();
        let mut entries = FxHashMap::with_capacity_and_hasher(table.entries.len(), Default::default());
        for Record { path, content, setup, asked, since, until, digest, length } in table.entries {
            let value = at..at.checked_add(length).filter(|end| *end <= bytes.len())?;
            at = value.end;
            let setup = usize::try_from(setup).ok()?;
            entries.insert(Box::from(path), Entry { content, setup, asked, since, until, digest, value });
        }
        let (setups, notes) = (table.setups, table.notes);
        Some(Shard { bytes, setups, notes, entries })
    }

    /// What is known of the post at a path.
    pub(super) fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// The encoded value of an entry.
    pub(super) fn value(&self, entry: &Entry) -> &[u8] {
        self.bytes.get(entry.value.clone()).unwrap_or_default()
    }

    /// The bytes of a file with what was known before and is `kept`, and what is new.
    pub(super) fn encode(&self, new: &[New], owner: Digest, is_kept: impl Fn(&str) -> bool) -> Option<Vec<u8>> {
        let mut writing = Writing::default();
        let mut latest: FxHashMap<&str, &New> = FxHashMap::default();
        new.iter().for_each(|new| _ = latest.insert(&new.path, new));
        let mut kept: Vec<(&str, &Entry)> = self.entries.iter().map(|(path, entry)| (&**path, entry)).collect();
        kept.sort_unstable_by_key(|(path, _)| *path);
        for (path, entry) in kept.into_iter().filter(|(path, _)| !latest.contains_key(path) && is_kept(path)) {
            let Some(setup) = self.setups.get(entry.setup) else { continue };
            let note = |index: &u32| self.notes.get(*index as usize).map(|(_, note)| note);
            let Some(asked) = entry.asked.iter().map(note).collect::<Option<Vec<_>>>() else { continue };
            let Entry { content, since, until, digest, .. } = *entry;
            writing.add(path, content, *setup, &asked, (since, until), (digest, self.value(entry)));
        }
        let mut added: Vec<&New> = latest.into_values().collect();
        added.sort_unstable_by_key(|new| &*new.path);
        for New { path, content, setup, notes, digest, value } in added {
            let asked: Vec<&Note> = notes.asked.iter().collect();
            writing.add(path, *content, *setup, &asked, (notes.since, notes.until), (*digest, value));
        }
        let mut payload = postcard::to_stdvec(&writing.table).ok()?;
        payload.append(&mut writing.values);
        Some(sealed(&payload, owner))
    }
}

/// A file as it is written.
#[derive(Default)]
struct Writing<'t> {
    table: Table<'t>,
    setups: FxHashMap<Digest, u32>,
    notes: FxHashMap<(u32, Note), u32>,
    values: Vec<u8>,
}

impl<'t> Writing<'t> {
    fn add(
        &mut self,
        path: &'t str,
        content: Digest,
        setup: Digest,
        asked: &[&Note],
        (since, until): (i64, i64),
        (digest, value): (Digest, &[u8]),
    ) {
        let setups = &mut self.table.setups;
        let setup = *self.setups.entry(setup).or_insert_with(|| {
            setups.push(setup);
            setups.len() as u32 - 1
        });
        let index = |note: &&Note| {
            let key = (setup, (*note).clone());
            let notes = &mut self.table.notes;
            *self.notes.entry(key).or_insert_with_key(|key| {
                notes.push(key.clone());
                notes.len() as u32 - 1
            })
        };
        let asked = asked.iter().map(index).collect();
        self.table.entries.push(Record { path, content, setup, asked, since, until, digest, length: value.len() });
        self.values.extend_from_slice(value);
    }
}

/// The bytes of a file: how it begins, whose it is, a checksum, and the payload.
pub(super) fn sealed(payload: &[u8], owner: Digest) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    for digest in [owner, Digest::of(payload)] {
        bytes.extend(digest.to_bytes());
    }
    bytes.extend_from_slice(payload);
    bytes
}

/// The payload of a file. `None` if it is not one of `owner`, or not as it was written.
pub(super) fn unsealed(bytes: &[u8], owner: Digest) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&owner.to_bytes())?;
    let (checksum, payload) = rest.split_first_chunk::<16>()?;
    (*checksum == Digest::of(payload).to_bytes()).then_some(payload)
}
