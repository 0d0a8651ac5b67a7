//! The progress of the first reading of a site, as clients show it.

use crate::server::background::Progress;
use crate::server::client::Client;
use gen_lsp_types::{
    ProgressNotification, ProgressParams, ProgressToken, WorkDoneProgressCreateParams, WorkDoneProgressCreateRequest,
};
use serde_json::{Value, json};

/// The progress that is shown.
#[derive(Default)]
pub struct Shown {
    /// Number of progresses so far, which names the current one.
    count: u32,
}

impl Shown {
    /// Shows progress.
    pub fn show(&mut self, progress: Progress, client: &mut Client) {
        if !client.shows_progress {
            return;
        }
        let value = match progress {
            Progress::Begin => {
                self.count += 1;
                let params = WorkDoneProgressCreateParams { token: self.token() };
                client.request::<WorkDoneProgressCreateRequest>(&params);
                json!({ "kind": "begin", "title": "postlint", "message": "reading the posts of the site", "percentage": 0 })
            }
            Progress::Read(read, all) => {
                let percentage = 100 * read / all.max(1);
                json!({ "kind": "report", "message": format!("{read}/{all} posts"), "percentage": percentage })
            }
            Progress::End => json!({ "kind": "end" }),
        };
        self.send(value, client);
    }

    fn send(&self, value: Value, client: &Client) {
        client.notify::<ProgressNotification>(&ProgressParams { token: self.token(), value });
    }

    fn token(&self) -> ProgressToken {
        ProgressToken::String(format!("postlint/site/{}", self.count))
    }
}
