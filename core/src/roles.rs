//! What a section is for, as its heading says.

use crate::lexicon::structure::{PLAN_ROLES, REPORT_ROLES};
use crate::{Kind, Role};

/// Words with which a report heads the work that was done, whatever else the heading names. 举措成效用词。
const MEASURES: &[&str] =
    &["举措", "成效", "主要做法", "开展情况", "完成情况", "进展情况", "落实情况", "推进情况", "执行情况", "工作回顾", "工作成绩", "主要成绩", "取得"];

/// The role of an outermost section.
pub(crate) fn of_section(kind: Kind, heading: &str, year: Option<u16>, before: Option<Role>) -> Role {
    match kind {
        Kind::AnnualReport | Kind::WorkReport => of_report(kind, heading, year, before),
        Kind::WorkPlan => first_named(heading, PLAN_ROLES).unwrap_or(Role::Tasks),
        _ => Role::Other,
    }
}

/// The role of a section inside another: the parent's, unless its own heading says otherwise.
pub(crate) fn of_child(kind: Kind, heading: &str, parent: Role) -> Role {
    if !matches!(kind, Kind::AnnualReport | Kind::WorkReport) || matches!(parent, Role::Plan | Role::Other) {
        return parent;
    }
    match first_named(heading, &REPORT_ROLES[..1]) {
        Some(role) => role,
        None if heading.contains("存在的问题") || heading.contains("存在问题") => Role::Shortcomings,
        None => parent,
    }
}

/// The role whose word stands first in the heading.
fn first_named(heading: &str, roles: &[(Role, &[&str])]) -> Option<Role> {
    let found = roles.iter().flat_map(|(role, words)| words.iter().filter_map(move |w| heading.find(w).map(|at| (at, *role))));
    found.min_by_key(|(at, _)| *at).map(|(_, role)| role)
}

fn of_report(kind: Kind, heading: &str, year: Option<u16>, before: Option<Role>) -> Role {
    let leadership = first_named(heading, &REPORT_ROLES[..1]);
    let shortcomings = first_named(heading, &REPORT_ROLES[1..2]);
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
    if MEASURES.iter().any(|w| heading.contains(w)) || heading.contains("回顾") {
        return Role::Measures;
    }
    if let Some(role) = first_named(heading, &REPORT_ROLES[2..]) {
        return role;
    }
    match (kind, before) {
        // In a work report all that follows the review, and the plan, looks ahead.
        (Kind::WorkReport, Some(Role::Plan | Role::Measures)) => Role::Plan,
        _ if heading.contains("其他") && heading.chars().count() < 14 => Role::Other,
        _ => Role::Measures,
    }
}
