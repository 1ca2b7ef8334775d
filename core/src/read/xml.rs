//! A walk over one XML part: start tags, end tags and text with their places.
//!
//! Entities other than the five of XML and numbers are not resolved: a document type may define them and
//! nothing here reads it, so nothing can be expanded or fetched.

use crate::Error;
use crate::read::check;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What comes next in a part.
pub(crate) enum Next<'x> {
    Start(Element<'x>),
    End(Name<'x>),
    Text {
        text: &'x str,
        source: u32,
        source_len: u32,
    },
    /// A character written as a reference.
    Char {
        c: char,
        source: u32,
        source_len: u32,
    },
    Done,
}

/// A name without its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name<'x> {
    /// Whether it is in the main namespace of the part.
    pub(crate) main: bool,
    pub(crate) local: &'x str,
}

/// A start tag.
#[derive(Clone, Debug)]
pub(crate) struct Element<'x> {
    pub(crate) name: Name<'x>,
    pub(crate) source: u32,
    tag: BytesStart<'x>,
}

impl Element<'_> {
    /// An attribute by its name without prefix.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.tag.attributes();
        let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
        found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// Gives every attribute to `each`, its name without prefix and its value: one walk, where an element is asked for several.
    pub(crate) fn attributes(&self, mut each: impl FnMut(&str, &str)) {
        for a in self.tag.attributes().with_checks(false).flatten() {
            if let Ok(value) = a.normalized_value(quick_xml::XmlVersion::Explicit1_0) {
                each(a.key.local_name().as_ref(), &value);
            }
        }
    }

    /// The `val` attribute.
    pub(crate) fn val(&self) -> Option<String> {
        self.get("val")
    }

    /// Whether a switch like `<w:b/>` or `<w:b w:val="0"/>` is on.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off"))
    }

    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }
}

/// The walk.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    part: &'x str,
    prefix: Option<String>,
    /// The elements that are open, as many as `depth` says.
    open: Vec<Name<'x>>,
    cut: bool,
    limit: u32,
    format: &'static str,
}

impl<'x> Xml<'x> {
    /// `format` is what an error calls the file; `namespace` ends the URI of the main namespace, a year in it not counted.
    pub(crate) fn new(part: &'x str, format: &'static str, namespace: &str, limit: u32) -> Self {
        let mut reader = Reader::from_str(part);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, prefix: prefix_of(part, namespace), open: Vec::new(), cut: false, limit, format }
    }

    /// The whole part.
    pub(crate) fn part(&self) -> &'x str {
        self.part
    }

    /// Whether the error that was given says that the part breaks off, inside a tag or between two. Who goes on must tell that
    /// the rest is lost.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> u32 {
        self.open.len() as u32
    }

    pub(crate) fn next(&mut self) -> Result<Next<'x>, Error> {
        loop {
            let before = self.reader.buffer_position() as u32;
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(e) => {
                    self.cut = matches!(e, quick_xml::Error::Syntax(_)) && !self.open.is_empty();
                    return Err(Error::Malformed { format: self.format, reason: format!("its XML is broken: {e}") });
                }
            };
            let after = self.reader.buffer_position() as u32;
            return Ok(match event {
                Event::Start(tag) => {
                    check("nesting depth", self.open.len() as u64 + 1, u64::from(self.limit), "raise `limits.depth`")?;
                    let start = self.part[before as usize..].find('<').unwrap_or(0) + before as usize;
                    let main = tag.name().prefix().as_ref().map(AsRef::as_ref) == self.prefix.as_deref();
                    let name = Name { main, local: self.local(start + 1) };
                    self.open.push(name);
                    Next::Start(Element { name, source: start as u32, tag })
                }
                // The reader has held it against the start tag: the names are the same.
                Event::End(_) => Next::End(self.open.pop().unwrap_or(Name { main: false, local: "" })),
                Event::Text(_) => {
                    let text = &self.part[before as usize..after as usize];
                    Next::Text { text, source: before, source_len: after - before }
                }
                Event::CData(_) => {
                    let raw = &self.part[before as usize..after as usize];
                    let text = raw.strip_prefix("<![CDATA[").and_then(|t| t.strip_suffix("]]>")).unwrap_or("");
                    Next::Text { text, source: before + 9, source_len: text.len() as u32 }
                }
                Event::GeneralRef(r) => {
                    let raw = &self.part[before as usize..after as usize];
                    let c = match r.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        _ => match raw.trim_matches(['&', ';']) {
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "amp" => Some('&'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        },
                    };
                    match c {
                        Some(c) => Next::Char { c, source: before, source_len: after - before },
                        None => continue,
                    }
                }
                Event::Eof if !self.open.is_empty() => {
                    self.cut = true;
                    return Err(Error::Malformed { format: self.format, reason: "its XML breaks off".into() });
                }
                Event::Eof => Next::Done,
                _ => continue,
            });
        }
    }

    /// The local name at a place in the part.
    fn local(&self, at: usize) -> &'x str {
        let rest = &self.part[at..];
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
        let name = &rest[..end];
        name.rsplit(':').next().unwrap_or(name)
    }

    /// Skips to the end of the element that was just started.
    pub(crate) fn skip(&mut self) -> Result<(), Error> {
        let depth = self.open.len();
        while self.open.len() >= depth {
            if let Next::Done = self.next()? {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// The prefix that the part's root binds to the namespace, `w` as a rule; `None` for the default namespace.
fn prefix_of(part: &str, namespace: &str) -> Option<String> {
    let mut rest = &part[..floor(part, 16 * 1024)];
    while let Some(at) = rest.find("xmlns") {
        rest = &rest[at + 5..];
        let Some((name, value)) = rest.split_once('=') else { break };
        let uri = value.trim_start().get(1..).and_then(|v| v.split(['"', '\'']).next()).unwrap_or("");
        // Two dialects: …/wordprocessingml/2006/main and the strict …/wordprocessingml/main.
        if uri.replace("/2006/", "/").ends_with(namespace) {
            return name.trim().strip_prefix(':').map(str::to_owned);
        }
    }
    None
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}
