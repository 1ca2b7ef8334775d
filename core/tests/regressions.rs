//! What searches, fuzzing and mutations have found, kept.

mod common;

use common::{assert_blank_lines_are_nothing, assert_laws};
use gongwen::{Date, DeadlineKind, parse};

fn dates(text: &str) -> Vec<Option<Date>> {
    parse(text).deadlines.iter().map(|d| d.date).collect()
}

/// The year of 今年, 明年 and of a bare month is the document's own.
#[test]
fn years_are_counted_from_the_documents_own() {
    let plan = |line: &str| format!("清河市2024年法治政府建设工作要点\n一、健全制度\n{line}\n二、加强保障\n加强经费保障。\n");
    assert_eq!(dates(&plan("今年6月底前完成修订。")), [Date::new(2024, 6, 30)]);
    assert_eq!(dates(&plan("明年6月底前完成修订。")), [Date::new(2025, 6, 30)]);
    assert_eq!(dates(&plan("6月底前完成修订。")), [Date::new(2024, 6, 30)]);
    assert_eq!(dates(&plan("年底前完成修订。")), [Date::new(2024, 12, 31)]);
    assert_eq!(dates(&plan("今年年底前完成修订。")), [Date::new(2024, 12, 31)]);
}

/// Floods of one shape, of which each was quadratic or deeply recursive once.
#[test]
fn floods_come_to_an_end() {
    let flood = |piece: &str| piece.repeat(60_000 / piece.len());
    for piece in
        ["首先，", "①", "；责任单位：甲", "来源：某报\n", "（公路完好畅通，促进农村经济社会持续发展，根据有\n", "市财政局 ", "和", "《", "1.", "其中1件、"]
    {
        let _ = parse(&flood(piece));
        let _ = parse(&format!("责任单位：{}", flood(piece)));
        let _ = parse(&format!("共9件，其中{}", flood(piece)));
    }
}

/// Numbers at the limit of what is held: their sums and shares cannot be.
#[test]
fn sums_beyond_all_numbers_are_left_alone() {
    let n = "70000000000000千万亿件";
    let text = format!(
        "全年新增{n}，上年结余{n}，合计12件。受理{n}，其中审结{n}，审结率12.7%。受理{n}，其中调解{n}、判决{n}。新收{n}，上年结转{n}，办结{n}，结转下年9件。工期79228162514264个半月。"
    );
    let doc = parse(&text);
    assert!(doc.metrics.len() > 10 && doc.diagnostics.is_empty(), "{:?}", doc.diagnostics);
}

/// A list of names that only spaces keep apart is read without recursion.
#[test]
fn names_apart_by_spaces_are_read_one_by_one() {
    let doc = parse("责任单位：市财政局 市司法局 市住房城乡建设局\n");
    let units: Vec<&str> = doc.responsibilities.iter().flat_map(|r| r.units.iter().map(|u| doc.slice(*u))).collect();
    assert_eq!(units, ["市财政局", "市司法局", "市住房城乡建设局"]);
}

/// What returns is a deadline everywhere, also in a report.
#[test]
fn what_returns_is_kept_in_reports() {
    let doc = parse("清河市2023年法治政府建设年度报告\n一、主要举措和成效\n每季度召开一次会议。\n二、2024年工作安排\n2024年6月底前完成修订。\n");
    let kinds: Vec<_> = doc.deadlines.iter().map(|d| d.kind).collect();
    assert_eq!(kinds, [DeadlineKind::Recurring, DeadlineKind::By]);
}

/// A sentence ends with its mark, of either width.
#[test]
fn what_is_told_in_the_next_sentence_is_not_told_of_a_deadline() {
    for mark in ["！", "!", "。", "？"] {
        let text = format!("清河市2024年法治政府建设工作要点\n一、健全制度\n2024年6月底前完成修订{mark}去年修订了三件。\n");
        let doc = parse(&text);
        assert_eq!(doc.deadlines.len(), 1, "{mark}");
    }
}

/// What a deadline looks back for ends where the one before it does.
#[test]
fn deadlines_do_not_overlap() {
    let doc = parse("清河市2024年法治政府建设工作要点\n一、健全制度\n6月底前办结的责任单位起半年内报告。\n6月底责任单位起半年内\n");
    assert!(doc.deadlines.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{:?}", doc.deadlines);
}

/// What a law did not allow for, and texts have: a page number inside a heading or behind it, punctuation of full width.
#[test]
fn laws_hold_for_what_searches_found() {
    for text in [
        "一、一、《一、责任单位：，\n0——\n，",
        "[由市司法局牵头；清河市1.1 。",
        "一、活动主题：2024年10月1日至7日．共计七天）\n",
        "一、评选范围（含各县－\n　　二、评选办法\n",
        "一是上一篇：目录\n第3页\n、一、一、一、",
        "— 1 — 3 —",
        "—１— 3—",
        "（责任单位：市司法局、（一）（牵头）牵头",
        "由（市司法局负责）市司法局牵头，市财政局配合。",
        "清河市人民政府公报\n来源：上一篇：清河要闻|返回首页\n[来源：上一篇：",
        "：〔2023〕|索引号：序号\n",
        "：〔2023〕|索引号：序号\n",
        "一、自2024年1月1日起,在本市行政区域内工作的全日\n制大专及以上学历的毕业生,在本市申请住房公积金贷款购\n2\n买住房,符合本市住房公积金贷款相关政策规定的,最高贷",
    ] {
        assert_laws(text);
        assert_blank_lines_are_nothing(text);
    }
}

/// A numbered heading is numbered behind Markdown's # too, also where its text would do for the name of a part.
#[test]
fn numbers_behind_hashes() {
    let text = |hash: &str| {
        format!("松石县2025年政府工作报告\n\n各位代表，现在报告工作。\n\n{hash}一、2024年工作回顾\n\n过去一年完成3件大事。\n\n{hash}二、任务\n\n今年增长5%。\n")
    };
    let (plain, marked) = (text(""), text("## "));
    let tree = |text: &str| {
        let doc = gongwen::parse(text);
        let said = |span| doc.slice(span).to_owned();
        doc.sections.iter().map(|s| (s.level, s.marker.map(|m| said(m.span)), s.heading.map(|h| said(h.span)))).collect::<Vec<_>>()
    };
    assert_eq!(tree(&plain).len(), 2);
    assert_eq!(tree(&plain), tree(&marked));
}

/// A document without line ends is known by the number in its head, whose digits may be of either width.
#[test]
fn a_number_of_either_width_cuts_a_head() {
    let text = |year: &str, serial: &str| format!("{}第一章 各县（市、区）政府、（清政办发〔{year}〕{serial}号）由市司法局牵头一、一、", "青河".repeat(32));
    let shape = |text: &str| {
        let doc = gongwen::parse(text);
        (doc.sections.len(), doc.metadata.len(), doc.responsibilities.len())
    };
    assert_eq!(shape(&text("2023", "18")), (2, 1, 1));
    assert_eq!(shape(&text("２０２３", "１８")), (2, 1, 1));
}

/// A numbered heading behind Markdown's # is a section, not the title of a document inside: 标准 and 制度 end titles too.
#[test]
fn numbers_behind_hashes_open_no_document() {
    let text = |hash: &str| {
        format!(
            "松石县购房补贴实施细则\n\n为做好补贴工作，制定本细则。\n\n{hash}一、补贴的对象\n\n本县居民新购住房。\n\n{hash}二、补贴发放标准\n\n按房款的1%补贴。\n\n\
             {hash}三、县级部门会商制度\n\n1.每月会商1次。\n\n2.每季度通报1次。\n"
        )
    };
    let headings = |text: &str| {
        let doc = gongwen::parse(text);
        doc.sections.iter().map(|s| (s.level, s.heading.map(|h| doc.clean(h.span).into_owned()))).collect::<Vec<_>>()
    };
    assert_eq!(headings(&text("")).len(), 5);
    assert_eq!(headings(&text("")), headings(&text("## ")));
}

/// Markdown's # do not make a name of a part too long for one.
#[test]
fn hashes_are_no_part_of_a_name() {
    let text = |hash: &str| {
        let lead = "县人民政府有关部门介绍了今年以来各项政策的执行情况，并且回答了居民关心的问题。\n\n";
        let name = |name: &str, text: &str| format!("{hash}{name}\n\n{text}有关部门表示，将继续完善办法，让更多的居民享受到政策带来的方便和实惠。\n\n");
        lead.repeat(2)
            + &name("优化居民住房贷款办理流程、积极组织开展看房活动", "全县已经设立服务窗口12个，办理贷款300笔。")
            + lead
            + &name("满足建设项目合理融资的需求、允许企业分期缴纳费用", "已经为8个项目办理了分期缴纳。")
    };
    let headings = |text: &str| {
        let doc = gongwen::parse(text);
        doc.sections.iter().map(|s| s.heading.map(|h| doc.clean(h.span).into_owned())).collect::<Vec<_>>()
    };
    assert_eq!(headings(&text("")).len(), 2, "{:?}", headings(&text("")));
    assert_eq!(headings(&text("")), headings(&text("## ")));
}
