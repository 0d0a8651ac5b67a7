//! `postlint lsp`: the language server on standard input and output.

use crate::cache;
use crate::output::Screen;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::server::frames::{encode, read};
use crate::server::{Ended, serve};
use crate::threads::spawn;
use crossbeam_channel::{Sender, never, select, unbounded};
use lsp_server::{Connection, Message};
use std::io::{self, Write};

/// Serves the client on the other end of standard input until it exits or dies.
pub fn lsp(cache: &cache::Settings, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let (server, client) = Connection::memory();
    let Connection { sender, receiver } = client;
    let (refuse, mut refused) = unbounded();
    spawn("messages", move || forward(&sender, &refuse)).map_err(RunError::WorkThread)?;
    let cache = cache.clone();
    let serving = spawn("server", move || serve(server, cache)).map_err(RunError::WorkThread)?;
    loop {
        let frame = select! {
            recv(receiver) -> message => match message {
                Ok(message) => encode(&message),
                Err(_) => break,
            },
            recv(refused) -> reply => match reply {
                Ok(reply) => reply,
                Err(_) => {
                    refused = never();
                    continue;
                }
            },
        };
        // Lengths are those of the bytes as they are.
        out.exact(&frame)?;
        out.flush()?;
    }
    match serving.join() {
        Ok(Ok(Ended::AsAsked)) => Ok(Exit::Clean),
        Ok(Ok(Ended::Abruptly)) => Ok(Exit::Findings),
        Ok(Err(error)) => Err(RunError::WorkThread(error)),
        Err(_) => Err(RunError::Internal("the thread of the server ended".to_owned())),
    }
}

/// Passes on what the client sends, and the replies to what is not a message. Ends with the stream.
fn forward(messages: &Sender<Message>, replies: &Sender<Vec<u8>>) {
    let mut stream = io::stdin().lock();
    while let Ok(Some(frame)) = read(&mut stream) {
        let is_sent = match frame {
            Ok(message) => messages.send(message).is_ok(),
            Err(reply) => replies.send(reply).is_ok(),
        };
        if !is_sent {
            return;
        }
    }
}
