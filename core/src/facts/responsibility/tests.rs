//! Laws that hold for any text, for all three finders together.

use super::{FirstLeads, declares_first_leads};
use crate::facts::{Facts, Passage, Setting, deadline, reference, responsibility};
use crate::lines::split;
use crate::scan::{Class, look, scan_squeezed};
use crate::view::{Scratch, View};
use crate::{Kind, Span};
use proptest::prelude::*;

fn read(text: &str, kind: Kind) -> Facts {
    let mut scratch = Scratch::default();
    let mut anchors = Vec::new();
    let view = if look(text, &mut anchors).has(Class::Noise) {
        let view = View::squeezed(text, 0, &[], &mut scratch);
        scan_squeezed(view.text, &mut anchors);
        view
    } else {
        View::plain(text, 0)
    };
    let passage = Passage::alone(view, &anchors);
    let setting = Setting { kind: Some(kind), year: Some(2024), first_leads: declares_first_leads(text, &split(text, None)), ..Setting::default() };
    let (mut out, mut taken) = (Facts::default(), Vec::new());
    reference::find(&passage, &setting, &mut out, &mut taken);
    deadline::find(&passage, &setting, crate::facts::Classes::seen(passage.anchors), &mut out, &mut taken);
    responsibility::find(&passage, &setting, &mut out, &mut taken);
    assert!(taken.iter().all(|(a, b)| a < b && view.text.get(*a as usize..*b as usize).is_some()));
    out
}

/// Texts made of the genre's own pieces, so that most of them get deep.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec!["（", "）", "(", ")", "[", "]", "【", "】", "〔", "〕", "《", "》", "〈", "〉"]),
        prop::sample::select(vec!["，", "、", "；", "：", "。", ",", ";", ":", "\n", " ", "&nbsp;", "\u{3000}", "|"]),
        prop::sample::select(vec!["责任单位", "牵头", "牵头单位", "配合", "负责", "由", "等", "和", "按职责分工", "分别", "组织实施", "列第一位的为牵头单位"]),
        prop::sample::select(vec!["市司法局", "各县", "市、区", "政府", "文化和旅游局", "有关部门", "同志", "王明", "完成时限", "各"]),
        prop::sample::select(vec![
            "2024年",
            "12月",
            "31日",
            "6月底",
            "前",
            "至",
            "自",
            "起",
            "年内",
            "年底",
            "每",
            "季度",
            "半年",
            "15个工作日",
            "内",
            "第一",
            "定期",
            "按月",
            "十",
            "半"
        ]),
        prop::sample::select(vec!["某政办发", "〔2023〕", "25号", "(2023)", "第", "号", "𠀀", "😀", "a", "了", "的"]),
    ];
    prop_oneof![prop::collection::vec(piece, 0..40).prop_map(|v| v.concat()), "\\PC{0,60}"]
}

/// The same text with the punctuation of the other width.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '，' => ',',
            '；' => ';',
            '：' => ':',
            '（' => '(',
            '）' => ')',
            '【' | '〔' => '[',
            '】' | '〕' => ']',
            c => c,
        })
        .collect()
}

fn shape(text: &str, facts: &Facts) -> Vec<String> {
    let part = |s: Span| half_width(&text[s.range()]);
    let mut out: Vec<String> = Vec::new();
    for r in &facts.responsibilities {
        let units: Vec<_> = r.units.iter().map(|u| part(*u)).collect();
        out.push(format!("{} {units:?} {:?} {:?}", r.role, r.manner.map(part), r.deadline));
    }
    out.extend(facts.deadlines.iter().map(|d| format!("{} {:?} {:?} {}", d.kind, d.date, d.every, part(d.span))));
    out.extend(facts.references.iter().map(|r| format!("{} {:?}", part(r.span), r.title.map(part))));
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn rows_lie_where_they_say(text in text()) {
        for kind in [Kind::WorkPlan, Kind::Notice, Kind::AnnualReport] {
            let facts = read(&text, kind);
            let ok = |s: Span| text.get(s.range()).is_some();
            for r in &facts.responsibilities {
                prop_assert!(ok(r.span) && !r.units.is_empty());
                prop_assert!(r.units.iter().all(|u| ok(*u) && !u.is_empty() && r.span.contains(*u)), "{:?}", r);
                prop_assert!(r.manner.is_none_or(|m| ok(m) && r.span.contains(m)));
                prop_assert!(r.units.windows(2).all(|w| w[0].end <= w[1].start));
                prop_assert!(r.deadline.is_none_or(|d| (d as usize) < facts.deadlines.len()));
            }
            prop_assert!(facts.deadlines.iter().all(|d| ok(d.span) && !d.span.is_empty()));
            prop_assert!(facts.deadlines.windows(2).all(|w| w[0].span.end <= w[1].span.start));
            for r in &facts.references {
                prop_assert!(ok(r.span) && r.title.is_none_or(|t| r.span.contains(t)));
                prop_assert!(r.number.is_none_or(|n| r.span.contains(n.span) && n.span.contains(n.agency)));
                prop_assert!(r.title.is_some() || r.number.is_some());
            }
            prop_assert!(facts.references.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        }
    }

    #[test]
    fn the_width_of_punctuation_changes_nothing(text in text()) {
        let half = half_width(&text);
        for kind in [Kind::WorkPlan, Kind::Notice] {
            prop_assert_eq!(shape(&text, &read(&text, kind)), shape(&half, &read(&half, kind)));
        }
    }
}

#[test]
fn floods_are_read_in_one_go() {
    for piece in [
        "（",
        "（责任单位：",
        "[由",
        "《",
        "按",
        "按职责",
        "由市司法局",
        "市司法局、",
        "牵头",
        "2024年",
        "6月底前",
        "自",
        "每",
        "十",
        "（市司法局负责",
        "）",
        "责任单位：",
        "由市司法局牵头，",
        "〔2023〕",
        "(1)负责)",
    ] {
        let text = piece.repeat(40_000);
        let start = std::time::Instant::now();
        read(&text, Kind::WorkPlan);
        assert!(start.elapsed().as_secs() < 10, "{piece}: {:?}", start.elapsed());
    }
}

#[test]
fn declarations() {
    for (text, leads) in [
        ("（列第一位者为牵头单位，下同）", FirstLeads::Unit),
        ("排在第一位的部门为牵头\n部门", FirstLeads::Unit),
        ("首位单位为牵头单位", FirstLeads::Unit),
        ("逗号前面的为牵头单位,下同", FirstLeads::BeforeComma),
        ("把安全放在第一位。由市司法局牵头", FirstLeads::No),
        ("牵头单位：市司法局", FirstLeads::No),
    ] {
        assert_eq!(declares_first_leads(text, &split(text, None)), leads, "{text}");
    }
}

/// The names that are read out of a text.
fn names(text: &str) -> Vec<&str> {
    read(text, Kind::WorkPlan).responsibilities.iter().flat_map(|r| &r.units).map(|unit| &text[unit.range()]).collect()
}

#[test]
fn what_joins_a_name_is_no_part_of_it() {
    for word in ["和", "及", "以及", "其中", "并由"] {
        assert_eq!(names(&format!("（责任单位：市司法局、{word}市财政局）")), ["市司法局", "市财政局"], "{word}");
    }
    // 和县 and 和平区 are places.
    for name in ["和县", "和平区"] {
        assert_eq!(names(&format!("（责任单位：市司法局、{name}）")), ["市司法局", name]);
    }
}

#[test]
fn a_labelled_list_needs_one_name_that_ends_as_bodies_do() {
    assert_eq!(names("（责任单位：市司法局、综合窗口）"), ["市司法局", "综合窗口"]);
    assert_eq!(names("（责任人：王明）"), ["王明"]);
    assert_eq!(names("责任单位：市司法局、综合窗口"), ["市司法局", "综合窗口"]);
    for text in ["（责任单位：综合窗口）", "责任单位：综合窗口", "（责任单位：无）", "（责任单位：）"] {
        assert_eq!(names(text), [""; 0], "{text}");
    }
}
