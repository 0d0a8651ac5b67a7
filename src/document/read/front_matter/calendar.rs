//! Parses dates and times in the notations that occur in front matter.

/// A date, not validated: see [`Date::exists`] for whether the month has that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, four digits.
    pub year: i32,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
}

/// A date with a time, not validated: see [`DateTime::exists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime {
    /// The calendar day; it may not exist.
    pub date: Date,
    /// The hour. In a time that exists, 0 to 23, or 24 for 24:00:00.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 59.
    pub second: u32,
    /// Fraction of the second, in nanoseconds.
    pub nanosecond: u32,
    /// Offset from UTC in minutes, positive to the east; `None` if there is no time zone.
    pub offset: Option<i32>,
}

/// How many digits a month and a day must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// Two digits: `2024-07-03`.
    Two,
    /// One or two digits: also `2024-7-3`.
    OneOrTwo,
}

/// Whether an offset may be written without a colon (`+0900`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// With a colon: `+09:00`. Also `+9` and `Z`.
    Colon,
    /// With or without a colon: also `+0900`.
    ColonOptional,
}

impl Date {
    /// Parses `YYYY-MM-DD` without anything after it.
    pub fn parse(text: &str, digits: Digits) -> Option<Date> {
        let mut scan = Scan(text);
        let date = scan.date(digits)?;
        scan.0.is_empty().then_some(date)
    }

    /// Whether this day exists in the calendar.
    pub fn exists(self) -> bool {
        let days = match self.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            _ => 0,
        };
        (1..=days).contains(&self.day)
    }

    /// Days since 1970-01-01 in the Gregorian calendar.
    pub fn days(self) -> i64 {
        // https://howardhinnant.github.io/date_algorithms.html#days_from_civil
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day of the year, from 1.
    pub fn day_of_year(self) -> u32 {
        let first = Date { month: 1, day: 1, ..self };
        u32::try_from(self.days() - first.days() + 1).unwrap_or(1)
    }

    /// The day of the week, Sunday being 0.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        usize::try_from((self.days() + 4).rem_euclid(7)).unwrap_or(0)
    }

    /// The year and the week of ISO 8601.
    pub fn iso_week(self) -> (i32, i64) {
        // The week belongs to the year of its Thursday.
        let thursday = self.days() - (self.days() + 3).rem_euclid(7) + 3;
        let starts = |year: i32| Date { year, month: 1, day: 1 }.days();
        let year = (self.year - 1..=self.year + 1).rev().find(|year| starts(*year) <= thursday).unwrap_or(self.year);
        (year, (thursday - starts(year)) / 7 + 1)
    }
}

impl DateTime {
    /// Parses `YYYY-MM-DD`, then `T` or spaces, then `HH:MM:SS` with an optional fraction and an optional zone: the
    /// timestamp of YAML 1.1.
    pub fn parse(text: &str, zone: Zone) -> Option<DateTime> {
        let mut scan = Scan(text);
        let date = scan.date(Digits::OneOrTwo)?;
        if !(scan.eat('T') || scan.eat('t') || scan.blanks()) {
            return None;
        }
        let (hour, _) = scan.number(1, 2)?;
        let (minute, _) = scan.eat(':').then(|| scan.number(2, 2))??;
        let (second, _) = scan.eat(':').then(|| scan.number(2, 2))??;
        let nanosecond = if scan.eat('.') { scan.fraction() } else { 0 };
        let blanks = scan.blanks();
        if scan.0.is_empty() {
            return (!blanks).then_some(DateTime { date, hour, minute, second, nanosecond, offset: None });
        }
        let offset = scan.zone(zone)?;
        scan.0.is_empty().then_some(DateTime { date, hour, minute, second, nanosecond, offset: Some(offset) })
    }

    /// Whether the day and the time exist. 24:00:00 is accepted, as in Ruby.
    pub fn exists(self) -> bool {
        let hour = self.hour < 24 || (self.hour == 24 && self.minute == 0 && self.second == 0);
        self.date.exists() && hour && self.minute < 60 && self.second < 60
    }

    /// Seconds since 1970-01-01T00:00:00Z; without a zone, the time is taken as UTC.
    pub fn unix_seconds(self) -> i64 {
        let seconds = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        self.date.days() * 86_400 + seconds - i64::from(self.offset.unwrap_or(0)) * 60
    }
}

/// A date in one of the usual notations: `2024-7-30`, `2024/07/30`, `2024.07.30`, `Jul 30 2024`, `30 July 2024`, with
/// or without a time, and any text after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<'t> {
    /// The day; it may not exist in the calendar.
    pub date: Date,
    /// `-`, `/`, `.`, or a space if the month is a word.
    pub separator: char,
    /// Whether the month is a word and comes first, as in `Jul 30 2024`.
    pub month_first: bool,
    /// Hour, minute and optional second; the time may not exist.
    pub time: Option<(u32, u32, Option<u32>)>,
    /// The text after the date, without whitespace before it: a zone, or anything else.
    pub rest: &'t str,
}

impl<'t> Written<'t> {
    /// Parses the date at the start of `text`.
    pub fn read(text: &'t str) -> Option<Self> {
        let mut scan = Scan(text.trim());
        let month_first = scan.0.starts_with(|c: char| c.is_ascii_alphabetic());
        let (date, separator) = match scan.digits() {
            4 => scan.numeric()?,
            _ => (scan.with_month_name(month_first)?, ' '),
        };
        let after_date = scan.0;
        let time = scan.clock();
        let rest = if time.is_some() { scan.0 } else { after_date };
        Some(Written { date, separator, month_first, time, rest: rest.trim() })
    }

    /// Whether the time of day is valid, or absent. 24:00:00 and leap seconds are accepted.
    pub fn has_real_time(self) -> bool {
        self.time.is_none_or(|(hour, minute, second)| {
            let second = second.unwrap_or(0);
            (hour < 24 && minute < 60 && second < 61) || (hour, minute, second) == (24, 0, 0)
        })
    }
}

const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
];

/// The text that is not parsed yet.
struct Scan<'t>(&'t str);

impl Scan<'_> {
    fn date(&mut self, digits: Digits) -> Option<Date> {
        let least = if digits == Digits::Two { 2 } else { 1 };
        let (year, _) = self.number(4, 4)?;
        let (month, _) = self.eat('-').then(|| self.number(least, 2))??;
        let (day, _) = self.eat('-').then(|| self.number(least, 2))??;
        Some(Date { year: year as i32, month, day })
    }

    /// Parses `2024-7-30` with any of the separators. Returns the separator as well.
    fn numeric(&mut self) -> Option<(Date, char)> {
        let (year, _) = self.number(4, 4)?;
        let separator = self.0.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
        let (month, _) = self.eat(separator).then(|| self.number(1, 2))??;
        let (day, _) = self.eat(separator).then(|| self.number(1, 2))??;
        Some((Date { year: year as i32, month, day }, separator))
    }

    /// Parses `Jul 30, 2024`, `July 30th 2024` or `30 Jul 2024`, with English names only, like JavaScript and Ruby.
    fn with_month_name(&mut self, month_first: bool) -> Option<Date> {
        let (month, day) = match month_first {
            true => (self.month()?, self.day()?),
            false => {
                let day = self.day()?;
                (self.month()?, day)
            }
        };
        let (year, _) = self.number(4, 4)?;
        Some(Date { year: year as i32, month, day })
    }

    /// Parses the name of a month, or its first three or more letters, and the separator after it.
    fn month(&mut self) -> Option<u32> {
        let letters = self.0.len() - self.0.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (word, rest) = self.0.split_at_checked(letters)?;
        let is_it = |name: &str| name.get(..letters).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let at = MONTHS.iter().position(|name| letters >= 3 && is_it(name))?;
        self.0 = rest;
        self.eat('.');
        self.blanks().then_some(at as u32 + 1)
    }

    /// Parses `30`, `30th` or `30,`, and the separator after it.
    fn day(&mut self) -> Option<u32> {
        let (day, _) = self.number(1, 2)?;
        let rest = ["st", "nd", "rd", "th"].iter().find_map(|ending| self.0.strip_prefix(ending));
        self.0 = rest.unwrap_or(self.0);
        self.eat(',');
        self.blanks().then_some(day)
    }

    /// Parses `Z`, `+9`, `+09`, `+09:00` or `+0900` as minutes east of UTC.
    fn zone(&mut self, zone: Zone) -> Option<i32> {
        if self.eat('Z') {
            return Some(0);
        }
        let sign = if self.eat('-') { -1 } else { self.eat('+').then_some(1)? };
        let (number, digits) = self.number(1, 4)?;
        let (hours, minutes) = match digits {
            1 | 2 if self.eat(':') => (number, self.number(2, 2)?.0),
            1 | 2 => (number, 0),
            _ if zone == Zone::ColonOptional => (number / 100, number % 100),
            _ => return None,
        };
        Some(sign * (hours * 60 + minutes) as i32)
    }

    /// Parses `T10:00` or ` 10:00:00.5` as hour, minute and second.
    fn clock(&mut self) -> Option<(u32, u32, Option<u32>)> {
        if !(self.eat('T') || self.eat('t') || self.blanks()) {
            return None;
        }
        let (hour, _) = self.number(1, 2)?;
        let (minute, _) = self.eat(':').then(|| self.number(2, 2))??;
        let second = if self.eat(':') { Some(self.number(2, 2)?.0) } else { None };
        if second.is_some() && self.eat('.') {
            self.fraction();
        }
        Some((hour, minute, second))
    }

    /// The number of digits at the start of the remaining text.
    fn digits(&self) -> usize {
        self.0.len() - self.0.trim_start_matches(|c: char| c.is_ascii_digit()).len()
    }

    /// Parses a number that has from `least` to `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<(u32, usize)> {
        let digits = self.digits();
        if !(least..=most).contains(&digits) {
            return None;
        }
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        Some((number.parse().ok()?, digits))
    }

    /// Parses the digits of a fraction as nanoseconds.
    fn fraction(&mut self) -> u32 {
        let rest = self.0.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &self.0.as_bytes()[..self.0.len() - rest.len()];
        self.0 = rest;
        (0..9).fold(0, |sum, at| sum * 10 + digits.get(at).map_or(0, |digit| u32::from(digit - b'0')))
    }

    fn eat(&mut self, wanted: char) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn blanks(&mut self) -> bool {
        let rest = self.0.trim_start_matches([' ', '\t']);
        let some = rest.len() < self.0.len();
        self.0 = rest;
        some
    }
}
