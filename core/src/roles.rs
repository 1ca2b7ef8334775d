//! What a section is for, as its heading says.

use crate::lexicon::Words;
use crate::lexicon::structure::{PLAN_ROLES, REPORT_ROLES};
use crate::{Kind, Role};
use std::sync::LazyLock;

/// Words with which a report heads the work that was done, whatever else the heading names. 举措成效用词。
const MEASURES: &[&str] =
    &["举措", "成效", "主要做法", "开展情况", "完成情况", "进展情况", "落实情况", "推进情况", "执行情况", "工作回顾", "工作成绩", "主要成绩", "取得", "回顾"];

/// The role of an outermost section.
pub(crate) fn of_section(kind: Kind, heading: &str, year: Option<u16>, before: Option<Role>) -> Role {
    match kind {
        Kind::AnnualReport | Kind::WorkReport => of_report(kind, heading, year, before),
        Kind::WorkPlan => first_named(heading, &PLAN).unwrap_or(Role::Tasks),
        _ => Role::Other,
    }
}

/// The role of a section inside another: the parent's, unless its own heading says otherwise.
pub(crate) fn of_child(kind: Kind, heading: &str, parent: Role) -> Role {
    if !matches!(kind, Kind::AnnualReport | Kind::WorkReport) || matches!(parent, Role::Plan | Role::Other) {
        return parent;
    }
    match first_named(heading, &REPORT[..1]) {
        Some(role) => role,
        None if heading.contains("存在的问题") || heading.contains("存在问题") => Role::Shortcomings,
        None => parent,
    }
}

/// The words of one role after another, ready to be found.
type Roles = Vec<(Role, Words)>;

fn ready(roles: &[(Role, &'static [&'static str])]) -> Roles {
    roles.iter().map(|(role, words)| (*role, Words::new(words.iter().copied()))).collect()
}

static REPORT: LazyLock<Roles> = LazyLock::new(|| ready(REPORT_ROLES));
static PLAN: LazyLock<Roles> = LazyLock::new(|| ready(PLAN_ROLES));
static MEASURES_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(MEASURES.iter().copied()));

/// The role whose word stands first in the heading.
fn first_named(heading: &str, roles: &[(Role, Words)]) -> Option<Role> {
    let found = roles.iter().filter_map(|(role, words)| words.find(heading).map(|at| (at, *role)));
    found.min_by_key(|(at, _)| *at).map(|(_, role)| role)
}

fn of_report(kind: Kind, heading: &str, year: Option<u16>, before: Option<Role>) -> Role {
    let leadership = first_named(heading, &REPORT[..1]);
    let shortcomings = first_named(heading, &REPORT[1..2]);
    if let Some(role) = shortcomings.or(leadership) {
        return role;
    }
    // A coming year in the heading of an annual report: 2024年工作安排.
    let coming = match (kind, year) {
        (Kind::AnnualReport, Some(year)) => heading.contains(&format!("{}年", year + 1)),
        _ => false,
    };
    if coming {
        return Role::Plan;
    }
    if MEASURES_WORDS.find(heading).is_some() {
        return Role::Measures;
    }
    if let Some(role) = first_named(heading, &REPORT[2..]) {
        return role;
    }
    match (kind, before) {
        // In a work report all that follows the review, and the plan, looks ahead.
        (Kind::WorkReport, Some(Role::Plan | Role::Measures)) => Role::Plan,
        _ if heading.contains("其他") && heading.chars().count() < 14 => Role::Other,
        _ => Role::Measures,
    }
}
