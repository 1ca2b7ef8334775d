//! Words that tell title, head and kind of a document by what its first lines say.

use super::{Words, entries, file, listed, under};
use std::sync::LazyLock;

/// The words of `frame.txt`, by heading.
pub(crate) struct Head {
    pub(crate) sentence: Words,
    pub(crate) reason: Words,
    pub(crate) organ: Words,
    pub(crate) label: Words,
    pub(crate) act: Vec<&'static str>,
    pub(crate) adopted: Words,
    pub(crate) office: Words,
    pub(crate) dateline: Words,
    pub(crate) in_full: Words,
}

pub(crate) static HEAD: LazyLock<Head> = LazyLock::new(|| {
    let words = entries(file!("frame.txt"));
    let of = |heading| under(&words, heading);
    Head {
        sentence: of("sentence"),
        reason: of("reason"),
        organ: of("organ"),
        label: of("label"),
        act: listed(&words, "act"),
        adopted: of("adopted"),
        office: of("office"),
        dateline: of("dateline"),
        in_full: of("in full"),
    }
});
