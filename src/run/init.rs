//! `postlint init`.

use super::looks::Looks;
use super::{Exit, RunError};
use crate::cli::Init;
use std::io::Write;

pub fn init(_arguments: &Init, _looks: Looks, _out: &mut dyn Write) -> Result<Exit, RunError> {
    Ok(Exit::Clean)
}
