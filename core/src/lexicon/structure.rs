//! Words that tell the parts of a document apart: header labels, page furniture, genre words, role words.
//! 文档结构用词：题头标签、网页附加文字、文种、章节角色。

use super::{Words, entries, file, lists};
use crate::MetadataKey;
use std::sync::LazyLock;

/// Punctuation that no line begins with: the line before goes on. 不能出现在行首的标点。
pub(crate) fn cannot_begin_line(c: char) -> bool {
    matches!(c, '、' | '，' | '。' | '；' | '：' | '）' | '》' | '”' | '】' | '〕' | '！' | ',' | ';' | ':' | ')' | ']' | '!')
}

/// Characters that no paragraph ends with: the line goes on below. 不能出现在段末的字。
pub(crate) fn cannot_end_line(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '的' | '和' | '或' | '《' | '“' | '（' | '(' | '〔' | '【')
}

/// The label of the headline that a page reprints under another. 转载页面上的标题标签。
pub(crate) const ORIGINAL: &str = "原标题";

/// Header labels without the blanks that are often set between their characters. 题头标签。
pub(crate) const LABELS: &[(&str, MetadataKey)] = &[
    ("索引号", MetadataKey::IndexNumber),
    ("信息索引号", MetadataKey::IndexNumber),
    ("政府信息索引号", MetadataKey::IndexNumber),
    ("索引", MetadataKey::IndexNumber),
    ("信息索取号", MetadataKey::IndexNumber),
    ("索取号", MetadataKey::IndexNumber),
    ("文号", MetadataKey::DocumentNumber),
    ("文件编号", MetadataKey::DocumentNumber),
    ("发文字号", MetadataKey::DocumentNumber),
    ("发文文号", MetadataKey::DocumentNumber),
    ("文件文号", MetadataKey::DocumentNumber),
    ("公文文号", MetadataKey::DocumentNumber),
    ("文件字号", MetadataKey::DocumentNumber),
    ("发布文号", MetadataKey::DocumentNumber),
    ("发布机构", MetadataKey::Issuer),
    ("发布单位", MetadataKey::Issuer),
    ("发文机关", MetadataKey::Issuer),
    ("发文单位", MetadataKey::Issuer),
    ("发布部门", MetadataKey::Issuer),
    ("公开机构", MetadataKey::Issuer),
    ("制定机关", MetadataKey::Issuer),
    ("制发机关", MetadataKey::Issuer),
    ("公布机关", MetadataKey::Issuer),
    ("发布机关", MetadataKey::Issuer),
    ("责任部门", MetadataKey::ResponsibleOffice),
    ("责任科室", MetadataKey::ResponsibleOffice),
    ("公开责任部门", MetadataKey::ResponsibleOffice),
    ("公开方式", MetadataKey::Disclosure),
    ("公开类别", MetadataKey::Disclosure),
    ("公开属性", MetadataKey::Disclosure),
    ("公开形式", MetadataKey::Disclosure),
    ("成文日期", MetadataKey::WrittenDate),
    ("成文时间", MetadataKey::WrittenDate),
    ("生成日期", MetadataKey::WrittenDate),
    ("发文日期", MetadataKey::WrittenDate),
    ("发文时间", MetadataKey::WrittenDate),
    ("印发日期", MetadataKey::WrittenDate),
    ("制发日期", MetadataKey::WrittenDate),
    ("签发日期", MetadataKey::WrittenDate),
    ("形成日期", MetadataKey::WrittenDate),
    ("产生日期", MetadataKey::WrittenDate),
    ("发布日期", MetadataKey::PublishedDate),
    ("发布时间", MetadataKey::PublishedDate),
    ("公开日期", MetadataKey::PublishedDate),
    ("公布日期", MetadataKey::PublishedDate),
    ("公开时间", MetadataKey::PublishedDate),
    ("更新时间", MetadataKey::PublishedDate),
    ("更新日期", MetadataKey::PublishedDate),
    ("发表时间", MetadataKey::PublishedDate),
    ("发表日期", MetadataKey::PublishedDate),
    ("时间", MetadataKey::PublishedDate),
    ("日期", MetadataKey::PublishedDate),
    ("来源", MetadataKey::Source),
    ("信息来源", MetadataKey::Source),
    ("文章来源", MetadataKey::Source),
    ("稿件来源", MetadataKey::Source),
    ("新闻来源", MetadataKey::Source),
    ("文件来源", MetadataKey::Source),
    ("供稿单位", MetadataKey::Source),
    ("有效性", MetadataKey::Validity),
    ("时效性", MetadataKey::Validity),
    ("效力状态", MetadataKey::Validity),
    ("文件状态", MetadataKey::Validity),
    ("有效状态", MetadataKey::Validity),
    ("信息有效性", MetadataKey::Validity),
    ("主题分类", MetadataKey::Topic),
    ("分类", MetadataKey::Topic),
    ("信息分类", MetadataKey::Topic),
    ("主题类别", MetadataKey::Topic),
    ("信息类别", MetadataKey::Topic),
    ("体裁分类", MetadataKey::Other),
    ("组配分类", MetadataKey::Topic),
    ("编辑", MetadataKey::Editor),
    ("责任编辑", MetadataKey::Editor),
    ("责编", MetadataKey::Editor),
    ("作者", MetadataKey::Other),
    ("审核", MetadataKey::Other),
    ("签发", MetadataKey::Other),
    ("校对", MetadataKey::Other),
    ("供稿", MetadataKey::Source),
    ("标题", MetadataKey::Other),
    (ORIGINAL, MetadataKey::Other),
    ("名称", MetadataKey::Other),
    ("信息名称", MetadataKey::Other),
    ("文件名称", MetadataKey::Other),
    ("主题词", MetadataKey::Other),
    ("关键词", MetadataKey::Other),
    ("规范性文件登记", MetadataKey::Other),
    ("规范性文件编号", MetadataKey::Other),
    ("统一编号", MetadataKey::Other),
    ("登记号", MetadataKey::Other),
    ("服务对象", MetadataKey::Other),
    ("公开范围", MetadataKey::Other),
    ("公开时限", MetadataKey::Other),
    ("公开程序", MetadataKey::Other),
    ("生效日期", MetadataKey::Other),
    ("实施日期", MetadataKey::Other),
    ("施行日期", MetadataKey::Other),
    ("废止日期", MetadataKey::Other),
    ("失效日期", MetadataKey::Other),
    ("法宝引证码", MetadataKey::Other),
    ("原文链接", MetadataKey::Other),
    ("访问次数", MetadataKey::Other),
    ("浏览次数", MetadataKey::Other),
    ("点击数", MetadataKey::Other),
    ("浏览量", MetadataKey::Other),
    ("阅读量", MetadataKey::Other),
    ("阅读次数", MetadataKey::Other),
    ("次数", MetadataKey::Other),
    ("访问量", MetadataKey::Other),
    ("阅读", MetadataKey::Other),
    ("栏目", MetadataKey::Other),
    ("字号", MetadataKey::Other),
    ("字体", MetadataKey::Other),
];

/// The labels, to be looked up.
static LABEL_NAMES: LazyLock<Words> = LazyLock::new(|| Words::new(LABELS.iter().map(|(name, _)| *name)));

/// The key of a label.
pub(crate) fn label_key(name: &str) -> Option<MetadataKey> {
    LABEL_NAMES.row(name).map(|row| LABELS[row].1)
}

/// The longest label, in bytes, blanks between its characters included.
pub(crate) const LABEL_MAX: usize = 48;

/// Labels whose line is page furniture rather than a header entry: nobody cites a reading count.
pub(crate) const FURNITURE_LABELS: &[&str] = &["浏览次数", "访问次数", "点击数", "浏览量", "阅读量", "阅读次数", "访问量", "次数", "阅读", "字号", "字体"];

lists! {
    /// What tells a section's role: see `headings.txt`.
    Headings: leadership problems shortcomings measures ahead plan aims carries_out overview asks beside closing annex_of_plan annex_done
    glossary_of glossary requirements aims_of_plan
}

pub(crate) static HEADINGS: LazyLock<Headings> = LazyLock::new(|| Headings::of(&entries(file!("headings.txt"))));
