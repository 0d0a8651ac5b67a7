//! The paths of documents in URIs, and the URIs of files.

use crate::files::collapsed;
use crate::output::uri::encoded;
use crate::url::percent_decoded;
use gen_lsp_types::Uri;
use std::path::{Path, PathBuf};

/// The absolute path of a document. `None` if it is not a file, such as `untitled:Untitled-1`.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let (scheme, rest) = uri.0.split_once("://")?;
    let path = percent_decoded(rest.split(['?', '#']).next()?);
    let is_file = scheme.eq_ignore_ascii_case("file");
    let path = path.strip_prefix("localhost").unwrap_or(&path);
    // `/c:/blog` is a path with a drive.
    let is_drive = matches!(path.as_bytes(), [b'/', letter, b':', ..] if letter.is_ascii_alphabetic());
    let path = if cfg!(windows) && is_drive { path.get(1..)? } else { path };
    let path = Path::new(path);
    (is_file && path.is_absolute() && !path.to_string_lossy().contains('\0')).then(|| collapsed(path))
}

/// The URI of the file at an absolute path.
pub fn uri(path: &Path) -> Uri {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    let slash = if text.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{slash}{}", encoded(&text)))
}
