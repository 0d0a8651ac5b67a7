//! What is written around a tag: the values of attributes and the words before and after it. Of several lines of layouts that may
//! write an element, they tell which one does: two pictures alike are in a page between other words.

use crate::document::{Document, Element};
use crate::engine::audit::pattern::Pattern;
use crate::source::Span;
use core::cell::{OnceCell, RefCell};
use core::hash::{Hash, Hasher};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::sync::Arc;

/// Maximum number of marks of a layout.
const MAX_MARKS: usize = 4_000;
/// Numbers of marks that are compared on each side of a tag of a layout, the nearest first: they say the most. `true`: only those in
/// the same element.
pub const NEAR: [(bool, usize); 3] = [(true, 24), (false, 8), (false, 24)];
/// Number of marks on each side of an element of a page: templates write more between those of the layout.
const NEAR_IN_PAGE: usize = 96;
/// Length of a value, or of a word, that says something.
const LENGTHS: core::ops::RangeInclusive<usize> = 3..=200;

/// The offset of a value or a word in bytes, and its hash.
type Mark = (u32, u64);

/// The marks of a document, sorted by offset.
#[derive(Debug, Default)]
pub struct Marks {
    all: Vec<Mark>,
}

/// How much of what a layout writes is in a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    found: usize,
    missed: usize,
}

impl Marks {
    /// Those of a layout: what is not a template in it.
    pub fn of_layout(layout: &Document<'_>) -> Self {
        Marks::of(layout, MAX_MARKS)
    }

    fn of(document: &Document<'_>, maximum: usize) -> Self {
        let mut all = Vec::new();
        for element in document.tree.html_elements() {
            let Some(tag) = element.start_tag() else { continue };
            all.extend(of_element(document, element).map(|mark| (tag.start, mark)));
            if all.len() > maximum {
                break;
            }
        }
        for node in document.tree.text_nodes().take(maximum) {
            let Some(span) = node.span() else { continue };
            let words = node.text().split(|c: char| !c.is_alphanumeric());
            let words = words.filter(|word| LENGTHS.contains(&word.len()));
            all.extend(words.map(|word| (span.start, hashed("", &word.to_lowercase()))));
        }
        all.sort_unstable_by_key(|(at, _)| *at);
        all.truncate(maximum);
        Marks { all }
    }

    /// The marks before and after a tag, and not its own.
    fn sides(&self, tag: Span, within: Span, number: usize) -> [&[Mark]; 2] {
        let index = |offset: u32| self.all.partition_point(|(at, _)| *at < offset);
        let (start, end) = (index(tag.start), index(tag.end));
        let before = self.all.get(start.saturating_sub(number).max(index(within.start))..start);
        let after = self.all.get(end..(end + number).min(index(within.end)));
        [before.unwrap_or_default(), after.unwrap_or_default()]
    }
}

/// The marks of a built page, which are read when they are asked for.
pub struct PageMarks<'d, 's> {
    /// The page.
    pub document: &'d Document<'s>,
    marks: OnceCell<(Marks, FxHashSet<u64>)>,
    /// How much of each file of layouts is in the page.
    files: RefCell<FxHashMap<Arc<str>, Overlap>>,
}

impl<'d, 's> PageMarks<'d, 's> {
    /// Those of a page.
    pub fn new(document: &'d Document<'s>) -> Self {
        PageMarks { document, marks: OnceCell::new(), files: RefCell::default() }
    }

    fn read(&self) -> &(Marks, FxHashSet<u64>) {
        self.marks.get_or_init(|| {
            let marks = Marks::of(self.document, usize::MAX);
            let set = marks.all.iter().map(|(_, mark)| *mark).collect();
            (marks, set)
        })
    }

    /// How much of this number of marks on each side of a tag of a layout is around a tag here. Each tag is given with the part of its
    /// file in which marks count.
    pub fn around(&self, (tag, within): (Span, Span), layout: &Marks, of: ((Span, Span), usize)) -> Overlap {
        let ((in_layout, within_layout), number) = of;
        let [before, after] = layout.sides(in_layout, within_layout, number);
        let [page_before, page_after] = self.read().0.sides(tag, within, NEAR_IN_PAGE);
        let mut overlap = Overlap::default();
        overlap.count(before, |mark| page_before.iter().any(|(_, it)| *it == mark));
        overlap.count(after, |mark| page_after.iter().any(|(_, it)| *it == mark));
        overlap
    }

    /// How much of all that a file of layouts writes is in the page.
    pub fn inside(&self, file: &Arc<str>, layout: &Marks) -> Overlap {
        if let Some(known) = self.files.borrow().get(file) {
            return *known;
        }
        let mut overlap = Overlap::default();
        overlap.count(&layout.all, |mark| self.read().1.contains(&mark));
        self.files.borrow_mut().insert(file.clone(), overlap);
        overlap
    }
}

impl Overlap {
    fn count(&mut self, marks: &[Mark], is_found: impl Fn(u64) -> bool) {
        let found = marks.iter().filter(|(_, mark)| is_found(*mark)).count();
        self.found += found;
        self.missed += marks.len() - found;
    }

    /// Whether another one says clearly more.
    pub fn is_less_than(self, other: Overlap) -> bool {
        // Per mark, since one may have fewer of them: at the end of a file.
        let (own, others) = (self.missed * other.all(), other.missed * self.all());
        other.found > 1 && own > 2 * others
    }

    /// Whether more is there than not.
    pub fn is_most(self) -> bool {
        self.found > self.missed
    }

    fn all(self) -> usize {
        self.found + self.missed
    }
}

/// The values of an element that no template writes, each class on its own.
fn of_element<'d>(document: &'d Document<'_>, element: Element<'d>) -> impl Iterator<Item = u64> + 'd {
    element.attributes().flat_map(move |attribute| {
        let name = if attribute.name() == "classname" { "class" } else { attribute.name() };
        let literal =
            attribute.value_span().and_then(|value| Pattern::of(document, value).literal().map(str::to_owned));
        let literal = literal.filter(|value| LENGTHS.contains(&value.len())).unwrap_or_default();
        let separator = if name == "class" { ' ' } else { '\u{0}' };
        let values: Vec<u64> =
            literal.split(separator).filter(|it| !it.is_empty()).map(|it| hashed(name, it)).collect();
        values
    })
}

fn hashed(name: &str, value: &str) -> u64 {
    let mut hasher = FxHasher::default();
    (name, value).hash(&mut hasher);
    hasher.finish()
}
