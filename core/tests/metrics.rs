//! Metrics through the public interface: spellings, traps, and what must hold for every number.

use gongwen::{Bound, ChangeKind, Decimal, Document, Metric, parse};
use proptest::prelude::*;

fn one<'d>(doc: &'d Document<'_>) -> &'d Metric {
    assert_eq!(doc.metrics.len(), 1, "{:?} {:?}", doc.text(), doc.metrics);
    &doc.metrics[0]
}

fn value(text: &str) -> (String, String, Bound) {
    let doc = parse(text);
    let m = one(&doc);
    (m.value.to_string(), doc.unit(m).into_owned(), m.bound)
}

/// A hedge is looked for up to the number, also behind the words in which the noun is.
#[test]
fn a_hedge_behind_the_noun() {
    let text = "()至不低于由80天缩短至30天";
    assert_eq!(parse(text).metrics.len(), 2);
}

/// A rank, a reference or a piece of a formula beside a number that counts.
#[test]
fn ranks_are_not_counted() {
    for (rank, count) in [
        ("办理第3至5批案件。", "办理3至5批案件。"),
        ("培训几百人。", "培训三百人。"),
        ("培训数千人。", "培训五千人。"),
        ("通报前10名单位。", "通报10名干部。"),
        ("表彰列前5位的街道。", "表彰5位先进。"),
        ("奖励总额×60%。", "奖励总额的60%。"),
        ("完成B-3项任务。", "完成3项任务。"),
        ("召开G20个国家会议。", "召开20个国家会议。"),
        ("修改第2条和3条。", "修改2条和3条。"),
        ("会议于9时30分开始。", "平均得30分。"),
    ] {
        assert_eq!(parse(rank).metrics, [], "{rank}");
        assert!(!parse(count).metrics.is_empty(), "{count}");
    }
    // A share is one wherever it stands, and a rank ends with its clause.
    for text in ["奖励前30%的街道。", "此前10人受到处理。", "第2条规定执行到位，完成3项任务。"] {
        assert_eq!(parse(text).metrics.len(), 1, "{text}");
    }
}

#[test]
fn spellings_of_one_number() {
    for (text, expected, unit) in [
        ("共受理案件1234件。", "1234", "件"),
        ("共受理案件1,234件。", "1234", "件"),
        ("共受理案件１２３４件。", "1234", "件"),
        ("共受理案件１，２３４件。", "1234", "件"),
        ("共受理案件一千二百三十四件。", "1234", "件"),
        ("共投入资金1.35万元。", "13500", "元"),
        ("共投入资金一万三千五百元。", "13500", "元"),
        ("共投入资金13500元。", "13500", "元"),
        ("共投入资金0.5亿元。", "50000000", "元"),
        ("共投入资金五千万元。", "50000000", "元"),
        ("共投入资金5000万元。", "50000000", "元"),
        ("服务群众二十五万人次。", "250000", "人次"),
        ("服务群众廿五人次。", "25", "人次"),
        ("举办讲座两场。", "2", "场"),
        ("举办讲座十场。", "10", "场"),
        ("总投资1.2万亿元。", "1200000000000", "元"),
        ("增长二点五倍。", "2.5", "倍"),
        ("装机5千瓦。", "5", "千瓦"),
        ("装机5000千瓦时。", "5000", "千瓦时"),
        ("合格率98.50%。", "98.5", "%"),
    ] {
        let (value, u, bound) = value(text);
        assert_eq!((value.as_str(), u.as_str(), bound), (expected, unit, Bound::Exact), "{text}");
    }
}

#[test]
fn hedges() {
    for (text, bound) in [
        ("办理案件300余件。", Bound::Over),
        ("办理案件300多件。", Bound::Over),
        ("办理案件三百余件。", Bound::Over),
        ("办理案件千余件。", Bound::Over),
        ("办理案件上千件。", Bound::Over),
        ("办理案件超300件。", Bound::Over),
        ("办理案件突破300件。", Bound::Over),
        ("办理案件逾300件。", Bound::Over),
        ("办理案件约300件。", Bound::About),
        ("办理案件近300件。", Bound::About),
        ("办理案件300件左右。", Bound::About),
        ("办理案件300件以上。", Bound::AtLeast),
        ("办理案件300件及以上。", Bound::AtLeast),
        ("办理案件不少于300件。", Bound::AtLeast),
        ("至少办理300件案件。", Bound::AtLeast),
        ("办理案件不足300件。", Bound::Under),
        ("办理案件300件以下。", Bound::AtMost),
        ("办理案件不超过300件。", Bound::AtMost),
        ("案件不得超过总数的30%。", Bound::AtMost),
        ("办理节约300件。", Bound::Exact),
        ("公司签约300件。", Bound::Exact),
    ] {
        assert_eq!(value(text).2, bound, "{text}");
    }
}

#[test]
fn no_metrics() {
    for text in [
        "2023年3月15日，会议召开。",
        "二〇二三年三月，会议召开。",
        "“十四五”规划和二十届三中全会精神。",
        "第3次会议、第十二条、第一、二款、第3至5名。",
        "位居全市第二名，进入全省前10名。",
        "12345热线、12345政务服务便民热线、12315平台。",
        "联系电话：0755-12345678，手机13800138000。",
        "索引号：640202039/2022-00004，编号GB50225-2005。",
        "网址https://www.example.com/2023/12/a35.html。",
        "陕政办发〔2023〕25号、国办函[2020]3号。",
        "行政执法“三项制度”、三项制度、四个意识、两个维护、八项规定。",
        "一网通办、双随机、一公开、一站式、一把手、一户一策、一支队伍管执法。",
        "“1+5+6”普法体系、“1313”模式、“33条+19条”。",
        "一是加强领导。二是压实责任。三是强化督查。",
        "市、县两级政府，自治区、市、区三级人大代表。",
        "一些部门、一批项目、一系列举措、一定程度、一体化推进、进一步完善。",
        "数十家企业、几百名群众、十几个部门、若干次。",
        "《临江市2023年100项改革任务》",
        "近三年、过去五年、三年行动、24小时热线、15分钟便民圈、90年代。",
        "二级标准、一类课题、A级景区、5G基站建设、4K电视、PM2.5、G318线。",
        "首个、千家万户、千方百计、百花齐放、万众创新。",
        "省委十三届六次全会、十四届人大三次会议。",
        "一次性补助、独生子女一个名额。",
        "12345678901234567890件。",
    ] {
        let doc = parse(text);
        let found: Vec<_> = doc.metrics.iter().map(|m| doc.slice(m.span)).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn changes() {
    let doc = parse("审批时间由80天缩短至30天，满意率从92%提高到96.5%，投诉同比下降12.5%。");
    let kinds: Vec<_> = doc.metrics.iter().map(|m| m.change.map(|c| (c.kind, c.from, c.to))).collect();
    let d = |s: &str| Some(s.parse::<Decimal>().unwrap());
    assert_eq!(
        kinds,
        [None, Some((ChangeKind::FromTo, d("80"), d("30"))), None, Some((ChangeKind::FromTo, d("92"), d("96.5"))), Some((ChangeKind::Decrease, None, None)),]
    );
}

#[test]
fn parts_point_at_their_whole() {
    let doc = parse("受理申请103宗，不受理12宗（其中转送10宗，告知2宗），受理91宗。");
    let parts: Vec<_> = doc.metrics.iter().map(|m| m.part_of.map(|p| p.0)).collect();
    assert_eq!(parts, [None, None, Some(1), Some(1), None]);
}

/// 12 345 678 as 一千二百三十四万五千六百七十八.
fn chinese(n: u64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    fn section(n: u64) -> String {
        let mut out = String::new();
        let mut gap = false;
        for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = n / unit % 10;
            if digit == 0 {
                gap |= !out.is_empty();
                continue;
            }
            if gap {
                out.push('零');
                gap = false;
            }
            out.push_str(DIGITS[digit as usize]);
            out.push_str(name);
        }
        out
    }
    let (yi, wan, ones) = (n / 100_000_000, n / 10_000 % 10_000, n % 10_000);
    let mut out = String::new();
    for (part, name) in [(yi, "亿"), (wan, "万"), (ones, "")] {
        if part > 0 {
            if !out.is_empty() && part < 1000 {
                out.push('零');
            }
            out.push_str(&section(part));
            out.push_str(name);
        }
    }
    out
}

fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        '0'..='9' | '%' | '.' | '(' | ')' | ',' | ':' | ';' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        _ => c,
    };
    text.chars().map(wide).collect()
}

/// A metric without its places.
fn shape(doc: &Document<'_>) -> Vec<String> {
    let texts = |m: &Metric| {
        let subjects: Vec<_> = m.subject.iter().map(|s| doc.clean(*s).into_owned()).collect();
        (doc.unit(m).into_owned(), subjects)
    };
    let of = |m: &Metric| {
        let change = m.change.map(|c| (c.kind, c.from, c.to));
        format!("{:?}", (m.value, m.value_high, texts(m), m.bound, m.modality, m.dimension, change, m.part_of))
    };
    doc.metrics.iter().map(of).collect()
}

const SENTENCES: [&str; 8] = [
    "办理行政复议案件123件,其中撤销5件,纠错率4.1%。",
    "审批时间由80天缩短至30天,精简审批事项23.7%。",
    "成立7个督察组,对全区42家单位开展督察50余次。",
    "安排专项资金60万元(其中市级20万元),惠及500余万人次。",
    "审核率、备案率均为100%;考试合格率为85.6%。",
    "各单位至少开展2次评查,满意度达到95%以上。",
    "面积超过240(含240)平方米的,按每套不低于2个配建。",
    "奖励3-5万元,补助5%-20%,面积90-120平方米。",
];

proptest! {
    #[test]
    fn every_spelling_reads_back(n in 2u64..9_999_999_999) {
        let spelled = [
            format!("{n}"),
            full_width(&n.to_string()),
            chinese(n),
            { let mut s = n.to_string(); let mut i = s.len(); while i > 3 { i -= 3; s.insert(i, ','); } s },
        ];
        for spelling in spelled {
            // Below 十 a Chinese 二 is an ordinal (二件 is the second).
            if spelling == "二" { continue; }
            let text = format!("全市共受理各类案件{spelling}件。");
            let doc = parse(&text);
            prop_assert_eq!(doc.metrics.len(), 1, "{}", text);
            prop_assert_eq!(doc.metrics[0].value, Decimal::from(n), "{}", text);
            prop_assert_eq!(doc.clean(doc.metrics[0].unit), "件");
        }
    }

    #[test]
    fn ten_thousands_multiply(mantissa in 1i64..9_999_999, scale in 0u32..4) {
        let number = Decimal::new(mantissa, scale);
        for (name, factor) in [("万", 10_000), ("亿", 100_000_000), ("万亿", 1_000_000_000_000i64)] {
            let text = format!("全年完成投资{number}{name}元。");
            let doc = parse(&text);
            prop_assert_eq!(doc.metrics.len(), 1, "{}", text);
            prop_assert_eq!(doc.metrics[0].value, (number * Decimal::from(factor)).normalize(), "{}", text);
        }
    }

    #[test]
    fn both_widths_read_alike(picks in prop::collection::vec(0usize..SENTENCES.len(), 1..5)) {
        let narrow: String = picks.iter().map(|i| SENTENCES[*i]).collect();
        let wide = full_width(&narrow);
        let (a, b) = (parse(&narrow), parse(&wide));
        // The unit and the subjects keep their width: compare them folded.
        let fold = |s: String| full_width(&s);
        prop_assert_eq!(
            shape(&a).into_iter().map(fold).collect::<Vec<_>>(),
            shape(&b).into_iter().map(fold).collect::<Vec<_>>()
        );
    }

    #[test]
    fn neutral_sentences_change_only_places(i in 0usize..SENTENCES.len(), before in 0usize..4, after in 0usize..4) {
        const NEUTRAL: &str = "各部门密切配合,工作有序推进。";
        let text = format!("{}{}{}", NEUTRAL.repeat(before), SENTENCES[i], NEUTRAL.repeat(after));
        prop_assert_eq!(shape(&parse(&text)), shape(&parse(SENTENCES[i])), "{}", text);
    }

    #[test]
    fn no_text_panics_and_spans_are_sound(text in "[0-9０-９一二两十百千万亿半点余多约至%％件个年月日天元家率由从其中增长缩短每的（）()，。、；“”《》 \n.a-]{0,80}") {
        let doc = parse(&text);
        for (i, m) in doc.metrics.iter().enumerate() {
            prop_assert!(text.get(m.span.range()).is_some_and(|t| !t.is_empty()));
            // A unit that several numbers share (15、22个百分点) stands in the span of the last of them.
            prop_assert!(m.unit.is_empty() || doc.metrics[i..].iter().any(|of| of.span.contains(m.unit)));
            prop_assert!(m.value_high.is_none_or(|h| h > m.value));
            for s in m.subject.iter() {
                prop_assert!(text.get(s.range()).is_some_and(|t| !t.is_empty()));
            }
        }
        prop_assert!(doc.metrics.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    }
}
