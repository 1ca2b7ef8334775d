//! The page around an article, in the shapes that publishing systems give it. All content is invented.
#![cfg(feature = "html")]

use gongwen::layout::BlockKind;
use gongwen::read::{Format, Options, extract, read};

const SHORT: [&str; 4] =
    ["各乡镇人民政府，县政府各部门：", "经县政府同意，现将《青屿县2031年普法工作方案》印发给你们，请认真贯彻执行。", "青屿县人民政府办公室", "2031年3月5日"];

fn paragraphs(lines: &[&str]) -> String {
    lines.iter().map(|l| format!("<p>　　{l}</p>\n")).collect()
}

fn body(page: &str) -> Vec<String> {
    let got = extract(page.as_bytes(), &Options::new().format(Format::Html)).unwrap();
    let own = got.layout.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate);
    own.map(|b| got.text[b.span.range()].to_owned()).collect()
}

fn title(page: &str) -> Option<String> {
    let got = extract(page.as_bytes(), &Options::new().format(Format::Html)).unwrap();
    let title = got.layout.blocks.iter().find(|b| b.kind == BlockKind::Heading(0))?;
    Some(got.text[title.span.range()].to_owned())
}

const NAV: &str = r##"<div class="nav"><ul><li><a href="#">首页</a></li><li><a href="#">走进青屿</a></li><li><a href="#">新闻中心</a></li>
<li><a href="#">政务公开</a></li><li><a href="#">办事服务</a></li><li><a href="#">互动交流</a></li></ul></div>"##;
const FOOT: &str = r##"<div class="footer"><p><a href="#">关于我们</a> | <a href="#">网站地图</a> | <a href="#">联系我们</a></p>
<p>主办：青屿县人民政府　承办：青屿县人民政府办公室　地址：青屿县海滨路1号　邮编：000000</p>
<p>网站标识码：0000000000　某ICP备00000000号　某公网安备 00000000000000号</p></div>"##;
const TITLE: &str = "青屿县人民政府办公室关于印发普法工作方案的通知";

#[test]
fn an_article_in_an_editor_box() {
    let page = format!(
        r##"<html><head><title>{TITLE}</title></head><body>{NAV}
        <div class="position">您现在的位置：<a href="#">首页</a>&gt;<a href="#">政府文件</a></div>
        <div class="xl_main"><h2>{TITLE}</h2><div class="xl_info"><span>日期：2031-03-06</span><span>来源：县政府办</span><span>字号：[ 大 中 小 ]</span></div>
        <div class="view TRS_UEDITOR trs_paper_default">{}</div>
        <ul class="fujian"><li>附件：<a href="1.doc">青屿县2031年普法工作方案.doc</a></li></ul></div>
        <div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>{FOOT}</body></html>"##,
        paragraphs(&SHORT)
    );
    assert_eq!(title(&page).as_deref(), Some(TITLE));
    let got = body(&page);
    assert_eq!(&got[got.len() - 5..got.len() - 1], SHORT, "{got:#?}");
    assert!(got.last().unwrap().contains("普法工作方案.doc"));
    assert!(got.iter().all(|l| !l.contains("微博") && !l.contains("互动交流") && !l.contains("邮编")), "{got:#?}");
}

#[test]
fn an_old_page_of_nothing_but_tables() {
    let page = format!(
        r##"<HTML><HEAD><TITLE>{TITLE}-青屿县</TITLE></HEAD><BODY><TABLE width=960><TR><TD><IMG src=a.gif></TD></TR></TABLE>
        <TABLE width=960><TR><TD><A href="#">首页</A></TD><TD><A href="#">要闻</A></TD><TD><A href="#">公告</A></TD></TR></TABLE>
        <TABLE width=960><TR><TD width=200><TABLE><TR><TD>热点新闻</TD></TR><TR><TD><A href="#">县领导调研春季农业生产工作情况</A></TD></TR>
        <TR><TD><A href="#">全县安全生产工作会议召开部署下一步工作</A></TD></TR></TABLE></TD>
        <TD><TABLE width=700><TR><TD align=center><B>{TITLE}</B></TD></TR><TR><TD>发布时间：2031-03-06　来源：县政府办</TD></TR>
        <TR><TD>{}</TD></TR><TR><TD align=right>【<A href="javascript:print()">打印</A>】【<A href="javascript:close()">关闭</A>】</TD></TR></TABLE></TD></TR></TABLE>
        <TABLE width=960><TR><TD>青屿县人民政府 版权所有 某ICP备00000000号</TD></TR></TABLE></BODY></HTML>"##,
        SHORT.map(|l| format!("　　{l}<BR>")).concat()
    );
    let got = body(&page);
    assert!(got.ends_with(&SHORT.map(str::to_owned)), "{got:#?}");
    assert_eq!(title(&page).as_deref(), Some(TITLE));
    assert!(got.iter().all(|l| !l.contains("安全生产") && !l.contains("版权")), "{got:#?}");
}

#[test]
fn news_beside_and_below_with_summaries() {
    let news: String = (1..8)
        .map(|i| format!(r##"<li><a href="#">县委常委会召开第{i}次会议，传达学习有关精神，研究部署重点工作</a><p><a href="#">会议强调，要深入学习，认真落实，抓好各项工作。</a></p></li>"##))
        .collect();
    let page = format!(
        r##"<html><body>{NAV}<div class="wrap"><div class="left"><h1>{TITLE}</h1><div id="zoom">{}</div></div>
        <div class="right"><h3>相关新闻</h3><ul>{news}</ul></div></div><div class="more"><h3>推荐阅读</h3><ul>{news}</ul></div>{FOOT}</body></html>"##,
        paragraphs(&SHORT)
    );
    let got = body(&page);
    assert_eq!(got[0], TITLE);
    assert_eq!(&got[1..], SHORT, "{got:#?}");
}

#[test]
fn the_salutation_outside_the_box_that_holds_the_rest() {
    let long = "各单位要提高认识，加强领导，落实责任，确保各项任务按时完成，取得实效。".repeat(6);
    let page = format!(
        r##"<html><body>{NAV}<div class="con"><h1>{TITLE}</h1><p>各乡镇人民政府：</p><div><div>{}</div></div><p>青屿县人民政府</p><p>2031年3月5日</p></div>{FOOT}</body></html>"##,
        paragraphs(&[long.as_str(), long.as_str()])
    );
    let got = body(&page);
    assert_eq!(got, [TITLE, "各乡镇人民政府：", &long, &long, "青屿县人民政府", "2031年3月5日"]);
}

#[test]
fn words_of_the_page_amid_the_text_are_the_text() {
    let long = "各单位要提高认识，加强领导，落实责任，确保各项任务按时完成，取得实效。";
    let lines = [
        long,
        "（一）推进无障碍环境建设",
        long,
        "二、长者饭堂",
        long,
        "主办单位：青屿县司法局　承办单位：青屿县法学会",
        "相关信息公开",
        "收藏",
        long,
        "附件：报名表",
        "联系我们：县司法局普法股",
        "青屿县司法局",
    ];
    let page = format!("<html><body>{NAV}<div><h1>{TITLE}</h1><p>【字体：大 中 小】</p>{}<p>打印 关闭</p></div>{FOOT}</body></html>", paragraphs(&lines));
    let got = body(&page);
    assert_eq!(got[0], TITLE);
    assert_eq!(&got[1..11], &lines[..10], "{got:#?}");
    assert_eq!(got.last().map(String::as_str), Some("青屿县司法局"));
}

#[test]
fn a_header_of_labels_in_every_markup() {
    let labels = [("索引号", "QY00-2031-0017"), ("发布机构", "青屿县司法局"), ("发文字号", "青司发〔2031〕3号"), ("有效性", "有效")];
    let table: String =
        labels.chunks(2).map(|r| format!("<tr>{}</tr>", r.iter().map(|(l, v)| format!("<td>{l}</td><td>{v}</td>")).collect::<String>())).collect();
    let list: String = labels.iter().map(|(l, v)| format!("<dt>{l}：</dt><dd>{v}</dd>")).collect();
    let boxes: String = labels.iter().map(|(l, v)| format!("<div class=l>{l}：</div><div class=r>{v}</div>")).collect();
    let items: String = labels.iter().map(|(l, v)| format!("<li><b>{l}：</b>{v}</li>")).collect();
    for header in [format!("<table>{table}</table>"), format!("<dl>{list}</dl>"), format!("<div>{boxes}</div>"), format!("<ul>{items}</ul>")] {
        let page = format!("<html><body>{NAV}<div class=a>{header}</div><div class=b><h1>{TITLE}</h1>{}</div>{FOOT}</body></html>", paragraphs(&SHORT));
        let got = body(&page);
        let expected: Vec<String> = labels.iter().map(|(l, v)| format!("{l}：{v}")).collect();
        assert_eq!(&got[..4], expected, "{header}");
        assert_eq!(&got[5..], SHORT);
    }
}

#[test]
fn a_body_that_waits_for_its_script() {
    let long = "县政府各部门要结合实际，认真组织实施，及时研究解决工作中的困难和问题。".repeat(10);
    let page = format!(
        r##"<html><head><style>.hide{{display:none}}</style></head><body>{NAV}<div class="hide" id="txt"><h1>{TITLE}</h1>{}</div>{FOOT}<script>show()</script></body></html>"##,
        paragraphs(&[&long])
    );
    assert_eq!(body(&page), [TITLE, &long]);
}

#[test]
fn numbered_lists_show_their_numbers() {
    let page = "<ol class='custom_cn1'><li><p>加强组织领导。</p></li><li><p>强化督促检查。</p></li></ol><ol start=3><li>按时报送</li><li>4.及时总结</li></ol>";
    assert_eq!(body(page), ["（一）加强组织领导。", "（二）强化督促检查。", "3. 按时报送", "4.及时总结"]);
}

#[test]
fn merged_cells_fill_the_grid() {
    let page = "<table><thead><tr><th rowspan=2>指标</th><th colspan=2>数值</th></tr><tr><th>本年</th><th>上年</th></tr></thead>
        <tr><td>案件</td><td>9</td><td>7</td></tr></table>";
    let got = extract(page.as_bytes(), &Options::new()).unwrap();
    let table = &got.layout.tables[0];
    let rows: Vec<Vec<&str>> = table.rows.iter().map(|r| r.cells.iter().map(|c| &got.text[c.range()]).collect()).collect();
    assert_eq!(rows, [["指标", "数值", "数值"], ["指标", "本年", "上年"], ["案件", "9", "7"]]);
    assert_eq!(table.rows.iter().map(|r| r.header).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(got.text, "指标 | 数值\n本年 | 上年\n案件 | 9 | 7");
}

#[test]
fn white_space_of_the_markup_is_none_of_the_text() {
    let page = "<div>\n  <p>　　提高\n     认识，<span>加强</span>\n<b>领导</b> 2031 年\u{a0}<a href=x>《办法》</a>。</p>文后\n</div>";
    assert_eq!(body(page), ["提高认识，加强领导 2031 年\u{a0}《办法》。", "文后"]);
}

/// What is set in bold before plain text names the paragraph's theme, whatever words it begins with.
#[test]
fn bold_at_the_start_of_a_paragraph_is_its_topic() {
    let page = "<div><p>青屿县2031年普法工作方案</p><p>一、主要任务</p>\
        <p>　　<strong>由校园普法打开局面。</strong>组织宣讲进学校。</p>\
        <p><span style='color:red; font-weight: bold'>由乡村普法</span><b>打开局面。</b>组织宣讲进村。</p>\
        <p><b>由企业普法开局起步。组织</b>宣讲进企业。</p>\
        <p>由机关普法开局起步。<b>组织宣讲</b>进机关。</p></div>";
    let reading = read(page.as_bytes(), &Options::new().format(Format::Html)).unwrap();
    let document = &reading.document;
    let topics: Vec<&str> = document.paragraphs.iter().filter_map(|p| p.topic).map(|t| document.slice(t)).collect();
    assert_eq!(topics, ["由校园普法打开局面", "由乡村普法打开局面"]);
}

/// What a page shows in drawings, above words, on buttons or as pictures is read or told.
#[test]
fn nothing_that_is_shown_is_lost_in_silence() {
    use gongwen::{Code, Severity};
    let get = |html: &str| extract(html.as_bytes(), &Options::new().format(Format::Html)).unwrap();
    let told = |html: &str, words: &str| {
        let got = get(html);
        assert!(got.diagnostics.iter().any(|d| d.code == Code::NotRead && d.message.contains(words)), "{words}: {:?}", got.diagnostics);
        got.text
    };
    let around = |inside: &str| format!("<html><body>{}{inside}<p>特此通知。</p></body></html>", paragraphs(&SHORT));
    let svg = "<svg><title>图</title><desc>画于软件</desc><style>text{}</style><text x=1>办件量</text><text>9件</text></svg>";
    let text = told(&around(svg), "5 characters in drawings");
    assert!(!text.contains("办件量"));
    told(&around("<p>普法<ruby>屿<rp>(</rp><rt>yǔ<input value=注></rt><rp>)</rp></ruby>县</p>"), "3 characters above words");
    told(&around("<object data=x>请安装软件</object>"), "请安装软件");
    for silent in
        ["<svg style='display:none'><text>办件量</text></svg>", "<svg><path d=M0/></svg>", "<svg><title>图</title></svg>", "<ruby>屿<rp>(</rp></ruby>"]
    {
        assert!(get(&around(silent)).diagnostics.iter().all(|d| d.code != Code::NotRead), "{silent}");
    }
    // Buttons and fields stand on lines of their own, and in no sentence.
    let form = "<form>办件编号<input type=text value='请输入&amp;编号'><input type=submit value=查询一下><input type=hidden value=暗号><input type=checkbox value=勾></form>";
    let text = get(&around(form)).text;
    assert!(text.contains("\n办件编号\n请输入&编号\n查询一下\n特此通知。"), "{text}");
    assert!(!text.contains("暗号") && !text.contains('勾'));
    // A title over scans; a picture amid an article; a page's own pictures.
    let scans = get("<html><body><h1>青屿县普法工作方案</h1><p><img src=1.jpg></p><p><img src=2.jpg></p></body></html>");
    let d: Vec<_> = scans.diagnostics.iter().filter(|d| d.code == Code::NotRead).collect();
    assert!(d.len() == 1 && d[0].severity == Severity::Warning && d[0].message.starts_with("2 pictures"), "{d:?}");
    let amid = get(&around("<p><img src=1.jpg></p>"));
    assert!(amid.diagnostics.iter().any(|d| d.code == Code::NotRead && d.severity == Severity::Info));
    let own = get(&format!("<html><body><img src=logo.png>{NAV}{}<img src=code.png>{FOOT}</body></html>", paragraphs(&SHORT)));
    assert!(own.diagnostics.iter().all(|d| d.code != Code::NotRead), "{:?}", own.diagnostics);
}
