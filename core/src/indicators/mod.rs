//! Indicators: numbers under the names by which they can be laid beside those of other places and years.
//!
//! A metric says 行政复议案件, 4件. What a table of places and years wants is `review_accepted`. The [`Dictionary`] says which
//! words name an indicator, [`Document::indicators`](crate::Document::indicators) finds them, by rule: where two indicators may be
//! meant, or none surely, there is no row. Silence is never zero.
//!
//! ```
//! use gongwen::indicators::Status;
//! let text = "临江市2023年法治政府建设年度报告\n一、主要举措和成效\n（一）化解行政争议。全年收到行政复议申请103件，受理91件，\
//!             办理行政诉讼案件34件，实现零败诉。\n二、存在的不足\n工作力量偏弱。\n";
//! let doc = gongwen::parse(text);
//! let rows = doc.indicators();
//! let found: Vec<_> = rows.iter().map(|row| (row.id(), row.value.unwrap().to_string(), row.year())).collect();
//! assert_eq!(found, [
//!     ("review_received", "103".into(), Some(2023)),
//!     ("review_accepted", "91".into(), Some(2023)),
//!     ("litigation_cases", "34".into(), Some(2023)),
//!     ("litigation_lost", "0".into(), Some(2023)),
//! ]);
//! assert_eq!(rows[3].status, Status::Zero); // the words are 零败诉
//! ```

mod check;
mod dictionary;
mod read;
mod words;

use crate::{Date, MetricId, Modality, Span};
use rust_decimal::Decimal;

pub use check::check;
pub use dictionary::{Dictionary, DictionaryError, Entry, Measure};
pub use read::{read, sentence};

macro_rules! states {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$($name::$variant,)*];

            /// The word in the JSON form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }
    };
}

states! {
    /// What a row says of its indicator.
    Status {
        /// A number.
        Value = "value",
        /// Words of nothing: 零败诉. The value is 0.
        Zero = "zero",
        /// Words of all: 全部办结. There is no value.
        All = "all",
        /// Something set without a number: 与经济增长同步. There is no value.
        Relative = "relative",
    }
}

states! {
    /// How a value stands to its years.
    Basis {
        /// The yearly average of several years: 年均.
        Average = "average",
        /// The total of several years: 五年累计.
        Cumulative = "cumulative",
    }
}

states! {
    /// Whose number it is.
    Scope {
        /// The whole jurisdiction's.
        Jurisdiction = "jurisdiction",
        /// The government's own: 以区政府为被告.
        Government = "government",
        /// The government's and its departments'.
        All = "all",
        /// One department's: 我局.
        Department = "department",
        /// A line of departments': 全市各级应急管理部门.
        System = "system",
    }
}

/// A number, or words in its place, under an indicator's name.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Indicator<'d> {
    /// The dictionary's line: `'d` is the dictionary's life, not the document's.
    pub entry: &'d Entry,
    /// The metric that holds the number; none for words.
    pub metric: Option<MetricId>,
    /// The number: of a growth with its sign, in the unit of the metric.
    pub value: Option<Decimal>,
    /// The unit: as the text gives it, one of the entry's.
    pub unit: &'d str,
    /// What the row says.
    pub status: Status,
    /// Whether it reports or demands.
    pub modality: Modality,
    /// The first and the last day that it is of.
    pub period: Option<(Date, Date)>,
    /// How it stands to its years; none where it is of one.
    pub basis: Option<Basis>,
    /// Whose number it is.
    pub scope: Scope,
    /// The metric's place, or that of the words.
    pub span: Span,
}

impl Indicator<'_> {
    /// The indicator's name in data.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.entry.id
    }

    /// The year, where it is of one.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.period.filter(|(from, to)| from.year == to.year).map(|(from, _)| from.year)
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

#[cfg(test)]
mod tests;
