//! What a client may do wrong: each request gets one reply, and nothing but `exit` ends the server.

use crate::server::editor::{Editor, pushed, uri};
use crate::support::blog::Blog;
use postlint::server::Ended;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};

const NAME: &str = "_posts/2024-05-01-a.md";
const POST: &str = "---\nlayout: post\ntitle: Harbour\n---\n\n<img src=\"/a.jpg\">\n";

fn blog() -> Blog {
    Blog::new(&[("_config.yml", "title: Harbour\n"), (NAME, POST)])
}

#[test]
fn requests_that_cannot_be_answered_are_errors() {
    let blog = blog();
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    let code =
        |editor: &mut Editor, method: &str, params: Value| editor.request(method, params).unwrap_err()["code"].clone();
    assert_eq!(code(&mut editor, "textDocument/unheard", Value::Null), -32601);
    assert_eq!(code(&mut editor, "textDocument/codeAction", json!({ "range": 7 })), -32602);
    assert_eq!(code(&mut editor, "textDocument/codeAction", json!([1, 2])), -32602);
    assert_eq!(code(&mut editor, "initialize", json!({ "capabilities": {} })), -32600);
    let unknown = json!({ "textDocument": { "uri": "file:///nowhere/a.md" } });
    assert_eq!(editor.request("textDocument/diagnostic", unknown).unwrap()["items"], json!([]));
    assert_eq!(editor.end(), Ended::AsAsked);
}

#[test]
fn notifications_that_make_no_sense_are_ignored() {
    let blog = blog();
    let uri = uri(&blog, NAME);
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.change(&uri, 9, json!([{ "text": "not open" }]));
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    editor.notify("textDocument/didOpen", json!({ "textDocument": 5 }));
    editor.notify("textDocument/unheard", json!({}));
    editor.notify("$/setTrace", json!({ "value": "off" }));
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": "nonsense", "type": 2 }] }));
    for odd in
        ["untitled:Untitled-1", "git:/a.md?ref", "file://", "file:///", "file:///%00.md", "", "file:///%zz/가.md"]
    {
        editor.open(odd, POST);
        editor.change(odd, 2, json!([{ "text": "# other\n" }]));
        let params = json!({ "textDocument": { "uri": odd } });
        assert!(editor.request("textDocument/diagnostic", params).is_ok(), "{odd}");
    }
    editor.open(&uri, POST);
    let at = |line: u32, character: u32| json!({ "line": line, "character": character });
    // Behind all ends, and backwards.
    let far = json!({ "start": at(4_000_000_000, 4_000_000_000), "end": at(0, 4) });
    editor.change(&uri, 2, json!([{ "range": far, "text": "\nMore.\n" }]));
    let far = json!({ "start": at(0, 4_000_000_000), "end": at(0, 4_294_967_295_u32) });
    editor.change(&uri, 1, json!([{ "range": far, "text": "" }]));
    assert_eq!(editor.request("postlint/text", json!({ "uri": uri })).unwrap(), format!("{POST}\nMore.\n"));
    editor.end();
}

#[test]
fn cancelled_requests_are_answered_with_an_error() {
    let blog = blog();
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    let uri = uri(&blog, NAME);
    // The server is busy with a large post, so that the next messages wait together.
    editor.open(&uri, &format!("{POST}{}", "가나다 [a](/b) <b>라</b>\n\n".repeat(3_000)));
    let busy = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    let id = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    editor.notify("$/cancelRequest", json!({ "id": id }));
    editor.notify("$/cancelRequest", json!({ "id": 4711 }));
    assert!(editor.response(busy).is_ok());
    assert_eq!(editor.response(id).unwrap_err()["code"], -32800);
    editor.end();
}

#[test]
fn after_shutdown_only_exit_is_obeyed() {
    let blog = blog();
    let mut editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.request("shutdown", Value::Null).unwrap();
    let params = json!({ "textDocument": { "uri": uri(&blog, NAME) } });
    assert_eq!(editor.request("textDocument/diagnostic", params).unwrap_err()["code"], -32600);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.die(), Ended::AsAsked);
    let editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.notify("exit", Value::Null);
    assert_eq!(editor.die(), Ended::Abruptly);
    let editor = Editor::new(&blog.0, pushed("utf-16"));
    editor.open(&uri(&blog, NAME), POST);
    assert_eq!(editor.die(), Ended::Abruptly);
}

/// Processes are watched where that needs no unsafe code.
#[cfg(unix)]
#[test]
fn the_end_of_the_process_of_the_client_is_that_of_the_server() {
    let blog = blog();
    let mut process = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let params = |id: Value| json!({ "processId": id, "rootUri": uri(&blog, ""), "capabilities": pushed("utf-8") });
    let editor = Editor::with(params(json!(process.id())));
    process.kill().unwrap();
    process.wait().unwrap();
    // That of a client in another container does not run here from the start.
    let mut other = Editor::with(params(json!(process.id())));
    assert_eq!(editor.wait_for_end(), Ended::Abruptly);
    other.listen(std::time::Duration::from_secs(1));
    assert_eq!(other.end(), Ended::AsAsked);
}

/// The program itself, and what it writes.
struct Running(Child, BufReader<std::process::ChildStdout>);

impl Running {
    fn new(blog: &Blog) -> Self {
        let mut child = blog.command(&["lsp", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Running(child, out)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.stdin.as_mut().unwrap().write_all(bytes).unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.1.read_line(&mut line).unwrap() > 0, "the server has ended");
            match line.trim_end().split_once(": ") {
                Some((_, number)) => length = number.parse().unwrap(),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.1.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// The next message that is a response.
    fn response(&mut self) -> Value {
        loop {
            let message = self.read();
            if message.get("method").is_none() {
                return message;
            }
        }
    }
}

#[test]
fn the_program_serves_standard_input_whatever_is_written_to_it() {
    let blog = blog();
    let mut server = Running::new(&blog);
    server.send(&json!({ "jsonrpc": "2.0", "id": "early", "method": "textDocument/hover", "params": {} }));
    assert_eq!(server.response()["error"]["code"], -32002);
    let params = json!({ "processId": null, "rootUri": uri(&blog, ""), "capabilities": pushed("utf-8") });
    server.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
    assert_eq!(server.response()["result"]["serverInfo"]["name"], "postlint");
    server.send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    let document = json!({ "uri": uri(&blog, NAME), "languageId": "markdown", "version": 1, "text": POST });
    server.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }));
    let published = server.read();
    assert_eq!(published["method"], "textDocument/publishDiagnostics");
    assert!(published["params"]["diagnostics"].to_string().contains("alt-missing"), "{published}");
    for (bytes, code) in [
        (&b"Content-Length: 9\r\n\r\n{\"id\": 5,"[..], -32700),
        (b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc", -32700),
        (b"Content-Length: 8\r\n\r\n{\"id\":5}", -32600),
        (b"Content-Length: 2\r\n\r\n[]", -32600),
        (b"Content-Length: many\r\n", -32700),
        (b"what is this\r\n", -32700),
    ] {
        server.write(bytes);
        let reply = server.response();
        assert_eq!(reply["error"]["code"], code, "{reply}");
        assert!(reply["id"].is_null() || reply["id"] == 5, "{reply}");
    }
    // Larger than any post.
    let length = 200_u64 << 20;
    server.write(format!("Content-Length: {length}\r\n\r\n").as_bytes());
    let piece = vec![b' '; 1 << 20];
    (0..200).for_each(|_| server.write(&piece));
    assert_eq!(server.response()["error"]["code"], -32600);
    server.send(&json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }));
    assert_eq!(server.response(), json!({ "jsonrpc": "2.0", "id": 2, "result": null }));
    server.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(server.0.wait().unwrap().code(), Some(0));
}

#[test]
fn the_death_of_the_client_ends_the_program() {
    let blog = blog();
    let mut server = Running::new(&blog);
    drop(server.0.stdin.take());
    assert_eq!(server.0.wait().unwrap().code(), Some(1));
}
