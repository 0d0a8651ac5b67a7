//! Identifiers of findings. They depend on the text around a finding and not on its line number, so that edits
//! elsewhere in the file do not change them.

use crate::diagnostic::{Diagnostic, fingerprint};
use crate::engine::FileReport;
use rustc_hash::FxHashMap;

/// The fingerprints assigned so far, in one file or in all.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: FxHashMap<blake3::Hash, u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding of `file`: 16 hexadecimal digits. Findings with the same rule, path and text
    /// are distinguished by their order. `path` is that of the file, from wherever the format counts.
    pub(super) fn next(&mut self, file: &FileReport, path: &str, finding: &Diagnostic) -> String {
        let mut hasher = blake3::Hasher::new();
        // A value that several posts share has one fingerprint, in whichever of them it is reported.
        let path = if finding.is_shared { "" } else { path };
        // Hashing word by word takes twice as many instructions.
        let mut text = format!("{}\0{path}\0", finding.rule);
        for word in fingerprint::words(&file.source, finding) {
            text.push_str(word);
            text.push(' ');
        }
        hasher.update(text.as_bytes());
        let same = self.seen.entry(hasher.finalize()).or_default();
        hasher.update(&same.to_le_bytes());
        *same += 1;
        hasher.finalize().to_hex().get(..16).unwrap_or_default().to_owned()
    }
}
