use super::*;

fn rows(text: &str) -> Vec<String> {
    let doc = crate::parse(text);
    let show = |row: &Indicator<'_>| {
        let value = row.value.map_or("-".to_owned(), |v| v.normalize().to_string());
        let more = [
            (row.status != Status::Value).then_some(row.status.as_str()),
            row.basis.map(Basis::as_str),
            (row.scope != Scope::Jurisdiction).then_some(row.scope.as_str()),
        ];
        let more: String = more.into_iter().flatten().map(|w| format!(" {w}")).collect();
        format!("{} {value}{} {} {}{more}", row.id(), row.unit, row.modality, row.year().map_or("-".into(), |y| y.to_string()))
    };
    doc.indicators().iter().map(show).collect()
}

const WORK: &str =
    "2025年松石市政府工作报告\n——2025年1月15日在松石市第三届人民代表大会第五次会议上\n各位代表：\n现在，我代表市人民政府作政府工作报告。\n一、2024年工作回顾\n";
const PLAN: &str = "二、2025年工作安排\n";

#[test]
fn a_line_end_within_a_sentence_parts_nothing() {
    let text = "\u{3000}\u{3000}2025年松石市政府工作报告\n\
                \u{3000}\u{3000}各位代表：\n\
                \u{3000}\u{3000}现在，我代表市人民政府，向大会报告工作，请予审议，并请市政协委\n\
                员和列席会议的同志提出意见。\n\
                \u{3000}\u{3000}一、2024年工作回顾\n\
                \u{3000}\u{3000}全市新增高新技术企业24家，城镇登记失业率为2.3%，地区生产总值同\n\
                比增长6.5%，其中规模以上工业增加值增长8.1%，一般公共预算收入完成\n\
                28.4亿元，城镇新增就业0.9万人，居民消费价格上涨0.8%。\n\
                \u{3000}\u{3000}二、2025年工作安排\n\
                \u{3000}\u{3000}地区生产总值增长6%左右。\n";
    let whole = rows(&text.replace("委\n员", "委员").replace("同\n比", "同比").replace("完成\n28", "完成28"));
    assert_eq!(whole.len(), 8);
    assert_eq!(rows(text), whole);
}

#[test]
fn a_report_of_a_year_and_its_plan() {
    let text = format!(
        "{WORK}地区生产总值达到372亿元，同比增长6.5%。一般公共预算收入28.4亿元，下降1.2%。城镇登记失业率2.3%。新增高新技术企业24家。\n\
         {PLAN}地区生产总值增长6%左右，城乡居民人均可支配收入分别增长5%和7%，居民消费价格涨幅2%左右。\n"
    );
    assert_eq!(
        rows(&text),
        [
            "gdp 37200000000元 actual 2024",
            "gdp_growth 6.5% actual 2024",
            "general_budget_revenue 2840000000元 actual 2024",
            "general_budget_revenue_growth -1.2% actual 2024",
            "registered_unemployment_rate 2.3% actual 2024",
            "hightech_firms_new 24家 actual 2024",
            "gdp_growth 6% target 2025",
            "urban_income_growth 5% target 2025",
            "rural_income_growth 7% target 2025",
            "cpi_change 2% target 2025",
        ]
    );
}

#[test]
fn other_base_years_parts_and_starts_are_none() {
    let none = |said: &str| assert_eq!(rows(&format!("{WORK}{said}\n")), Vec::<String>::new(), "{said}");
    none("与2009年相比，地区生产总值增长108.3%。");
    none("出口加工区实现进出口总额99.5亿美元，同比增长38.1%。");
    none("人均预期寿命提高1岁。");
    none("地区生产总值较“十三五”末的932亿元增加437亿元。");
    none("上半年地区生产总值增长5%。");
    none("两条通道可增加GDP约640亿元。");
    none("1-11月实际利用外资增长13%。");
    none("灾害造成损失工业总产值10亿元，财政收入4亿元。");
    none("净上划中央财政收入48亿元。");
    none("开发区规上工业增加值、工业投资分别增长5.9%、6.7%。");
    none("新改建普通省道和农村公路500公里。");
    none("民营经营主体净增1.6万户。");
    none("市政基础设施投资超过6亿元。");
    assert_eq!(rows(&format!("{PLAN}今后五年，单位国内生产总值用水量、能耗分别下降13%、15%。\n")), Vec::<String>::new());
    assert_eq!(rows(&format!("{WORK}一般公共预算收入从874.6亿元增加到1112.4亿元。\n")), ["general_budget_revenue 111240000000元 actual 2024"]);
    assert_eq!(rows(&format!("{WORK}人均GDP从9万元提高到11万元。\n")), ["gdp_per_capita 110000元 actual 2024"]);
    assert_eq!(
        rows(&format!("{WORK}城乡收入比5年缩小0.2，新改建农村公路4.2万公里，城镇累计新增就业超700万人。\n")),
        ["rural_roads_built 42000公里 actual - cumulative", "new_urban_jobs 7000000人 actual - cumulative"]
    );
    assert_eq!(rows(&format!("{WORK}城镇化率由45.9%提高到52.6%。\n")), ["urbanization_rate 52.6% actual 2024"]);
    assert_eq!(
        rows(&format!("{WORK}五年来，地区生产总值年均增长7%，新增城镇就业25万人。\n")),
        ["gdp_growth 7% actual - average", "new_urban_jobs 250000人 actual - cumulative"]
    );
}

#[test]
fn a_topic_keeps_its_family_open() {
    let text = "松石市2023年法治政府建设年度报告\n一、主要举措和成效\n\
                全年收到行政复议申请103件，受理91件，审结85件。新收行政诉讼案件40件，已结34件，其中败诉5件，败诉率14.7%。\n二、存在的不足\n力量偏弱。\n";
    assert_eq!(
        rows(text),
        [
            "review_received 103件 actual 2023",
            "review_accepted 91件 actual 2023",
            "review_closed 85件 actual 2023",
            "litigation_new 40件 actual 2023",
            "litigation_closed 34件 actual 2023",
            "litigation_lost 5件 actual 2023",
            "litigation_loss_rate 14.7% actual 2023",
        ]
    );
}

#[test]
fn the_words_of_a_name_open_no_other_family() {
    let said = "全年审结行政复议案件85件，其中调解和解结案31件，调解和解率36.5%。办理信访事项12件，办结信访事项9件。";
    assert_eq!(
        rows(&format!("松石市2023年法治政府建设年度报告\n一、主要举措和成效\n{said}\n二、存在的不足\n力量偏弱。\n")),
        [
            "review_closed 85件 actual 2023",
            "review_mediated 31件 actual 2023",
            "review_mediation_rate 36.5% actual 2023",
            "petitions_received 12件 actual 2023",
            "petitions_closed 9件 actual 2023",
        ]
    );
}

#[test]
fn stocks_and_what_is_new() {
    assert_eq!(rows(&format!("{WORK}新增养老床位达到500张。\n")), ["elderly_beds_new 500张 actual 2024"]);
    assert_eq!(rows(&format!("{WORK}新能源装机突破240万千瓦。\n")), ["clean_power_installed 2400000千瓦 actual 2024"]);
    assert_eq!(rows(&format!("{PLAN}新建新能源装机60万千瓦。\n")), ["renewable_installed_new 600000千瓦 target 2025"]);
    // A year that is over, under a heading of what is to be done.
    assert_eq!(rows(&format!("{WORK}{PLAN}一年来，共办理人大代表建议12件。\n")), ["npc_suggestions 12件 actual 2024"]);
    // A growth up to a number, beside one that says from when to when.
    let grew = "一、“十四五”时期工作回顾\n地区生产总值从2020年的932亿元增长到2025年的1369亿元，一般公共预算收入从38亿元增长到43亿元。\n";
    assert_eq!(
        rows(&format!("2026年松石市政府工作报告\n各位代表：\n{grew}")),
        ["gdp 136900000000元 actual 2025", "general_budget_revenue 4300000000元 actual 2025"]
    );
}

#[test]
fn the_years_of_a_number_are_those_of_its_part() {
    let text = |said: &str| format!("2026年松石市政府工作报告\n各位代表：\n{said}\n");
    // A part on five years turns to the last of them.
    let five = "一、“十四五”时期工作回顾\n五年来，城镇新增就业25万人。\n刚刚过去的2025年，全市上下奋力拼搏。城镇新增就业6万人。\n";
    assert_eq!(rows(&text(five)), ["new_urban_jobs 250000人 actual - cumulative", "new_urban_jobs 60000人 actual 2025"]);
    let sum = "一、2025年工作回顾\n“十四五”规划主要任务全面完成。地区生产总值年均增长5%。单位国内生产总值能耗下降18.2%，城镇新增就业超过25万人。\n";
    assert_eq!(rows(&text(sum)), ["gdp_growth 5% actual - average", "new_urban_jobs 250000人 actual - cumulative"]);
    // A plan that is over, without 五年来.
    let over = "一、“十四五”时期和2025年工作回顾\n“十四五”时期是极不平凡的时期。\n——生活品质持续改善。改造城镇老旧小区900个。\n过去的一年，我们迎难而上。改造城镇老旧小区200个。\n";
    assert_eq!(rows(&text(over)), ["old_communities_renovated 900个 actual - cumulative", "old_communities_renovated 200个 actual 2025"]);
    // What a sentence says of the whole holds for its parts.
    let plan = "二、2026年工作安排\n到2030年，进出口总额达到80亿元，年均增长6%。其中，出口总额50亿元，年均增长7%；进口总额30亿元。\n";
    assert_eq!(
        rows(&text(plan)),
        [
            "trade_total 8000000000元 target 2030",
            "trade_total_growth 6% target - average",
            "exports 5000000000元 target 2030",
            "exports_growth 7% target - average",
            "imports 3000000000元 target 2030",
        ]
    );
}

#[test]
fn three_sectors_named_together() {
    for said in [
        "三次产业增加值分别增长3%、4%和5%",
        "一、二、三产业增加值分别增长3%、4%、5%",
        "其中一二三产增加值分别增长3%左右、4%左右、5%左右",
        "第一、二、三产业分别增长3%、4%、5%",
    ] {
        assert_eq!(
            rows(&format!("{WORK}{said}。\n")),
            ["primary_value_added_growth 3% actual 2024", "secondary_value_added_growth 4% actual 2024", "tertiary_value_added_growth 5% actual 2024"],
            "{said}"
        );
    }
    let levels =
        ["primary_value_added 1200000000元 actual 2024", "secondary_value_added 15000000000元 actual 2024", "tertiary_value_added 21000000000元 actual 2024"];
    assert_eq!(rows(&format!("{WORK}三次产业增加值分别为12亿元、150亿元和210亿元。\n")), levels);
    assert_eq!(rows(&format!("{WORK}三次产业税收分别增长3%、4%和5%。\n")), Vec::<String>::new());
}

#[test]
fn sums_parts_and_rules_are_told_apart() {
    assert_eq!(rows(&format!("{WORK}办理人大代表建议和政协提案495件。\n")), ["suggestions_total 495件 actual 2024"]);
    assert_eq!(rows(&format!("{WORK}提请市人大审议通过法规10项（其中7项是修订）。\n")), ["local_regulations_submitted 10项 actual 2024"]);
    assert_eq!(rows(&format!("{WORK}新增上市公司2家、总部企业10家、商事主体8.1万家。\n"))[1..], ["market_entities_new 81000家 actual 2024"]);
    let rule = "松石市养犬管理条例\n第一条 为规范养犬行为，制定本条例。\n第二条 本条例适用于本市。\n第三条 违反本条例的，处以罚款500元。\n";
    assert_eq!(rows(rule), Vec::<String>::new());
}

#[test]
fn a_name_that_is_narrowed_is_of_a_part() {
    let none = |said: &str| assert_eq!(rows(&format!("{WORK}{said}\n")), Vec::<String>::new(), "{said}");
    none("新增返乡创业市场主体1.3万户。");
    none("项目民间投资增长11%。");
    none("离校未就业高校毕业生就业率96%。");
    none("制造业技改投资增长20%。");
    none("松石港集装箱吞吐量300万标箱。");
    none("县属企业完成产业投资50亿元。");
    none("省属企业完成产业投资50亿元、研发投入13亿元，分别增长10%、9%。");
    none("取消和调整行政审批事项98项。");
    none("取消和下放行政审批事项98项。");
    none("15.“2152”工程：重点打造2家龙头企业，培育100家专精特新企业。");
    // Counts of several things are of none of them; what is done in two ways is one thing.
    none("新增中小学、幼儿园学位9万个。");
    none("新增学位、园位3万个。");
    // What is done with it, and when, does not narrow it.
    assert_eq!(rows(&format!("{WORK}全年接待游客人次、旅游总花费均增长10%。\n"))[..1], ["tourists_growth 10% actual 2024"]);
    assert_eq!(rows(&format!("{WORK}高质量建成高标准农田20万亩。\n")), ["high_standard_farmland 200000亩 actual 2024"]);
    assert_eq!(rows(&format!("{WORK}新增学前教育、义务教育学位3600个。\n")), ["school_places_new 3600个 actual 2024"]);
    assert_eq!(rows(&format!("{WORK}新建、改造高标准农田20万亩。\n")), ["high_standard_farmland 200000亩 actual 2024"]);
    assert_eq!(rows(&format!("{WORK}新培育科技型中小企业30家。\n")), Vec::<String>::new());
    assert_eq!(rows(&format!("{WORK}国家高新技术企业、科技型中小企业均突破2000家。\n")), ["hightech_firms 2000家 actual 2024", "tech_sme 2000家 actual 2024"]);
}

#[test]
fn what_several_years_reached_is_of_the_last() {
    let text = |said: &str| {
        rows(&format!("2026年松石市政府工作报告\n各位代表：\n一、“十四五”时期工作回顾\n2025年是“十四五”收官之年。五年来，我们团结奋斗。\n{said}\n"))
    };
    assert_eq!(
        text("——实力迈上新台阶。地区生产总值从932亿元增加到1369亿元。常住人口城镇化率达到58%。新增学位3万个，改造老旧小区200余个。每年办好十件民生实事。"),
        [
            "gdp 136900000000元 actual 2025",
            "urbanization_rate 58% actual 2025",
            "school_places_new 30000个 actual - cumulative",
            "old_communities_renovated 200个 actual - cumulative",
            "livelihood_projects 10件 actual - average",
        ]
    );
    // A point of a list that names a year in passing is still of all of them.
    assert_eq!(text("——创新成果丰硕。获奖数在2024年居全省第三。\n——民生改善。城镇新增就业20万人。"), ["new_urban_jobs 200000人 actual - cumulative"]);
    assert_eq!(text("平均受教育年限从2020年的9年提升至2025年的10年。新增学位3万个。"), ["school_places_new 30000个 actual - cumulative"]);
    let plan = format!("{PLAN}今后五年，主要目标是：\n城镇新增就业20万人。\n");
    assert_eq!(rows(&format!("{WORK}{plan}")), ["new_urban_jobs 200000人 target - cumulative"]);
}

#[test]
fn a_list_of_targets_in_an_annex() {
    let annex = format!("{WORK}各项工作取得新成效。\n{PLAN}稳步前进。\n附件\n2025年主要指标预期\n地区生产总值\t增长8%左右\n城镇登记失业率\t控制在3%以内\n");
    assert_eq!(rows(&annex), ["gdp_growth 8% target 2025", "registered_unemployment_rate 3% target 2025"]);
}

#[test]
fn organs_beside_the_government_report_of_themselves() {
    let text = "松石市人民代表大会常务委员会工作报告\n——2025年1月15日在松石市第三届人民代表大会第五次会议上\n各位代表：\n一、2024年的主要工作\n审查规范性文件8件。\n二、2025年工作安排\n";
    assert_eq!(rows(text), ["normative_docs_reviewed 8件 actual 2024 department"]);
}

#[test]
fn words_in_the_place_of_numbers() {
    let text = format!("{WORK}行政诉讼案件实现零败诉。\n{PLAN}居民人均可支配收入增长与经济增长同步。\n");
    assert_eq!(rows(&text), ["litigation_lost 0件 actual 2024 zero", "household_income_growth -% target 2025 relative"]);
    // A review says what was reached.
    let review = format!("{WORK}居民人均可支配收入增长与经济增长同步。\n{PLAN}稳步前进。\n");
    assert_eq!(rows(&review), ["household_income_growth -% actual 2024 relative"]);
}

#[test]
fn words_of_all_stand_beside_what_is_counted() {
    let all = |said: &str| rows(&format!("{WORK}{said}\n")).into_iter().filter(|r| r.ends_with(" all")).collect::<Vec<_>>();
    let both = ["npc_suggestions -件 actual 2024 all", "cppcc_proposals -件 actual 2024 all"];
    assert_eq!(all("办理人大代表建议72件、政协委员提案31件，全部办结。"), both);
    assert_eq!(all("收到政府信息公开申请18件，目前均已按期答复。"), ["info_requests_received -件 actual 2024 all"]);
    // What reaches all of its kind.
    assert_eq!(all("聘请法律顾问36名，实现全覆盖。"), ["legal_advisers -名 actual 2024 all"]);
    assert_eq!(all("法治督察实现全覆盖。"), ["rule_of_law_inspection_coverage -% actual 2024 all"]);
    assert_eq!(all("新改建农村公路36公里，实现全覆盖。"), Vec::<String>::new());
    // The number keeps its own row.
    assert!(rows(&format!("{WORK}办理政协委员提案31件，均已办复。\n")).contains(&"cppcc_proposals 31件 actual 2024".to_owned()));
    for none in [
        "人大代表建议、政协委员提案全部办复。",
        "办理人大代表建议72件，督察交办问题全部办结。",
        "办理人大代表建议72件，未全部办结。",
        "办理人大代表建议72件，全部办结后报告。",
        "办理人大代表建议72件，其中9件全部办结。",
    ] {
        assert_eq!(all(none), Vec::<String>::new(), "{none}");
    }
}

#[test]
fn a_dictionary_of_ones_own() {
    let own = Dictionary::parse("# 自用\nid\tname\tunits\theads\npark_count\t口袋公园\t个/座\t(新建)?(口袋|街心)公园\n").unwrap();
    let text = format!("{WORK}新建口袋公园12个。地区生产总值增长6%。\n");
    let doc = crate::parse(&text);
    let ids = |dictionary: &Dictionary| read(&doc, dictionary).iter().map(|r| r.id().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&own), ["park_count"]);
    assert_eq!(ids(&Dictionary::built_in().with(&own)), ["park_count", "gdp_growth"]);
}

#[test]
fn errors_name_line_and_column() {
    let error = |text: &str| Dictionary::parse(text).unwrap_err().to_string();
    assert_eq!(error("id\tname\theads\na\t甲\t(甲|乙\n"), "line 2, column 3 (heads): the bracket ( at character 1 is not closed");
    assert_eq!(error("# 注\nid\theads\nA b\t甲\n"), "line 3, column 1 (id): \"A b\" is no id: small letters, digits and _ make one");
    assert_eq!(error("id\theads\tmeasure\na\t甲\tsum\n"), "line 2, column 3 (measure): \"sum\" is none of level, rate, growth");
    let many = format!("({})", ["甲"; 300].join("|"));
    assert_eq!(error(&format!("id\theads\na\t{many}{many}{many}\n")), "line 2, column 2 (heads): the alternatives make more than 20000 spellings");
    assert_eq!(error("id\theads\na\t甲…乙…丙…丁…戊\n"), "line 2, column 2 (heads): a spelling has more than 3 gaps (…)");
    assert_eq!(error("id\theads\na\t甲\na\t乙\n"), "line 3, column 1 (id): a stands here a second time");
    assert_eq!(
        error("id\tkopf\n"),
        "line 1, column 2 (id): there is no column \"kopf\"; there are id, name, domain, group, tier, measure, units, change, heads, context, verbs, without, note, applies, english, note_zh"
    );
    assert_eq!(
        error(""),
        "line 1, column 1 (id): there is no line that names the columns: id, name, domain, group, tier, measure, units, change, heads, context, verbs, without, note, applies, english, note_zh"
    );
}

#[test]
fn the_built_in_dictionary_is_sound() {
    let dictionary = Dictionary::built_in();
    assert_eq!(dictionary.entries().len(), 262);
    for entry in dictionary.entries() {
        assert!(!entry.name.is_empty() && !entry.units.is_empty(), "{}", entry.id);
        assert!(entry.english != entry.id && entry.group_names().0 != entry.group, "{}", entry.id);
        assert!(["law", "econ", "gov", "people", "sci", "env"].contains(&entry.domain.as_str()), "{}", entry.id);
    }
}

/// Panels of other days are laid beside those of today by these: an id that was once given out stays, or is marked deprecated.
#[test]
fn ids_are_only_ever_added() {
    let given: Vec<&str> = include_str!("ids.txt").lines().collect();
    let dictionary = Dictionary::built_in();
    for id in &given {
        assert!(dictionary.get(id).is_some(), "{id} was given out: it is to stay, marked deprecated");
    }
    for entry in dictionary.entries() {
        assert!(given.binary_search(&entry.id.as_str()).is_ok(), "{} is new: it is to be added to ids.txt", entry.id);
    }
}
