//! Words that tell title, head and kind of a document by what its first lines say.

use super::{Words, entries, file, listed, under};
use std::sync::LazyLock;

/// The words of `frame.txt`, by heading.
pub(crate) struct Head {
    pub(crate) sentence: Words,
    pub(crate) reason: Words,
    pub(crate) addresses: Words,
    pub(crate) organ: Words,
    pub(crate) attached: Words,
    pub(crate) general_label: Vec<&'static str>,
    pub(crate) numbered: Words,
    pub(crate) disclosed: Words,
    pub(crate) valid: Words,
    pub(crate) label: Words,
    pub(crate) act: Vec<&'static str>,
    pub(crate) launch: Words,
    pub(crate) adopted: Words,
    pub(crate) office: Words,
    pub(crate) dateline: Words,
    pub(crate) in_full: Words,
    pub(crate) no_signer: Words,
    pub(crate) grade: Words,
    pub(crate) matter: Words,
    pub(crate) dated: Words,
    /// 记者: who reports.
    pub(crate) reporter: Words,
    /// … and 报道, on a line of its own.
    pub(crate) names_reporter: Words,
    pub(crate) congress: Words,
    pub(crate) party: Words,
    pub(crate) own_rules: Words,
    pub(crate) issues: Words,
    pub(crate) gives_notice: Words,
    pub(crate) closes_notice: Words,
    pub(crate) makes_public: Words,
    pub(crate) persons: Words,
    pub(crate) reports: Words,
    pub(crate) closes_report: Words,
    pub(crate) plans: Words,
    pub(crate) notifies: Words,
    pub(crate) rule_of_law: Words,
    pub(crate) glossary: Words,
}

pub(crate) static HEAD: LazyLock<Head> = LazyLock::new(|| {
    let words = entries(file!("frame.txt"));
    let of = |heading| under(&words, heading);
    Head {
        sentence: of("sentence"),
        reason: of("reason"),
        addresses: of("addresses"),
        organ: of("organ"),
        attached: of("attached"),
        general_label: listed(&words, "general label"),
        numbered: of("numbered"),
        disclosed: of("disclosed"),
        valid: of("valid"),
        label: of("label"),
        act: listed(&words, "act"),
        launch: of("launch"),
        adopted: of("adopted"),
        office: of("office"),
        dateline: of("dateline"),
        in_full: of("in full"),
        no_signer: of("no signer"),
        grade: of("grade"),
        matter: of("matter"),
        dated: of("dated"),
        reporter: of("reporter"),
        names_reporter: Words::new(["reporter", "reports news"].into_iter().flat_map(|heading| listed(&words, heading))),
        congress: of("congress"),
        party: of("party"),
        own_rules: of("own rules"),
        issues: of("issues"),
        gives_notice: of("gives notice"),
        closes_notice: of("closes notice"),
        makes_public: of("makes public"),
        persons: of("persons"),
        reports: of("reports"),
        closes_report: of("closes report"),
        plans: of("plans"),
        notifies: of("notifies"),
        rule_of_law: of("rule of law"),
        glossary: of("glossary"),
    }
});
