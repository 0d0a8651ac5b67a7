//! The day and the time that a URL shows: dates as written, in the time zone of the site.

use crate::document::read::front_matter::calendar::{Date, DateTime, Written};
use crate::site::folder::Seen;
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
    /// The config sets none, and a server builds the site.
    OfServer,
    /// The config sets it.
    Named(TimeZone),
    /// A name that is not in the database.
    Unknown,
}

/// The time zone database in this program: what the machine has installed must not change findings.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

impl Zone {
    /// The zone with this name; without a name, the zone of the machine that builds the site in `seen`.
    pub fn of(name: Option<&str>, seen: &Seen<'_>) -> Zone {
        match name {
            None if is_built_by_server(seen) => Zone::OfServer,
            None => Zone::OfMachine,
            Some(name) => ZONES.get(name).map_or(Zone::Unknown, Zone::Named),
        }
    }
}

/// Files that let a server build the site.
const SERVERS: [&str; 5] = ["CNAME", "netlify.toml", "vercel.json", ".gitlab-ci.yml", ".travis.yml"];

/// Whether a server builds the site, and no file sets its zone: then it is UTC.
fn is_built_by_server(seen: &Seen<'_>) -> bool {
    const WORKFLOWS: &str = ".github/workflows";
    let workflows = seen.folder().list(WORKFLOWS).into_iter().map(|(name, _)| format!("{WORKFLOWS}/{name}"));
    let files = SERVERS.iter().filter(|name| seen.has_file(name)).map(|name| (*name).to_owned());
    let mut texts = files.chain(workflows).filter_map(|path| seen.folder().read(&path)).peekable();
    texts.peek().is_some() && !texts.any(|text| text.contains("TZ"))
}

impl Moment {
    /// A day at midnight.
    pub fn midnight(date: Date) -> Moment {
        Moment::Wall(DateTime { date, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: None })
    }

    /// A date as Ruby's `Time.parse` reads it, in one of the usual notations.
    pub fn ruby(text: &str) -> Option<Moment> {
        let written = Written::read(text)?;
        if !written.date.exists() || !written.has_real_time() {
            return None;
        }
        let (hour, minute, second) =
            written.time.map_or((0, 0, 0), |(hour, minute, second)| (hour, minute, second.unwrap_or(0)));
        let at = DateTime { date: written.date, hour, minute, second, nanosecond: 0, offset: None };
        match ruby_zone(written.rest) {
            RubyZone::None => Some(Moment::Wall(at)),
            RubyZone::Offset(_) if written.time.is_none() => None,
            RubyZone::Offset(offset) => Some(Moment::Instant(DateTime { offset: Some(offset), ..at })),
            RubyZone::Unknown => None,
        }
    }

    /// The times that a build may show, for a generator that converts dates to the zone of the site. Most sites are
    /// built on servers, whose zone is UTC; others on the machine of the author, who wrote the offset.
    pub fn shown(self, zone: &Zone) -> Vec<DateTime> {
        match (self, zone) {
            (Moment::Wall(at), _) => vec![at],
            (Moment::Instant(at), Zone::OfMachine) => vec![at, in_zone(at, &TimeZone::UTC).unwrap_or(at)],
            (Moment::Instant(at), Zone::OfServer) => in_zone(at, &TimeZone::UTC).into_iter().collect(),
            (Moment::Instant(at), Zone::Named(zone)) => in_zone(at, zone).into_iter().collect(),
            (Moment::Instant(_), Zone::Unknown) => Vec::new(),
        }
    }

    /// The first and the last day since 1970 that the date may have where the site is built. A machine may be 12 hours behind
    /// UTC, and 14 before it.
    pub fn days_at_build(self, zone: &Zone) -> [i64; 2] {
        const HOUR: i64 = 3_600;
        let day = |seconds: i64| seconds.div_euclid(24 * HOUR);
        let is_known = matches!(zone, Zone::OfServer | Zone::Named(_));
        match (self, self.shown(zone).first().copied().filter(|_| is_known)) {
            (Moment::Wall(at), _) | (_, Some(at)) => [at.date.days(); 2],
            (Moment::Instant(at), None) => [day(at.unix_seconds() - 12 * HOUR), day(at.unix_seconds() + 14 * HOUR)],
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

/// The time in UTC.
pub fn from_unix(seconds: i64) -> Option<DateTime> {
    Some(shown_in(Timestamp::from_second(seconds).ok()?, &TimeZone::UTC))
}

fn in_zone(at: DateTime, zone: &TimeZone) -> Option<DateTime> {
    Some(shown_in(Timestamp::from_second(at.unix_seconds()).ok()?, zone))
}

fn shown_in(at: Timestamp, zone: &TimeZone) -> DateTime {
    let shown = zone.to_datetime(at);
    let number = |number: i8| u32::try_from(number).unwrap_or(0);
    DateTime {
        date: Date { year: i32::from(shown.year()), month: number(shown.month()), day: number(shown.day()) },
        hour: number(shown.hour()),
        minute: number(shown.minute()),
        second: number(shown.second()),
        nanosecond: 0,
        offset: None,
    }
}

/// The day in the named zone at a time in UTC. `None` if the zone is not in the database.
pub fn day_in(zone: &str, utc: DateTime) -> Option<Date> {
    Some(in_zone(utc, &ZONES.get(zone).ok()?)?.date)
}

/// What Ruby makes of the text after a time.
enum RubyZone {
    /// Ruby ignores it.
    None,
    /// Minutes east of UTC.
    Offset(i32),
    /// Not modelled, such as `pm`.
    Unknown,
}

/// `Date._parse` and `Time.zone_offset`: a zone directly after the time; what follows is ignored, and words that are not
/// a zone are too. Checked with Ruby 3.1.
fn ruby_zone(rest: &str) -> RubyZone {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, after) = rest.split_at_checked(letters).unwrap_or((rest, ""));
    let hours = match word.to_ascii_uppercase().as_str() {
        "" if rest.starts_with(['+', '-']) => return offset(rest).map_or(RubyZone::Unknown, RubyZone::Offset),
        "" => return RubyZone::None,
        "AM" | "PM" | "A" | "P" => return RubyZone::Unknown,
        _ if after.starts_with(['+', '-', '.']) => return RubyZone::Unknown,
        "Z" | "UTC" | "UT" | "GMT" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        // Military zones.
        word if word.len() == 1 => return RubyZone::Unknown,
        _ => return RubyZone::None,
    };
    RubyZone::Offset(hours * 60)
}

/// Minutes east of UTC: `+0900`, `+09:00`, `-5`, and any text after a space.
fn offset(zone: &str) -> Option<i32> {
    let zone = zone.split(' ').next().unwrap_or(zone);
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
