//! The word lists of `words.txt`.

use crate::lexicon::{self, Words};
use std::sync::LazyLock;

macro_rules! lists {
    ($($name:ident = $word:literal,)*) => {
        /// The lists of `words.txt`.
        pub(super) struct Lists { $(pub(super) $name: Words,)* }

        pub(super) static WORDS: LazyLock<Lists> = LazyLock::new(|| {
            let all = lexicon::entries(lexicon::file!("words.txt"));
            Lists { $($name: lexicon::under(&all, $word),)* }
        });
    };
}

lists! {
    opening = "opening",
    ending = "ending",
    same = "same",
    part = "part",
    base = "base",
    average = "average",
    cumulative = "cumulative",
    topic = "topic",
    relative = "relative",
    zero = "zero",
    department = "department",
    other_organ = "other organ",
    season = "season",
    several_years = "several years",
    one_year = "one year",
    years_ahead = "years ahead",
    project = "project",
    failed = "failed",
    total = "total",
    added = "added",
    year_over = "year over",
    all = "all",
    duly = "duly",
    dealt_with = "dealt with",
    covers_all = "covers all",
    coverable = "coverable",
    between = "between",
    handled = "handled",
    each = "each",
    flows = "flows",
    sectors = "sectors",
    moved = "moved",
    differs = "differs",
    adds = "adds",
    reached_by = "reached by",
    lost = "lost",
    of_these = "of these",
    less = "less",
    falls = "falls",
    rises = "rises",
    stock = "stock",
    aims = "aims",
    joins = "joins",
}
