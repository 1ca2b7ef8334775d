//! What holds for any bytes, in any format: no panic, and the laws of the layout and the origin.
#![cfg(feature = "formats")]

use gongwen::read::{Extracted, Format, Options, extract};
use proptest::prelude::*;
use std::io::{Cursor, Write};

fn laws(bytes: &[u8], got: &Extracted) {
    let mut end = 0;
    for block in &got.layout.blocks {
        assert!(end <= block.span.start && block.span.start < block.span.end);
        assert!(got.text[end as usize..block.span.start as usize].trim().is_empty());
        end = block.span.end;
        let range = got.origin.source_range(block.span);
        assert!(range.start <= range.end);
        if matches!(got.format, Format::Plain | Format::Html | Format::Rtf) {
            assert!(range.end <= bytes.len(), "{range:?} of {}", bytes.len());
        }
    }
    if !got.layout.blocks.is_empty() {
        assert!(got.text[end as usize..].trim().is_empty());
    }
    for table in &got.layout.tables {
        for cell in table.rows.iter().flat_map(|r| &r.cells) {
            assert!(table.span.contains(*cell), "{cell:?} in {:?}", table.span);
            let _ = &got.text[cell.range()];
        }
    }
    for d in &got.diagnostics {
        let _ = &got.text[d.span.range()];
    }
}

fn try_it(bytes: &[u8], format: Option<Format>) {
    let mut options = Options::new();
    options.format = format;
    if let Ok(got) = extract(bytes, &options) {
        laws(bytes, &got);
    }
}

/// Pages out of the pieces that matter to the reader.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<br>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "</td>",
            "<th>",
            "<td colspan=3>",
            "<td rowspan=2>",
            "<td rowspan=0>",
            "<thead>",
            "<ul>",
            "<ol>",
            "<li>",
            "</li>",
            "</ol>",
            "<h1>",
            "</h1>",
            "<a href='x'>",
            "</a>",
            "<b>",
            "</b>",
            "<span style='display:none'>",
            "<p style='font-size:0'>",
            "<span style='font-size:12px'>",
            "</span>",
            "<script>",
            "</script>",
            "<style>.a{display:none}</style>",
            "<p class=a>",
            "<title>",
            "</title>",
            "<meta name=ArticleTitle content='某县通知'>",
            "<body>",
            "<head>",
            "&nbsp;",
            "&ldquo;",
            "&#12345;",
            "&amp",
            "&notit;",
            "<!--",
            "-->",
            "<![CDATA[",
            "\r\n",
            "\0",
            "　",
            "\u{FEFF}",
            "索引号：",
            "来源：",
            "一、总体情况",
            "某县通知",
            "全年学法4次，",
            "。",
            "🙂",
            "扫一扫",
            "<pre>",
            "<select><option>",
            "<button>",
        ])
        .prop_map(str::to_owned),
        "[a-z<>&;=/ \"'一二三]{0,12}",
    ];
    proptest::collection::vec(piece, 0..80).prop_map(|v| v.concat())
}

/// Word documents out of the elements that matter to the reader, well formed or nearly so.
fn body() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(vec![
        "<w:r><w:t>一、正文 </w:t></w:r>",
        "<w:r><w:br/><w:tab/><w:t>&amp;&#65;</w:t></w:r>",
        "<w:r><w:delText>删</w:delText></w:r>",
        "<w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:ilvl w:val=\"9\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>",
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>",
        "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        "<w:tcPr><w:gridSpan w:val=\"3\"/><w:vMerge/></w:tcPr>",
        "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>",
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
        "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>",
        "<w:r><w:footnoteReference w:id=\"2\"/></w:r>",
        "文字",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(6, 80, 6, |inner| {
        let tags = proptest::sample::select(vec![
            "w:p",
            "w:tbl",
            "w:tr",
            "w:tc",
            "w:r",
            "w:txbxContent",
            "w:del",
            "w:ins",
            "w:sdt",
            "mc:AlternateContent",
            "mc:Choice",
            "mc:Fallback",
            "w:pPr",
        ]);
        (tags, proptest::collection::vec(inner, 0..6)).prop_map(|(tag, inner)| format!("<{tag}>{}</{tag}>", inner.concat()))
    })
}

fn docx(body: &str) -> Vec<u8> {
    let ns = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    write!(zip, "<w:document {ns}><w:body>{body}</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for format in [None, Some(Format::Plain), Some(Format::Html), Some(Format::Docx)] {
            try_it(&bytes, format);
        }
    }

    #[test]
    fn any_page(page in soup()) {
        try_it(page.as_bytes(), Some(Format::Html));
        let wide = encoding_rs::GB18030.encode(&page).0.into_owned();
        try_it(&wide, Some(Format::Html));
        try_it(&wide[..wide.len() / 2], None);
    }

    #[test]
    fn any_word_document(body in body()) {
        try_it(&docx(&body), Some(Format::Docx));
    }

    /// What is copied as it stands is found at its place in the page.
    #[test]
    fn origins_are_exact(words in proptest::collection::vec("[一-龥]{1,6}", 1..20), gaps in proptest::collection::vec(0usize..6, 20)) {
        let glue = ["</p><p>", "<br>", "&nbsp;", "<b>", "<!-- x -->", "\r\n"];
        let page: String = words.iter().zip(&gaps).map(|(w, g)| format!("{w}{}", glue[*g])).collect();
        let page = format!("<div>{page}</div>");
        for encoding in [encoding_rs::UTF_8, encoding_rs::GB18030] {
            let bytes = encoding.encode(&page).0.into_owned();
            let options = Options::new().format(Format::Html).encoding(encoding.name()).unwrap();
            let got = extract(&bytes, &options).unwrap();
            let mut at = 0;
            for word in &words {
                let from = at + got.text[at..].find(word.as_str()).unwrap();
                at = from + word.len();
                let range = got.origin.source_range(gongwen::Span::new(from as u32, at as u32));
                // 锘 and what follows it may be the bytes of a mark of UTF-8: they are none here.
                prop_assert_eq!(encoding.decode_without_bom_handling(&bytes[range]).0, word.as_str());
            }
        }
    }

    /// Chinese text is recognised in every encoding it is written in.
    #[test]
    fn encodings_are_found(times in 1usize..4) {
        let simplified = "一、2030年主要工作情况。全县学法用法4次，行政机关负责人出庭应诉率达到100%，群众满意度明显提升。\n".repeat(times);
        let traditional = "一、2030年主要工作情況。全縣學法用法4次，行政機關負責人出庭應訴率達到100%，群眾滿意度明顯提升。\n".repeat(times);
        for (text, encoding) in [(&simplified, encoding_rs::GB18030), (&simplified, encoding_rs::UTF_8), (&traditional, encoding_rs::BIG5)] {
            let bytes = encoding.encode(text).0.into_owned();
            let got = extract(&bytes, &Options::new()).unwrap();
            prop_assert_eq!(&got.text, text, "{} read as {}", encoding.name(), got.encoding);
        }
        for (le, mark) in [(true, true), (false, true), (true, false), (false, false)] {
            let units = std::iter::repeat_n(0xFEFF, usize::from(mark)).chain(simplified.encode_utf16());
            let bytes: Vec<u8> = units.flat_map(|u: u16| if le { u.to_le_bytes() } else { u.to_be_bytes() }).collect();
            let got = extract(&bytes, &Options::new()).unwrap();
            prop_assert_eq!(&got.text, &simplified, "UTF-16, little end first: {}, mark: {}", le, mark);
        }
    }
}
