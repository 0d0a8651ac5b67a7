//! postlint's kramdown parser, compared with kramdown.

mod fuzz;
mod hostile;
mod jekyll_site;
mod posts;
mod rendering;
mod spans;
