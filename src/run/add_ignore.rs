//! x
use super::RunError;
use super::check::Linted;
use std::io::Write;
pub fn add(_linted: &mut [Linted], _reason: &str, _err: &mut dyn Write) -> Result<(), RunError> {
    Ok(())
}
