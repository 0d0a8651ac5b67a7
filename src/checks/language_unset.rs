//! `language-unset`: the config does not say the language of the site, or says another one.

use crate::facts::{PageFacts, SiteFacts};
use crate::place::dialect::Generator;
use crate::rule::across::FileLine;
use crate::rule::{Check, Finding, SiteContext, Wants};
use crate::text::Scripts;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LanguageUnset {
    percent: usize,
}

/// Minimum number of letters of a site whose language is evident.
const MIN_LETTERS: usize = 200;

/// A language that is evident from the letters of its texts.
#[derive(Clone, Copy)]
struct Evident {
    name: &'static str,
    code: &'static str,
}

const KOREAN: Evident = Evident { name: "Korean", code: "ko" };
const JAPANESE: Evident = Evident { name: "Japanese", code: "ja" };
const CHINESE: Evident = Evident { name: "Chinese", code: "zh" };

impl Check for LanguageUnset {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        // Posts that say their language, or whose layout or path does, are not in the language of the site.
        let is_of_site = |page: &&PageFacts| {
            page.is_page && page.language.is_none() && page.edition.is_empty() && !page.has_language_of_layout
        };
        let scripts = site.pages.iter().filter(is_of_site).fold(Scripts::default(), |all, page| all.and(page.scripts));
        let Some(Evident { name, code }) = self.evident(scripts) else { return };
        let config = site.site;
        match config.language.as_ref().map(|language| (&language.value, &language.from)) {
            Some((value, Some(from))) if !is_same(value, code) => {
                let finding = Finding {
                    message: Some(format!("the language of the site is `{value}`, but its posts are {name}")),
                    help: Some(format!("write `{code}` here")),
                    ..Finding::default()
                };
                context.report_in_file(FileLine { file: from.file.clone(), line: from.line }, finding);
            }
            Some((_, Some(_))) => {}
            // Only these have a config in which the language is usually set, and a default that is not right.
            None | Some((_, None)) => {
                let key = match config.generator {
                    Generator::Jekyll => "lang",
                    Generator::Hugo => "languageCode",
                    Generator::Hexo => "language",
                    _ => return,
                };
                let is_config = config.sign.file.ends_with(".yml") || config.sign.file.ends_with(".toml");
                if !is_config || config.broken.is_some() {
                    return;
                }
                let file = &config.sign.file;
                let setting = match file.ends_with(".toml") {
                    true => format!("{key} = \"{code}\""),
                    false => format!("{key}: {code}"),
                };
                let finding = Finding {
                    message: Some(format!("the posts are {name}, and `{file}` does not say so")),
                    help: Some(format!("add `{setting}` to `{file}`")),
                    ..Finding::default()
                };
                context.report_in_file(FileLine { file: config.sign.file.clone(), line: 1 }, finding);
            }
        }
    }
}

impl LanguageUnset {
    /// The language that these letters are evidence of.
    fn evident(&self, scripts: Scripts) -> Option<Evident> {
        let is_enough = |letters: usize| letters * 100 >= scripts.letters * self.percent;
        if scripts.letters < MIN_LETTERS {
            return None;
        }
        // Japanese is written with kana and Han: more than one kana in ten letters is not Chinese.
        let is_japanese = scripts.kana * 10 > scripts.han + scripts.kana;
        match () {
            () if is_enough(scripts.hangul) => Some(KOREAN),
            () if is_enough(scripts.kana + scripts.han) && is_japanese => Some(JAPANESE),
            () if is_enough(scripts.han) && scripts.kana * 100 <= scripts.han => Some(CHINESE),
            () => None,
        }
    }
}

/// Whether a language tag is one of the language, such as `ko-KR` or `ko_KR`. Other Chinese languages are written with Han.
fn is_same(tag: &str, code: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase();
    let of_chinese = ["zh", "yue", "nan", "wuu", "hak", "cmn", "lzh", "cn", "tw"];
    match code {
        "zh" => of_chinese.contains(&&*primary),
        // `language-code-wrong` reports these in posts.
        "ko" => matches!(&*primary, "ko" | "kr"),
        _ => matches!(&*primary, "ja" | "jp"),
    }
}
