//! Language tags are checked against the grammar of RFC 5646 and the languages and regions of the IANA registry.

use postlint::document::ask::language_tag::{Fault, fault};

#[test]
fn tags_of_the_standard_are_valid() {
    // The examples of RFC 5646, appendix A, and tags in wide use.
    let tags = "de fr ja i-enochian zh-Hant zh-Hans sr-Cyrl sr-Latn zh-cmn-Hans-CN cmn-Hans-CN zh-yue-HK yue-HK \
                zh-Hans-CN sr-Latn-RS sl-rozaj sl-rozaj-biske sl-nedis de-CH-1901 sl-IT-nedis hy-Latn-IT-arevela \
                de-DE en-US es-419 de-CH-x-phonebk az-Arab-x-AZE-derbend x-whatever qaa-Qaaa-QM-x-southern de-Qaaa \
                sr-Latn-QM sr-Qaaa-RS en-US-u-islamcal zh-CN-a-myext-x-private en-a-myext-b-another ko ko-KR ko-kr \
                KO-KR en-gb uk sgn-BE-FR art-lojban zh-min-nan en-GB-oed en-Latn-GB-boont-r-extended-sequence-x-priv";
    for tag in tags.split_whitespace() {
        assert_eq!(fault(tag), None, "{tag}");
    }
}

#[test]
fn faults_name_the_part_that_is_wrong() {
    for (tag, want) in [
        ("ko_KR", Fault::Underscore),
        ("jp", Fault::Language("jp")),
        ("english", Fault::Language("english")),
        ("en english", Fault::Language("en english")),
        ("k", Fault::Language("k")),
        ("", Fault::Language("")),
        ("한국어", Fault::Language("한국어")),
        ("eng", Fault::Long("eng", "en")),
        ("GER-AT", Fault::Long("GER", "de")),
        ("de-ZZ", Fault::Region("ZZ")),
        ("en-UK", Fault::Region("UK")),
        ("ko-KOR", Fault::Region("KOR")),
        ("en-Latn-EN", Fault::Region("EN")),
        ("en-", Fault::Part("")),
        ("en--GB", Fault::Part("")),
        ("en-GB-GB", Fault::Part("GB")),
        ("en-x", Fault::Part("x")),
        ("de-419-DE", Fault::Part("DE")),
        ("en-abcdefghi", Fault::Part("abcdefghi")),
        ("ko-한국", Fault::Part("한국")),
    ] {
        assert_eq!(fault(tag), Some(want), "{tag}");
    }
}
