//! Who does what until when: role labels and verbs, the endings of organ names, words around a time.

use super::{Words, entries, file, under};
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

/// The word lists of deadlines.
#[derive(Debug)]
pub(crate) struct Time {
    pub(crate) label: Words,
    pub(crate) until: Words,
    pub(crate) no_end_before: Words,
    pub(crate) not_a_limit: Words,
    pub(crate) before_is_part_of: Words,
    pub(crate) set: Words,
    pub(crate) plan: Words,
    pub(crate) window: Words,
    pub(crate) work: Words,
    pub(crate) look_back: Words,
    pub(crate) condition: Words,
    pub(crate) befalls: Words,
    pub(crate) rate: Words,
    pub(crate) counted_year: Words,
    pub(crate) reached: Words,
    pub(crate) before_end: Words,
    pub(crate) which_month: Words,
    pub(crate) paid: Words,
    pub(crate) each_has: Words,
    pub(crate) not_regular: Words,
    pub(crate) own: Words,
    pub(crate) joined: Words,
    pub(crate) no_relative: Words,
    pub(crate) no_past_before: Words,
    pub(crate) no_past_after: Words,
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
        time: Time {
            label: under(&time, "label"),
            until: under(&time, "until"),
            no_end_before: under(&time, "no end before"),
            not_a_limit: under(&time, "not a limit"),
            before_is_part_of: under(&time, "before is part of"),
            set: under(&time, "set"),
            plan: under(&time, "plan"),
            window: under(&time, "window"),
            work: under(&time, "work"),
            look_back: under(&time, "look back"),
            condition: under(&time, "condition"),
            befalls: under(&time, "befalls"),
            rate: under(&time, "rate"),
            counted_year: under(&time, "counted year"),
            reached: under(&time, "reached"),
            before_end: under(&time, "before an end"),
            which_month: under(&time, "which month"),
            paid: under(&time, "paid"),
            each_has: under(&time, "each has"),
            not_regular: under(&time, "not regular"),
            own: under(&time, "own"),
            joined: under(&time, "joined"),
            no_relative: under(&time, "no relative"),
            no_past_before: under(&time, "no past before"),
            no_past_after: under(&time, "no past after"),
        },
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
