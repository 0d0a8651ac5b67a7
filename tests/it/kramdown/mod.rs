//! kramdown read like kramdown.

mod fuzz;
mod hostile;
mod jekyll_site;
mod mutations;
mod posts;
mod rendering;
mod spans;
