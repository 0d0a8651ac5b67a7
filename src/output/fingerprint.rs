//! Identifiers of findings. They depend on the text around a finding and not on its line number, so that edits
//! elsewhere in the file do not change them.

use crate::diagnostic::{Diagnostic, fingerprint};
use crate::engine::FileReport;
use crate::engine::audit_summary::Identity;
use crate::output::Run;
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

/// What distinguishes each finding of a run, in their order: the fingerprints of JSON.
pub fn identities(run: &Run<'_>) -> Vec<Identity> {
    let mut identities = Vec::new();
    for file in run.files {
        let (path, mut fingerprints) = (run.path_of(file), Fingerprints::default());
        identities.extend(file.diagnostics.iter().map(|finding| Identity {
            rule: finding.rule.to_string(),
            path: file.path.clone(),
            line: file.source.position(finding.label.span.start).line,
            message: finding.message.clone(),
            level: finding.level.as_str().to_owned(),
            fingerprint: fingerprints.next(file, &path, finding),
            sharing: finding.sharing,
        }));
    }
    identities
}
