//! Whether a language tag is well-formed (RFC 5646), with the languages and regions that exist. Other three-letter
//! languages than those of [`short_code`], scripts and variants are not looked up: there are thousands, and new ones are added.

/// What is wrong with a language tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<'t> {
    /// The parts are separated by `_` instead of `-`.
    Underscore,
    /// The first part is not a language code.
    Language(&'t str),
    /// The first part is a code of three letters for a language whose registered code, the second value, has two.
    Long(&'t str, &'static str),
    /// This part is in the position of a region, but is not a region.
    Region(&'t str),
    /// This part is not valid in a tag, or not in this position.
    Part(&'t str),
}

/// Returns what is wrong with `tag`, ignoring case; `None` if it is valid.
/// <https://www.rfc-editor.org/rfc/rfc5646#section-2.1>
pub fn fault(tag: &str) -> Option<Fault<'_>> {
    if tag.contains('_') {
        return Some(Fault::Underscore);
    }
    if GRANDFATHERED.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
        return None;
    }
    let (primary, rest) = tag.split_once('-').map_or((tag, None), |(primary, rest)| (primary, Some(rest)));
    let is_private = primary.eq_ignore_ascii_case("x");
    if !is_private && !is_language(primary) {
        return Some(Fault::Language(primary));
    }
    if let Some(code) = short_code(primary) {
        return Some(Fault::Long(primary, code));
    }
    let mut stage = if is_private { Stage::Private } else { Stage::Language };
    for part in rest.into_iter().flat_map(|rest| rest.split('-')) {
        stage = match stage.then(part, primary) {
            Ok(stage) => stage,
            Err(fault) => return Some(fault),
        };
    }
    // A single letter introduces the parts after it; only after `x` may one be the last part.
    let last = tag.rsplit('-').next().unwrap_or(tag);
    let announces = last.len() == 1 && (stage != Stage::Private || last.eq_ignore_ascii_case("x"));
    announces.then_some(Fault::Part(last))
}

/// Whether the code is a registered two-letter code, or has three letters. The grammar allows longer codes, but none
/// has ever been registered.
pub fn is_language(code: &str) -> bool {
    let is_alphabetic = code.bytes().all(|b| b.is_ascii_alphabetic());
    match code.len() {
        2 => is_listed(LANGUAGES, code),
        3 => is_alphabetic,
        _ => false,
    }
}

/// The registered two-letter code of a language with this three-letter one of ISO 639-2 or 639-3, for common languages. In a tag only
/// the shorter one is valid: <https://www.rfc-editor.org/rfc/rfc5646#section-2.2.1>
pub fn short_code(code: &str) -> Option<&'static str> {
    LONG.iter().find(|(long, _)| long.eq_ignore_ascii_case(code)).map(|(_, short)| *short)
}

/// The kind of the last part parsed. Parts must occur in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Language,
    Script,
    Region,
    Variant,
    Extension,
    Private,
}

impl Stage {
    fn then<'t>(self, part: &'t str, primary: &str) -> Result<Self, Fault<'t>> {
        let bytes = part.as_bytes();
        let alphabetic = bytes.iter().all(u8::is_ascii_alphabetic);
        if bytes.is_empty() || bytes.len() > 8 || !bytes.iter().all(u8::is_ascii_alphanumeric) {
            return Err(Fault::Part(part));
        }
        match (self, bytes.len()) {
            (Stage::Private, _) => Ok(Stage::Private),
            (_, 1) if part.eq_ignore_ascii_case("x") => Ok(Stage::Private),
            (_, 1) => Ok(Stage::Extension),
            (Stage::Extension, _) => Ok(Stage::Extension),
            // `zh-yue`: a language with an extended language subtag.
            (Stage::Language, 3) if alphabetic && is_listed(WITH_EXTENDED, primary) => Ok(Stage::Language),
            (Stage::Language, 4) if alphabetic => Ok(Stage::Script),
            (Stage::Language | Stage::Script, 2 | 3) if is_region(part) => Ok(Stage::Region),
            (Stage::Language | Stage::Script, 2 | 3) => Err(Fault::Region(part)),
            (_, 5..) => Ok(Stage::Variant),
            (_, 4) if bytes.first().is_some_and(u8::is_ascii_digit) => Ok(Stage::Variant),
            _ => Err(Fault::Part(part)),
        }
    }
}

fn is_region(part: &str) -> bool {
    // Regions reserved for private use.
    let is_private =
        |part: &str| matches!(part.to_ascii_uppercase().as_bytes(), [b'Q', b'M'..=b'Z'] | [b'X', b'A'..=b'Z']);
    match part.len() {
        2 => is_listed(REGIONS, part) || is_private(part),
        _ => part.bytes().all(|b| b.is_ascii_digit()),
    }
}

fn is_listed(list: &str, code: &str) -> bool {
    list.as_bytes().split(|byte| *byte == b' ').any(|known| known.eq_ignore_ascii_case(code.as_bytes()))
}

/// Languages that may be followed by an extended language subtag.
const WITH_EXTENDED: &str = "ar kok lv ms sgn sw uz zh";

/// Tags registered before the grammar was defined.
const GRANDFATHERED: &[&str] = &[
    "art-lojban", "cel-gaulish", "en-GB-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon",
    "i-lux", "i-mingo", "i-navajo", "i-pwn", "i-tao", "i-tay", "i-tsu", "no-bok", "no-nyn", "sgn-BE-FR", "sgn-BE-NL",
    "sgn-CH-DE", "zh-guoyu", "zh-hakka", "zh-min", "zh-min-nan", "zh-xiang",
];

/// All two-letter codes in the IANA Language Subtag Registry, including deprecated ones.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
    ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi \
    mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd \
    se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa \
    wo xh yi yo za zh zu";

/// Three-letter codes of languages with a two-letter one: <https://iso639-3.sil.org/code_tables/639/data>
const LONG: [(&str, &str); 36] = [
    ("ara", "ar"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("chi", "zh"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("dut", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ger", "de"),
    ("gre", "el"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hun", "hu"),
    ("ind", "id"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("spa", "es"),
    ("swe", "sv"),
    ("tha", "th"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("vie", "vi"),
    ("zho", "zh"),
];

/// All two-letter regions in the IANA Language Subtag Registry except `ZZ`, an unknown one.
const REGIONS: &str = "AA AC AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO \
    BQ BR BS BT BU BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CS CU CV CW CX CY CZ DD DE DG DJ DK DM DO \
    DZ EA EC EE EG EH ER ES ET EU EZ FI FJ FK FM FO FR FX GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK \
    HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NT \
    NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR \
    SS ST SU SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TP TR TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN \
    VU WF WS YD YE YT YU ZA ZM ZR ZW";
