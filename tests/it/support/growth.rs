//! Detects time that grows faster than the input, in spite of other load on the machine.
#![allow(dead_code, clippy::unwrap_used)]

use std::time::Duration;

/// Maximum growth of the time for four times the input, for each measurement. Linear time grows by 4, quadratic time by
/// 16. The first limit is stricter, so that a result close to the limit is measured again.
const FACTORS: [u32; TRIES] = [6, 9, 9, 9, 9, 9];
/// Inputs that take less time than this are never reported.
const FLOOR: Duration = Duration::from_millis(25);
/// Maximum number of measurements before an input is reported as slow. The shortest times count.
const TRIES: usize = 6;

/// The pause before the second measurement of an input; those that follow wait twice, three times … as long.
const PAUSE: Duration = Duration::from_millis(100);

/// The growth and the time from which a pair of short inputs is suspect, so that longer ones are measured.
const SUSPECT_FACTOR: u32 = 5;
const SUSPECT_FLOOR: Duration = Duration::from_millis(3);

/// Like [`superlinear`], but fast for many inputs: each is measured at `size` and four times that, and only those that
/// seem slow are measured at eight times those sizes. For nested elements, time may grow quadratically up to the
/// maximum depth.
pub fn superlinear_of_suspect(size: usize, read: impl Fn(usize) -> Duration) -> Option<String> {
    let (mut short, mut long) = (Duration::MAX, Duration::MAX);
    for _ in 0..2 {
        (short, long) = (short.min(read(size)), long.min(read(size * 4)));
        if long < SUSPECT_FLOOR || long < short * SUSPECT_FACTOR {
            return None;
        }
    }
    superlinear(size * 8, read)
}

/// Returns a message if reading four times `size` takes much more than four times as long, and likewise for twice that
/// size: where an input no longer fits into the processor's caches, beside other tests, linear time seems to jump once.
/// `read` reads an input of the given size and returns the time.
pub fn superlinear(size: usize, read: impl Fn(usize) -> Duration) -> Option<String> {
    superlinear_at(size, &read)?;
    superlinear_at(size * 2, &read)
}

fn superlinear_at(size: usize, read: impl Fn(usize) -> Duration) -> Option<String> {
    let (mut short, mut long) = (Duration::MAX, Duration::MAX);
    for (tries, factor) in FACTORS.into_iter().enumerate() {
        // Other load may end meanwhile.
        std::thread::sleep(PAUSE * u32::try_from(tries).unwrap());
        (short, long) = (short.min(read(size)), long.min(read(size * 4)));
        if long < FLOOR || long < short * factor {
            return None;
        }
    }
    Some(format!("{short:?}, {long:?} for four times as much"))
}

/// The processor time of this thread for `work`, or the elapsed time if the system does not measure it.
pub fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = clock();
    std::hint::black_box(work());
    clock() - start
}

#[cfg(unix)]
fn clock() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap())
}

#[cfg(not(unix))]
fn clock() -> Duration {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}
