//! The labels of the table that stands above an article: 索引号, 发文机关, 成文日期 …

/// Whether a label is one of those that the sites put above an article. Spaces inside do not count.
pub(crate) fn is_known(label: &str) -> bool {
    const KNOWN: &[&str] = &[
        "索引号", "信息索引号", "索引", "主题分类", "信息分类", "分类", "发文机关", "发文单位", "发布机构", "发布单位",
        "发布机关", "信息来源", "公开主体", "制发机关", "成文日期", "成文时间", "生成日期", "生成时间", "发文日期", "发布日期",
        "发布时间", "公开日期", "公开时间", "公布日期", "印发日期", "生效日期", "生效时间", "实施日期", "废止日期", "失效日期",
        "失效时间", "标题", "信息名称", "名称", "文件名称", "文号", "发文字号", "文件编号", "文件号", "公文编号", "统一编号",
        "规范性文件统一编号", "登记号", "主题词", "关键词", "关键字", "有效性", "效力状态", "文件状态", "是否有效", "时效性",
        "公开方式", "公开类别", "公开范围", "公开形式", "公开属性", "责任部门", "组配分类", "体裁", "体裁分类", "服务对象",
        "所属栏目", "来源", "文章来源", "稿源", "作者", "编辑", "责任编辑", "审核", "发布人", "内容概述",
        "内容概览", "概述", "语种", "效力等级", "载体类型", "公开程序", "公开时限", "公开目录", "目录编号", "公文种类", "文种",
        "日期", "时间", "语言", "版本号", "适用范围", "废止时间", "施行日期", "执行标志",
    ];
    let mut plain = [0u8; 48];
    let mut len = 0;
    for c in label.chars().filter(|c| !super::buffer::is_blank(*c)) {
        let Some(room) = plain.get_mut(len..).filter(|r| r.len() >= 4) else { return false };
        len += c.encode_utf8(room).len();
    }
    let Ok(label) = std::str::from_utf8(&plain[..len]) else { return false };
    // 发表时间, 信息发布日期, 文章来源 … are put together freely.
    let built = ["日期", "时间", "来源", "字号", "文号", "索引号"].iter().any(|e| label.ends_with(e) && len <= 18)
        && !["会议", "报名", "完成", "办理", "工作", "申请", "截止", "缴费", "开放", "咨询", "服务"].iter().any(|w| label.contains(w));
    built || KNOWN.contains(&label)
}
