//! Text that was cut by the width of a page is put together again: a text wrapped at some width reads as it did before.
//!
//! The texts are real ones, which are no part of this repository: see `GONGWEN_SHARED` in [`common`]. Invented ones
//! show the same in small.
#![cfg(feature = "formats")]

mod common;

#[path = "common/same.rs"]
mod same;

use common::shared_texts;
use gongwen::{Code, Document, OffsetEncoding, Span, parse};
use same::{PLACES, PROSE, wrap};
use serde_json::Value;
use std::collections::BTreeSet;

/// All that is read from a document, a table a row, without places: in their stead stands what is there, without blanks.
fn reading(doc: &Document<'_>) -> Vec<(String, Value)> {
    let mut form: Value = serde_json::from_str(&doc.to_json(OffsetEncoding::Utf8)).unwrap();
    settle(doc, "", &mut form);
    form.as_object().unwrap().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Puts in the stead of each place what is there.
fn settle(doc: &Document<'_>, key: &str, value: &mut Value) {
    let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let place = |v: &Value| Some(Span::new(v.get(0)?.as_u64()? as u32, v.get(1)?.as_u64()? as u32));
    match value {
        Value::Array(list) if PLACES.contains(&key) && list.len() == 2 && list.iter().all(Value::is_number) => {
            *value = solid(&doc.clean(place(value).unwrap())).into();
        }
        Value::Array(list) => list.iter_mut().for_each(|v| settle(doc, key, v)),
        Value::Object(map) => map.iter_mut().for_each(|(key, v)| settle(doc, key, v)),
        Value::String(s) => *s = solid(s),
        _ => {}
    }
}

fn metrics(doc: &Document<'_>) -> Vec<String> {
    doc.metrics.iter().map(|m| format!("{:?} {:?} {:?} {:?} {:?}", m.value, m.value_high, doc.clean(m.span), m.bound, m.modality)).collect()
}

#[test]
fn real_texts_read_the_same_when_wrapped() {
    let Some(texts) = shared_texts() else { return };
    let plain = |text: &str| {
        let lines: Vec<_> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        let fits = lines.len() >= 8 && lines.iter().any(|l| l.chars().count() >= 60) && !text.contains(['|', '\t', '&']);
        fits.then(|| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>())
    };
    let texts: Vec<_> = texts.iter().filter_map(|(path, text)| Some((path, plain(text)?))).collect();
    for width in [28, 34, 40] {
        let (mut differ, mut lost, mut all) = (0, 0, 0);
        for (path, lines) in &texts {
            let (whole, cut) = (lines.join("\n"), lines.iter().map(|l| wrap(l, width)).collect::<Vec<_>>().join("\n"));
            let (whole, cut) = (parse(&whole), parse(&cut));
            let keys: Vec<_> = reading(&whole).into_iter().zip(reading(&cut)).filter(|(a, b)| a != b).map(|(a, _)| a.0).collect();
            if !keys.is_empty() && std::env::var_os("GONGWEN_SHOW").is_some() {
                eprintln!("  {} at {width}: {}", path.display(), keys.join(" "));
            }
            differ += usize::from(!keys.is_empty());
            let found: BTreeSet<_> = metrics(&cut).into_iter().collect();
            let expected: BTreeSet<_> = metrics(&whole).into_iter().collect();
            all += expected.len();
            lost += expected.difference(&found).count();
        }
        eprintln!("wrapped at {width}: {differ} of {} texts read differently, {lost} of {all} metrics are lost", texts.len());
        assert!(differ * 100 <= texts.len() * 10, "{differ} of {} texts read differently when wrapped at {width}", texts.len());
        assert!(lost * 200 <= all, "{lost} of {all} metrics are lost when wrapped at {width}");
    }
}

/// Cuts at the width alone, in the middle of numbers too.
fn wrap_anywhere(paragraph: &str, width: usize) -> String {
    let chars: Vec<char> = "\u{3000}\u{3000}".chars().chain(paragraph.chars()).collect();
    chars.chunks(width).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}

/// The metrics of a text that begin with the rest of a number, where no diagnostic says so.
fn halved(cut: &str) -> (usize, Vec<String>) {
    let doc = parse(cut);
    let told = |span: Span| doc.diagnostics.iter().any(|d| d.span.start <= span.end && span.start <= d.span.end);
    let written = |c: char| "一二三四五六七八九十百千万零〇".contains(c);
    let half = |span: Span| {
        let metric = doc.slice(span);
        let before = &cut[..span.start as usize];
        // 18 ⏎ .5亿元: the point is no part of what is read.
        let (point, before) = before.strip_suffix(['.', ',']).map_or((false, before), |before| (true, before));
        let Some(above) = before.strip_suffix('\n') else { return false };
        let number = above.strip_suffix(['.', ',']).filter(|_| !point).unwrap_or(above);
        metric.starts_with(|c: char| c.is_ascii_digit()) && number.ends_with(|c: char| c.is_ascii_digit())
            || metric.starts_with(written) && above.ends_with(written)
    };
    let halves = doc.metrics.iter().filter(|m| half(m.span) && !told(m.span)).map(|m| doc.slice(m.span).to_owned()).collect();
    (doc.metrics.len(), halves)
}

#[test]
fn a_number_that_is_cut_is_never_halved() {
    let Some(texts) = shared_texts() else { return };
    let is_digit = |c: char| c.is_ascii_digit();
    let (mut all, mut found, mut few, mut of_few) = (0, Vec::new(), 0, Vec::new());
    for (name, text) in &texts {
        let lines: Vec<_> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        // Cells that stand on lines of their own are numbers beside numbers.
        if lines.iter().any(|l| l.chars().count() <= 6 && l.starts_with(is_digit)) || text.contains(['|', '\t', '&']) {
            continue;
        }
        for width in [28, 34, 40] {
            let cut = lines.iter().map(|l| wrap_anywhere(l, width)).collect::<Vec<_>>().join("\n");
            let (metrics, halves) = halved(&cut);
            all += metrics;
            found.extend(halves.into_iter().map(|half| format!("{} at {width}: {half}", name.display())));
            // A text of one paragraph shows no page. Where a name has digits at its end (8-1 ⏎ 4栋), nothing tells.
            if let Some(long) = lines.iter().find(|l| l.chars().count() > 60 && l.contains(is_digit)) {
                let (metrics, halves) = halved(&wrap_anywhere(long, width));
                few += metrics;
                of_few.extend(halves.into_iter().map(|half| format!("{} at {width}: {half}", name.display())));
            }
        }
    }
    eprintln!("{} of {all} metrics are half a number: {found:?}", found.len());
    assert!(found.is_empty(), "{} of {all} metrics are half a number: {found:?}", found.len());
    eprintln!("{} of {few} metrics of one paragraph are half a number: {of_few:?}", of_few.len());
    assert!(of_few.len() * 1000 <= few, "{} of {few} metrics of one paragraph are half a number: {of_few:?}", of_few.len());
}

#[test]
fn half_of_a_number_is_doubted() {
    let doubted = |text: &str| {
        let doc = parse(text);
        assert!(doc.metrics.is_empty(), "{text}: {:?}", metrics(&doc));
        doc.diagnostics.iter().map(|d| format!("{} {}", d.code, doc.slice(d.span))).collect::<Vec<_>>()
    };
    assert_eq!(doubted("松石县工作要点\n全年办理案件10\n3411件。\n"), ["doubtful_number 3411件"]);
    assert_eq!(doubted("松石县工作要点\n完成投资18\n.5亿元。\n"), ["doubtful_number 5亿元"]);
    assert_eq!(doubted("松石县工作要点\n落实补助资金1,23\n4,567元。\n"), ["doubtful_number 4,567元"]);
    assert_eq!(doubted("松石县工作要点\n完成投资二十\n三亿元。\n"), ["doubtful_number 三亿元"]);
    // A year, a short cell, a blank line and a label do not go on.
    for text in ["松石县工作要点\n全县总人口2023\n3411件。\n", "件数10\n3411件。\n", "全年办理案件10\n\n3411件。\n", "办公电话：12345\n3411件。\n"]
    {
        let doc = parse(text);
        assert!(!doc.metrics.is_empty() && doc.diagnostics.iter().all(|d| d.code != gongwen::Code::DoubtfulNumber), "{text}");
    }
}

#[test]
fn an_invented_text_reads_the_same() {
    let text = "松石县2024年政府工作要点\n\
                为做好2024年各项工作，推动全县经济社会高质量发展，结合本县实际，经县人民政府研究同意，现制定本工作要点如下。\n\
                一、加快推进城乡建设，完善水电路气网等各类基础设施，补齐民生短板\n\
                （一）实施道路提升工程。全年新建和改造农村公路120.5公里，完成投资18.5亿元，改造危桥12座，惠及群众35000余人。\n\
                （二）实施安居工程。新开工保障性住房1200套，改造老旧小区46个，完成棚户区改造800户，力争6月15日前全部开工建设。\n\
                二、持续优化营商环境，激发各类市场主体活力\n\
                全面落实减税降费政策，新增市场主体6500户，规模以上工业增加值增长8%左右，高新技术企业达到130家，技术合同成交额突破20亿元。\n\
                深化政务服务改革，推行一件事一次办，网上办理率达到95%以上，办事材料精简30%，群众和企业办事更加方便快捷，满意度持续提升。\n\
                三、切实保障和改善民生，不断增强人民群众的获得感和幸福感\n\
                坚持就业优先战略，城镇新增就业8000人以上，开展职业技能培训12000人次，帮助就业困难人员就业900人，动态消除零就业家庭。\n\
                办好人民满意的教育，新建和改扩建学校15所，新增学位6000个，义务教育巩固率保持在98%以上，高中阶段毛入学率达到96%左右。\n\
                提升医疗卫生服务水平，县域内就诊率达到90%以上，每千人口执业医师达到3.2人，家庭医生签约服务覆盖重点人群85%以上。\n";
    for width in [20, 28, 34, 40] {
        let cut = text.lines().map(|l| wrap(l, width)).collect::<Vec<_>>().join("\n");
        assert_eq!(reading(&parse(&cut)), reading(&parse(text)), "wrapped at {width}:\n{cut}");
    }
}

/// The number of a page that copying left at the start of a line is no number of a unit that nobody knows: …的能 ⏎ 14力，….
#[test]
fn the_number_of_a_page_has_no_unknown_unit() {
    let han = |c: Option<char>| c.is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let mut tried = 0;
    for width in 20..44 {
        let wrapped = PROSE.map(|paragraph| wrap(paragraph, width)).join("\n");
        let lines: Vec<&str> = wrapped.lines().collect();
        for i in 1..lines.len() {
            let mut chars = lines[i].chars();
            let word = han(chars.next()) && chars.next().is_some_and(|c| "，。；、".contains(c)) && han(lines[i - 1].chars().next_back());
            if word {
                let numbered: Vec<String> = lines.iter().enumerate().map(|(at, line)| if at == i { format!("14{line}") } else { (*line).to_owned() }).collect();
                let text = numbered.join("\n");
                assert!(parse(&text).diagnostics.iter().all(|d| d.code != Code::UnknownUnit), "{text}");
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried} tried");
}

#[test]
fn a_number_between_two_lines_is_read_whole() {
    let found = |text: &str| metrics(&parse(text)).join(" ");
    let head = "松石县2024年工作要点\n一、重点任务\n（一）推进项目建设。";
    assert!(found(&format!("{head}完成投资18.\n5亿元。\n")).contains("18.5亿元"));
    assert!(found(&format!("{head}全年完成投资18\n亿元，比上年增加。\n")).contains("18亿元"));
    // Between two digits, at the end of a line that is long; what a label gives is another number.
    assert!(found(&format!("{head}县城各小区全部接通燃气，居民用气户数由去年的6\n0万户增加到75万户。\n")).contains("60万户"));
    assert!(found(&format!("{head}报名人员应当具有本科及以上学历，年龄为3\n5周岁以下。\n")).contains("35周岁"));
    assert!(found(&format!("{head}引进的人才按照学历和职称给予购房补贴，分别享受30万元/1\n5万元。\n")).contains("15万元"));
    assert!(found(&format!("{head}首套住房公积金贷款年利率五年以下和五年以上分别为3.0\n25%。\n")).contains("3.025%"));
    assert!(found(&format!("{head}县城各小区全部接通燃气，居民用气户数由去年的60\n.5万户增加到75万户。\n")).contains("60.5万户"));
    assert!(found(&format!("{head}全县农村公路养护经费由县乡两级分担，合计为1,23\n4,567元。\n")).contains("1,234,567元"));
    assert!(found(&format!("{head}全县农村公路养护经费由县乡两级财政分担，合计为二十\n三亿元。\n")).contains("二十三亿元"));
    assert!(!found(&format!("{head}松石县临江大道东侧地块不动产权证号：123\n5户居民。\n")).contains("1235"));
    // A marker on a line of its own is no part of the number below it.
    assert!(!found(&format!("{head}\n1.\n5亿元资金到位。\n")).contains("1.5"));
}
