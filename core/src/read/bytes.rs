//! Bytes to characters: which encoding, how sure, and where every character came from.

use super::Options;
#[cfg(not(feature = "encodings"))]
use super::encoding::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use crate::{Code, Diagnostic, Error, Span};
#[cfg(feature = "encodings")]
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// Places that could not be decoded are listed one by one up to this many; the rest is counted.
const LISTED: usize = 50;

/// How many bytes are enough to judge by.
const SAMPLE: usize = 64 * 1024;

/// The share of frequent characters that Chinese has at least, when it is decoded as what it is.
const SURE: f64 = 0.12;

/// Decoded characters with the way back to the bytes.
#[derive(Clone, Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) map: DecodeMap,
    pub(crate) encoding: &'static Encoding,
    pub(crate) sure: bool,
    /// Where bytes could not be decoded, in characters of `text`; each stands as U+FFFD.
    pub(crate) broken: Vec<Broken>,
    /// How many there are in all.
    pub(crate) broken_count: usize,
    /// Encoding the file declares, when that is not the one it is in.
    pub(crate) contradicts: Option<&'static Encoding>,
}

/// Bytes that are no character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Broken {
    /// Place of the U+FFFD in the decoded text.
    pub(crate) at: u32,
    /// Offset of the first such byte in the input.
    pub(crate) byte: usize,
    /// How many bytes.
    pub(crate) len: usize,
}

/// Maps offsets of decoded UTF-8 back to offsets of the input.
///
/// UTF-8 input needs only the length of the byte order mark. For other encodings there is a checkpoint
/// every few hundred bytes; the way from a checkpoint to the place asked for is decoded again. That
/// takes 3 % of the space that one entry per character would.
#[derive(Clone, Debug, Default)]
pub(crate) struct DecodeMap {
    shift: usize,
    other: Option<Box<Checkpoints>>,
}

#[derive(Clone, Debug)]
struct Checkpoints {
    encoding: &'static Encoding,
    bytes: Vec<u8>,
    /// (offset in the text, offset in the bytes), both between characters.
    points: Vec<(u32, u32)>,
}

impl DecodeMap {
    /// Input offset of a text offset. Inside a character it is the character's start.
    pub(crate) fn to_bytes(&self, at: u32) -> usize {
        let Some(map) = &self.other else { return self.shift + at as usize };
        let i = map.points.partition_point(|p| p.0 <= at).saturating_sub(1);
        let Some(&(mut text, byte)) = map.points.get(i) else { return self.shift };
        let mut byte = byte as usize;
        let mut decoder = map.encoding.new_decoder_without_bom_handling();
        let mut buffer = [0u8; 16];
        let mut start = byte;
        while text < at && byte < map.bytes.len() {
            // One byte at a time: the decoder keeps the first half of a character to itself.
            let last = byte + 1 == map.bytes.len();
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(&map.bytes[byte..=byte], &mut buffer, last);
            byte += read;
            let written = match result {
                DecoderResult::Malformed(..) => written + 3,
                _ => written,
            };
            if text + written as u32 > at {
                return self.shift + start;
            }
            text += written as u32;
            if written > 0 {
                start = byte;
            }
        }
        self.shift + start
    }
}

/// Decides on an encoding and decodes. `declared` is what a web page says of itself.
pub(crate) fn decode(bytes: &[u8], options: &Options, declared: Option<&'static Encoding>) -> Result<Decoded, Error> {
    let asked = options.encoding;
    if asked.is_none() && (bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF])) {
        return Err(utf32());
    }
    let (bom, shift) = Encoding::for_bom(bytes).map_or((None, 0), |(e, n)| (Some(e), n));
    let body = &bytes[shift..];
    let known = bom.or(asked);
    // Nearly every file is sound UTF-8, and looked at once. Valid UTF-8 beyond ASCII does not come about by chance, whatever the
    // page declares: pages moved between systems keep an old `charset=gb2312`. A zero byte is of UTF-16, where nothing says what the file is in.
    if known.is_none_or(|e| e == UTF_8)
        && let Ok(text) = simdutf8::basic::from_utf8(body)
        && (known.is_some() || memchr::memchr(0, body).is_none())
    {
        let contradicts = declared.filter(|d| asked.is_none() && !same_family(d, UTF_8));
        return Ok(Decoded { contradicts, ..Decoded::plain(text.to_owned(), UTF_8, shift) });
    }
    let (encoding, sure) = match known {
        Some(e) => (e, true),
        None => detect(body, declared)?,
    };
    if needs_table(encoding) && !has_tables() && !body.is_ascii() {
        return Err(without_table(encoding.name()));
    }
    let mut decoded = run(body, encoding, shift);
    decoded.sure = sure;
    decoded.contradicts = declared.filter(|d| asked.is_none() && !same_family(d, encoding));
    // A wrong label shows at once: text in the right encoding is broken here and there, not everywhere.
    if asked.is_some() && bom.is_none() && decoded.broken_count * 50 > decoded.text.len() {
        let offset = decoded.broken.first().map_or(0, |b| b.byte as u64);
        return Err(Error::Encoding { encoding: encoding.name(), offset });
    }
    Ok(decoded)
}

/// The text of an XML part: in UTF-16 or UTF-8 by its mark, else in UTF-8, else in what it declares; and how many places
/// are no text in that.
#[cfg(any(feature = "docx", feature = "ofd", feature = "xlsx", feature = "archive"))]
pub(crate) fn decode_xml(bytes: Vec<u8>) -> (String, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let decoded = run(&bytes[mark..], encoding, mark);
        return (decoded.text, decoded.broken_count);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, 0),
        Err(e) => e.into_bytes(),
    };
    let declared = xml_encoding(&bytes).filter(|e| !needs_table(e) || has_tables()).unwrap_or(UTF_8);
    let decoded = run(&bytes, declared, 0);
    (decoded.text, decoded.broken_count)
}

/// What `<?xml … encoding="…"?>` names, where it can be true.
#[cfg(any(feature = "html", feature = "docx", feature = "ofd", feature = "xlsx", feature = "archive"))]
pub(crate) fn xml_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    let at = super::sniff::find(head, b"encoding=").filter(|_| head.starts_with(b"<?xml"))?;
    let value = head[at + 9..].get(1..)?;
    let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_".contains(b)))?;
    // What could be read up to here is not in UTF-16.
    Encoding::for_label(&value[..end]).filter(|e| e.is_ascii_compatible())
}

/// GBK and GB18030 are read alike, and so are the labels a web page calls UTF-16 by.
fn same_family(a: &'static Encoding, b: &'static Encoding) -> bool {
    let key = |e: &'static Encoding| if e == GBK { GB18030 } else { e };
    key(a) == key(b)
}

/// Whether characters of the encoding are found in a table, not calculated.
fn needs_table(encoding: &'static Encoding) -> bool {
    ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)
}

#[cfg(feature = "encodings")]
const fn has_tables() -> bool {
    true
}

#[cfg(not(feature = "encodings"))]
fn has_tables() -> bool {
    super::encoding::is_provided()
}

fn without_table(encoding: &'static str) -> Error {
    let hint = "this build has no tables beside UTF-8 and UTF-16: enable the feature `encodings`, or give read::provide_decoder a decoder";
    Error::Unsupported { format: encoding, hint }
}

/// The encoding of bytes that are no sound UTF-8 or hold a zero, and whether that is sure.
fn detect(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<(&'static Encoding, bool), Error> {
    if is_utf32(bytes) {
        return Err(utf32());
    }
    let broken_utf8 = invalid_utf8(bytes);
    if let Some(e) = utf16_without_bom(bytes) {
        return Ok((e, declared == Some(e)));
    }
    let wide = bytes.iter().filter(|b| **b >= 0x80).count();
    // UTF-8 with a few damaged places, cut somewhere or pasted from elsewhere.
    if broken_utf8 * 30 < wide || wide == 0 {
        return Ok((UTF_8, declared == Some(UTF_8) || broken_utf8 <= 1));
    }
    if !has_tables() {
        // Which of them it is cannot be tried.
        return Err(without_table(declared.filter(|e| needs_table(e)).map_or("GB18030 or Big5", |e| e.name())));
    }
    let sample = sample(bytes);
    // Servers declare iso-8859-1 where nobody said anything; every byte is a character of it, so that it proves nothing.
    if let Some(e) = declared.filter(|e| *e != UTF_8 && !e.is_single_byte()) {
        let decoded = run(&sample, e, 0);
        if decoded.broken_count * 50 <= decoded.text.len() {
            return Ok((e, true));
        }
    }
    let guess = guess(bytes);
    // The three ways Chinese is written here. The detector knows many more, and a short text of few
    // characters may look like any of them.
    let candidates = [guess, GB18030, BIG5];
    let score = |e: &'static Encoding| {
        let decoded = run(&sample, e, 0);
        commonness(&decoded.text) - decoded.broken_count as f64 / decoded.text.chars().count().max(1) as f64 * 4.0
    };
    let best = candidates.into_iter().map(|e| (e, score(e))).fold(None, |best: Option<(&'static Encoding, f64)>, next| match best {
        Some(b) if b.1 >= next.1 => Some(b),
        _ => Some(next),
    });
    let (encoding, score) = best.unwrap_or((guess, 0.0));
    if let Some(e) = declared.filter(|e| e.is_single_byte() && score <= SURE) {
        return Ok((e, true));
    }
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    Ok((encoding, score > SURE))
}

/// What bytes are in that no Chinese encoding fits.
#[cfg(feature = "encodings")]
fn guess(bytes: &[u8]) -> &'static Encoding {
    use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), Utf8Detection::Deny)
}

#[cfg(not(feature = "encodings"))]
fn guess(_: &[u8]) -> &'static Encoding {
    super::encoding::WINDOWS_1252
}

/// The first bytes, enough to judge by.
fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(SAMPLE)]
}

/// Enough to judge by of what is not ASCII, with what stands close behind: a page may begin with any length of scripts, and
/// go on with more of them behind a remark.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut near = 0;
    let close = |byte: &&u8| {
        near = if byte.is_ascii() { usize::saturating_sub(near, 1) } else { 256 };
        near > 0
    };
    bytes.iter().filter(close).take(SAMPLE).copied().collect()
}

fn invalid_utf8(mut bytes: &[u8]) -> usize {
    let mut n = 0;
    while let Err(e) = std::str::from_utf8(bytes) {
        n += 1;
        let skip = e.valid_up_to() + e.error_len().unwrap_or(bytes.len() - e.valid_up_to());
        bytes = &bytes[skip.max(1)..];
    }
    n
}

fn utf32() -> Error {
    Error::Unsupported { format: "UTF-32", hint: "save it as UTF-8 and read that" }
}

/// In UTF-32 every other unit of 16 bits says the plane: 0, or one of the three others that have characters.
fn is_utf32(bytes: &[u8]) -> bool {
    let shown = |code: u32| code < 0x4_0000 && char::from_u32(code).is_some_and(|c| !c.is_control() || c.is_ascii_whitespace());
    let units = head(bytes).as_chunks::<4>().0;
    let all = |read: fn([u8; 4]) -> u32| units.iter().filter(|u| !shown(read(**u))).count() * 50 <= units.len();
    units.len() > 1 && (all(u32::from_le_bytes) || all(u32::from_be_bytes))
}

/// ASCII in UTF-16 leaves every second byte zero; so do line ends and digits of a Chinese text. What they
/// suggest has to make sense as text too.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = head(bytes).chunks_exact(2);
    let n = pairs.len();
    let (mut le, mut be) = (0, 0);
    // Line ends, digits, letters, and the marks of U+30xx and U+FFxx.
    let usual = |high, low| matches!((high, low), (0, 0x0A | 0x20..=0x7E) | (0x30, 0..=2) | (0xFF, 0x0C | 0x1A));
    for pair in pairs {
        le += usize::from(usual(pair[1], pair[0]));
        be += usize::from(usual(pair[0], pair[1]));
    }
    if n < 2 || le.max(be) * 20 < n {
        return None;
    }
    let encoding = if le > be { UTF_16LE } else { UTF_16BE };
    let text = run(head(bytes), encoding, 0);
    let ascii = text.text.chars().filter(|c| c.is_ascii_graphic() || c.is_ascii_whitespace()).count();
    let sensible = commonness(&text.text) > SURE || ascii * 10 > n * 9;
    (sensible && text.broken_count <= 1).then_some(encoding)
}

/// The share of characters that are among the most frequent of the genre, in both scripts.
fn commonness(text: &str) -> f64 {
    const COMMON: &str = "，。、；：的一国政府工作和在年人民中大会发展建设市行法理部门实加强推进为有全业对县区省务业公度\
        國發會設業務實強進為門縣區對與關於產質經濟個這項";
    let (mut common, mut wide) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()).take(20_000) {
        wide += 1;
        common += usize::from(COMMON.contains(c));
    }
    if wide == 0 { 0.0 } else { common as f64 / wide as f64 }
}

/// Decodes from `bytes`, which start `shift` bytes into the input.
fn run(bytes: &[u8], encoding: &'static Encoding, shift: usize) -> Decoded {
    if encoding == UTF_8
        && let Ok(text) = simdutf8::basic::from_utf8(bytes)
    {
        return Decoded::plain(text.to_owned(), UTF_8, shift);
    }
    let mut out = Decoded::plain(String::with_capacity(bytes.len() + bytes.len() / 2), encoding, shift);
    let mut points = vec![(0u32, 0u32)];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0u8; 384];
    let mut at = 0;
    loop {
        // A small buffer on purpose: when it is full the decoder stops between two characters, which
        // is where a checkpoint can stand.
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut buffer, true);
        at += read;
        // encoding_rs writes UTF-8 only; the check is cheap beside the decoding.
        out.text.push_str(std::str::from_utf8(&buffer[..written]).unwrap_or_default());
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(len, extra) => {
                let len = usize::from(len);
                let byte = shift + at.saturating_sub(len + usize::from(extra));
                if out.broken.len() < LISTED {
                    let after = Broken { at: out.text.len() as u32, byte, len };
                    match out.broken.last_mut() {
                        // Neighbours are one damaged place.
                        Some(b) if b.byte + b.len == byte => b.len += len,
                        _ => out.broken.push(after),
                    }
                }
                out.broken_count += 1;
                out.text.push('\u{FFFD}');
            }
        }
        points.push((out.text.len() as u32, at as u32));
    }
    out.map.other = Some(Box::new(Checkpoints { encoding, bytes: bytes.to_vec(), points }));
    out
}

impl Decoded {
    /// Text whose places are those of the bytes behind `shift`.
    fn plain(text: String, encoding: &'static Encoding, shift: usize) -> Self {
        Self { text, map: DecodeMap { shift, other: None }, encoding, sure: true, broken: Vec::new(), broken_count: 0, contradicts: None }
    }

    /// What to tell about the encoding. `place` maps a place of the decoded text to one of the result.
    pub(crate) fn diagnostics(&self, place: impl Fn(u32) -> Option<u32>) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        let name = self.encoding.name();
        if !self.sure {
            out.push(Diagnostic::new(
                Code::EncodingGuessed,
                Span::at(0),
                format!("the encoding is not declared; {name} fits best and is not certain"),
                format!("编码未声明，按最可能的 {name} 读取，不能确定"),
            ));
        }
        if let Some(declared) = self.contradicts {
            let declared = declared.name();
            out.push(Diagnostic::new(
                Code::EncodingGuessed,
                Span::at(0),
                format!("the file declares {declared} but is in {name}"),
                format!("文件声明为 {declared}，实际为 {name}"),
            ));
        }
        for b in &self.broken {
            let span = place(b.at).map_or(Span::at(0), |at| Span::new(at, at + 3));
            out.push(Diagnostic::new(
                Code::UndecodableBytes,
                span,
                format!("{} bytes at byte {} of the input are no {name} text", b.len, b.byte),
                format!("第 {} 字节起的 {} 个字节不是 {name} 文字", b.byte, b.len),
            ));
        }
        if self.broken_count > self.broken.len() && self.broken.len() == LISTED {
            let more = self.broken_count;
            out.push(Diagnostic::new(
                Code::UndecodableBytes,
                Span::at(0),
                format!("{more} places in all are no {name} text; the first {LISTED} are listed"),
                format!("共有 {more} 处不是 {name} 文字，仅列出前 {LISTED} 处"),
            ));
        }
        out
    }
}

/// Decodes what is known to be in that encoding; what is none of it becomes U+FFFD.
#[cfg(any(feature = "doc", feature = "xls", feature = "rtf", feature = "ofd", feature = "archive"))]
pub(crate) fn plain(bytes: &[u8], encoding: &'static Encoding) -> String {
    run(bytes, encoding, 0).text
}

/// What names in archives are in that are no UTF-8.
#[cfg(any(feature = "ofd", feature = "archive"))]
pub(crate) static GBK_NAMES: &Encoding = GB18030;
