//! Whether a script may fill or show an element.

use crate::document::{Element, Tree};

/// Maximum number of following elements that are searched for a script.
const MAX_SIBLINGS: usize = 128;

/// Maximum number of elements searched for a `<script>`.
const MAX_ELEMENTS: usize = 500;

/// Whether a script follows the element, which may fill it if it is empty. Assumed if there are more than
/// [`MAX_SIBLINGS`] elements to search.
pub fn is_followed_by_script(element: Element<'_>) -> bool {
    let mut left = MAX_SIBLINGS;
    for level in std::iter::once(element).chain(element.ancestors()) {
        for sibling in std::iter::successors(level.next_element(), |sibling| sibling.next_element()) {
            left -= 1;
            if is_script(sibling) || left == 0 {
                return true;
            }
        }
    }
    false
}

/// Whether the post has a script. If the first elements of a long post do not include one, it is assumed.
pub fn has_script(tree: &Tree<'_>) -> bool {
    let mut elements = tree.elements().enumerate();
    elements.any(|(count, element)| is_script(element) || count == MAX_ELEMENTS)
}

/// Whether this is a script that runs: data in JSON is not.
fn is_script(element: Element<'_>) -> bool {
    element.name() == "script" && !element.attribute("type").is_some_and(|it| it.value().contains("json"))
}
