//! Words that tell the parts of a document apart: header labels, page furniture, genre words, role words.
//! 文档结构用词：题头标签、网页附加文字、文种、章节角色。

use crate::{Kind, MetadataKey, Role};

/// Punctuation that no line begins with: the line before goes on. 不能出现在行首的标点。
pub(crate) const CANNOT_BEGIN_LINE: &[char] = &['、', '，', '。', '；', '：', '）', '》', '”', '】', '〕', '！', ',', ';', ':', ')', ']', '!'];

/// Characters that no paragraph ends with: the line goes on below. 不能出现在段末的字。
pub(crate) const CANNOT_END_LINE: &[char] = &['、', '，', ',', '的', '和', '与', '及', '或', '为', '对', '将', '把', '由', '以', '在', '《', '“', '（', '(', '〔', '【'];

/// Header labels without the blanks that are often set between their characters. 题头标签。
pub(crate) const LABELS: &[(&str, MetadataKey)] = &[
    ("索引号", MetadataKey::IndexNumber),
    ("信息索引号", MetadataKey::IndexNumber),
    ("政府信息索引号", MetadataKey::IndexNumber),
    ("索引", MetadataKey::IndexNumber),
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
    ("字号", MetadataKey::Other),
    ("字体", MetadataKey::Other),
];

/// The longest label, in bytes, blanks between its characters included.
pub(crate) const LABEL_MAX: usize = 48;

/// Labels whose line is page furniture rather than a header entry: nobody cites a reading count.
pub(crate) const FURNITURE_LABELS: &[&str] = &["浏览次数", "访问次数", "点击数", "浏览量", "阅读量", "阅读次数", "字号", "字体"];

/// A short line that has one of these is page furniture wherever it stands. 网页附加文字。
pub(crate) const FURNITURE: &[&str] = &[
    "当前位置", "现在的位置", "所在位置", "您的位置", "首页 >", "首页>", "> 正文", ">正文", "今天是", "扫一扫", "扫码", "二维码", "打印本页", "关闭窗口", "关闭本页",
    "分享到", "字体：", "字体:", "【字体", "字号：", "字号:", "大 中 小", "大中小", "浏览次数", "点击数", "上一篇", "下一篇", "上一条", "下一条", "版权所有", "ICP备", "公网安备", "网站标识码",
    "技术支持", "网站地图", "联系我们", "主办单位：", "主办：", "承办：", "主办单位:", "返回顶部", "无障碍", "长者助手", "繁體", "登录", "手机版", "打印文章", "收藏本页", "政府信息公开指南",
    "相关附件", "相关解读", "相关阅读", "相关新闻", "相关链接", "相关信息", "友情链接", "手机浏览", "网站声明", "隐私", "政务微信", "政务微博", "阅读原文", "[详细]", "【打印】", "【关闭】", "INFO END",
    "政策解读", "保护视力", "我要纠错", "语音播报", "朗读",
];

/// Of these, the ones after which no document goes on. 正文之后才出现的附加文字。
pub(crate) const AFTERWARDS: &[&str] = &[
    "上一篇", "下一篇", "上一条", "下一条", "扫一扫", "扫码", "版权所有", "ICP备", "公网安备", "网站标识码", "技术支持", "网站地图", "主办单位：", "主办：", "主办单位:", "承办：", "分享到", "打印本页",
    "关闭窗口", "关闭本页", "相关附件", "相关解读", "相关阅读", "相关新闻", "相关链接", "相关信息", "友情链接", "手机浏览", "[详细]", "【打印】", "【关闭】", "返回顶部",
];

/// Lines that are page furniture as a whole. 整行为附加文字。
pub(crate) const FURNITURE_LINES: &[&str] = &["打印", "关闭", "分享", "收藏", "首页", "正文", "大", "中", "小", "字号", "字体", "简体", "English", "搜索", "返回", "更多", "退出", "注册", "繁体", "下载", "全文", "|", "×"];

/// The last word of a title, and the kind of document it names. Longer words first. 文种。
pub(crate) const GENRES: &[(&str, Kind)] = &[
    ("政府工作报告", Kind::WorkReport),
    ("工作报告", Kind::AnnualReport),
    ("情况报告", Kind::AnnualReport),
    ("情况的报告", Kind::AnnualReport),
    ("情况汇报", Kind::AnnualReport),
    ("工作汇报", Kind::AnnualReport),
    ("年度报告", Kind::AnnualReport),
    ("年报", Kind::AnnualReport),
    ("工作总结", Kind::AnnualReport),
    ("总结", Kind::AnnualReport),
    ("述法报告", Kind::AnnualReport),
    ("自查报告", Kind::AnnualReport),
    ("执行情况", Kind::AnnualReport),
    ("工作情况", Kind::AnnualReport),
    ("建设情况", Kind::AnnualReport),
    ("报告", Kind::Other),
    ("工作要点", Kind::WorkPlan),
    ("要点", Kind::WorkPlan),
    ("实施方案", Kind::WorkPlan),
    ("行动方案", Kind::WorkPlan),
    ("分工方案", Kind::WorkPlan),
    ("方案", Kind::WorkPlan),
    ("行动计划", Kind::WorkPlan),
    ("工作计划", Kind::WorkPlan),
    ("计划", Kind::WorkPlan),
    ("工作安排", Kind::WorkPlan),
    ("任务分工", Kind::WorkPlan),
    ("任务清单", Kind::WorkPlan),
    ("分解表", Kind::WorkPlan),
    ("规划纲要", Kind::WorkPlan),
    ("实施纲要", Kind::WorkPlan),
    ("规划", Kind::WorkPlan),
    ("纲要", Kind::WorkPlan),
    ("行动", Kind::WorkPlan),
    ("条例", Kind::Regulation),
    ("实施办法", Kind::Regulation),
    ("办法", Kind::Regulation),
    ("规定", Kind::Regulation),
    ("实施细则", Kind::Regulation),
    ("细则", Kind::Regulation),
    ("规则", Kind::Regulation),
    ("规程", Kind::Regulation),
    ("章程", Kind::Regulation),
    ("解释", Kind::Regulation),
    ("通知", Kind::Notice),
    ("意见", Kind::Notice),
    ("复函", Kind::Notice),
    ("来函", Kind::Notice),
    ("的函", Kind::Notice),
    ("批复", Kind::Notice),
    ("答复", Kind::Notice),
    ("若干措施", Kind::Notice),
    ("措施", Kind::Notice),
    ("举措", Kind::Notice),
    ("若干政策", Kind::Notice),
    ("政策", Kind::Notice),
    ("公告", Kind::Notice),
    ("通告", Kind::Notice),
    ("通报", Kind::Notice),
    ("决定", Kind::Notice),
    ("公示", Kind::Notice),
    ("指引", Kind::Notice),
    ("倡议书", Kind::Notice),
    ("指导意见", Kind::Notice),
    ("预案", Kind::Notice),
    ("标准", Kind::Notice),
    ("制度", Kind::Notice),
    ("指南", Kind::Notice),
    ("政策解读", Kind::Other),
    ("问答", Kind::Other),
    ("公报", Kind::Other),
    ("草案", Kind::Other),
    ("名单", Kind::Notice),
    ("目录", Kind::Other),
    ("安排", Kind::Notice),
    ("讲话", Kind::Other),
    ("说明", Kind::Other),
    ("清单", Kind::Other),
    ("法", Kind::Regulation),
];

/// Words in a heading that tell a section's role in a report, the stronger first. 报告的章节角色。
pub(crate) const REPORT_ROLES: &[(Role, &[&str])] = &[
    (Role::Leadership, &["第一责任人", "主要负责人履行", "主要负责同志履行", "履职情况", "党政主要负责人", "法治建设职责", "述法情况"]),
    (Role::Shortcomings, &["不足", "存在的问题", "存在问题", "存在的困难", "主要问题", "问题和原因", "问题及原因", "短板", "差距", "困难和问题", "薄弱环节", "问题与", "面临的形势", "问题和困难", "突出问题和", "存在的主要"]),
    (Role::Plan, &["下一步", "下步", "下一年", "打算", "工作安排", "工作计划", "工作思路", "主要安排", "重点安排", "工作重点", "明年", "工作规划", "重点工作", "重点任务", "工作任务", "努力方向", "工作目标", "下一阶段", "改进措施", "今后", "工作谋划", "展望", "工作建议", "年计划", "总体安排", "工作部署", "目标任务"]),
    (Role::Overview, &["总体情况", "基本情况", "总体概况", "工作概况", "总体工作情况", "概况", "基本概况", "概述"]),
];

/// The same in a work plan. 工作方案的章节角色。
pub(crate) const PLAN_ROLES: &[(Role, &[&str])] = &[
    (Role::Requirements, &["工作要求", "组织保障", "保障措施", "组织领导", "组织实施", "有关要求", "相关要求", "保障机制", "强化保障", "工作保障", "几点要求", "具体要求", "推进措施", "实施保障", "加强保障", "监督检查", "组织推动", "落实保障", "强化组织", "保障制度", "保障体系", "工作机制保障"]),
    (Role::Overview, &["总体要求", "指导思想", "工作目标", "基本原则", "总体目标", "总体思路", "发展目标", "工作原则", "主要目标", "目标任务", "工作思路", "总体部署", "目标要求", "基本思路", "发展基础", "现状", "背景", "规划背景", "发展环境", "基本情况"]),
];

/// Words that betray advertising planted by search-engine poisoners. 植入的垃圾广告用词。
pub(crate) const SPAM: &[&str] = &[
    "彩票", "足彩", "博彩", "六合彩", "时时彩", "彩金", "投注", "赌场", "赌博平台", "娱乐城", "娱乐平台", "娱乐注册", "棋牌游戏", "体育直播", "体育彩", "在线直播", "开奖", "送彩金", "百家乐", "老虎机",
    "真人娱乐", "体育投注", "电竞下注", "成人视频", "手机版下载", "官方下载", "app下载", "APP下载", "注册送", "高清视频", "在线观看", "电子游艺", "体育官网",
];

/// How a work report addresses the congress it is given to. 人代会报告称呼。
pub(crate) const CONGRESS: &[&str] = &["各位代表", "向大会报告", "向大会作", "提请大会审议", "请予审议"];

/// Headings of what follows a document without being part of it. 附在文后的内容。
pub(crate) const GLOSSARY: &[&str] = &["名词解释", "名词注释", "有关名词解释", "名词说明", "注释", "附注"];
