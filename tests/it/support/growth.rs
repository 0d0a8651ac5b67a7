//! Tells time that grows faster than the input from time that another program takes.
#![allow(dead_code, clippy::unwrap_used)]

use std::time::Duration;

/// How much more time four times the input may take: linear time takes 4 times as long, quadratic time 16 times. The
/// first time is trusted only when it is clear.
const FACTORS: [u32; TRIES] = [6, 9, 9, 9, 9, 9];
/// What takes less time than this is not slow, however it grows.
const FLOOR: Duration = Duration::from_millis(25);
/// The input is read again before it is called slow; the best time counts.
const TRIES: usize = 6;

/// What seems slow in a short input: as above, but sooner.
const SUSPECT_FACTOR: u32 = 5;
const SUSPECT_FLOOR: Duration = Duration::from_millis(3);

/// The same for many inputs: each is read short, at `size` and four times that, and only what seems slow then is read
/// eight times as long: where elements nest, time grows with the depth until that is limited.
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

/// Says so when reading four times `size` takes much more than four times as long. `read` is given a size and says how
/// long it took.
pub fn superlinear(size: usize, read: impl Fn(usize) -> Duration) -> Option<String> {
    let (mut short, mut long) = (Duration::MAX, Duration::MAX);
    for factor in FACTORS {
        (short, long) = (short.min(read(size)), long.min(read(size * 4)));
        if long < FLOOR || long < short * factor {
            return None;
        }
    }
    Some(format!("{short:?}, {long:?} for four times as much"))
}

/// How long this thread works on something: where the system tells, other programs do not count.
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
