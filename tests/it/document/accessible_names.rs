//! Accessible names and hidden content, case by case from the Accessible Name and Description Computation 1.2, WAI-ARIA
//! 1.2, the HTML and SVG Accessibility API Mappings, and the rules of the ACT community group.

use postlint::document::ask::accessible_name::{Name, is_alt_read, may_be_named, name};
use postlint::document::ask::hidden::{Exposure, exposure};
use postlint::document::ask::role::is_presentational;
use postlint::document::{Document, Element};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::source::Source;

/// Shows the first element with a `data-x` attribute to `ask`.
#[track_caller]
fn shown<T>(html: &str, ask: impl FnOnce(Element<'_>) -> T) -> T {
    let source = Source::new(html);
    let place = Place::new("post.html", Generator::Jekyll, Dialect::Html);
    let document = Document::parse(&source, &place);
    let element = document.tree.elements().find(|element| element.has_attribute("data-x"));
    ask(element.unwrap_or_else(|| panic!("no element with `data-x`: {html}")))
}

/// A name that the post does not determine.
const UNKNOWN: &str = "?";

#[track_caller]
fn named(cases: &[(&str, &str)]) {
    for (html, want) in cases {
        let found = shown(html, name);
        match found {
            Name::Known(text) => assert_eq!(&text, want, "{html}"),
            Name::Unknown => assert_eq!(*want, UNKNOWN, "{html}"),
        }
        let is_named = !want.chars().all(char::is_whitespace);
        assert_eq!(shown(html, may_be_named), is_named, "{html}");
    }
}

const HEAD: &str = "<!doctype html><html lang=\"en\"><head><title>Page</title></head><body>";

/// accname 2B.
#[test]
fn labelledby_comes_first() {
    named(&[
        ("<a data-x href=/ aria-labelledby=l>b</a><p id=l>The harbour</p>", "The harbour"),
        ("<a data-x href=/ aria-labelledby='l m'>b</a><p id=l>The</p><p id=m>harbour</p>", "The harbour"),
        ("<a data-x href=/ aria-labelledby='m l'>b</a><p id=l>The</p><p id=m>harbour</p>", "harbour The"),
        ("<a data-x href=/ aria-labelledby=l aria-label=c title=d>b</a><p id=l>The harbour</p>", "The harbour"),
        // What is hidden counts if it is referred to (2A).
        ("<a data-x href=/ aria-labelledby=l></a><p id=l hidden>The harbour</p>", "The harbour"),
        ("<a data-x href=/ aria-labelledby=l></a><p id=l style='display:none'>The <b>harbour</b></p>", "The harbour"),
        ("<a data-x href=/ aria-labelledby=l></a><p id=l aria-hidden=true>The harbour</p>", "The harbour"),
        // An element may refer to itself.
        ("<a data-x href=/ id=self aria-labelledby=self aria-label=Harbour></a>", "Harbour"),
        // References are not followed twice (2B.ii).
        ("<a data-x href=/ aria-labelledby=l></a><p id=l aria-labelledby=m>one</p><p id=m>two</p>", "one"),
        ("<a data-x href=/ aria-labelledby=l></a><p id=l aria-label=one>two</p>", "one"),
        ("<a data-x href=/ aria-labelledby=l></a><img id=l alt='The harbour' src=a>", "The harbour"),
        // Nothing is there: the next step decides.
        ("<a data-x href=/ aria-labelledby=''>b</a>", "b"),
        ("<a data-x href=/ aria-labelledby='  ' title=b></a>", "b"),
        ("<a data-x href=/ aria-labelledby=l>b</a><p id=l> </p>", "b"),
        ("<img data-x src=a aria-labelledby=l alt=b><p id=l></p>", "b"),
    ]);
}

#[test]
fn an_id_that_is_not_there_may_be_in_the_layout() {
    named(&[
        ("<a data-x href=/ aria-labelledby=nope></a>", UNKNOWN),
        ("<img data-x src=a aria-labelledby=nope>", UNKNOWN),
        ("<a data-x href=/ aria-labelledby='{{ page.id }}'></a>", UNKNOWN),
    ]);
    for (body, want) in [
        ("<a data-x href=/ aria-labelledby=nope></a>", ""),
        ("<a data-x href=/ aria-labelledby=nope>b</a>", "b"),
        ("<a data-x href=/ aria-labelledby='nope l'></a><p id=l>b</p>", "b"),
        ("<img data-x src=a aria-labelledby=nope>", ""),
        ("<img data-x src=a aria-labelledby=nope title=b>", "b"),
        // A script may add the id, and a template may print it.
        ("<img data-x src=a aria-labelledby=nope><script src=a.js></script>", UNKNOWN),
        ("<img data-x src=a aria-labelledby=nope>{{ content }}", UNKNOWN),
        ("<img data-x src=a aria-labelledby=nope><script type='application/ld+json'>{}</script>", ""),
    ] {
        named(&[(&format!("{HEAD}{body}</body></html>"), want)]);
    }
}

/// accname 2D.
#[test]
fn a_label_comes_before_everything_but_references() {
    named(&[
        ("<a data-x href=/ aria-label='The harbour'>b</a>", "The harbour"),
        ("<a data-x href=/ aria-label='  The   harbour '>b</a>", "The harbour"),
        ("<a data-x href=/ aria-label=''>b</a>", "b"),
        ("<a data-x href=/ aria-label=' '>b</a>", "b"),
        ("<a data-x href=/ aria-label='&nbsp;'></a>", ""),
        ("<a data-x href=/ aria-label='\u{200b}'></a>", ""),
        ("<img data-x src=a aria-label=b alt=c>", "b"),
        ("<img data-x src=a aria-label='' alt=c>", "c"),
        ("<img data-x src=a aria-label=''>", ""),
        ("<h2 data-x aria-label='어시장'></h2>", "어시장"),
        ("<a data-x href=/ aria-label='{{ page.name }}'></a>", UNKNOWN),
        ("<a data-x href=/><span aria-label='港'></span></a>", "港"),
    ]);
}

/// accname 2E, HTML-AAM 4.1.
#[test]
fn images_are_named_by_alt_then_by_title() {
    named(&[
        ("<img data-x src=a alt='Boats at dawn'>", "Boats at dawn"),
        ("<img data-x src=a alt='Boats' title='At dawn'>", "Boats"),
        ("<img data-x src=a title='At dawn'>", "At dawn"),
        ("<img data-x src=a title=''>", ""),
        ("<img data-x src=a>", ""),
        ("<img data-x src=a alt=''>", ""),
        ("<img data-x src=a alt=' '>", ""),
        // Browsers differ.
        ("<img data-x src=a alt='' title=b>", UNKNOWN),
        ("<img data-x src=a alt='{{ page.alt }}'>", UNKNOWN),
        ("<img data-x src=a :alt=name>", UNKNOWN),
        ("<img data-x src=a v-bind:alt=name>", UNKNOWN),
        ("<img data-x src=a alt=b role=none>", ""),
        ("<img data-x src=a alt=b role=presentation>", ""),
        ("<img data-x src=a alt=b role=presentation tabindex=0>", "b"),
        ("<map name=m><area data-x href=/ alt=Quay></map>", "Quay"),
        ("<map name=m><area data-x href=/ alt=''></map>", ""),
        ("<map name=m><area data-x href=/ alt='' title=Quay></map>", "Quay"),
        ("<input data-x type=image src=a alt=Search>", "Search"),
        ("<input data-x type=image src=a alt=''>", ""),
        ("<input data-x type=IMAGE src=a title=Search>", "Search"),
        ("<label>Search <input data-x type=image src=a></label>", UNKNOWN),
        ("<label for=s>Search</label><input data-x id=s type=image src=a>", UNKNOWN),
        ("<iframe data-x src=a title=Map></iframe>", "Map"),
        ("<iframe data-x src=a title='  '></iframe>", ""),
        ("<iframe data-x src=a>text for old browsers</iframe>", ""),
        ("<figure data-x><img src=a alt=b><figcaption>The quay</figcaption></figure>", "The quay"),
        ("<table data-x><caption>Fish</caption><tr><td>a</td></tr></table>", "Fish"),
    ]);
}

/// ARIA: `img` takes its name from the author only; SVG-AAM 8.1: the first `<title>` child.
#[test]
fn images_by_role_are_not_named_by_their_text() {
    named(&[
        ("<span data-x role=img>🐟</span>", ""),
        ("<span data-x role=img aria-label=Fish>🐟</span>", "Fish"),
        ("<span data-x role=IMG title=Fish></span>", "Fish"),
        ("<div data-x role=img><p>Fish</p></div>", ""),
        ("<svg data-x role=img><path d='M0 0'/></svg>", ""),
        ("<svg data-x role=img><title>Fish</title></svg>", "Fish"),
        ("<svg data-x role=img><title></title></svg>", ""),
        ("<svg data-x role=img aria-label=''><title>Fish</title></svg>", "Fish"),
        ("<svg data-x role=img><g><title>Fin</title></g></svg>", ""),
        ("<svg data-x role=img><title>{{ page.name }}</title></svg>", UNKNOWN),
        ("<svg data-x role=img aria-labelledby=t><title id=t>Fish</title></svg>", "Fish"),
        ("<a data-x href=/><svg><title>Fish</title><path d='M0 0'/></svg></a>", "Fish"),
        ("<a data-x href=/><svg><style>.a{}</style><desc>b</desc></svg></a>", ""),
        ("<a data-x href=/><svg aria-hidden=true><title>Fish</title></svg></a>", ""),
    ]);
}

/// accname 2F, 2G, 2I.
#[test]
fn links_headings_and_cells_are_named_by_their_content() {
    named(&[
        ("<a data-x href=/>The <b>harbour</b> at <i>dawn</i></a>", "The harbour at dawn"),
        ("<a data-x href=/>har<b>bour</b></a>", "harbour"),
        ("<a data-x href=/>one<br>two</a>", "one two"),
        ("<a data-x href=/><div>one</div><div>two</div></a>", "one two"),
        ("<a data-x href=/>See <img src=a alt='the map'>.</a>", "See the map."),
        ("<a data-x href=/><img src=a alt=''></a>", ""),
        ("<a data-x href=/><img src=a title=Map></a>", "Map"),
        ("<a data-x href=/><i class='fa fa-star'></i></a>", ""),
        ("<a data-x href=/><i class='fa fa-star' title=Star></i></a>", "Star"),
        ("<a data-x href=/ title=Star><i></i></a>", "Star"),
        ("<a data-x href=/ title=Star>Map</a>", "Map"),
        ("<a data-x href=/><!-- nothing --></a>", ""),
        ("<a data-x href=/>&#8203;&nbsp;</a>", ""),
        ("<a data-x href=/ role=doc-biblioref>[1]</a>", "[1]"),
        ("<a data-x href=/><ruby>港<rt>みなと</rt></ruby></a>", "港 みなと"),
        ("<a data-x href=/><label>서울</label></a>", "서울"),
        ("<a data-x href=/><span role=presentation>Map</span></a>", "Map"),
        ("<a data-x href=/><img src=a alt=Map role=presentation></a>", ""),
        ("<h2 data-x><a href=/>Map</a></h2>", "Map"),
        ("<h2 data-x>&nbsp;</h2>", ""),
        ("<table><tr><th data-x>Fish</th></tr></table>", "Fish"),
        ("<p data-x title=Note>A paragraph has no name of its text.</p>", "Note"),
        ("<p data-x>A paragraph has no name of its text.</p>", ""),
        ("<div data-x role=link>Map</div>", "Map"),
        ("<div data-x role=button>Map</div>", "Map"),
        ("<a data-x href=/><script>x</script><style>y</style><template>z</template></a>", ""),
        // Components, frames, videos and form controls may have any name.
        ("<a data-x href=/><my-icon name=star></my-icon></a>", UNKNOWN),
        ("<a data-x href=/><video src=a></video></a>", UNKNOWN),
        ("<a data-x href=/><input value=b></a>", UNKNOWN),
        ("<a data-x href=/>{{ page.title }}</a>", UNKNOWN),
        ("<a data-x href=/><span x-text=name></span></a>", UNKNOWN),
        ("<a data-x href=/><span data-i18n=name></span></a>", UNKNOWN),
    ]);
}

/// accname 2A.
#[test]
fn what_is_hidden_inside_is_no_part_of_the_name() {
    named(&[
        ("<a data-x href=/><span hidden>b</span></a>", ""),
        ("<a data-x href=/><span hidden=until-found>b</span></a>", ""),
        ("<a data-x href=/><span style='display:none'>b</span></a>", ""),
        ("<a data-x href=/><span style='DISPLAY : NONE !important'>b</span></a>", ""),
        ("<a data-x href=/><span style='color:red;display:none;'>b</span></a>", ""),
        ("<a data-x href=/><span style='visibility:hidden'>b</span></a>", ""),
        ("<a data-x href=/><span style='visibility:collapse'>b</span></a>", ""),
        ("<a data-x href=/><span aria-hidden=true>b</span></a>", ""),
        ("<a data-x href=/><span aria-hidden=TRUE>b</span></a>", ""),
        ("<a data-x href=/><span inert>b</span></a>", ""),
        ("<a data-x href=/><span hidden><b>c</b> <img src=a alt=d></span>e</a>", "e"),
        ("<a data-x href=/><img src=a alt=b hidden></a>", ""),
        // Visible, or visible again.
        ("<a data-x href=/><span aria-hidden=false>b</span></a>", "b"),
        ("<a data-x href=/><span aria-hidden=''>b</span></a>", "b"),
        ("<a data-x href=/><span style='display:none;display:block'>b</span></a>", "b"),
        ("<a data-x href=/><span style='display:/* none */inline'>b</span></a>", "b"),
        ("<a data-x href=/><span hidden style='display:block'>b</span></a>", "b"),
        ("<a data-x href=/><span style='visibility:hidden'>b<i style='visibility:visible'>c</i></span></a>", "c"),
        ("<a data-x href=/><span style='opacity:0'>b</span></a>", "b"),
        ("<a data-x href=/><span class=sr-only>b</span></a>", "b"),
        // A template, a framework or a script decides.
        ("<a data-x href=/><span style='{{ page.style }}'>b</span></a>", UNKNOWN),
        ("<a data-x href=/><span aria-hidden='{{ page.hidden }}'>b</span></a>", UNKNOWN),
        ("<a data-x href=/><span x-show=open style='display:none'>b</span></a>", UNKNOWN),
        ("<a data-x href=/><span class=label style='display:none'>b</span></a><script src=a.js></script>", UNKNOWN),
    ]);
}

#[test]
fn elements_are_hidden_by_themselves_and_from_above() {
    for (html, want) in [
        ("<img data-x src=a>", Exposure::Shown),
        ("<img data-x src=a hidden>", Exposure::Hidden),
        ("<div hidden><img data-x src=a></div>", Exposure::Hidden),
        ("<div style='display: none'><p><img data-x src=a></p></div>", Exposure::Hidden),
        ("<div style='visibility: hidden'><img data-x src=a></div>", Exposure::Hidden),
        ("<div style='visibility: hidden'><img data-x src=a style='visibility: visible'></div>", Exposure::Shown),
        ("<div style='display: none'><img data-x src=a style='visibility: visible'></div>", Exposure::Hidden),
        ("<div aria-hidden=true><img data-x src=a></div>", Exposure::Hidden),
        ("<div aria-hidden=true><img data-x src=a aria-hidden=false></div>", Exposure::Hidden),
        ("<div inert><img data-x src=a></div>", Exposure::Hidden),
        ("<details><img data-x src=a></details>", Exposure::Shown),
        ("<dialog><img data-x src=a></dialog>", Exposure::Unknown),
        ("<dialog open><img data-x src=a></dialog>", Exposure::Shown),
        ("<noscript><img data-x src=a></noscript>", Exposure::Unknown),
        ("<div style='{{ page.style }}'><img data-x src=a></div>", Exposure::Unknown),
        ("<div id=menu hidden><img data-x src=a></div><script src=a.js></script>", Exposure::Unknown),
    ] {
        assert_eq!(shown(html, exposure), want, "{html}");
    }
}

#[test]
fn roles_take_the_meaning_away() {
    for (html, want) in [
        ("<img data-x src=a role=none>", true),
        ("<img data-x src=a role=' Presentation '>", true),
        ("<img data-x src=a role='none presentation'>", true),
        ("<img data-x src=a role=''>", false),
        ("<img data-x src=a role=img>", false),
        ("<img data-x src=a role=none tabindex=0>", false),
        ("<a data-x href=/ role=none>b</a>", false),
        ("<img data-x src=a role='{{ page.role }}'>", true),
        ("<table data-x role=presentation></table>", true),
    ] {
        assert_eq!(shown(html, is_presentational), want, "{html}");
    }
}

#[test]
fn alt_is_read_unless_something_else_names_the_image() {
    for (html, want) in [
        ("<img data-x src=a alt=b>", true),
        ("<img data-x src=a alt=b title=c>", true),
        ("<img data-x src=a alt=b aria-label=c>", false),
        ("<img data-x src=a alt=b aria-label=''>", true),
        ("<img data-x src=a alt=b aria-label='{{ page.name }}'>", false),
        ("<img data-x src=a alt=b aria-labelledby=l><p id=l>c</p>", false),
        ("<img data-x src=a alt=b aria-labelledby=''>", true),
        ("<img data-x src=a alt=b role=presentation>", false),
        ("<img data-x src=a alt=b aria-hidden=true>", false),
        ("<p hidden><img data-x src=a alt=b></p>", false),
    ] {
        assert_eq!(shown(html, is_alt_read), want, "{html}");
    }
}
