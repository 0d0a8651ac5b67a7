//! The day and the time that a URL shows: dates as written, in the time zone of the site.

use crate::document::read::front_matter::calendar::{Date, DateTime, Written};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::sync::LazyLock;

/// A date in front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Without a zone: the same day everywhere.
    Wall(DateTime),
    /// With a zone, which is in the date: another day elsewhere.
    Instant(DateTime),
}

/// The time zone of a site.
#[derive(Clone, Debug)]
pub enum Zone {
    /// The config sets none: the zone of the machine that builds the site.
    OfMachine,
    /// That of the config.
    Named(TimeZone),
    /// A name that is not in the database.
    Unknown,
}

/// The database of this program: what the machine has installed must not change findings.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

impl Zone {
    /// The zone with this name.
    pub fn named(name: Option<&str>) -> Zone {
        match name {
            None => Zone::OfMachine,
            Some(name) => ZONES.get(name).map_or(Zone::Unknown, Zone::Named),
        }
    }
}

impl Moment {
    /// A day at midnight.
    pub fn midnight(date: Date) -> Moment {
        Moment::Wall(DateTime { date, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: None })
    }

    /// A date as Ruby's `Time.parse` and JavaScript's `Date` read it: in one of the usual notations.
    pub fn parse(text: &str) -> Option<Moment> {
        let written = Written::read(text)?;
        if !written.date.exists() || !written.has_real_time() {
            return None;
        }
        let (hour, minute, second) =
            written.time.map_or((0, 0, 0), |(hour, minute, second)| (hour, minute, second.unwrap_or(0)));
        let at = DateTime { date: written.date, hour, minute, second, nanosecond: 0, offset: None };
        if written.rest.is_empty() {
            return Some(Moment::Wall(at));
        }
        let offset = offset(written.rest).filter(|_| written.time.is_some())?;
        Some(Moment::Instant(DateTime { offset: Some(offset), ..at }))
    }

    /// The times that a build may show, for a generator that converts dates to the zone of the site. Most sites are
    /// built on servers, whose zone is UTC; others on the machine of the author, who wrote the offset.
    pub fn shown(self, zone: &Zone) -> Vec<DateTime> {
        match (self, zone) {
            (Moment::Wall(at), _) => vec![at],
            (Moment::Instant(at), Zone::OfMachine) => vec![at, in_zone(at, &TimeZone::UTC).unwrap_or(at)],
            (Moment::Instant(at), Zone::Named(zone)) => in_zone(at, zone).into_iter().collect(),
            (Moment::Instant(_), Zone::Unknown) => Vec::new(),
        }
    }

    /// Seconds since 1970 in UTC.
    pub fn unix_seconds(self, zone: &Zone) -> i64 {
        match (self, zone) {
            (Moment::Wall(at), Zone::Named(zone)) => {
                let offset = Timestamp::from_second(at.unix_seconds()).map_or(0, |at| zone.to_offset(at).seconds());
                at.unix_seconds() - i64::from(offset)
            }
            (Moment::Wall(at) | Moment::Instant(at), _) => at.unix_seconds(),
        }
    }
}

fn in_zone(at: DateTime, zone: &TimeZone) -> Option<DateTime> {
    let shown = zone.to_datetime(Timestamp::from_second(at.unix_seconds()).ok()?);
    let number = |number: i8| u32::try_from(number).unwrap_or(0);
    Some(DateTime {
        date: Date { year: i32::from(shown.year()), month: number(shown.month()), day: number(shown.day()) },
        hour: number(shown.hour()),
        minute: number(shown.minute()),
        second: number(shown.second()),
        nanosecond: at.nanosecond,
        offset: None,
    })
}

/// Minutes east of UTC: `Z`, `UTC`, `+0900`, `+09:00`, `-5`.
fn offset(zone: &str) -> Option<i32> {
    if matches!(zone, "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
    let number: i32 = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    match digits.len() {
        1 | 2 => Some(sign * number * 60),
        3 | 4 => Some(sign * (number / 100 * 60 + number % 100)),
        _ => None,
    }
}

/// The English names of months, from January.
pub const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// The English names of days, from Sunday.
pub const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// A name's first three letters.
pub fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}
