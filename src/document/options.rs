//! The options of a site's engine as its parser takes them: parsers know nothing of sites.

use crate::document::read::{kramdown, python_markdown};
use crate::place::engine::Kramdown;
use crate::place::python_markdown::{PythonMarkdown, Slugify};

/// kramdown's options.
pub(super) fn kramdown_options(options: &Kramdown) -> kramdown::Options {
    kramdown::Options {
        gfm: options.gfm,
        auto_ids: options.auto_ids,
        smart_quotes: options.smart_quotes,
        parse_block_html: options.parse_block_html,
        parse_span_html: options.parse_span_html,
        hard_wrap: options.hard_wrap,
        auto_id_prefix: options.auto_id_prefix.clone(),
        header_offset: options.header_offset,
    }
}

/// python-markdown's extensions.
pub(super) fn python_markdown_options(options: &PythonMarkdown) -> python_markdown::Options {
    let has = |name: &str| options.has(name);
    python_markdown::Options {
        tables: has("tables"),
        fenced_code: has("fenced_code"),
        codehilite: has("codehilite").then_some(if options.is_highlight_class { "highlight" } else { "codehilite" }),
        footnotes: has("footnotes"),
        attr_list: has("attr_list"),
        def_list: has("def_list"),
        abbr: has("abbr"),
        md_in_html: has("md_in_html"),
        admonition: has("admonition"),
        meta: has("meta"),
        nl2br: has("nl2br"),
        sane_lists: has("sane_lists"),
        smarty: has("smarty"),
        toc: has("toc").then(|| toc(options)),
        ..of_pymdownx(options)
    }
}

/// Those of pymdown-extensions.
fn of_pymdownx(options: &PythonMarkdown) -> python_markdown::Options {
    let has = |name: &str| options.has(name);
    let magiclink = &options.magiclink;
    let links = || python_markdown::Magiclink {
        shorthand: magiclink.shorthand,
        normalize_issues: magiclink.normalize_issues,
        user: magiclink.user.clone(),
        repo: magiclink.repo.clone(),
    };
    let tabbed = options.tabbed;
    let tabs = || python_markdown::Tabbed {
        alternate: tabbed.alternate,
        slugify: tabbed.slugify.map(slugify),
        combine: tabbed.combine,
    };
    let tasks = python_markdown::Tasklist { custom: options.custom_checkbox, clickable: options.clickable_checkbox };
    let emphasis = python_markdown::BetterEm { star: options.smart_star, underscore: options.smart_underscore };
    let math = python_markdown::Arithmatex { generic: options.generic_math };
    python_markdown::Options {
        superfences: has("pymdownx.superfences"),
        mermaid: options.mermaid,
        highlight: has("pymdownx.highlight"),
        inlinehilite: has("pymdownx.inlinehilite"),
        details: has("pymdownx.details"),
        tabbed: has("pymdownx.tabbed").then(tabs),
        tasklist: has("pymdownx.tasklist").then_some(tasks),
        tilde: has("pymdownx.tilde"),
        caret: has("pymdownx.caret"),
        mark: has("pymdownx.mark"),
        keys: has("pymdownx.keys"),
        emoji: has("pymdownx.emoji"),
        smartsymbols: has("pymdownx.smartsymbols"),
        betterem: has("pymdownx.betterem").then_some(emphasis),
        arithmatex: has("pymdownx.arithmatex").then_some(math),
        magiclink: has("pymdownx.magiclink").then(links),
        ..python_markdown::Options::default()
    }
}

fn toc(options: &PythonMarkdown) -> python_markdown::Toc {
    python_markdown::Toc {
        title: options.toc.title.clone(),
        depth: options.toc.depth,
        slugify: slugify(options.toc.slugify),
        base_level: options.toc.base_level,
    }
}

fn slugify(slugify: Slugify) -> python_markdown::Slugify {
    match slugify {
        Slugify::Ascii => python_markdown::Slugify::Ascii,
        Slugify::Unicode => python_markdown::Slugify::Unicode,
        Slugify::Pymdown => python_markdown::Slugify::Pymdown { lower: false },
        Slugify::PymdownLower => python_markdown::Slugify::Pymdown { lower: true },
    }
}
