//! The types that generators give to unquoted values: `yes`, `010` and `2024-07-30` differ between them.

use crate::document::read::front_matter::calendar::{Date, DateTime, Digits, Zone};
use crate::document::read::front_matter::value::{Data, Kind, Scalar, Style, Value};
use crate::place::dialect::Generator;

/// The YAML library that determines the types of unquoted values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SafeYAML 1.0, as Jekyll uses it.
    Jekyll,
    /// Ruby's Psych, as Debian's Jekyll uses it.
    Psych,
    /// js-yaml 4: the YAML 1.2 core schema and dates.
    JsYaml,
    /// The YAML 1.2 core schema: no dates.
    Core,
}

/// A typed value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer, saturated at the limits of `i128`.
    Int(i128),
    /// Any other number.
    Float(f64),
    /// A date. js-yaml accepts days that do not exist and converts them to days of the next month.
    Date(Date),
    /// A date with a time.
    Time(DateTime),
    /// A time without a date (TOML only).
    Clock,
    /// A Ruby symbol: Debian's Jekyll rejects the post.
    Symbol,
    /// A string: the scalar's text.
    String,
}

impl Engine {
    /// The engine of a generator. Hugo converts dates itself; Hexo (yaml 2 with its timestamp tag) is closest to
    /// js-yaml.
    pub const fn of(generator: Generator) -> Engine {
        match generator {
            Generator::Jekyll => Engine::Jekyll,
            Generator::Astro
            | Generator::Eleventy
            | Generator::Hexo
            | Generator::Docusaurus
            | Generator::VitePress
            | Generator::Gatsby
            | Generator::Next => Engine::JsYaml,
            _ => Engine::Core,
        }
    }
}

/// The type of an unquoted, untagged value.
pub fn resolve(text: &str, engine: Engine) -> Resolved {
    match engine {
        Engine::Jekyll => safe_yaml(text),
        Engine::Psych => psych(text),
        Engine::JsYaml => js_yaml(text),
        Engine::Core => core(text),
    }
}

impl Value<'_> {
    /// The value's type; `None` for sequences, mappings and aliases.
    pub fn resolve(&self, engine: Engine) -> Option<Resolved> {
        let scalar = self.as_scalar()?;
        let tag = self.tag.as_ref().map(|(name, _)| &**name);
        Some(match (scalar.style, tag) {
            (Style::Absent, _) => Resolved::Null,
            (Style::Typed(kind), _) => typed(&scalar.text, kind),
            (_, Some("!")) => Resolved::String,
            // SafeYAML ignores quotes when a value has a tag.
            (_, Some(_)) if engine == Engine::Jekyll => safe_yaml(&scalar.text),
            (_, Some("!!int" | "!!float" | "!!bool" | "!!null" | "!!timestamp")) => resolve(&scalar.text, engine),
            (_, Some(_)) => Resolved::String,
            (Style::Plain, None) => resolve(&scalar.text, engine),
            (_, None) => Resolved::String,
        })
    }

    /// The text of a scalar of any type.
    pub fn text(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| &*scalar.text)
    }

    /// Whether the value is empty: absent, null, a text of whitespace, an empty sequence or mapping.
    pub fn is_blank(&self, engine: Engine) -> bool {
        match &self.data {
            Data::Scalar(Scalar { text, .. }) => text.trim().is_empty() || self.resolve(engine) == Some(Resolved::Null),
            Data::Sequence { items, .. } => items.is_empty(),
            Data::Mapping(mapping) => mapping.entries.is_empty(),
            Data::Alias { .. } => false,
        }
    }
}

/// Applies SafeYAML's transformations in its order: the first match determines the type.
fn safe_yaml(text: &str) -> Resolved {
    ruby_integer(text)
        .or_else(|| ruby_float(text))
        .or_else(|| special_float(text))
        .or_else(|| ruby_word(text))
        .or_else(|| {
            let date = Date::parse(text, Digits::Two).filter(|date| date.exists()).map(Resolved::Date);
            let time = || DateTime::parse(text, Zone::ColonOptional).filter(|time| time.exists()).map(Resolved::Time);
            date.or_else(time)
        })
        .unwrap_or(Resolved::String)
}

fn psych(text: &str) -> Resolved {
    if let Some(word) = ruby_word(text) {
        return word;
    }
    if let Some(date) = Date::parse(text, Digits::OneOrTwo) {
        return if date.exists() { Resolved::Date(date) } else { Resolved::String };
    }
    if let Some(time) = DateTime::parse(text, Zone::ColonOptional) {
        // Ruby's `Time.utc` accepts hour 24 and second 60.
        let exists = time.date.exists() && time.hour < 25 && time.minute < 60 && time.second < 61;
        return if exists { Resolved::Time(time) } else { Resolved::String };
    }
    if text.len() > 1 && text.starts_with(':') {
        return Resolved::Symbol;
    }
    ruby_integer(text).or_else(|| ruby_float(text)).or_else(|| special_float(text)).unwrap_or(Resolved::String)
}

fn js_yaml(text: &str) -> Resolved {
    if let Some(date) = Date::parse(text, Digits::Two) {
        return Resolved::Date(date);
    }
    DateTime::parse(text, Zone::Colon).map_or_else(|| core(text), Resolved::Time)
}

/// The core schema: <https://yaml.org/spec/1.2.2/#1032-tag-resolution>
fn core(text: &str) -> Resolved {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Resolved::Null,
        "true" | "True" | "TRUE" => return Resolved::Bool(true),
        "false" | "False" | "FALSE" => return Resolved::Bool(false),
        "+.inf" | "+.Inf" | "+.INF" => return Resolved::Float(f64::INFINITY),
        _ => {}
    }
    core_integer(text).or_else(|| core_float(text)).or_else(|| special_float(text)).unwrap_or(Resolved::String)
}

/// Parses `yes`, `no`, `on`, `off`, `true`, `false`, `null` and `~`, in any case.
fn ruby_word(text: &str) -> Option<Resolved> {
    let any = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if text.is_empty() || any(&["~", "null"]) {
        Some(Resolved::Null)
    } else if any(&["yes", "on", "true"]) {
        Some(Resolved::Bool(true))
    } else {
        any(&["no", "off", "false"]).then_some(Resolved::Bool(false))
    }
}

/// Parses decimal, octal (`010`), hexadecimal and binary numbers, after removing `_` and `,` anywhere (`1,000`,
/// `10,20`). A sexagesimal number (`12:30`) without a fraction becomes a float.
fn ruby_integer(text: &str) -> Option<Resolved> {
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit() || b"+-_,:xX".contains(&byte)) {
        return None;
    }
    let number: String = text.chars().filter(|c| !matches!(c, '_' | ',')).collect();
    let (negative, digits) = split_sign(&number);
    let unsigned = digits.len() == number.len();
    if digits == "0" || (is_digits(digits) && !digits.starts_with('0')) {
        return Some(integer(negative, digits, 10));
    }
    if let Some(octal) = number.strip_prefix('0').filter(|octal| is_radix(octal, 8)) {
        return Some(integer(false, octal, 8));
    }
    if let Some(hex) = digits.strip_prefix("0x").filter(|hex| is_radix(hex, 16)) {
        return Some(integer(negative, hex, 16));
    }
    if let Some(hex) = number.strip_prefix("0X").filter(|hex| is_radix(hex, 16)) {
        return Some(integer(false, hex, 16));
    }
    if let Some(binary) = number.strip_prefix("0b").filter(|binary| unsigned && is_radix(binary, 2)) {
        return Some(integer(false, binary, 2));
    }
    sexagesimal(&number).map(Resolved::Float)
}

/// Parses `1.0`, `.5`, `1_000.5`, `1.5e+3` (with a sign in the exponent and digits after the point) and `12:30.5`.
fn ruby_float(text: &str) -> Option<Resolved> {
    let (_, unsigned) = split_sign(text);
    let (whole, after) = unsigned.split_once('.')?;
    let (fraction, exponent) = match after.find(['e', 'E']) {
        Some(at) => (after.get(..at)?, after.get(at + 1..)),
        None => (after, None),
    };
    let whole_fits = whole.is_empty() || (whole.starts_with(|c: char| c.is_ascii_digit()) && is_grouped(whole));
    let exponent_fits =
        exponent.is_none_or(|exponent| exponent.starts_with(['+', '-']) && exponent.get(1..).is_some_and(is_digits));
    if whole_fits && is_grouped(fraction) && exponent_fits {
        let number: String = text.chars().filter(|&c| c != '_').collect();
        return number.parse().ok().map(Resolved::Float);
    }
    let (negative, _) = split_sign(text);
    let whole = sexagesimal(whole).filter(|_| after.is_empty() || is_grouped(after))?;
    let number = whole + format!("0.{}", after.replace('_', "")).parse::<f64>().unwrap_or(0.0);
    Some(Resolved::Float(if negative { -number } else { number }))
}

/// Parses base 60, as in YAML 1.1: `12:30` is 750.
fn sexagesimal(text: &str) -> Option<f64> {
    let (negative, unsigned) = split_sign(text);
    let mut parts = unsigned.split(':');
    let first = parts.next().filter(|first| first.starts_with(|c: char| c.is_ascii_digit()) && is_grouped(first))?;
    let mut number: f64 = first.replace('_', "").parse().ok()?;
    let mut more = false;
    for part in parts {
        let value: u32 = Some(part).filter(|part| part.len() <= 2 && is_digits(part))?.parse().ok()?;
        if value > 59 {
            return None;
        }
        number = number * 60.0 + f64::from(value);
        more = true;
    }
    more.then_some(if negative { -number } else { number })
}

fn special_float(text: &str) -> Option<Resolved> {
    Some(Resolved::Float(match text {
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        "-.inf" | "-.Inf" | "-.INF" => f64::NEG_INFINITY,
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        _ => return None,
    }))
}

fn core_integer(text: &str) -> Option<Resolved> {
    let (negative, digits) = split_sign(text);
    if is_digits(digits) {
        return Some(integer(negative, digits, 10));
    }
    let radix = |prefix, radix| digits.strip_prefix(prefix).filter(|digits| is_radix(digits, radix));
    let hex = radix("0x", 16).map(|hex| integer(negative, hex, 16));
    hex.or_else(|| radix("0o", 8).map(|octal| integer(negative, octal, 8)))
}

fn core_float(text: &str) -> Option<Resolved> {
    let (negative, number) = split_sign(text);
    // Rust also parses `inf`, `nan` and a second sign, which YAML does not.
    let fits = number.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && number.bytes().any(|byte| byte.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let number = fits.then(|| number.parse::<f64>().ok())??;
    Some(Resolved::Float(if negative { -number } else { number }))
}

/// Parses a scalar whose type the format determines.
fn typed(text: &str, kind: Kind) -> Resolved {
    let number: String = match kind {
        Kind::Integer | Kind::Float => text.chars().filter(|&c| c != '_').collect(),
        _ => String::new(),
    };
    match kind {
        Kind::Null => Resolved::Null,
        Kind::Boolean => Resolved::Bool(text == "true"),
        Kind::Integer => {
            let binary = number.strip_prefix("0b").map(|digits| integer(false, digits, 2));
            binary.or_else(|| core_integer(&number)).unwrap_or(Resolved::String)
        }
        Kind::Float => number.parse().map_or(Resolved::String, Resolved::Float),
        Kind::Date => Date::parse(text, Digits::Two).map_or(Resolved::String, Resolved::Date),
        Kind::Time => DateTime::parse(text, Zone::Colon).map_or(Resolved::Clock, Resolved::Time),
        Kind::String => Resolved::String,
    }
}

/// Parses `digits`, which must be valid in `radix`.
fn integer(negative: bool, digits: &str, radix: u32) -> Resolved {
    let number = i128::from_str_radix(digits, radix).unwrap_or(i128::MAX);
    Resolved::Int(if negative { -number } else { number })
}

fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn is_digits(text: &str) -> bool {
    is_radix(text, 10)
}

fn is_radix(text: &str, radix: u32) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_digit(radix))
}

/// Whether the text consists only of digits and `_`, and is not empty.
fn is_grouped(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
}
