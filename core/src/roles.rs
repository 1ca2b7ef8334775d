//! What a section is for, as its heading says.

use crate::facts::Setting;
use crate::lexicon::Words;
use crate::lexicon::structure::HEADINGS;
use crate::{Kind, Role};

/// The role of an outermost section, and whether its own heading named it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before {
    pub(crate) role: Role,
    pub(crate) named: bool,
}

/// What is known of an outermost section beside its heading.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    /// The role of the section before.
    pub(crate) before: Option<Before>,
    /// A later heading names what comes.
    pub(crate) plan_below: bool,
    /// The text above has turned to what comes.
    pub(crate) ahead: bool,
    /// Whether the verbs of its text speak of what comes; asked where nothing else tells.
    pub(crate) future: &'a dyn Fn() -> bool,
    /// Whether they speak of what was.
    pub(crate) past: &'a dyn Fn() -> bool,
}

/// The role of an outermost section.
pub(crate) fn of_section(kind: Kind, heading: &str, year: Option<u16>, around: Around<'_>) -> Before {
    let Around { before, plan_below, ahead, future, past } = around;
    let named = named_role(kind, heading, year);
    let role = named.unwrap_or_else(|| match kind {
        Kind::AnnualReport | Kind::WorkReport if HEADINGS.closing.has(heading) => Role::Other,
        Kind::WorkReport => match before {
            // What only its verbs told to look ahead says nothing of what looks back.
            Some(Before { role: Role::Plan, named: false }) if !ahead && past() => Role::Measures,
            // What follows the plan looks ahead; what follows the review does where no heading below begins the plan.
            Some(Before { role: Role::Plan, .. }) => Role::Plan,
            Some(Before { named: true, .. }) if !plan_below => Role::Plan,
            _ if ahead && !plan_below => Role::Plan,
            // No heading of the document begins the plan.
            _ if !plan_below && future() => Role::Plan,
            _ => Role::Measures,
        },
        Kind::AnnualReport if HEADINGS.beside.find(heading).is_some() && heading.chars().count() < 14 => Role::Other,
        Kind::AnnualReport => Role::Measures,
        Kind::WorkPlan => Role::Tasks,
        _ => Role::Other,
    });
    Before { role, named: named.is_some() }
}

/// Whether a heading names the role of its section.
pub(crate) fn names_role(kind: Kind, heading: &str, year: Option<u16>) -> bool {
    named_role(kind, heading, year).is_some()
}

/// Whether the heading of a work report names what comes.
pub(crate) fn names_plan(heading: &str, year: Option<u16>) -> bool {
    named_role(Kind::WorkReport, heading, year) == Some(Role::Plan)
}

fn named_role(kind: Kind, heading: &str, year: Option<u16>) -> Option<Role> {
    match kind {
        Kind::AnnualReport | Kind::WorkReport => of_report(kind, heading, year),
        Kind::WorkPlan => first_named(heading, &[(Role::Requirements, &HEADINGS.requirements), (Role::Overview, &HEADINGS.aims_of_plan)]),
        _ => None,
    }
}

/// The role of a section inside another: the parent's, unless its own heading says otherwise.
pub(crate) fn of_child(kind: Kind, heading: &str, parent: Role) -> Role {
    if !matches!(kind, Kind::AnnualReport | Kind::WorkReport) || matches!(parent, Role::Plan | Role::Other) {
        return parent;
    }
    if HEADINGS.leadership.find(heading).is_some() {
        return Role::Leadership;
    }
    if HEADINGS.problems.find(heading).is_some() { Role::Shortcomings } else { parent }
}

/// The role whose word stands first in the heading.
fn first_named(heading: &str, roles: &[(Role, &Words)]) -> Option<Role> {
    let found = roles.iter().filter_map(|(role, words)| words.find(heading).map(|at| (at, *role)));
    found.min_by_key(|(at, _)| *at).map(|(_, role)| role)
}

fn of_report(kind: Kind, heading: &str, year: Option<u16>) -> Option<Role> {
    if kind == Kind::AnnualReport && HEADINGS.asks.find(heading).is_some() {
        return Some(Role::Other);
    }
    if HEADINGS.problems.find(heading).or_else(|| HEADINGS.shortcomings.find(heading)).is_some() {
        return Some(Role::Shortcomings);
    }
    if HEADINGS.leadership.find(heading).is_some() {
        return Some(Role::Leadership);
    }
    // The coming year in the heading: of an annual report the one after its own, of a work report its own.
    let coming = match (kind, year) {
        (Kind::AnnualReport, Some(year)) => heading.contains(&format!("{}年", year + 1)),
        (Kind::WorkReport, Some(year)) => heading.contains(&format!("{year}年")) && HEADINGS.measures.find(heading).is_none(),
        _ => false,
    };
    if coming {
        return Some(Role::Plan);
    }
    // The years of a work report's heading lie before the meeting, or begin with it: “十五五”时期主要目标.
    if let (Kind::WorkReport, Some(year)) = (kind, year)
        && let Some((from, to)) = crate::facts::metric::named_times(heading, &Setting { kind: Some(kind), year: Some(year), ..Setting::default() }).0
        && (to < year || from >= year)
    {
        return Some(if to < year { Role::Measures } else { Role::Plan });
    }
    let back = HEADINGS.measures.find(heading);
    if HEADINGS.ahead.find(heading).is_some_and(|at| back.is_none_or(|back| at < back)) {
        return Some(Role::Plan);
    }
    if back.is_some() {
        return Some(Role::Measures);
    }
    // 落实市委工作部署: what is carried out was another's plan.
    let plan = HEADINGS.plan.find(heading).filter(|at| HEADINGS.carries_out.find(&heading[..*at]).is_none());
    let overview = HEADINGS.overview.find(heading);
    match (plan, overview) {
        (Some(plan), overview) if overview.is_none_or(|at| plan < at) => Some(Role::Plan),
        (_, Some(_)) => Some(Role::Overview),
        _ => (kind == Kind::WorkReport && HEADINGS.aims.find(heading).is_some()).then_some(Role::Plan),
    }
}
