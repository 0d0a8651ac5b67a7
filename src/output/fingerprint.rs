//! A finding's identifier, which depends on the text around it, not on the line number: edits elsewhere in the file do
//! not change it.

use crate::diagnostic::{Diagnostic, fingerprint};
use crate::engine::FileReport;
use rustc_hash::FxHashMap;

/// The fingerprints assigned so far in one file.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: FxHashMap<blake3::Hash, u32>,
}

impl Fingerprints {
    /// 16 hexadecimal digits for the next finding of `file`. Findings with the same rule, path and text differ by their
    /// order.
    pub(super) fn next(&mut self, file: &FileReport, finding: &Diagnostic) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [&*finding.rule, &*file.path] {
            hasher.update(part.as_bytes()).update(b"\0");
        }
        for word in fingerprint::words(&file.source, finding) {
            hasher.update(word.as_bytes()).update(b" ");
        }
        let same = self.seen.entry(hasher.finalize()).or_default();
        hasher.update(&same.to_le_bytes());
        *same += 1;
        hasher.finalize().to_hex().chars().take(16).collect()
    }
}
