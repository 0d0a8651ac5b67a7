//! The language server: findings, fixes and more for the posts that are open in an editor, as `postlint check` would report
//! them for the texts as they are.
//!
//! One thread takes the messages of the client in order ([`serve`]); what depends on other posts is found on another one
//! ([`background`]) and added when it is known.

pub mod background;
mod capabilities;
mod check;
mod client;
mod client_process;
mod code_actions;
mod completion;
mod completion_spot;
mod diagnostics;
mod documents;
pub mod frames;
mod hover;
mod mistakes;
mod notifications;
pub mod positions;
mod progress;
mod publishing;
mod requests;
mod rule_summary;
mod site_requests;
mod text_edits;
pub mod uris;
mod watched;
mod workspace;

use crate::cache;
use crate::engine::failure::caught;
use background::{Event, Job};
use client::Client;
use client_process::ClientProcess;
use crossbeam_channel::{Receiver, Sender, select};
use documents::Documents;
use gen_lsp_types::{InitializeParams, MessageType, Uri};
use lsp_server::{Connection, ErrorCode, Message, Request, RequestId, Response};
use site_requests::Then;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use workspace::Workspace;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client asked to shut down, and then to exit.
    AsAsked,
    /// The client exited or died, or its process ended, without asking to shut down.
    Abruptly,
}

/// The state of a session.
struct Server {
    client: Client,
    documents: Documents,
    workspace: Workspace,
    jobs: Sender<Job>,
    progress: progress::Shown,
    /// The documents whose diagnostics may differ from those that the client has.
    changed: BTreeSet<String>,
    /// The requests that wait for a look at their site, by the number of the look.
    pending: BTreeMap<u64, (RequestId, Then)>,
    /// Number of looks so far.
    looks: u64,
    /// The errors of settings that were shown.
    told: BTreeSet<String>,
    has_shut_down: bool,
}

/// Serves a client until it exits or dies. `cache` is where facts of posts are known from.
pub fn serve(connection: Connection, cache: cache::Settings) -> io::Result<Ended> {
    let Some((id, params)) = initialize(&connection) else { return Ok(Ended::Abruptly) };
    let Connection { sender, receiver } = connection;
    let client = Client::new(sender, &params);
    let process = ClientProcess::new(params.process_id);
    client.respond(Response::new_ok(id, capabilities::introduction(&client)));
    let workspace = Workspace::new(client::folders(params).iter().filter_map(uris::path));
    let (jobs, events) = background::start(workspace.files.clone(), cache)?;
    let (documents, progress) = (Documents::default(), progress::Shown::default());
    let (changed, pending) = (BTreeSet::new(), BTreeMap::new());
    let (looks, told, has_shut_down) = (0, BTreeSet::new(), false);
    let server = Server { client, documents, workspace, jobs, progress, changed, pending, looks, told, has_shut_down };
    Ok(server.run(&receiver, &events, &process))
}

/// Waits for the first request. Until then, all others are errors.
fn initialize(connection: &Connection) -> Option<(RequestId, InitializeParams)> {
    loop {
        let (id, error) = match connection.receiver.recv().ok()? {
            Message::Request(Request { id, method, params }) if method == "initialize" => {
                match serde_json::from_value(params) {
                    Ok(params) => return Some((id, params)),
                    Err(error) => (id, Response::new_err(0.into(), ErrorCode::InvalidParams as i32, error.to_string())),
                }
            }
            Message::Request(request) => {
                let message = "the server is not initialized".to_owned();
                (request.id, Response::new_err(0.into(), ErrorCode::ServerNotInitialized as i32, message))
            }
            Message::Notification(notification) if notification.method == "exit" => return None,
            Message::Notification(_) | Message::Response(_) => continue,
        };
        connection.sender.send(Response { id, ..error }.into()).ok()?;
    }
}

impl Server {
    fn run(mut self, receiver: &Receiver<Message>, events: &Receiver<Event>, process: &ClientProcess) -> Ended {
        let looks = process.looks();
        let mut waiting: VecDeque<Message> = VecDeque::new();
        loop {
            select! {
                recv(receiver) -> message => match message {
                    Ok(message) => waiting.push_back(message),
                    Err(_) => return Ended::Abruptly,
                },
                recv(events) -> event => match event {
                    Ok(event) => self.take(event),
                    // Only a panic outside of all rules ends the thread.
                    Err(_) => return Ended::Abruptly,
                },
                recv(looks) -> _ => if process.is_gone() {
                    return Ended::Abruptly;
                },
            }
            // All that is there is seen at once: requests that were cancelled are not answered, and edits that follow each
            // other are checked once.
            waiting.extend(receiver.try_iter());
            while let Some(message) = waiting.pop_front() {
                if let Some(ended) = self.message(message, &waiting) {
                    return ended;
                }
                waiting.extend(receiver.try_iter());
            }
            events.try_iter().for_each(|event| self.take(event));
            if let Err(cause) = caught(|| self.publish()) {
                self.failed("diagnostics", &cause);
            }
        }
    }

    /// Takes a message of the client. `waiting` are those that follow it. Returns how the session ends, if it does.
    fn message(&mut self, message: Message, waiting: &VecDeque<Message>) -> Option<Ended> {
        match message {
            Message::Notification(notification) if notification.method == "exit" => {
                return Some(if self.has_shut_down { Ended::AsAsked } else { Ended::Abruptly });
            }
            Message::Notification(notification) => {
                let method = notification.method.clone();
                match caught(|| self.notification(notification)) {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => self.client.log(MessageType::Warning, format!("{method}: {error}")),
                    Err(cause) => self.failed(&method, &cause),
                }
            }
            Message::Request(request) => {
                if let Some(response) = self.response(request, waiting) {
                    self.client.respond(response);
                }
            }
            Message::Response(response) => {
                if let Err(error) = response.response_result {
                    self.client.log(MessageType::Log, error.message);
                }
            }
        }
        None
    }

    /// Takes what was found in the background.
    fn take(&mut self, event: Event) {
        match event {
            Event::Found { uri, number, findings } => {
                if let Some(document) = self.documents.get_mut(&uri)
                    && document.check.answer(number, findings)
                {
                    self.changed.insert(uri.0);
                }
            }
            Event::Seen(number, seen) => {
                if let Err(cause) = caught(|| self.seen(number, seen)) {
                    self.failed("a request", &cause);
                }
            }
            Event::Indexing(progress) => self.progress.show(progress, &mut self.client),
            Event::Failed(cause) => self.failed("rules across posts", &cause),
        }
    }

    /// Logs a panic, after which the session goes on.
    fn failed(&self, what: &str, cause: &str) {
        self.client.log(MessageType::Error, format!("postlint failed on {what}: {cause}; this is a bug in postlint"));
    }

    /// Marks a document that the client has changed. A client that asks for diagnostics asks after its own changes.
    fn mark_changed(&mut self, uri: &Uri) {
        if !self.client.pulls {
            self.changed.insert(uri.0.clone());
        }
    }
}
