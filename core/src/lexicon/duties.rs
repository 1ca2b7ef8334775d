//! Who does what until when: role labels and verbs, the endings of organ names, words around a time.

use super::{Words, entries, file, listed, lists, under, under_each};
use crate::{Every, ResponsibilityRole as Role};
use std::sync::LazyLock;

/// The word lists of responsibilities and deadlines.
#[derive(Debug)]
pub(crate) struct Duties {
    /// Pieces of a label, by the part they name; the first that is found in a label decides.
    pub(crate) label: [(Role, Words); 4],
    /// Verbs after a list of units.
    pub(crate) verb: [(Role, Words); 4],
    /// All that a predicate may begin with, to be asked first.
    pub(crate) predicate: Words,
    pub(crate) roles: Roles,
    pub(crate) organs: Organs,
    pub(crate) time: Time,
    /// What stands between what starts a clock and the time, the surest first.
    pub(crate) set_in: Vec<&'static str>,
    /// What returns, and how often, if the model has a word for it.
    pub(crate) every: [(Option<Every>, Words); 7],
}

lists! {
    /// The word lists of deadlines.
    Time: label until no_end_before not_a_limit before_is_part_of set plan window work look_back condition befalls rate counted_year
    reached before_an_end which_month paid each_has not_regular not_regular_behind completes own joined no_relative no_past_before no_past_after
    label_ends at before from clock closes term of_year end_of_before another counted_at up_to_now as_of from_now
    year_until no_date_before of already relative befallen regular per one every_other average running may of_period day
    end_of_period
}

lists! {
    /// Words of labels, of lists of units, and around 牵头: see `roles.txt`.
    Roles: label_filler label_noun label_person label_alone label_line manner manner_start plain generic empty lead_in no_name
    before_lead no_task placed no_by_before no_by_behind no_assist goes_on conjunction seat seat_of remark remark_start remark_inside
    carries_out said_to_lead first who_leads stands first_end no_first before_comma shared nobody no_others_before phrase
    phrase_start some of_bodies each number_column task label_cue
}

lists! {
    /// How names of bodies and persons end: see `organs.txt`.
    Organs: body body_before_and person level sure_body cell_body title
}

/// Who leads does this, and who supports.
pub(crate) const LEAD: &str = "牵头";
pub(crate) const ASSIST: &str = "配合";
/// Before who does it.
pub(crate) const BY: char = '由';
/// Behind the last that is named of several.
pub(crate) const OTHERS: char = '等';

/// The word lists, read once.
pub(crate) static DUTIES: LazyLock<Duties> = LazyLock::new(|| {
    let roles = entries(file!("roles.txt"));
    let organs = entries(file!("organs.txt"));
    let time = entries(file!("time.txt"));
    let parts = |what: &str| [Role::Supervise, Role::Support, Role::Lead, Role::Responsible].map(|role| (role, under(&roles, &format!("{what} {role}"))));
    let predicate = |heading: &&str| heading.starts_with("verb ") || matches!(*heading, "manner start" | "plain");
    Duties {
        label: parts("label"),
        verb: parts("verb"),
        predicate: under_each(&roles, &roles.iter().map(|(heading, _)| *heading).filter(predicate).collect::<Vec<_>>(), b' '),
        roles: Roles::of(&roles),
        organs: Organs::of(&organs),
        time: Time::of(&time),
        set_in: listed(&time, "set in"),
        every: ["half_year", "quarter", "year", "month", "week", "day", "so often"].map(|often| (often.parse().ok(), under(&time, &format!("every {often}")))),
    }
});
