//! Messages on standard input and output. What is not a message gets an error as its reply, and reading goes on.

use lsp_server::{ErrorCode, Message};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, BufRead, ErrorKind, Read};

/// Maximum size of a message in bytes: a post of the maximum size, with all its characters escaped.
const LARGEST: u64 = 192 << 20;

/// Maximum length of a header line in bytes.
const LONGEST_HEADER: u64 = 8 << 10;

/// A message, or the reply to what is not one.
pub type Frame = Result<Message, Vec<u8>>;

/// Reads the next message. `None` at the end of the stream.
pub fn read(stream: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let length = match header(stream)? {
        Header::End => return Ok(None),
        Header::Length(length) => length,
        Header::Malformed(line) => {
            let message = format!("malformed header {line:?}: expected `Content-Length: NUMBER`");
            return Ok(Some(Err(refusal(Value::Null, ErrorCode::ParseError, &message))));
        }
    };
    if length > LARGEST {
        let skipped = io::copy(&mut stream.take(length), &mut io::sink())?;
        let message = format!("a message of {length} bytes is too large: the limit is {} MB", LARGEST >> 20);
        let reply = refusal(Value::Null, ErrorCode::InvalidRequest, &message);
        return Ok((skipped == length).then_some(Err(reply)));
    }
    let mut body = Vec::new();
    if stream.take(length).read_to_end(&mut body)? as u64 != length {
        return Ok(None);
    }
    Ok(Some(parse(&body)))
}

/// A message as it is written.
pub fn encode(message: &Message) -> Vec<u8> {
    #[derive(Serialize)]
    struct Versioned<'a> {
        jsonrpc: &'static str,
        #[serde(flatten)]
        message: &'a Message,
    }
    framed(&serde_json::to_vec(&Versioned { jsonrpc: "2.0", message }).unwrap_or_default())
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}

/// The headers of a message.
enum Header {
    /// The stream has ended.
    End,
    /// The length of the message in bytes.
    Length(u64),
    /// A line that is not a header.
    Malformed(String),
}

fn header(stream: &mut impl BufRead) -> io::Result<Header> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = stream.take(LONGEST_HEADER).read_until(b'\n', &mut line).or_else(|error| match error.kind() {
            ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => Ok(0),
            _ => Err(error),
        })?;
        if read == 0 {
            return Ok(Header::End);
        }
        let line = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
        if line.is_empty() {
            match length {
                Some(length) => return Ok(Header::Length(length)),
                // Blank lines between messages.
                None => continue,
            }
        }
        let Some((name, value)) = line.split_once(':') else { return Ok(Header::Malformed(line)) };
        if name.trim().eq_ignore_ascii_case("Content-Length") {
            match value.trim().parse() {
                Ok(number) => length = Some(number),
                Err(_) => return Ok(Header::Malformed(line)),
            }
        }
    }
}

/// The message in a body, or the reply to what is not one: with the id of the request, if there is one.
fn parse(body: &[u8]) -> Frame {
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| refusal(Value::Null, ErrorCode::ParseError, &format!("malformed JSON: {error}")))?;
    let id = value.get("id").cloned().unwrap_or_default();
    serde_json::from_value(value)
        .map_err(|_| refusal(id, ErrorCode::InvalidRequest, "neither a request, a notification nor a response"))
}

fn refusal(id: Value, code: ErrorCode, message: &str) -> Vec<u8> {
    let reply = json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": message } });
    framed(&serde_json::to_vec(&reply).unwrap_or_default())
}
