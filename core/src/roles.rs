//! What a section is for, as its heading says.

use crate::facts::Setting;
use crate::lexicon::Words;
use crate::lexicon::structure::{PLAN_ROLES, REPORT_ROLES};
use crate::{Kind, Role};
use std::sync::LazyLock;

/// Words with which a report heads the work that was done, whatever else the heading names. 举措成效用词。
const MEASURES: &[&str] =
    &["举措", "成效", "主要做法", "开展情况", "完成情况", "进展情况", "落实情况", "推进情况", "执行情况", "工作回顾", "工作成绩", "主要成绩", "取得", "回顾"];

/// Words that turn a heading to what comes, if none of the above stands before them: 下一步主要举措. 转向今后的用词。
const AHEAD: &[&str] = &["下一步", "下步", "下一阶段", "下一年", "明年", "今后", "打算", "思路"];

/// What a report puts to those it is made to: it neither reviews nor plans. 提请决策、审议的事项。
const ASKS: &[&str] = &["决策事项", "决策的事项", "审议事项", "审议的事项", "请示事项", "请示的事项", "提请审议", "提请决策"];

/// Words with which a work report, and no report on one field's past year, heads what comes. 政府工作报告的安排用词。
const AIMS: &[&str] = &["主要目标", "主要任务", "重大任务", "总体要求", "奋斗目标", "发展目标", "主要考虑", "总体考虑"];

/// The role of an outermost section, and whether its own heading named it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before {
    pub(crate) role: Role,
    pub(crate) named: bool,
}

/// What is known of an outermost section beside its heading.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// The role of the section before.
    pub(crate) before: Option<Before>,
    /// A later heading names what comes.
    pub(crate) plan_below: bool,
    /// The text above has turned to what comes.
    pub(crate) ahead: bool,
    /// The verbs of its text speak of what comes.
    pub(crate) future: bool,
    /// They speak of what was.
    pub(crate) past: bool,
}

/// The role of an outermost section.
pub(crate) fn of_section(kind: Kind, heading: &str, year: Option<u16>, around: Around) -> Before {
    let Around { before, plan_below, ahead, future, past } = around;
    let named = named_role(kind, heading, year);
    let role = named.unwrap_or_else(|| match kind {
        Kind::WorkReport => match before {
            // What only its verbs told to look ahead says nothing of what looks back.
            Some(Before { role: Role::Plan, named: false }) if past && !ahead => Role::Measures,
            // What follows the plan looks ahead; what follows the review does where no heading below begins the plan.
            Some(Before { role: Role::Plan, .. }) => Role::Plan,
            Some(Before { named: true, .. }) if !plan_below => Role::Plan,
            _ if ahead && !plan_below => Role::Plan,
            // No heading of the document begins the plan.
            _ if future && !plan_below => Role::Plan,
            _ => Role::Measures,
        },
        Kind::AnnualReport if heading.contains("其他") && heading.chars().count() < 14 => Role::Other,
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
        Kind::WorkPlan => first_named(heading, &PLAN),
        _ => None,
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
static AIMS_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(AIMS.iter().copied()));
static AHEAD_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(AHEAD.iter().copied()));
static ASKS_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(ASKS.iter().copied()));
static MEASURES_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(MEASURES.iter().copied()));

/// The role whose word stands first in the heading.
fn first_named(heading: &str, roles: &[(Role, Words)]) -> Option<Role> {
    first_at(heading, roles).map(|(_, role)| role)
}

/// The same, and where that word stands.
fn first_at(heading: &str, roles: &[(Role, Words)]) -> Option<(usize, Role)> {
    let found = roles.iter().filter_map(|(role, words)| words.find(heading).map(|at| (at, *role)));
    found.min_by_key(|(at, _)| *at)
}

fn of_report(kind: Kind, heading: &str, year: Option<u16>) -> Option<Role> {
    if kind == Kind::AnnualReport && ASKS_WORDS.find(heading).is_some() {
        return Some(Role::Other);
    }
    let leadership = first_named(heading, &REPORT[..1]);
    let shortcomings = first_named(heading, &REPORT[1..2]);
    if let Some(role) = shortcomings.or(leadership) {
        return Some(role);
    }
    // The coming year in the heading: of an annual report the one after its own, of a work report its own.
    let coming = match (kind, year) {
        (Kind::AnnualReport, Some(year)) => heading.contains(&format!("{}年", year + 1)),
        (Kind::WorkReport, Some(year)) => heading.contains(&format!("{year}年")) && MEASURES_WORDS.find(heading).is_none(),
        _ => false,
    };
    if coming {
        return Some(Role::Plan);
    }
    // The years of a work report's heading lie before the meeting, or begin with it: “十五五”时期主要目标.
    if let (Kind::WorkReport, Some(year)) = (kind, year)
        && let Some((from, to)) = crate::facts::metric::named_years(heading, &Setting { kind: Some(kind), year: Some(year), ..Setting::default() })
        && (to < year || from >= year)
    {
        return Some(if to < year { Role::Measures } else { Role::Plan });
    }
    let back = MEASURES_WORDS.find(heading);
    if AHEAD_WORDS.find(heading).is_some_and(|at| back.is_none_or(|back| at < back)) {
        return Some(Role::Plan);
    }
    if back.is_some() {
        return Some(Role::Measures);
    }
    // 落实市委工作部署: what is carried out was another's plan.
    let carried_out = |at: usize| ["落实", "贯彻", "执行"].iter().any(|verb| heading[..at].contains(verb));
    let named = first_at(heading, &REPORT[2..]).filter(|(at, role)| *role != Role::Plan || !carried_out(*at)).map(|(_, role)| role);
    named.or((kind == Kind::WorkReport && AIMS_WORDS.find(heading).is_some()).then_some(Role::Plan))
}
