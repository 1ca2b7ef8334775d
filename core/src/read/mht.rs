//! Web pages saved with their pictures, `.mht`: one message of several parts, of which the page is one (RFC 2557).

use super::{Encoding, Extracted, Format, Options, SourceMeta, check, html};
use crate::Error;

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let message = Part::new(bytes);
    let Some(page) = message.page(0) else {
        return Err(Error::Malformed { format: "MHT", reason: "no part of it is a web page; open it in a browser and save the page as HTML".to_owned() });
    };
    let decoded = page.decoded();
    check("unpacked size", decoded.len() as u64, options.limits.unpacked, "raise `limits.unpacked`")?;
    let mut options = options.clone();
    if options.encoding.is_none() {
        options.encoding = page.parameter("content-type", "charset").and_then(|c| Encoding::for_label(c.as_bytes()));
    }
    // The label of a part may be as wrong as any: then the page is looked at itself.
    let mut found = match html::extract(&decoded, &options) {
        Err(Error::Encoding { .. }) => {
            options.encoding = None;
            html::extract(&decoded, &options)?
        }
        found => found?,
    };
    found.format = Format::Mht;
    found.origin = found.origin.in_part(page.header("content-location").unwrap_or_else(|| "text/html".to_owned()));
    for name in ["Snapshot-Content-Location", "Subject", "Date"] {
        if let Some(value) = message.header(&name.to_ascii_lowercase()).filter(|v| !v.is_empty()) {
            found.metadata.push(SourceMeta { name: name.to_owned(), value, range: 0..0 });
        }
    }
    Ok(found)
}

/// A part: its headers and its body.
#[derive(Clone, Copy)]
struct Part<'b> {
    headers: &'b [u8],
    body: &'b [u8],
}

impl<'b> Part<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        let end = [&b"\r\n\r\n"[..], b"\n\n"].into_iter().filter_map(|e| Some((super::sniff::find(bytes, e)?, e.len()))).min();
        let (end, len) = end.unwrap_or((bytes.len(), 0));
        Part { headers: &bytes[..end], body: &bytes[end + len..] }
    }

    /// The value of a header, its folded lines joined.
    fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.headers[..self.headers.len().min(64 * 1024)]).into_owned();
        let mut value: Option<String> = None;
        for line in text.lines() {
            match &mut value {
                Some(value) if line.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                Some(_) => break,
                None => {
                    let Some((key, rest)) = line.split_once(':') else { continue };
                    if key.trim().eq_ignore_ascii_case(name) {
                        value = Some(rest.trim().to_owned());
                    }
                }
            }
        }
        value
    }

    fn parameter(&self, header: &str, name: &str) -> Option<String> {
        let value = self.header(header)?;
        let found =
            value.split(';').skip(1).find_map(|p| p.split_once('=').filter(|(k, _)| k.trim().eq_ignore_ascii_case(name)).map(|(_, v)| v.trim().to_owned()))?;
        Some(found.trim_matches('"').to_owned())
    }

    /// The first part that is a page, here or within.
    fn page(self, depth: u32) -> Option<Self> {
        let kind = self.header("content-type").unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("text/html") || kind.starts_with("application/xhtml") {
            return Some(self);
        }
        if !kind.starts_with("multipart/") || depth > 5 {
            return None;
        }
        let boundary = self.parameter("content-type", "boundary").filter(|b| !b.is_empty())?;
        let mark = [b"--", boundary.as_bytes()].concat();
        let mut starts: Vec<usize> = memchr::memmem::find_iter(self.body, &mark).filter(|at| *at == 0 || self.body[at - 1] == b'\n').collect();
        starts.push(self.body.len());
        starts.windows(2).find_map(|pair| {
            let part = &self.body[pair[0] + mark.len()..pair[1]];
            let line = memchr::memchr(b'\n', part).map_or(part.len(), |i| i + 1);
            Part::new(&part[line..]).page(depth + 1)
        })
    }

    fn decoded(&self) -> Vec<u8> {
        match self.header("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "base64" => base64(self.body),
            "quoted-printable" => quoted(self.body),
            _ => self.body.to_vec(),
        }
    }
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for b in body {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

fn quoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut i = 0;
    while i < body.len() {
        if body[i] != b'=' {
            out.push(body[i]);
            i += 1;
            continue;
        }
        let digits = body.get(i + 1..i + 3).and_then(|d| std::str::from_utf8(d).ok());
        match digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            // A line that was broken for its length.
            None if body[i + 1..].starts_with(b"\r\n") => i += 3,
            None if body[i + 1..].starts_with(b"\n") => i += 2,
            None => {
                out.push(b'=');
                i += 1;
            }
        }
    }
    out
}
