//! The encodings that Chinese is found in, without their tables: those come from the caller.
//!
//! Stands in for encoding_rs where that is left out (feature `encodings`), under the names that `bytes.rs` uses of it. A
//! browser has every table already, and a second copy of them would be the larger part of a download. What is here
//! knows where a character begins and ends; which one it is says the decoder that [`provide_decoder`] was given.
//! Characters end where the standard says (<https://encoding.spec.whatwg.org/>), so damage is found in the same places.

use std::sync::OnceLock;

/// A character encoding.
#[derive(Debug, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
    kind: Kind,
    labels: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Utf8,
    Utf16 {
        big: bool,
    },
    Gb,
    Big5,
    /// One byte, one character.
    Single,
}

static ALL: [Encoding; 7] = [
    Encoding { name: "UTF-8", kind: Kind::Utf8, labels: &["utf-8", "utf8", "unicode-1-1-utf-8"] },
    Encoding { name: "UTF-16LE", kind: Kind::Utf16 { big: false }, labels: &["utf-16le", "utf-16", "ucs-2", "unicode"] },
    Encoding { name: "UTF-16BE", kind: Kind::Utf16 { big: true }, labels: &["utf-16be", "unicodefffe"] },
    Encoding { name: "gb18030", kind: Kind::Gb, labels: &["gb18030"] },
    Encoding { name: "GBK", kind: Kind::Gb, labels: &["gbk", "gb2312", "gb_2312", "gb_2312-80", "chinese", "csgb2312", "csiso58gb231280", "x-gbk"] },
    Encoding { name: "Big5", kind: Kind::Big5, labels: &["big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5"] },
    Encoding {
        name: "windows-1252",
        kind: Kind::Single,
        labels: &["windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "ascii", "us-ascii"],
    },
];
pub(crate) static UTF_8: &Encoding = &ALL[0];
pub(crate) static UTF_16LE: &Encoding = &ALL[1];
pub(crate) static UTF_16BE: &Encoding = &ALL[2];
pub(crate) static GB18030: &Encoding = &ALL[3];
pub(crate) static GBK: &Encoding = &ALL[4];
pub(crate) static BIG5: &Encoding = &ALL[5];
/// What bytes are that are nothing else.
pub(crate) static WINDOWS_1252: &Encoding = &ALL[6];

impl Encoding {
    pub(crate) fn for_label(label: &[u8]) -> Option<&'static Self> {
        let label = label.trim_ascii();
        ALL.iter().find(|e| e.labels.iter().any(|l| l.as_bytes().eq_ignore_ascii_case(label)))
    }

    pub(crate) fn for_bom(bytes: &[u8]) -> Option<(&'static Self, usize)> {
        let marks: [(&[u8], _); 3] = [(b"\xEF\xBB\xBF", UTF_8), (b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)];
        marks.into_iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(mark, e)| (e, mark.len()))
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    #[cfg_attr(not(feature = "html"), allow(dead_code))]
    pub(crate) fn is_ascii_compatible(&self) -> bool {
        !matches!(self.kind, Kind::Utf16 { .. })
    }

    pub(crate) fn is_single_byte(&self) -> bool {
        self.kind == Kind::Single
    }

    pub(crate) fn new_decoder_without_bom_handling(&'static self) -> Decoder {
        let table = match self.kind {
            // A table is filled once; before there is a decoder it would stay empty.
            _ if !is_provided() => None,
            Kind::Gb => Some(Table::of(&GB_TABLE, self)),
            Kind::Big5 => Some(Table::of(&BIG5_TABLE, self)),
            Kind::Single => Some(Table::of(&SINGLE_TABLE, self)),
            Kind::Utf8 | Kind::Utf16 { .. } => None,
        };
        Decoder { encoding: self, table, pending: Vec::new() }
    }
}

/// What the bytes are in the encoding of that label, broken ones as U+FFFD: `new TextDecoder(label).decode(bytes)`.
pub type Decode = fn(label: &str, bytes: &[u8]) -> String;

static DECODE: OnceLock<Decode> = OnceLock::new();

/// Says what decodes the encodings that this build has no tables of, GB18030 and Big5 among them. Without it a file in
/// one of them is an [`Error::Unsupported`](crate::Error::Unsupported). The first one given stays.
pub fn provide_decoder(decode: Decode) {
    let _ = DECODE.set(decode);
}

/// Whether somebody said it.
pub(crate) fn is_provided() -> bool {
    DECODE.get().is_some()
}

fn decoded(encoding: &Encoding, bytes: &[u8]) -> String {
    DECODE.get().map_or_else(String::new, |decode| decode(encoding.name, bytes))
}

static GB_TABLE: OnceLock<Table> = OnceLock::new();
static BIG5_TABLE: OnceLock<Table> = OnceLock::new();
static SINGLE_TABLE: OnceLock<Table> = OnceLock::new();

/// Every character of one or two bytes, asked for once.
#[derive(Debug)]
struct Table {
    text: String,
    /// Where each begins in `text`; nothing is there for those that are none.
    starts: Vec<u32>,
}

impl Table {
    fn of(table: &'static OnceLock<Table>, encoding: &'static Encoding) -> &'static Table {
        table.get_or_init(|| Table::new(encoding))
    }

    fn new(encoding: &Encoding) -> Self {
        let leads = if encoding.kind == Kind::Single { 0..=0 } else { 0x80..=0xFF };
        let mut table = Table { text: String::new(), starts: vec![0] };
        for lead in leads {
            let mut row = Vec::new();
            for trail in 0x40..=0xFF {
                // No encoding takes a line end for the second half of a character, so damage stays in its own line.
                row.extend([lead, trail, b'\n'].iter().skip(usize::from(lead == 0)));
            }
            let row = decoded(encoding, &row);
            let mut cells = row.split('\n');
            for _ in 0x40..=0xFF {
                let cell = cells.next().filter(|c| !c.contains('\u{FFFD}')).unwrap_or_default();
                table.text.push_str(cell);
                table.starts.push(table.text.len() as u32);
            }
        }
        table
    }

    fn get(&self, lead: u8, trail: u8) -> Option<&str> {
        let i = usize::from(lead.saturating_sub(0x80)) * 0xC0 + usize::from(trail.checked_sub(0x40)?);
        let (start, end) = (*self.starts.get(i)?, *self.starts.get(i + 1)?);
        self.text.get(start as usize..end as usize).filter(|c| !c.is_empty())
    }
}

/// What stands at the start of some bytes.
enum Found {
    /// A character (seldom two), and how many bytes it takes.
    Char(usize),
    /// Bytes that are none, and how many belong together.
    Bad(usize),
    /// The beginning of a character.
    More,
}

/// How far a decoder came.
pub(crate) enum DecoderResult {
    InputEmpty,
    OutputFull,
    /// Bytes that are no character: how many, and how many were read after them.
    Malformed(u8, u8),
}

/// Decodes piece by piece; the beginning of a character waits for its end.
pub(crate) struct Decoder {
    encoding: &'static Encoding,
    table: Option<&'static Table>,
    pending: Vec<u8>,
}

impl Decoder {
    /// As in encoding_rs: what happened, bytes read, bytes written. Nothing is read after damage.
    pub(crate) fn decode_to_utf8_without_replacement(&mut self, src: &[u8], dst: &mut [u8], last: bool) -> (DecoderResult, usize, usize) {
        let (mut read, mut written) = (0, 0);
        let mut character = String::new();
        loop {
            // The longest character has four bytes.
            let waiting = self.pending.len();
            let rest = &src[read..];
            let mut front = [0; 4];
            let seen = front.len().min(waiting + rest.len());
            front[..waiting].copy_from_slice(&self.pending);
            front[waiting..seen].copy_from_slice(&rest[..seen - waiting]);
            let front = &front[..seen];
            if front.is_empty() {
                return (DecoderResult::InputEmpty, read, written);
            }
            character.clear();
            match self.step(front, &mut character) {
                Found::More if last => {
                    self.pending.clear();
                    return (DecoderResult::Malformed(seen as u8, 0), src.len(), written);
                }
                Found::More => {
                    self.pending = front.to_vec();
                    return (DecoderResult::InputEmpty, src.len(), written);
                }
                Found::Char(len) => {
                    if written + character.len() > dst.len() {
                        return (DecoderResult::OutputFull, read, written);
                    }
                    dst[written..written + character.len()].copy_from_slice(character.as_bytes());
                    written += character.len();
                    self.take(len, &mut read);
                }
                Found::Bad(len) => {
                    self.take(len, &mut read);
                    return (DecoderResult::Malformed(len as u8, 0), read, written);
                }
            }
        }
    }

    /// Steps over bytes, first over those that waited.
    fn take(&mut self, len: usize, read: &mut usize) {
        let waited = len.min(self.pending.len());
        self.pending.drain(..waited);
        *read += len - waited;
    }

    fn step(&self, front: &[u8], out: &mut String) -> Found {
        let first = front[0];
        if first < 0x80 && self.encoding.is_ascii_compatible() {
            out.push(first.into());
            return Found::Char(1);
        }
        match self.encoding.kind {
            Kind::Utf8 => utf8(front, out),
            Kind::Utf16 { big } => utf16(front, big, out),
            Kind::Single => self.look_up(0, first, 1, out),
            Kind::Gb if first == 0x80 => {
                out.push('€');
                Found::Char(1)
            }
            Kind::Gb | Kind::Big5 if matches!(first, 0x80 | 0xFF) => Found::Bad(1),
            Kind::Gb => match *front {
                [_, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', ..] => self.four(front, out),
                [_] | [_, b'0'..=b'9'] | [_, b'0'..=b'9', 0x81..=0xFE] => Found::More,
                [_, b'0'..=b'9', ..] => Found::Bad(1),
                [lead, trail, ..] => self.look_up(lead, trail, 2, out),
                [] => Found::More,
            },
            Kind::Big5 => match *front {
                [lead, trail, ..] => self.look_up(lead, trail, 2, out),
                _ => Found::More,
            },
        }
    }

    fn look_up(&self, lead: u8, trail: u8, len: usize, out: &mut String) -> Found {
        match self.table.and_then(|t| t.get(lead, trail)) {
            Some(character) => {
                out.push_str(character);
                Found::Char(len)
            }
            // An ASCII character behind a stray lead is itself again.
            None if trail < 0x80 => Found::Bad(1),
            None => Found::Bad(len),
        }
    }

    /// A rare character of GB18030.
    fn four(&self, front: &[u8], out: &mut String) -> Found {
        let character = decoded(self.encoding, front);
        if character.is_empty() || character.contains('\u{FFFD}') {
            return Found::Bad(4);
        }
        out.push_str(&character);
        Found::Char(4)
    }
}

fn utf8(front: &[u8], out: &mut String) -> Found {
    let valid = match std::str::from_utf8(front) {
        Ok(text) => text,
        Err(e) if e.valid_up_to() == 0 => return e.error_len().map_or(Found::More, Found::Bad),
        Err(e) => std::str::from_utf8(&front[..e.valid_up_to()]).unwrap_or_default(),
    };
    let Some(c) = valid.chars().next() else { return Found::More };
    out.push(c);
    Found::Char(c.len_utf8())
}

fn utf16(front: &[u8], big: bool, out: &mut String) -> Found {
    let mut units = front.chunks_exact(2).map(|b| if big { u16::from_be_bytes([b[0], b[1]]) } else { u16::from_le_bytes([b[0], b[1]]) });
    let Some(first) = units.next() else { return Found::More };
    let second = units.next();
    if second.is_none() && (0xD800..0xDC00).contains(&first) {
        return Found::More;
    }
    match char::decode_utf16([first].into_iter().chain(second)).next() {
        Some(Ok(c)) => {
            out.push(c);
            Found::Char(c.len_utf16() * 2)
        }
        _ => Found::Bad(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::DecoderResult as TheirResult;

    /// What is decoded, and where bytes are broken; the buffer holds a character or two, so that it is often full.
    macro_rules! decoded {
        ($bytes:expr, $encoding:expr, $result:ident) => {{
            let mut decoder = $encoding.new_decoder_without_bom_handling();
            let (mut out, mut broken, mut at, mut buffer) = (String::new(), Vec::new(), 0, [0; 8]);
            loop {
                let (result, read, written) = decoder.decode_to_utf8_without_replacement(&$bytes[at..], &mut buffer, true);
                at += read;
                out.push_str(std::str::from_utf8(&buffer[..written]).unwrap());
                match result {
                    $result::InputEmpty => break (out, broken),
                    $result::OutputFull => {}
                    $result::Malformed(len, extra) => {
                        broken.push((at - usize::from(len) - usize::from(extra), usize::from(len)));
                        out.push('\u{FFFD}');
                    }
                }
            }
        }};
    }

    /// Whole texts, damaged ones and noise, read as encoding_rs reads them.
    #[test]
    fn decoding_is_that_of_the_standard() {
        provide_decoder(|label, bytes| encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().decode_without_bom_handling(bytes).0.into_owned());
        let text = "某县2024年工作要点：“一窗受理”率达98.5%。\r\n縣政府辦公室 €㐀𠮷\u{E7C7}";
        let mut seed = 11u32;
        let mut random = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) as usize
        };
        for ours_is in &ALL {
            let encoding = encoding_rs::Encoding::for_label(ours_is.name.as_bytes()).unwrap();
            assert_eq!(encoding.name(), ours_is.name);
            for label in ours_is.labels {
                assert_eq!(encoding_rs::Encoding::for_label(label.as_bytes()).unwrap(), encoding, "{label}");
            }
            let whole = match ours_is.kind {
                Kind::Utf16 { big } => text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect(),
                _ => encoding.encode(text).0.into_owned(),
            };
            for round in 0..2000 {
                let mut bytes = whole.clone();
                for _ in 0..round % 7 {
                    let at = random() % bytes.len();
                    bytes[at] = random() as u8;
                    bytes.truncate(bytes.len() - random() % 3);
                }
                if round % 5 == 4 {
                    bytes = (0..40).map(|_| random() as u8).collect();
                }
                assert_eq!(decoded!(bytes, ours_is, DecoderResult), decoded!(bytes, encoding, TheirResult), "{}: {bytes:02x?}", ours_is.name);
            }
        }
    }
}
