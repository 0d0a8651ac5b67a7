//! A client of the language server, in the same process.

use crate::support::blog::Blog;
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use postlint::cache;
use postlint::server::{Ended, serve, uris};
use postlint::threads::spawn;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a test waits for what the server finds in the background.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client with open documents.
pub struct Editor {
    connection: Connection,
    server: JoinHandle<std::io::Result<Ended>>,
    next: i32,
    /// The answer to `initialize`.
    pub introduction: Value,
    /// The published diagnostics of each document.
    published: BTreeMap<String, Vec<Value>>,
    /// Number of times that diagnostics were published.
    pub publications: usize,
    /// The versions that they are of.
    versions: BTreeMap<String, i64>,
    /// The methods of other messages that the server sent.
    pub told: Vec<(String, Value)>,
}

/// The capabilities of a client that is sent diagnostics, and counts columns in this unit.
pub fn pushed(encoding: &str) -> Value {
    json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    })
}

/// The URI of a file in a blog.
pub fn uri(blog: &Blog, name: &str) -> String {
    uris::uri(&blog.0.join(name)).0
}

impl Editor {
    /// A client with one folder.
    pub fn new(root: &Path, capabilities: Value) -> Self {
        let folder = uris::uri(root).0;
        Editor::with(json!({
            "processId": null, "rootUri": folder, "capabilities": capabilities,
            "workspaceFolders": [{ "uri": folder, "name": "blog" }],
        }))
    }

    /// A client with these parameters of `initialize`.
    pub fn with(params: Value) -> Self {
        Editor::with_cache(params, cache::Settings { how: cache::How::Off, named: None })
    }

    /// The same, of a server with this cache.
    pub fn with_cache(params: Value, cache: cache::Settings) -> Self {
        let (server, connection) = Connection::memory();
        let server = spawn("server", move || serve(server, cache)).unwrap();
        let (introduction, published, versions) = (Value::Null, BTreeMap::new(), BTreeMap::new());
        let mut editor = Editor {
            connection,
            server,
            next: 0,
            introduction,
            published,
            publications: 0,
            versions,
            told: Vec::new(),
        };
        editor.introduction = editor.request("initialize", params).unwrap();
        editor.notify("initialized", json!({}));
        editor
    }

    pub fn notify(&self, method: &str, params: Value) {
        let message = Notification { method: method.to_owned(), params };
        self.connection.sender.send(message.into()).unwrap();
    }

    /// Sends a request without waiting for its response. Returns its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i32 {
        self.next += 1;
        let request = Request { id: self.next.into(), method: method.to_owned(), params };
        self.connection.sender.send(request.into()).unwrap();
        self.next
    }

    /// The result of a request, or its error.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.response(id)
    }

    /// Waits for the response to a request.
    pub fn response(&mut self, id: i32) -> Result<Value, Value> {
        loop {
            let message = self.connection.receiver.recv_timeout(PATIENCE).unwrap();
            match message {
                Message::Response(Response { id: its, response_result }) if its == RequestId::from(id) => {
                    return response_result.map_err(|error| serde_json::to_value(error).unwrap());
                }
                message => self.take(message),
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Notification(Notification { method, params }) if method == "textDocument/publishDiagnostics" => {
                let uri = params["uri"].as_str().unwrap().to_owned();
                self.publications += 1;
                self.versions.insert(uri.clone(), params["version"].as_i64().unwrap_or_default());
                self.published.insert(uri, params["diagnostics"].as_array().unwrap().clone());
            }
            Message::Notification(Notification { method, params }) => {
                assert!(!params.to_string().contains("is a bug in postlint"), "{params}");
                self.told.push((method, params));
            }
            Message::Request(Request { id, method, params }) => {
                self.told.push((method, params));
                self.connection.sender.send(Response::new_ok(id, Value::Null).into()).unwrap();
            }
            Message::Response(response) => panic!("a response that nobody waits for: {response:?}"),
        }
    }

    pub fn open(&self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text of a document.
    pub fn replace(&self, uri: &str, version: i32, text: &str) {
        self.change(uri, version, json!([{ "text": text }]));
    }

    pub fn change(&self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Waits until the diagnostics of a document are as expected; after a while, returns them as they are.
    pub fn wait(&mut self, uri: &str, is_expected: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(diagnostics) = self.published.get(uri).filter(|diagnostics| is_expected(diagnostics)) {
                return diagnostics.clone();
            }
            match self.connection.receiver.recv_deadline(end) {
                Ok(message) => self.take(message),
                Err(_) => return self.published.get(uri).cloned().unwrap_or_default(),
            }
        }
    }

    /// Waits for the diagnostics of a version of a document.
    pub fn wait_for_version(&mut self, uri: &str, version: i32) {
        while self.versions.get(uri).is_none_or(|known| *known < i64::from(version)) {
            let message = self.connection.receiver.recv_timeout(PATIENCE).unwrap();
            self.take(message);
        }
    }

    /// Takes everything that the server sends within this time.
    pub fn listen(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Ok(message) = self.connection.receiver.recv_deadline(end) {
            self.take(message);
        }
    }

    /// Ends the session as the protocol wants it.
    pub fn end(mut self) -> Ended {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.notify("exit", Value::Null);
        self.server.join().unwrap().unwrap()
    }

    /// Waits for the server to end although the connection is open.
    pub fn wait_for_end(self) -> Ended {
        let end = Instant::now() + PATIENCE;
        while !self.server.is_finished() {
            assert!(Instant::now() < end, "the server goes on");
            std::thread::sleep(Duration::from_millis(20));
        }
        self.server.join().unwrap().unwrap()
    }

    /// Goes away without a word.
    pub fn die(self) -> Ended {
        drop(self.connection);
        self.server.join().unwrap().unwrap()
    }
}

/// The byte offset of a position, computed as a client does.
pub fn offset(text: &str, position: &Value, encoding: &str) -> usize {
    let (mut line, mut character) = (position["line"].as_u64().unwrap(), position["character"].as_u64().unwrap());
    let mut characters = text.char_indices().peekable();
    while line > 0 {
        match characters.next() {
            Some((_, '\r')) if characters.peek().is_some_and(|(_, c)| *c == '\n') => {}
            Some((_, '\r' | '\n')) => line -= 1,
            Some(_) => {}
            None => return text.len(),
        }
    }
    for (at, c) in characters {
        let units = match encoding {
            "utf-8" => c.len_utf8(),
            "utf-16" => c.len_utf16(),
            _ => 1,
        };
        if matches!(c, '\r' | '\n') || character < units as u64 {
            return at;
        }
        character -= units as u64;
    }
    text.len()
}

/// A finding: its rule, its message, and the bytes that it is about.
pub type Spotted = (String, String, usize, usize);

/// What diagnostics say, sorted.
pub fn spotted(diagnostics: &[Value], text: &str, encoding: &str) -> Vec<Spotted> {
    let of = |it: &Value| {
        let message = it["message"].as_str().unwrap().split("\nhelp: ").next().unwrap().to_owned();
        let at = |end: &str| offset(text, &it["range"][end], encoding);
        (it["code"].as_str().unwrap().to_owned(), message, at("start"), at("end"))
    };
    let mut found: Vec<Spotted> = diagnostics.iter().map(of).collect();
    found.sort();
    found
}

/// What the command line says about a file of the blog.
pub fn checked(blog: &Blog, name: &str) -> Vec<Spotted> {
    reported(&mut blog.command(&["check", "--force-exclude", "--format", "json", name]))
}

/// What a run with JSON as its format reports.
pub fn reported(command: &mut Command) -> Vec<Spotted> {
    let output = command.output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |it: &Value| {
        let at = |end: &str| it["span"][end]["byte"].as_u64().unwrap() as usize;
        (it["ruleId"].as_str().unwrap().to_owned(), it["message"].as_str().unwrap().to_owned(), at("start"), at("end"))
    };
    let mut found: Vec<Spotted> = report["findings"].as_array().unwrap().iter().map(of).collect();
    found.sort();
    found
}
