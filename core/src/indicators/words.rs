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
    doing = "doing",
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
    all_done = "all",
    between = "between",
    handled = "handled",
    each = "each",
    flows = "flows",
    sectors = "sectors",
}
