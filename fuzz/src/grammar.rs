//! Inputs put together of what the readers look for, and changes to inputs that keep them so.

use crate::PIECES;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A small generator of random numbers (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// One of several.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &'a [&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<br>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "<td colspan=3 rowspan=2>",
    "<td rowspan=0>",
    "<thead>",
    "<tbody>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<ul>",
    "</ul>",
    "<ol start=3>",
    "</ol>",
    "<li>",
    "<li value=7>",
    "<a href=x>",
    "</a>",
    "<b>",
    "</b>",
    "<span style=\"display:none\">",
    "<span style='font-size:0'>",
    "<span class=a>",
    "</span>",
    "<style>.a{display:none}</style>",
    "<script>",
    "</script>",
    "<meta charset=gbk>",
    "<meta name=PubDate content=2024-01-02>",
    "<title>",
    "</title>",
    "<head>",
    "</head>",
    "<body>",
    "<html>",
    "<!--",
    "-->",
    "<object>",
    "</object>",
    "<iframe src=a.pdf></iframe>",
    "<select><option>",
    "</select>",
    "<button>",
    "<textarea>",
    "</textarea>",
    "<pre>",
    "</pre>",
    "<ruby>甲<rt>",
    "</rt>",
    "<svg>",
    "<template>",
    "</template>",
    "<form>",
    "<center>",
    "<font size=3>",
    "</font>",
    "<o:p>",
    "&nbsp;",
    "&ensp;",
    "&#12288;",
    "&lt;",
    "&amp",
    "&#x4e00;",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "\n",
    " ",
    "　",
    "<![CDATA[",
    "]]>",
    "<p a=",
    "\r\n",
    "\t",
    "<dl><dt>",
    "<dd>",
    "<caption>",
];

const XML: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:p/>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:t xml:space=\"preserve\">",
    "<w:tab/>",
    "<w:br/>",
    "<w:cr/>",
    "<w:noBreakHyphen/>",
    "<w:pPr>",
    "</w:pPr>",
    "<w:rPr>",
    "</w:rPr>",
    "<w:b/>",
    "<w:vanish/>",
    "<w:pStyle w:val=\"1\"/>",
    "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>",
    "<w:outlineLvl w:val=\"1\"/>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr>",
    "<w:tcPr><w:vMerge/></w:tcPr>",
    "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>",
    "<w:trPr><w:tblHeader/></w:trPr>",
    "<w:sdt>",
    "</w:sdt>",
    "<w:sdtContent>",
    "</w:sdtContent>",
    "<w:docPartGallery w:val=\"Table of Contents\"/>",
    "<w:del>",
    "</w:del>",
    "<w:ins>",
    "</w:ins>",
    "<w:delText>",
    "</w:delText>",
    "<w:instrText>",
    "</w:instrText>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:footnoteReference w:id=\"2\"/>",
    "<w:footnoteRef/>",
    "<mc:AlternateContent>",
    "</mc:AlternateContent>",
    "<mc:Choice>",
    "</mc:Choice>",
    "<mc:Fallback>",
    "</mc:Fallback>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<w:pict>",
    "</w:pict>",
    "<w:drawing>",
    "</w:drawing>",
    "<pic:pic/>",
    "<c:chart/>",
    "<o:OLEObject/>",
    "<w:altChunk/>",
    "<w:hyperlink>",
    "</w:hyperlink>",
    "<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/>",
    "<w:smartTag>",
    "</w:smartTag>",
    "<w:rt>",
    "</w:rt>",
    "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&lt;",
    "&#x4e00;",
    "&amp;",
    "&x;",
    "<",
    "\n",
    "<w:sectPr/>",
    "<w:moveFrom>",
    "</w:moveFrom>",
    "\u{1E}",
    "<w:style w:styleId=\"1\" w:type=\"paragraph\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"1\"/></w:style>",
    "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
    "<w:footnote w:id=\"2\">",
    "</w:footnote>",
];

/// Elements that are whole, so that what stands in them gets through.
const WHOLE: &[(&str, &str)] = &[
    ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"),
    ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"),
    ("<w:sdt><w:sdtContent><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:sdtContent></w:sdt>"),
    ("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>", "</w:t></w:r></w:p>"),
];

/// Some pieces of a report.
fn words(random: &mut Random, most: usize, out: &mut String) {
    for _ in 0..1 + random.below(most) {
        *out += random.pick(PIECES);
        if random.below(6) == 0 {
            out.push('\n');
        }
    }
}

/// A new input for a target.
#[must_use]
pub fn generate(target: &str, random: &mut Random) -> Vec<u8> {
    let mut out = String::new();
    match target {
        "html" => {
            for _ in 0..1 + random.below(40) {
                match random.below(3) {
                    0 => words(random, 4, &mut out),
                    _ => out += random.pick(HTML),
                }
            }
        }
        "xml" => {
            // Half of them well-formed: a stray end tag is the end of the reading.
            let sound = random.below(2) == 0;
            for _ in 0..1 + random.below(25) {
                let (open, close) = WHOLE[random.below(WHOLE.len())];
                let token = random.pick(XML);
                if !sound && random.below(2) == 0 {
                    out += token;
                } else {
                    out += open;
                    words(random, 4, &mut out);
                    if token.ends_with("/>") && token.matches('<').count() == 1 {
                        out += "</w:t>";
                        out += token;
                        out += "<w:t>";
                    }
                    out += close;
                }
            }
        }
        "markdown" | "paragraphs" => return (0..2 + random.below(40)).map(|_| random.below(256) as u8).collect(),
        "archive" => {
            let parts = crate::targets::parts(&generate("xml", random));
            let mut parts: Vec<_> = parts.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
            if random.below(4) == 0 {
                parts.push((random.pick(NAMES).to_owned(), generate("xml", random)));
            }
            return packed(&parts, random);
        }
        "decode" => {
            words(random, 60, &mut out);
            let mut bytes = match random.below(6) {
                0 => encoding_rs::GB18030.encode(&out).0.into_owned(),
                1 => encoding_rs::BIG5.encode(&out).0.into_owned(),
                2 => out.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                3 => [0xFE, 0xFF].into_iter().chain(out.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
                _ => out.into_bytes(),
            };
            if random.below(2) == 0 {
                damage(random, &mut bytes);
            }
            return bytes;
        }
        _ => words(random, 60, &mut out),
    }
    out.into_bytes()
}

/// Parts that a Word file may have, and names that none should.
const NAMES: &[&str] = &[
    "word/header1.xml",
    "word/footer1.xml",
    "word/endnotes.xml",
    "word/comments.xml",
    "word/media/image1.png",
    "docProps/core.xml",
    "[Content_Types].xml",
    "_rels/.rels",
    "word\\document.xml",
    "../word/document.xml",
    "WORD/DOCUMENT.XML",
    "word/",
    "",
];

/// An archive of these parts with the right checksums, each packed or not; of one in six a field of a header is wrong, or some
/// bytes.
fn packed(parts: &[(String, Vec<u8>)], random: &mut Random) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = if random.below(2) == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        // Two parts of one name are refused.
        if zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method)).is_ok() {
            let _ = zip.write_all(bytes);
        }
    }
    let mut bytes = zip.finish().map_or_else(|_| Vec::new(), Cursor::into_inner);
    match random.below(12) {
        0 => damage(random, &mut bytes),
        1 => break_header(random, &mut bytes),
        _ => {}
    }
    bytes
}

/// Writes a value that is seldom right into one of the headers of an archive.
fn break_header(random: &mut Random, bytes: &mut [u8]) {
    let headers: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, w)| [*b"PK\x01\x02", *b"PK\x03\x04", *b"PK\x05\x06"].iter().any(|h| w == h)).map(|(i, _)| i).collect();
    if headers.is_empty() {
        return;
    }
    let at = headers[random.below(headers.len())] + 4 + 2 * random.below(21);
    let len = bytes.len() as u32;
    let value = [0, 1, 8, 0xFFFF, u32::MAX, len, len - 1, random.next() as u32][random.below(8)];
    let width = 2 + 2 * random.below(2);
    if let Some(field) = bytes.get_mut(at..at + width) {
        field.copy_from_slice(&value.to_le_bytes()[..width]);
    }
}

/// The parts of a sound archive.
fn unpacked(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let file = archive.by_index(i).ok()?;
        let (name, mut bytes) = (file.name().ok()?.into_owned(), Vec::new());
        file.take(1 << 16).read_to_end(&mut bytes).ok()?;
        parts.push((name, bytes));
    }
    (!parts.is_empty()).then_some(parts)
}

/// Changes the parts of an archive, so that it is one still.
fn repacked(data: &[u8], other: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut parts = unpacked(data)?;
    let others = unpacked(other).unwrap_or_default();
    let at = random.below(parts.len());
    let main = parts.iter().position(|(name, _)| name == "word/document.xml").filter(|_| random.below(2) == 0).unwrap_or(at);
    match random.below(10) {
        0 if parts.len() > 1 => drop(parts.remove(at)),
        1 => parts[at].0 = random.pick(NAMES).to_owned(),
        2 if !others.is_empty() => parts.push(others[random.below(others.len())].clone()),
        3 => damage(random, &mut parts[at].1),
        _ => {
            let theirs = if others.is_empty() { &[][..] } else { &others[random.below(others.len())].1 };
            parts[main].1 = mutate("xml", &parts[main].1, theirs, random);
        }
    }
    Some(packed(&parts, random))
}

/// Breaks some bytes.
fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..1 + random.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        match random.below(4) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.next() as u8,
            2 => bytes.truncate(at),
            _ => drop(bytes.remove(at)),
        }
    }
}

/// Changes an input: pieces put in, taken out, doubled, exchanged with another input's.
#[must_use]
pub fn mutate(target: &str, data: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    if target == "archive" {
        return repacked(data, other, random).unwrap_or_else(|| generate(target, random));
    }
    if matches!(target, "decode" | "markdown" | "paragraphs") {
        let mut bytes = data.to_vec();
        damage(random, &mut bytes);
        return bytes;
    }
    let (Ok(text), Ok(other)) = (std::str::from_utf8(data), std::str::from_utf8(other)) else { return data.to_vec() };
    let tokens: &[&str] = match target {
        "html" => HTML,
        "xml" => XML,
        _ => PIECES,
    };
    let mut text = text.to_owned();
    for _ in 0..1 + random.below(4) {
        let from = text.floor_char_boundary(random.below(text.len() + 1));
        let to = text.ceil_char_boundary((from + random.below(24)).min(text.len()));
        match random.below(6) {
            0 => text.insert_str(from, random.pick(tokens)),
            1 => text.insert_str(from, random.pick(PIECES)),
            2 => text.replace_range(from..to, ""),
            3 => text.replace_range(from..to, random.pick(PIECES)),
            4 => {
                let piece = text[from..to].to_owned();
                text.insert_str(from, &piece);
            }
            _ => {
                let a = other.floor_char_boundary(random.below(other.len() + 1));
                let b = other.ceil_char_boundary((a + random.below(80)).min(other.len()));
                text.insert_str(from, &other[a..b]);
            }
        }
        if text.len() > 4000 {
            text.truncate(text.floor_char_boundary(2000));
        }
    }
    text.into_bytes()
}
