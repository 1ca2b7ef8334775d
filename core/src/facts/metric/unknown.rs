//! A number whose unit nobody knows: 发放资料300仵，.

use super::around::{last, next};
use crate::scan::{Class, class};

/// Characters that stand alone behind a number and are no unit: they go on with the sentence, or name a thing by it.
/// 数字后单独出现而不是量词的字。
const FOLLOWERS: &str = "点房号线路版期届后前起至到和与或的等为是在内外上下中间余多来强大化标工程型级类式维字网所月日时分秒年度位间处数以及其各均共约达超元角分份座栋楼层室区县市镇村组队团营连排班院校馆站厂店铺栏页章节条款项目次回遍趟场部集册卷本篇首支股派系门科属种界纲岁周旬季世纪代辈人口户家名员者件套台辆架艘只头匹羽尾条棵株朵颗粒块片张幅面扇堵道级阶段批对双副串组群伙帮打箱包袋瓶罐桶盒桌碗杯盘勺斤两克吨升米里亩顷平方立公分厘毫微纳寸尺丈伏安瓦焦帕赫卡℃度成倍折番环圈圆轮届任把根则例宗桩起笔单票针剂床孔眼口井池栏圃园苗畦垄行列排格档挡类金银铜欧";

/// The length of the one character that stands between a number and the end of its phrase, where it may be a unit.
pub(super) fn unit(text: &str, at: usize, after: usize) -> Option<usize> {
    // The 余 of 300余 is read with the number.
    let digits = text[at..after].trim_end_matches(['余', '多']);
    // A number that states how many stands behind a word, and is no year.
    let word =
        last(text, at).is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) && class(c) == Class::Plain && !"第年月至到号图表式注附件例版款条项".contains(c));
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if !word || year || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with('0') {
        return None;
    }
    let more = digits.len() == after - at && text[after..].starts_with(['余', '多']);
    let from = after + if more { "余".len() } else { 0 };
    let c = next(text, from).filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c) && class(*c) == Class::Plain && !FOLLOWERS.contains(*c))?;
    let end = from + c.len_utf8();
    let ends = next(text, end).is_some_and(|c| matches!(class(c), Class::Stop | Class::Comma | Class::Semicolon | Class::Pause));
    ends.then_some(end - after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_unit() {
        let of = |text: &str| {
            let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
            let after = at + text[at..].find(|c: char| !c.is_ascii_digit()).unwrap();
            unit(text, at, after).map(|len| text[after..after + len].to_owned())
        };
        assert_eq!(of("发放资料300仵，"), Some("仵".to_owned()));
        assert_eq!(of("发放资料300余仵。"), Some("余仵".to_owned()));
        // As it is read, 余 with the number.
        let text = "发放资料300余仵。";
        assert_eq!(unit(text, "发放资料".len(), "发放资料300余".len()), Some("仵".len()));
        assert_eq!([of("发放资料300号，"), of("共2023橛，"), of("第3橛，"), of("发放资料300仵逆，")], [const { None }; 4]);
    }
}
