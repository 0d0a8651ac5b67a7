//! postlint reads blog posts the way their site generator reads them, checks them against rules, and points at the
//! exact bytes that are wrong. The modules stand in floor order: each looks down only.

// floor 0: text and plain data
pub mod diagnostic;
pub mod source;
// floor 1: a post as its generator reads it
pub mod document;
// floor 6: the world
pub mod cli;
pub mod output;
pub mod walk;
