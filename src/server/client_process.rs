//! The process of the client, whose end is that of the server: another process may keep the pipe between them open.

use crossbeam_channel::{Receiver, never, tick};
use std::time::{Duration, Instant};

/// Time between two looks at the process.
const PERIOD: Duration = Duration::from_secs(3);

/// The process of a client.
pub struct ClientProcess(Option<i32>);

impl ClientProcess {
    /// The process with the id that the client gave. One that does not run now is not watched: its id is that of another
    /// machine or container.
    pub fn new(id: Option<i32>) -> Self {
        ClientProcess(id.filter(|id| runs(*id)))
    }

    /// Says when to look at the process.
    pub fn looks(&self) -> Receiver<Instant> {
        if self.0.is_some() { tick(PERIOD) } else { never() }
    }

    /// Whether it has ended.
    pub fn is_gone(&self) -> bool {
        self.0.is_some_and(|id| !runs(id))
    }
}

#[cfg(unix)]
fn runs(id: i32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    // Those that are not positive name groups of processes. One of another user must not be asked, but runs.
    let pid = Some(id).filter(|id| *id > 0).and_then(Pid::from_raw);
    pid.is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
}

/// Elsewhere there is no way to ask without `unsafe`: no process is watched.
#[cfg(not(unix))]
fn runs(_: i32) -> bool {
    false
}
