//! What kind of file the bytes are.

use super::Format;
use crate::Error;

/// Finds the format out from the first bytes; the file's name decides what they leave open.
///
/// # Errors
/// [`Error::Unsupported`] for formats that are known and not read: PDF, old Word files, spreadsheets.
pub fn sniff(bytes: &[u8], file_name: Option<&str>) -> Result<Format, Error> {
    let name = file_name.unwrap_or_default().to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e.split(['?', '#']).next().unwrap_or(""));
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_format(bytes, ending);
    }
    if let Some(error) = refused(bytes) {
        return Err(error);
    }
    if looks_like_html(bytes) {
        return Ok(Format::Html);
    }
    if ending == "docx" {
        let reason = "it is no ZIP archive".to_owned();
        return Err(Error::Malformed { format: "DOCX", reason });
    }
    match ending {
        "html" | "htm" | "shtml" | "xhtml" | "jsp" | "asp" | "aspx" | "php" => Ok(Format::Html),
        _ => Ok(Format::Plain),
    }
}

fn refused(bytes: &[u8]) -> Option<Error> {
    let unsupported = |format, hint| Some(Error::Unsupported { format, hint });
    let head = &bytes[..bytes.len().min(1024)];
    match () {
        () if find(head, b"%PDF-").is_some_and(|at| at < 64) => unsupported("PDF", "take its text out first (pdftotext -layout) and read that"),
        () if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) => {
            unsupported("old Word or WPS (.doc, .wps, .xls)", "save it as .docx and read that")
        }
        () if bytes.starts_with(b"{\\rtf") => unsupported("RTF", "save it as .docx and read that"),
        () if bytes.starts_with(&[0x1F, 0x8B]) => unsupported("gzip", "unpack it first"),
        () if bytes.starts_with(b"Rar!") || bytes.starts_with(b"7z\xBC\xAF") => unsupported("archive", "unpack it first"),
        () if bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xFF, 0xD8, 0xFF]) => unsupported("image", "run text recognition on it first"),
        () if find(head, b"MIME-Version:").is_some() && find(head, b"multipart/related").is_some() => {
            unsupported("MHTML", "save the page as plain HTML and read that")
        }
        () => None,
    }
}

/// Names stand uncompressed in the headers of an archive, so a search is enough to tell its kind.
fn zip_format(bytes: &[u8], ending: &str) -> Result<Format, Error> {
    let has = |name: &[u8]| find(bytes, name).is_some();
    let unsupported = |format, hint| Err(Error::Unsupported { format, hint });
    match () {
        () if has(b"word/document.xml") || has(b"word/document2.xml") || ending == "docx" => Ok(Format::Docx),
        () if has(b"xl/workbook.xml") => unsupported("spreadsheet (.xlsx)", "save it as text (CSV) or as a web page"),
        () if has(b"ppt/presentation.xml") => unsupported("presentation (.pptx)", "save its text and read that"),
        () if has(b"application/vnd.oasis.opendocument") => unsupported("OpenDocument", "save it as .docx and read that"),
        () if has(b"OFD.xml") => unsupported("OFD", "take its text out first and read that"),
        () if has(b"application/epub+zip") => unsupported("EPUB", "unpack it and read its pages"),
        // Perhaps a Word file under another main part; its relations will tell.
        () if has(b"[Content_Types].xml") => Ok(Format::Docx),
        () => unsupported("ZIP archive", "unpack it and read its files"),
    }
}

/// A tag that opens a page, or several block tags in a piece of one.
fn looks_like_html(bytes: &[u8]) -> bool {
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let head = &bytes[..bytes.len().min(16 * 1024)];
    // In UTF-16 every ASCII character comes with a zero byte; without them the tags can be seen.
    let head: Vec<u8> = head.iter().filter(|b| !utf16 || **b != 0).map(u8::to_ascii_lowercase).collect();
    let start = head.iter().position(|b| *b < 0x80 && !b.is_ascii_whitespace() && *b != 0).unwrap_or(0);
    let early = |tag: &[u8]| find(&head, tag).is_some_and(|at| at < start + 1024);
    if early(b"<!doctype html") || early(b"<html") || early(b"<head>") || early(b"<body") {
        return true;
    }
    let closing: [&[u8]; 8] = [b"</p>", b"</div>", b"</td>", b"</span>", b"<br>", b"<br/>", b"<br />", b"</table>"];
    let opening: [&[u8]; 6] = [b"<p>", b"<p ", b"<div", b"<table", b"<span", b"<meta "];
    let tags = closing.iter().filter(|t| find(&head, t).is_some()).count();
    let opened = opening.iter().filter(|t| find(&head, t).is_some()).count();
    // A paragraph so long that its end lies beyond what is looked at still opens like markup.
    let first_is_tag = head.get(start) == Some(&b'<') && opening.iter().any(|t| head[start..].starts_with(t));
    first_is_tag || (opened > 0 && tags > 0) || tags > 1
}

pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle)
}
