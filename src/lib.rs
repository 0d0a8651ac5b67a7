//! postlint parses blog posts like their site generator, checks them with rules, and reports the exact bytes that are
//! wrong.
//!
//! This library is the implementation of the command line tool. A program that lints text in memory needs only these
//! items:
//!
//! ```
//! use postlint::{Catalog, Demands, Dialect, Document, Generator, Place, Ruleset, Source, lint};
//!
//! let source = Source::new("---\nlayout: post\ntitle: The market at dawn\n---\n\n<p><img src=\"/stalls.jpg\"></p>\n");
//! let place = Place::new("_posts/2024-07-30-dawn.md", Generator::Jekyll, Dialect::Kramdown);
//! let document = Document::parse(&source, &place);
//! let findings = lint(&document, &Ruleset::recommended(Catalog::builtin()), &Demands::default());
//!
//! let missing = findings.iter().find(|finding| &*finding.rule == "alt-missing").unwrap();
//! assert_eq!(source.slice(missing.label.span), "<img src=\"/stalls.jpg\">");
//! ```
//!
//! All other items are public only for the tests and benches of this package. They are hidden here, and may change at
//! any time. `ARCHITECTURE.md` describes how the modules depend on each other.

// The modules are in eight layers, called floors (see `ARCHITECTURE.md`): a module imports only from its own floor and
// from lower ones.

// floor 1: text
#[doc(hidden)]
pub mod digest;
#[doc(hidden)]
pub mod pattern;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod url;
#[doc(hidden)]
pub mod width;
#[doc(hidden)]
pub mod words;
// floor 2: findings and edits as data, and the place of a post in its site
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod edit;
#[doc(hidden)]
pub mod place;
// floor 3: a post as its generator parses it
#[doc(hidden)]
pub mod document;
// floor 4: files written for postlint, rules, schemas for front matter, and the settings of a site
#[doc(hidden)]
pub mod authored;
#[doc(hidden)]
pub mod built;
#[doc(hidden)]
pub mod facts;
#[doc(hidden)]
pub mod rule;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod site;
// floor 5: the checks
#[doc(hidden)]
pub mod checks;
// floor 6: all rules, the config file, and rules ready to run
#[doc(hidden)]
pub mod catalog;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod ruleset;
// floor 7: linting of a post
#[doc(hidden)]
pub mod engine;
// floor 8: the command line, files and output
#[doc(hidden)]
pub mod across;
#[doc(hidden)]
pub mod cache;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod files;
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
pub mod project;
#[doc(hidden)]
pub mod run;
#[doc(hidden)]
pub mod server;
#[doc(hidden)]
pub mod threads;
#[doc(hidden)]
pub mod walk;

pub use catalog::Catalog;
pub use diagnostic::{Authority, Diagnostic, Fix, Label, Level, Safety};
pub use document::Document;
pub use edit::Edit;
pub use engine::lint;
pub use place::Place;
pub use place::dialect::{Dialect, Generator};
pub use ruleset::Ruleset;
pub use schema::Demands;
pub use source::{Position, Source, Span};
