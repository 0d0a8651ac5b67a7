//! Files as URIs.

use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// The base of all files of the repository. GitHub's own analyses call it so.
pub(super) const ROOT: &str = "%SRCROOT%";

/// The location of the file with this path from the root of the repository, or an absolute one.
pub(super) fn location(path: &str) -> Value {
    if Path::new(path).is_absolute() {
        json!({ "uri": format!("file:///{}", encoded(path.trim_start_matches('/'))) })
    } else {
        json!({ "uri": encoded(path), "uriBaseId": ROOT })
    }
}

/// Encodes all but the unreserved characters of RFC 3986 and `/`: a `:` in a name would end a scheme.
pub fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
