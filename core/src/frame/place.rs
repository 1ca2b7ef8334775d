//! The jurisdiction a document speaks for, as it writes the name: 济南市历下区.

use super::{Framer, HEAD_LINES, Look, Part, head};
use crate::lexicon::Words;
use crate::{Kind, MetadataKey, Span};
use std::sync::LazyLock;

/// What a jurisdiction's name ends in, the longer first.
const ENDINGS: &[&str] = &[
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "特别行政区",
    "高新技术产业开发区",
    "经济技术开发区",
    "高新区",
    "经开区",
    "开发区",
    "新区",
    "示范区",
    "街道",
    "合作区",
    "林区",
    "地区",
    "省",
    "市",
    "区",
    "县",
    "州",
    "旗",
    "盟",
    "镇",
    "乡",
];

/// Provinces by their short names, which titles use before 政府工作报告 and the like.
const PROVINCES: &[&str] = &[
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
];

/// What follows a jurisdiction that a sentence of the lead is about: 建德市深入贯彻…. Other names there are
/// somebody else's.
const ACTS: &[&str] = &[
    "坚持",
    "深入",
    "认真",
    "全面",
    "紧紧",
    "紧扣",
    "围绕",
    "以习",
    "在",
    "法治",
    "积极",
    "严格",
    "人民政府",
    "政府",
    "司法局",
    "依法",
    "各级",
    "始终",
    "聚焦",
    "高度",
    "按照",
    "切实",
    "扎实",
    "委",
    "管委会",
    "党委",
    "持续",
    "牢牢",
];

/// Words after which a jurisdiction may be named inside a title or sentence.
const BEFORE: &[&str] = &[
    "关于",
    "推动",
    "促进",
    "印发",
    "转发",
    "代表",
    "中共",
    "支持",
    "贯彻",
    "落实",
    "同意",
    "修改",
    "废止",
    "公布",
    "完善",
    "优化",
    "调整",
    "规范",
    "加强",
    "做好",
    "进一步",
];

/// Characters that no name has: they make 全市, 我区, 各县, 社区, 城镇 of the endings.
const NOT_IN_NAME: &[char] = &[
    '全', '我', '各', '本', '该', '市', '县', '区', '镇', '乡', '省', '社', '小', '园', '辖', '片', '特', '景', '个', '等', '级', '两', '的', '在', '和', '与',
    '及', '为', '以', '于', '向', '对', '从', '由', '建', '设', '法', '治', '政', '府', '年', '月', '日', '第', '一', '二', '三', '四', '五', '六', '七', '八',
    '九', '十', '是', '有', '会', '议', '，', '、', '。', '：', '（', '）', '《', '》', '“', '”', '(', ')', ',', ':', ';', '；', '地', '村', '居', '商', '住',
    '房', '发', '展', '开', '强', '并', '请', '根', '据', '报', '但', '把', '将', '应', '须', '使', '让', '正', '确', '推', '进', '化', '加', '快', '提', '升',
    '深', '入', '了', '中', '心', '城', '街',
];

/// Names that use one of those characters all the same, up to their ending.
const NAMES: &[&str] = &[
    "呼和浩特",
    "乌鲁木齐",
    "齐齐哈尔",
    "克拉玛依",
    "霍林郭勒",
    "额尔古纳",
    "乌兰察布",
    "鄂尔多斯",
    "巴彦淖尔",
    "呼伦贝尔",
    "锡林浩特",
    "乌兰浩特",
    "图木舒克",
    "可克达拉",
    "香格里拉",
    "锡林郭勒",
    "巴音郭楞",
    "博尔塔拉",
    "克孜勒苏",
    "黔东南",
    "黔西南",
    "西双版纳",
    "北京",
    "天津",
    "上海",
    "重庆",
    "浙江",
    "江西",
    "内蒙古",
    "新疆维吾尔",
    "广西壮族",
    "宁夏回族",
    "西藏",
    "建德",
    "建瓯",
    "建水",
    "建始",
    "建阳",
    "建邺",
    "建华",
    "福建",
    "进贤",
    "中山",
    "中卫",
    "中牟",
    "中阳",
    "中宁",
    "中方",
    "中江",
    "中原",
    "城口",
    "城固",
    "城步",
    "开封",
    "开化",
    "开平",
    "开远",
    "开江",
    "开阳",
    "开州",
    "开鲁",
    "一",
    "三亚",
    "三明",
    "三门峡",
    "三门",
    "三台",
    "三河",
    "三原",
    "三水",
    "三都",
    "三穗",
    "三江",
    "四平",
    "四会",
    "二连浩特",
    "五大连池",
    "五河",
    "五莲",
    "五峰",
    "五常",
    "五寨",
    "五台",
    "五华",
    "六安",
    "六盘水",
    "六合",
    "六枝",
    "七台河",
    "七里河",
    "七星",
    "八步",
    "九江",
    "九龙坡",
    "九台",
    "九寨沟",
    "十堰",
    "十",
    "新建",
    "化州",
    "化隆",
    "奉化",
    "兴化",
    "怀化",
    "德化",
    "敦化",
    "宣化",
    "绥化",
    "通化",
    "安化",
    "宁化",
    "遵化",
    "从化",
    "彰化",
    "法库",
    "景德镇",
    "景县",
    "景洪",
    "景宁",
    "景东",
    "景谷",
    "景泰",
    "政和",
    "小金",
    "小店",
    "全椒",
    "全州",
    "全南",
    "本溪",
    "特克斯",
    "和田",
    "和静",
    "和平",
    "和县",
    "和龙",
    "和顺",
    "和林格尔",
    "府谷",
    "治多",
    "长治",
    "住",
    "加查",
    "嘉",
    "强",
    "深圳",
    "深州",
    "入",
    "市中",
    "城中",
    "城东",
    "城西",
    "城北",
    "城关",
    "城厢",
    "城阳",
    "城区",
    "年",
    "日照",
    "日喀则",
    "日土",
    "月湖",
    "居巢",
    "商丘",
    "商洛",
    "商河",
    "商城",
    "商南",
    "商水",
    "商州",
    "商都",
    "房山",
    "房县",
    "发",
    "提",
    "升",
    "社旗",
    "中",
    "心",
    "有",
    "会昌",
    "会宁",
    "会东",
    "会理",
    "会泽",
    "会同",
    "新会",
    "四会",
    "社",
    "乡宁",
    "镇江",
    "镇海",
    "镇远",
    "镇平",
    "镇安",
    "镇坪",
    "镇原",
    "镇沅",
    "镇雄",
    "镇康",
    "镇巴",
    "县",
    "于都",
    "于洪",
    "于田",
    "为",
    "等",
    "设",
    "和硕",
    "辖",
    "张家界",
    "园",
    "与",
    "鱼台",
    "安居",
    "南明",
    "白云",
    "五指山",
    "一",
    "对",
    "地",
    "村",
    "凉城",
    "盐城",
    "宣城",
    "晋城",
    "运城",
    "聊城",
    "诸城",
    "邹城",
    "项城",
    "永城",
    "禹城",
    "韩城",
    "海城",
    "凤城",
    "兴城",
    "白城",
    "增城",
    "麻城",
    "应城",
    "宜城",
    "丰城",
    "樟树",
    "防城港",
    "都江堰",
    "东城",
    "西城",
    "越城",
    "柯城",
    "江城",
    "塘沽",
    "香坊",
    "凤阳",
    "通城",
    "赤城",
    "柘城",
    "襄城",
    "鄄城",
    "郯城",
    "新城",
    "蒲城",
    "澄城",
    "虞城",
    "谷城",
    "容城",
    "阜城",
    "故城",
    "武城",
    "阳城",
    "翼城",
    "方城",
    "舒城",
    "霍城",
    "南城",
    "石城",
    "黎城",
    "沁城",
    "永和",
    "进",
];

static KNOWN: LazyLock<Words> = LazyLock::new(|| Words::new(NAMES.iter().copied().filter(|n| n.len() > 3)));
static ENDING: LazyLock<Words> = LazyLock::new(|| Words::new(ENDINGS.iter().copied()));

/// The name at the start of `text`; its length in bytes.
fn name_at(text: &str) -> Option<usize> {
    let mut end = 0;
    // 省, 市 and 县 may follow each other.
    while end < text.len() {
        let Some(len) = one_name(&text[end..]) else { break };
        end += len;
    }
    (end > 0).then_some(end)
}

fn one_name(text: &str) -> Option<usize> {
    let known = KNOWN.start(text);
    let window = &text[..text.floor_char_boundary(48)];
    let long = || window.contains("自治") || window.contains("开发区") || window.contains("新区");
    for (chars, (at, c)) in text.char_indices().enumerate() {
        let ending = if chars > 0 && at >= known { ENDING.start_word(&text[at..]) } else { None };
        if let Some(ending) = ending {
            let end = at + ending.len();
            // 市场, 县域, 区域, 市民, 州内 … are words, not names.
            let next = text[end..].chars().next();
            let broken = ending.chars().count() == 1
                && next.is_some_and(|n| matches!(n, '场' | '域' | '民' | '级' | '内' | '外' | '间' | '容' | '值' | '别' | '分' | '块' | '位' | '直' | '属'));
            let usual = chars <= 3 || known > 0 || ending.chars().count() > 1 || long();
            let enough = usual && (chars >= 2 || known > 0 || ending == "县" || ending == "旗");
            if enough && !broken {
                return Some(end);
            }
        }
        let foreign = ending.is_none() && NOT_IN_NAME.contains(&c) || !is_han(c);
        // Names have two or three characters before their ending; transliterated and autonomous ones more.
        let too_long = chars >= 4 && (chars >= 11 || !long());
        if at >= known && (foreign || too_long) {
            return None;
        }
    }
    None
}

/// The first name in `text` at its start or, when `inside`, after a word that may introduce one.
fn name_in(text: &str, inside: bool) -> Option<(usize, usize)> {
    let lead = text.len()
        - text
            .trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '年' | '度' | ' ' | '　' | '“' | '《' | '\u{FEFF}'))
            .len();
    if let Some(len) = name_at(&text[lead..]) {
        return Some((lead, lead + len));
    }
    if !inside {
        return None;
    }
    if let Some(province) = PROVINCES.iter().find(|p| text[lead..].starts_with(**p)) {
        return Some((lead, lead + province.len()));
    }
    let mut best: Option<(usize, usize)> = None;
    for word in BEFORE {
        for (at, _) in text.match_indices(word) {
            let from = at + word.len();
            if best.is_none_or(|(b, _)| from < b)
                && let Some(len) = name_at(&text[from..])
            {
                best = Some((from, from + len));
            }
        }
    }
    best
}

pub(super) fn find(framer: &Framer<'_>) -> Option<Span> {
    let place = |base: u32, text: &str, inside: bool| name_in(text, inside).map(|(from, to)| Span::new(base + from as u32, base + to as u32));
    let of = |span: Span, inside: bool| place(span.start, &framer.text[span.range()], inside);
    if let Some(found) = framer.frame.title.and_then(|t| of(t, true)) {
        return Some(found);
    }
    let keys = [MetadataKey::Issuer, MetadataKey::ResponsibleOffice, MetadataKey::Source];
    let issuers = keys.iter().flat_map(|k| framer.frame.metadata.iter().filter(move |m| m.key == *k));
    if let Some(found) = issuers.filter_map(|m| of(m.value, false)).next() {
        return Some(found);
    }
    if let Some(found) = congress(framer) {
        return Some(found);
    }
    // A notice speaks to many places; a report or plan speaks of its own.
    if matches!(framer.frame.kind, Some(Kind::AnnualReport | Kind::WorkReport | Kind::WorkPlan))
        && let Some(found) = lead(framer)
    {
        return Some(found);
    }
    framer.frame.signature.and_then(|s| s.issuer).and_then(|s| of(s, false))
}

/// ——2026年1月26日在某某省第十四届人民代表大会第五次会议上
fn congress(framer: &Framer<'_>) -> Option<Span> {
    (0..framer.len().min(HEAD_LINES)).filter(|i| framer.looks[*i] != Look::Prose || !framer.line(*i).longer(60)).take(40).find_map(|i| {
        let part = framer.part(i);
        let at = part.find("人民代表大会").and_then(|end| part[..end].rfind('在'))? + '在'.len_utf8();
        let len = name_at(&part[at..])?;
        let base = framer.span(i).start;
        Some(Span::new(base + at as u32, base + (at + len) as u32))
    })
}

/// The subject of the lead's first sentences: after the year, or after a comma.
fn lead(framer: &Framer<'_>) -> Option<Span> {
    for i in 0..framer.len() {
        match (framer.frame.parts[i], framer.looks[i]) {
            (Part::Body, Look::Numbered) => break,
            (Part::Body, Look::Prose) => {}
            _ => continue,
        }
        let text = head(framer.part(i), 500);
        let base = framer.span(i).start;
        let mut depth = 0i32;
        let mut clause = true;
        let mut last = ' ';
        for (at, c) in text.char_indices() {
            let spoken = last == '表' && text[..at].ends_with("代表");
            last = c;
            if depth == 0
                && (clause || spoken)
                && let Some((a, b)) = name_in(&text[at..], false)
                && (spoken || ACTS.iter().any(|w| text[at + b..].starts_with(w)))
            {
                return Some(Span::new(base + (at + a) as u32, base + (at + b) as u32));
            }
            match c {
                '《' | '（' | '(' | '“' => depth += 1,
                '》' | '）' | ')' | '”' => depth = (depth - 1).max(0),
                _ => {}
            }
            clause = matches!(c, '，' | '。' | ',' | '；' | ';' | '：' | ':');
        }
    }
    None
}

/// Whether a line begins with a jurisdiction's name.
pub(super) fn starts_with_name(line: &str) -> bool {
    name_in(line, false).is_some()
}

/// A Chinese character, those of old places' names included.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}
