//! Passes the characters of a string to html5gum, with regular pauses.
//!
//! Within a tag, html5gum's states call each other: each double-quoted attribute value adds some hundred bytes of
//! stack, so a tag with 6,550 attributes overflowed the stack of a thread. An error from the reader unwinds all those
//! calls, and the tokenizer continues where it stopped when it is asked for the next token.

use html5gum::{Readable, Reader as Read, StringReader};

/// Maximum number of double-quoted values between two pauses.
const VALUES: u32 = 64;
/// The bytes that html5gum searches for in a double-quoted value. In no other state does it search for `"` and `&`.
const VALUE_NEEDLE: &[u8] = b"\"&";

/// Returned as an error, but only means that the tokenizer has to be called again.
#[derive(Debug, thiserror::Error)]
#[error("not read to the end yet")]
pub(super) struct Pause;

#[derive(Debug)]
pub(super) struct Reader<'a> {
    inner: StringReader<'a>,
    /// Number of values until the next pause.
    left: u32,
}

impl<'a> Reader<'a> {
    pub fn new(input: &'a str) -> Self {
        Reader { inner: input.to_reader(), left: VALUES }
    }
}

impl Read for Reader<'_> {
    type Error = Pause;

    #[inline(always)]
    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        let Ok(byte) = self.inner.read_byte();
        Ok(byte)
    }

    /// Reads up to one of the bytes of `needle`. A pause consumes nothing, and the tokenizer is then in the state that
    /// reads a value, so it can resume there.
    #[inline(always)]
    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Pause> {
        if needle.starts_with(VALUE_NEEDLE) {
            if self.left == 0 {
                self.left = VALUES;
                return Err(Pause);
            }
            self.left -= 1;
        }
        let Ok(read) = self.inner.read_until(needle, buffer);
        Ok(read)
    }

    #[inline(always)]
    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        let Ok(is_next) = self.inner.try_read_string(text, case_sensitive);
        Ok(is_next)
    }
}
