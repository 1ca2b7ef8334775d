//! What kind of file the bytes are.

use super::Format;
use crate::Error;

/// Finds the format out from the first bytes; the file's name decides what they leave open.
///
/// # Errors
/// [`Error::Unsupported`] for formats that are known and not read (presentations, pictures, OpenDocument …); [`Error::Malformed`]
/// for compound files that are broken.
pub fn sniff(bytes: &[u8], file_name: Option<&str>) -> Result<Format, Error> {
    let name = file_name.unwrap_or_default().to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e.split(['?', '#']).next().unwrap_or(""));
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_format(bytes, ending);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return ole_format(bytes);
    }
    if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some_and(|at| at < 64) {
        return Ok(Format::Pdf);
    }
    if is_mail(&bytes[..bytes.len().min(4096)]) {
        return Ok(Format::Mht);
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

/// Whether these are the header lines of a mail in several parts, as a browser saves a page; they begin with a letter.
fn is_mail(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    if !head.trim_ascii_start().first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let head = head.to_ascii_lowercase();
    find(&head, b"mime-version:").is_some() && find(&head, b"multipart/").is_some()
}

fn refused(bytes: &[u8]) -> Option<Error> {
    let unsupported = |format, hint| Some(Error::Unsupported { format, hint });
    let head = &bytes[..bytes.len().min(1024)];
    match () {
        () if bytes.starts_with(&[0x1F, 0x8B]) => unsupported("gzip", "unpack it first"),
        () if bytes.starts_with(b"Rar!") || bytes.starts_with(b"7z\xBC\xAF") => unsupported("archive", "unpack it first"),
        () if bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xFF, 0xD8, 0xFF]) => unsupported("image", "run text recognition on it first"),
        () if find(head, b"urn:schemas-microsoft-com:office:spreadsheet").is_some() && find(head, b"<Workbook").is_some() => {
            unsupported("Excel 2003 XML", "open it in Excel or WPS, save it as .xlsx and read that")
        }
        () if find(head, b"schemas.microsoft.com/office/word/2003/wordml").is_some() => unsupported("Word 2003 XML", "save it as .docx and read that"),
        () => None,
    }
}

/// The streams of a compound file say what it is.
#[cfg(any(feature = "doc", feature = "xls"))]
fn ole_format(bytes: &[u8]) -> Result<Format, Error> {
    let ole = super::ole::Ole::open(bytes)?;
    let unsupported = |format, hint| Err(Error::Unsupported { format, hint });
    match () {
        () if ole.has("WordDocument") => Ok(Format::Doc),
        () if ole.has("Workbook") || ole.has("Book") => Ok(Format::Xls),
        () if ole.has("EncryptedPackage") => unsupported("encrypted Office", "open it with its password, save it without one and read that"),
        () if ole.has("PowerPoint Document") => unsupported("presentation (.ppt)", "save its text and read that"),
        () if ole.has("CONTENTS") || ole.has("MatOST") => unsupported("Microsoft Works (.wps)", "open it in LibreOffice, save it as .docx and read that"),
        () if ole.has("__properties_version1.0") => unsupported("Outlook message (.msg)", "save its text and read that"),
        () => unsupported("OLE", "it holds no text of Word, WPS or Excel; save it as .docx and read that"),
    }
}

#[cfg(not(any(feature = "doc", feature = "xls")))]
fn ole_format(_: &[u8]) -> Result<Format, Error> {
    Err(Error::Unsupported {
        format: "old Word or WPS (.doc, .wps, .xls)",
        hint: "save it as .docx and read that, or build gongwen with the `formats` feature",
    })
}

/// Where an archive lists its entries, at its end; all of it, where the list is damaged.
fn directory(bytes: &[u8]) -> &[u8] {
    let tail = bytes.len().saturating_sub(66_000);
    let listed = || {
        let end = tail + memchr::memmem::rfind(&bytes[tail..], b"PK\x05\x06")?;
        let size = u32::from_le_bytes(bytes.get(end + 12..end + 16)?.try_into().ok()?);
        bytes.get(end.checked_sub(size as usize)?..end).filter(|list| list.starts_with(b"PK\x01\x02"))
    };
    listed().unwrap_or(bytes)
}

/// Names stand uncompressed in the list of entries, so a search is enough to tell the kind of an archive.
fn zip_format(bytes: &[u8], ending: &str) -> Result<Format, Error> {
    let list = directory(bytes);
    let has = |name: &[u8]| find(list, name).is_some();
    // The first entry may say its kind, uncompressed too.
    let says = |kind: &[u8]| find(&bytes[..bytes.len().min(1024)], kind).is_some();
    let unsupported = |format, hint| Err(Error::Unsupported { format, hint });
    match () {
        () if has(b"word/document.xml") || has(b"word/document2.xml") => Ok(Format::Docx),
        () if has(b"xl/workbook.xml") => Ok(Format::Xlsx),
        () if has(b"xl/workbook.bin") => unsupported("binary spreadsheet (.xlsb)", "save it as .xlsx and read that"),
        () if has(b"ppt/presentation.xml") => unsupported("presentation (.pptx)", "save its text and read that"),
        () if says(b"application/vnd.oasis.opendocument") => unsupported("OpenDocument", "save it as .docx and read that"),
        () if has(b"OFD.xml") || has(b"ofd.xml") => Ok(Format::Ofd),
        () if says(b"application/epub+zip") => unsupported("EPUB", "unpack it and read its pages"),
        // Perhaps a Word file under another main part; its relations will tell.
        () if has(b"[Content_Types].xml") || ending == "docx" => Ok(Format::Docx),
        () => unsupported("ZIP archive", "read its files with `read::Archive`, or unpack it"),
    }
}

/// A tag that opens a page, or several block tags in a piece of one.
fn looks_like_html(bytes: &[u8]) -> bool {
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let head = &bytes[..bytes.len().min(16 * 1024)];
    if memchr::memchr(b'<', head).is_none() {
        return false;
    }
    // In UTF-16 every ASCII character comes with a zero byte; without them the tags can be seen.
    let mut head = head.to_ascii_lowercase();
    if utf16 {
        head.retain(|b| *b != 0);
    }
    let start = head.iter().position(|b| *b < 0x80 && !b.is_ascii_whitespace() && *b != 0).unwrap_or(0);
    let early = |tag: &[u8]| find(&head[..head.len().min(start + 1023 + tag.len())], tag).is_some();
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
