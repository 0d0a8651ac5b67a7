//! The size of a picture in pixels, by the beginning of its file.

/// How many bytes of a file are needed: photographs may have a thumbnail before their size.
pub const BEGINNING: usize = 256 << 10;

/// The width and the height of a PNG, a GIF, a JPEG or a WebP.
pub fn pixels(file: &[u8]) -> Option<(u32, u32)> {
    if file.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((big(file, 16, 4)?, big(file, 20, 4)?));
    }
    if file.starts_with(b"GIF8") {
        return Some((little(file, 6, 2)?, little(file, 8, 2)?));
    }
    if file.starts_with(b"\xff\xd8") {
        return of_jpeg(file);
    }
    (file.starts_with(b"RIFF") && file.get(8..12)? == b"WEBP").then(|| of_webp(file)).flatten()
}

/// <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>, annex B: the size is in the frame header, after other segments.
fn of_jpeg(file: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *file.get(at)? != 0xff {
            return None;
        }
        let marker = *file.get(at + 1)?;
        match marker {
            // Bytes before a marker.
            0xff => at += 1,
            // Segments without a length.
            0x01 | 0xd0..=0xd7 => at += 2,
            // Frame headers: all of C0 to CF but the tables of codes and what is reserved.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((big(file, at + 7, 2)?, big(file, at + 5, 2)?));
            }
            _ => at += 2 + (big(file, at + 2, 2)? as usize).max(2),
        }
    }
}

/// <https://developers.google.com/speed/webp/docs/riff_container>
fn of_webp(file: &[u8]) -> Option<(u32, u32)> {
    match file.get(12..16)? {
        b"VP8X" => Some((little(file, 24, 3)? + 1, little(file, 27, 3)? + 1)),
        b"VP8 " => Some((little(file, 26, 2)? & 0x3fff, little(file, 28, 2)? & 0x3fff)),
        b"VP8L" => {
            let bits = little(file, 21, 4)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        _ => None,
    }
}

fn big(file: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(file.get(at..at + length)?.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

fn little(file: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(file.get(at..at + length)?.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}
