//! Who does what until when: role labels and verbs, the endings of organ names, words around a time.

use super::{Words, entries, file, lists, under};
use crate::ResponsibilityRole as Role;
use std::sync::LazyLock;

/// The word lists of responsibilities and deadlines.
#[derive(Debug)]
pub(crate) struct Duties {
    /// Pieces of a label, by the part they name; the first that is found in a label decides.
    pub(crate) label: [(Role, Words); 4],
    pub(crate) label_filler: Words,
    pub(crate) label_noun: Words,
    pub(crate) label_person: Words,
    pub(crate) label_alone: Words,
    pub(crate) label_line: Words,
    /// Verbs after a list of units.
    pub(crate) verb: [(Role, Words); 4],
    pub(crate) manner: Words,
    pub(crate) manner_start: Words,
    pub(crate) plain: Words,
    /// All that a predicate may begin with, to be asked first.
    pub(crate) predicate: Words,
    pub(crate) generic: Words,
    pub(crate) empty: Words,
    pub(crate) lead_in: Words,
    /// Around 牵头 in a sentence.
    pub(crate) no_name: Words,
    pub(crate) before_lead: Words,
    pub(crate) no_task: Words,
    pub(crate) placed: Words,
    pub(crate) body: Words,
    pub(crate) body_before_and: Words,
    pub(crate) person: Words,
    pub(crate) level: Words,
    pub(crate) time: Time,
}

lists! {
    /// The word lists of deadlines.
    Time: label until no_end_before not_a_limit before_is_part_of set plan window work look_back condition befalls rate counted_year
    reached before_an_end which_month paid each_has not_regular own joined no_relative no_past_before no_past_after
}

/// The word lists, read once.
pub(crate) static DUTIES: LazyLock<Duties> = LazyLock::new(|| {
    let roles = entries(file!("roles.txt"));
    let organs = entries(file!("organs.txt"));
    let time = entries(file!("time.txt"));
    let parts = |what: &str| [Role::Supervise, Role::Support, Role::Lead, Role::Responsible].map(|role| (role, under(&roles, &format!("{what} {role}"))));
    Duties {
        label: parts("label"),
        label_filler: under(&roles, "label filler"),
        label_noun: under(&roles, "label noun"),
        label_person: under(&roles, "label person"),
        label_alone: under(&roles, "label alone"),
        label_line: under(&roles, "label line"),
        verb: parts("verb"),
        manner: under(&roles, "manner"),
        manner_start: under(&roles, "manner start"),
        plain: under(&roles, "plain"),
        predicate: Words::new(roles.iter().filter(|(h, _)| h.starts_with("verb ") || matches!(*h, "manner start" | "plain")).map(|(_, w)| *w)),
        generic: under(&roles, "generic"),
        empty: under(&roles, "empty"),
        lead_in: under(&roles, "lead in"),
        no_name: under(&roles, "no name"),
        before_lead: under(&roles, "before lead"),
        no_task: under(&roles, "no task"),
        placed: under(&roles, "placed"),
        body: under(&organs, "body"),
        body_before_and: under(&organs, "body before and"),
        person: under(&organs, "person"),
        level: under(&organs, "level"),
        time: Time::of(&time),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_is_empty() {
        let d = &*DUTIES;
        assert!(d.verb.iter().all(|(_, words)| !words.is_empty()));
        assert!(d.body.end("某市司法局") > 0 && d.level.has("各区") && d.time.label.end("完成时限") > 0);
    }
}
