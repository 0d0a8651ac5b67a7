//! Pictures that are placeholders until a design is finished.

use crate::document::{Attribute, Element};
use crate::url::{host, is_below};

/// The hosts of services that make such pictures, of any size and without content, as their pages say.
const HOSTS: [&str; 17] = [
    "dummyimage.com", "fakeimg.pl", "loremflickr.com", "lorempicsum.com", "lorempixel.com", "picsum.photos",
    "placebear.com", "placebeard.it", "placecage.com", "placecats.com", "placehold.co", "placehold.it", "placehold.jp",
    "placeholder.com", "placeimg.com", "placekitten.com", "unsplash.it",
];

/// Whether a service for designers made the picture: the post shows how pictures are laid out, not what is in them.
pub fn is_dummy(image: Element<'_>) -> bool {
    let address = image.attribute("src").and_then(Attribute::known_value);
    let host = address.and_then(|address| host(address.trim()));
    host.is_some_and(|host| HOSTS.iter().any(|it| is_below(&host, it)))
}
