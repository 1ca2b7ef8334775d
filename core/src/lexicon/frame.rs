//! Words that tell title, head and kind of a document by what its first lines say.

use super::{Words, entries, file, lists};
use std::sync::LazyLock;

lists! {
    /// The words of `frame.txt`. 记者 tells who reports, and so does 报道 on a line of its own.
    Head: sentence reason addresses organ attached numbered disclosed valid label behind_organ told_of launch adopted office dateline
    in_full no_signer grade matter dated reporter names_reporter = "reporter" "reports news" congress party government own_rules issues
    gives_notice closes_notice makes_public makes_known = "makes public" "tells of" made_known made_so persons reports closes_report
    plans notifies rule_of_law
    sentences = "issues" "gives notice" "makes public" "reports" "plans" "notifies" "rule of law"
    lists glossary;
    in order general_label act asks
}

impl Head {
    /// The lists whose words are the `sentences`, by which the first sentences tell the kind.
    pub(crate) fn told_by_sentence(&self) -> [&Words; 7] {
        [&self.issues, &self.gives_notice, &self.makes_public, &self.reports, &self.plans, &self.notifies, &self.rule_of_law]
    }
}

pub(crate) static HEAD: LazyLock<Head> = LazyLock::new(|| Head::of(&entries(file!("frame.txt"))));
