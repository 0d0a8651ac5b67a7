//! Files that change on the disk: configs, layouts, data, pictures and other posts.

use crate::files::{Files, Kind, Unsaved};
use crate::server::client::Client;
use crate::walk::{is_generated, is_post_name};
use gen_lsp_types::{
    DidChangeWatchedFilesNotification, DidChangeWatchedFilesRegistrationOptions, FileChangeType, FileSystemWatcher,
    GlobPattern, Notification, Registration, RegistrationParams, RegistrationRequest,
};
use std::path::Path;

/// What a change of a file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing.
    Nothing,
    /// The facts of a post may differ.
    Post,
    /// Anything may depend on it.
    Anything,
}

/// Asks the client to tell about all files: a post may name any of them.
pub fn register(client: &mut Client) {
    if !client.watches {
        return;
    }
    let watchers = vec![FileSystemWatcher { glob_pattern: GlobPattern::Pattern("**/*".to_owned()), kind: None }];
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    let registration = Registration {
        id: "postlint/files".to_owned(),
        method: DidChangeWatchedFilesNotification::METHOD.as_str().to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    client.request::<RegistrationRequest>(&RegistrationParams { registrations: vec![registration] });
}

/// What it means that a file in the workspace folder `root` has changed.
pub fn meaning(path: &Path, root: &Path, kind: FileChangeType, files: &Unsaved) -> Meaning {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let is_skipped = |folder: &Path| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        is_generated(&root.join(folder)) || matches!(&*name, ".git" | ".jekyll-cache" | ".hugo_build.lock")
    };
    if inside.ancestors().any(is_skipped) {
        return Meaning::Nothing;
    }
    // A folder changes when a file in it is made, which is told too.
    if kind == FileChangeType::Changed && files.kind(path) == Some(Kind::Folder) {
        return Meaning::Nothing;
    }
    if kind == FileChangeType::Changed && is_post_name(path) && !is_part(inside) {
        return Meaning::Post;
    }
    Meaning::Anything
}

/// Folders with files that are not posts, but parts of pages or of postlint's settings.
const PARTS: [&str; 12] = [
    "_includes", "_layouts", "_data", "layouts", "includes", "partials", "_partials", "templates", "themes", "theme",
    "data", ".postlint",
];

/// Whether other posts may consist of a file: a layout, a part, a page of a rule.
fn is_part(path: &Path) -> bool {
    path.components().any(|part| PARTS.iter().any(|name| part.as_os_str() == *name))
}
