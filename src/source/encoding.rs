//! Guesses the encoding of a file that is not UTF-8, and whether it is text at all.

/// Number of bytes by which an encoding is recognized.
const EXAMINED: usize = 16 << 10;

/// Number of bytes at the start of a file in which git looks for a NUL byte, and calls the file binary if there is one
/// (`buffer_is_binary` in its `xdiff-interface.c`).
const FIRST_FEW: usize = 8000;

/// One control character of this many bytes makes a file binary too: random bytes have one of ten, text has none.
const BYTES_FOR_A_CONTROL: usize = 32;

/// The WHATWG name of the encoding of text that is not UTF-8; `None` for binary data.
pub(super) fn guess(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(FIRST_FEW)];
    if let Some(name) = utf16(head) {
        return Some(name);
    }
    if is_binary(head) {
        return None;
    }
    let mut detector = chardetng::EncodingDetector::new();
    // Lines of ASCII say nothing about the encoding. Examining all bytes took 30% of the instructions on httpd's manual.
    let telling = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let mut left = EXAMINED;
    for line in telling {
        let part = line.get(..left).unwrap_or(line);
        detector.feed(part, false);
        left -= part.len();
        if left == 0 {
            break;
        }
    }
    detector.feed(b"", true);
    Some(detector.guess(None, false).name())
}

fn is_binary(head: &[u8]) -> bool {
    // ESC begins the sequences of ISO-2022-JP, and SUB ends files of old systems.
    let is_control = |byte: &&u8| matches!(byte, 0..=0x08 | 0x0b | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f);
    head.contains(&0) || head.iter().filter(is_control).count() * BYTES_FOR_A_CONTROL > head.len()
}

/// The UTF-16 encoding of a file, from its byte order mark, or from its characters of ASCII without one.
fn utf16(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xff, 0xfe, ..] => return Some("UTF-16LE"),
        [0xfe, 0xff, ..] => return Some("UTF-16BE"),
        _ => {}
    }
    let orders = [("UTF-16LE", u16::from_le_bytes as fn([u8; 2]) -> u16), ("UTF-16BE", u16::from_be_bytes)];
    let scored = orders.map(|(name, number)| (ascii_in_text(head.as_chunks().0.iter().copied().map(number)), name));
    scored.into_iter().filter(|(ascii, _)| *ascii > 0).max().map(|(_, name)| name)
}

/// The number of ASCII characters among UTF-16 code units; 0 if the units are not text. Pairs of random bytes have
/// surrogates and control characters soon.
fn ascii_in_text(units: impl Iterator<Item = u16> + Clone) -> usize {
    let is_control = |unit: u16| matches!(unit, 0..=0x08 | 0x0b | 0x0e..=0x1f | 0x7f..=0x9f | 0xfffe | 0xffff);
    // The last pair may be cut.
    let unpaired = char::decode_utf16(units.clone()).filter(Result::is_err).count();
    if unpaired > 1 || units.clone().any(is_control) { 0 } else { units.filter(|unit| *unit < 0x80).count() }
}
