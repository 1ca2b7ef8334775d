//! The words of the model: kinds, roles, styles, each with its name in the JSON form.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word in the JSON form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $name {
            /// The one that is written so.
            pub(crate) fn named(s: &str) -> Option<Self> {
                match s {
                    $($text => Some($name::$variant),)*
                    _ => None,
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;
            fn from_str(s: &str) -> Result<Self, crate::Error> {
                Self::named(s).ok_or_else(|| crate::Error::Json(format!(concat!("{:?} is no ", stringify!($name)), s)))
            }
        }
    };
}

words! {
    /// What sort of document it is.
    Kind {
        /// 年度报告, 工作报告, 情况报告 on a past year's work in one field.
        AnnualReport = "annual_report",
        /// 政府工作报告 to a people's congress.
        WorkReport = "work_report",
        /// 工作要点, 实施方案, 行动方案, 分工方案, 工作计划.
        WorkPlan = "work_plan",
        /// 通知, 意见, 函, 批复, 若干措施, 政策.
        Notice = "notice",
        /// 条例, 办法, 规定 with 第X条.
        Regulation = "regulation",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// What a header entry tells.
    MetadataKey {
        /// 索引号
        IndexNumber = "index_number",
        /// 文号, 文件编号, 发文字号
        DocumentNumber = "document_number",
        /// 发布机构, 发布单位, 发文机关
        Issuer = "issuer",
        /// 责任部门
        ResponsibleOffice = "responsible_office",
        /// 公开方式
        Disclosure = "disclosure",
        /// 成文日期, 生成日期
        WrittenDate = "written_date",
        /// 发布日期, 发布时间
        PublishedDate = "published_date",
        /// 来源
        Source = "source",
        /// 有效性
        Validity = "validity",
        /// 主题分类
        Topic = "topic",
        /// 编辑, 责任编辑
        Editor = "editor",
        /// Any other labelled entry of a header.
        Other = "other",
    }
}

words! {
    /// The family a marker belongs to.
    MarkerStyle {
        /// 一、
        CnComma = "cn_comma",
        /// (一), 一), ㈠
        CnParen = "cn_paren",
        /// 1., 1、, ⒈
        ArabicDot = "arabic_dot",
        /// (1), 1), ⑴
        ArabicParen = "arabic_paren",
        /// ①
        Circled = "circled",
        /// 1.1, 1.1.1
        Decimal = "decimal",
        /// 第一编, 第一部分
        Part = "part",
        /// 第一章
        Chapter = "chapter",
        /// 第一节
        Division = "division",
        /// 第一条
        Article = "article",
        /// 一是
        ItemShi = "item_shi",
        /// 第一, 首先, 其一
        Ordinal = "ordinal",
    }
}

words! {
    /// How a heading stands in its line.
    HeadingForm {
        /// It fills its line or lines.
        Block = "block",
        /// The section's text goes on in the same line.
        RunIn = "run_in",
    }
}

words! {
    /// What a section is for.
    Role {
        /// 主要举措和成效
        Measures = "measures",
        /// 存在的不足和原因
        Shortcomings = "shortcomings",
        /// 党政主要负责人履行推进法治建设第一责任人职责情况
        Leadership = "leadership",
        /// 下一年度主要安排
        Plan = "plan",
        /// 总体情况
        Overview = "overview",
        /// 工作要求, 组织保障
        Requirements = "requirements",
        /// The task sections of a work plan.
        Tasks = "tasks",
        /// None of these.
        Other = "other",
    }
}

words! {
    /// What kind of quantity a metric is.
    Dimension {
        /// A count of things, people or acts.
        Count = "count",
        /// Per cent.
        Percent = "percent",
        /// 个百分点, 个基点
        PercentagePoint = "percentage_point",
        /// Money.
        Money = "money",
        /// A span of time.
        Duration = "duration",
        /// An area.
        Area = "area",
        /// A length.
        Length = "length",
        /// A mass.
        Mass = "mass",
        /// A volume.
        Volume = "volume",
        /// Energy or power.
        Energy = "energy",
        /// 倍, 三分之一, a rate of two units.
        Ratio = "ratio",
        /// How often.
        Frequency = "frequency",
    }
}

words! {
    /// How a number is hedged.
    Bound {
        /// Not at all.
        Exact = "exact",
        /// 约, 近, 左右
        About = "about",
        /// 余, 多, 超过, 突破
        Over = "over",
        /// 以上, 不少于, 不低于, 至少
        AtLeast = "at_least",
        /// 低于, 不足
        Under = "under",
        /// 以下, 以内, 不超过, 至多
        AtMost = "at_most",
    }
}

words! {
    /// Whether a number reports or demands.
    Modality {
        /// It reports what is or was.
        Actual = "actual",
        /// It is something to reach, to do or to apply.
        Target = "target",
    }
}

words! {
    /// How a number changed.
    ChangeKind {
        /// 由80天缩短至30天
        FromTo = "from_to",
        /// 增长12%
        Increase = "increase",
        /// 下降3.1个百分点
        Decrease = "decrease",
    }
}

words! {
    /// What part a unit takes in a task.
    ResponsibilityRole {
        /// 责任单位
        Responsible = "responsible",
        /// 牵头单位
        Lead = "lead",
        /// 配合单位, 参与单位
        Support = "support",
        /// 督办单位, 监督单位
        Supervise = "supervise",
        /// 责任人, 责任领导
        Person = "person",
    }
}

words! {
    /// What a time expression sets.
    DeadlineKind {
        /// A day by which: 6月底前.
        By = "by",
        /// A span of time within which: 15个工作日内.
        Within = "within",
        /// Again and again: 每季度.
        Recurring = "recurring",
    }
}

words! {
    /// The period of something that recurs.
    Every {
        /// 每天
        Day = "day",
        /// 每周
        Week = "week",
        /// 每月
        Month = "month",
        /// 每季度
        Quarter = "quarter",
        /// 每半年
        HalfYear = "half_year",
        /// 每年
        Year = "year",
    }
}
