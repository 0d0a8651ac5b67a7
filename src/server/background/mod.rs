//! Rules across posts, on a thread of their own: it keeps the facts of the posts of each site, and answers questions about
//! open documents once the client is quiet.

mod indexed;
mod looking;

use crate::cache;
use crate::diagnostic::Diagnostic;
use crate::engine::failure::caught;
use crate::engine::suppress::Suppressions;
use crate::facts::PageFacts;
use crate::files::Unsaved;
use crate::ruleset::Ruleset;
use crate::threads::spawn;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use gen_lsp_types::Uri;
use indexed::Indexed;
pub use looking::{Look, PageSeen, Seen};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A question is answered when nothing has been asked for this long,
const QUIET: Duration = Duration::from_millis(120);
/// or, after a change of a config or a layout, for this long: the whole site is read again then,
const QUIET_AFTER_CHANGE: Duration = Duration::from_millis(600);
/// or after this long, if the client asks all the time.
const LONGEST: Duration = Duration::from_secs(3);

/// What the thread is told.
pub enum Job {
    /// The facts of an open document have changed.
    Ask(Box<Asked>),
    /// A file was created, changed or removed that any post may depend on.
    Forget {
        /// The workspace folder.
        root: PathBuf,
        /// The file.
        path: PathBuf,
    },
    /// The file of a post has another text.
    Read {
        /// The workspace folder.
        root: PathBuf,
        /// The file.
        path: PathBuf,
    },
    /// A document was closed.
    Close(Uri),
    /// A question about the site of an open document, to be answered at once.
    Look {
        /// Its number, which the answer repeats.
        number: u64,
        /// The document.
        uri: Uri,
        /// The question.
        look: Look,
    },
}

/// A question about an open document.
pub struct Asked {
    /// The document.
    pub uri: Uri,
    /// Its path.
    pub path: PathBuf,
    /// The workspace folder that it is in.
    pub root: PathBuf,
    /// The number of the question.
    pub number: u64,
    /// The facts of the post.
    pub facts: Box<PageFacts>,
    /// The rules to run on it.
    pub rules: Arc<Ruleset>,
    /// What its author suppresses.
    pub suppressions: Arc<Suppressions>,
    /// Whether its URL has changed.
    pub has_moved: bool,
}

/// What the thread tells.
pub enum Event {
    /// What the rules across posts found in an open document.
    Found {
        /// The document.
        uri: Uri,
        /// The number of the question.
        number: u64,
        /// The findings, not suppressed yet.
        findings: Vec<Diagnostic>,
    },
    /// The answer to a question about a site; `None` if nothing is known of it.
    Seen(u64, Option<Seen>),
    /// The posts of a site are read.
    Indexing(Progress),
    /// A rule or a parser panicked.
    Failed(String),
}

/// How far the reading of a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It begins.
    Begin,
    /// So many of all posts were read.
    Read(usize, usize),
    /// It is done.
    End,
}

/// Starts the thread. It ends when the sender is dropped.
pub fn start(files: Arc<Unsaved>, cache: cache::Settings) -> io::Result<(Sender<Job>, Receiver<Event>)> {
    let ((jobs, received), (events, told)) = (unbounded(), unbounded());
    spawn("across posts", move || {
        Background { files, cache, events, sites: Vec::new(), open: BTreeMap::new(), looks: Vec::new() }.run(&received)
    })?;
    Ok((jobs, told))
}

/// The state of the thread.
struct Background {
    files: Arc<Unsaved>,
    cache: cache::Settings,
    events: Sender<Event>,
    /// The sites of documents that are or were open.
    sites: Vec<Indexed>,
    /// The last question about each open document.
    open: BTreeMap<String, Open>,
    /// The questions that are to be answered at once.
    looks: Vec<(u64, Uri, Look)>,
}

/// The last question about an open document.
struct Open {
    asked: Box<Asked>,
    /// Whether it is answered, and the posts are still the same.
    is_answered: bool,
    /// The answer.
    told: Option<Vec<Diagnostic>>,
}

impl Background {
    fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let start = Instant::now();
            let mut quiet = self.take(first);
            while start.elapsed() < LONGEST {
                match jobs.recv_timeout(quiet) {
                    Ok(job) => quiet = quiet.max(self.take(job)),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            if let Err(cause) = caught(|| self.answer()) {
                self.failed(cause);
            }
            for (number, uri, look) in std::mem::take(&mut self.looks) {
                let seen = caught(|| self.look(&uri, &look)).unwrap_or_else(|cause| {
                    self.failed(cause);
                    None
                });
                let _ = self.events.send(Event::Seen(number, seen));
            }
        }
    }

    /// Takes a job. Returns how long to wait for further ones.
    fn take(&mut self, job: Job) -> Duration {
        match job {
            Job::Ask(asked) => {
                if asked.has_moved {
                    self.sites.iter_mut().for_each(|site| site.forget_urls(&asked.path));
                }
                self.open.insert(asked.uri.0.clone(), Open { asked, is_answered: false, told: None });
                QUIET
            }
            Job::Forget { root, path } => {
                // The config may be corrected now: the questions that follow find the site anew.
                self.sites.retain(|site| site.root != root || !site.is_bare);
                self.sites.iter_mut().filter(|site| site.root == root).for_each(|site| site.forget(&path));
                QUIET_AFTER_CHANGE
            }
            Job::Read { root, path } => {
                self.sites.iter_mut().filter(|site| site.root == root).for_each(|site| site.mark(path.clone()));
                QUIET
            }
            Job::Look { number, uri, look } => {
                self.looks.push((number, uri, look));
                Duration::ZERO
            }
            Job::Close(uri) => {
                if let Some(open) = self.open.remove(&uri.0) {
                    let path = open.asked.path;
                    self.sites.iter_mut().for_each(|site| site.mark(path.clone()));
                }
                QUIET
            }
        }
    }

    /// Answers a question about the site of an open document.
    fn look(&mut self, uri: &Uri, look: &Look) -> Option<Seen> {
        let asked = &self.open.get(&uri.0)?.asked;
        self.sites.iter_mut().find(|site| site.is_of(asked))?.look(look)
    }

    /// Starts anew after a panic: what was being changed may be incomplete.
    fn failed(&mut self, cause: String) {
        self.sites.clear();
        let _ = self.events.send(Event::Failed(cause));
    }

    /// Answers all open questions.
    fn answer(&mut self) {
        for open in self.open.values().filter(|open| !open.is_answered) {
            if !self.sites.iter().any(|site| site.is_of(&open.asked)) {
                self.sites.extend(Indexed::of(&open.asked, self.files.clone(), self.cache.clone()));
            }
        }
        for site in &mut self.sites {
            let open: Vec<&mut Open> = self.open.values_mut().filter(|open| site.is_of(&open.asked)).collect();
            // A site without open documents is kept, and read when one is opened again.
            if !open.is_empty() {
                answer_all(site, open, &self.events);
            }
        }
    }
}

/// Answers the questions about the open documents of a site, and those again whose answers may differ now.
fn answer_all(site: &mut Indexed, open: Vec<&mut Open>, events: &Sender<Event>) {
    let mut is_changed = site.refresh(events);
    for open in open.iter().filter(|open| !open.is_answered) {
        is_changed |= site.put(&open.asked);
    }
    let open: Vec<&mut Open> = open.into_iter().filter(|open| is_changed || !open.is_answered).collect();
    let asked: Vec<&Asked> = open.iter().map(|open| &*open.asked).collect();
    let found = site.find(&asked);
    for (open, findings) in open.into_iter().zip(found) {
        open.is_answered = true;
        if open.told.as_ref() != Some(&findings) {
            open.told = Some(findings.clone());
            let (uri, number) = (open.asked.uri.clone(), open.asked.number);
            let _ = events.send(Event::Found { uri, number, findings });
        }
    }
}
