//! What a paragraph inherits from its style: numbering, outline level, its place in a table of contents.

use crate::Error;
use crate::read::xml::{Next, Xml};
use std::collections::HashMap;

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    num: Option<String>,
    level: Option<usize>,
    outline: Option<u8>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

/// What a style says of its paragraphs, with what it inherits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) num: Option<String>,
    pub(super) level: Option<usize>,
    /// The style that names the list: its place in the list may be told by the list itself.
    pub(super) num_style: Option<String>,
    /// 0 the highest, 9 body text.
    pub(super) outline: Option<u8>,
    pub(super) title: bool,
    pub(super) contents: bool,
}

impl Styles {
    pub(super) fn parse(part: &str, depth: u32) -> Result<Self, Error> {
        let mut out = Styles::default();
        let mut xml = Xml::new(part, "DOCX", "wordprocessingml/main", depth);
        let mut current: Option<(String, Style)> = None;
        loop {
            match xml.next()? {
                Next::Start(e) => {
                    if e.name.local == "style" {
                        let id = e.get("styleId").unwrap_or_default();
                        let paragraph = e.get("type").is_none_or(|t| t == "paragraph");
                        if paragraph && e.get("default").is_some_and(|d| d == "1" || d == "true") {
                            out.default = Some(id.clone());
                        }
                        current = Some((id, Style::default()));
                        continue;
                    }
                    let Some((_, s)) = &mut current else { continue };
                    match e.name.local {
                        "name" => s.name = e.val().unwrap_or_default().to_lowercase(),
                        "basedOn" => s.parent = e.val(),
                        "numId" => s.num = e.val(),
                        "ilvl" => s.level = e.number("val").map(|n| n as usize),
                        "outlineLvl" => s.outline = e.number("val").and_then(|n| u8::try_from(n).ok()),
                        _ => {}
                    }
                }
                Next::End(name) if name.local == "style" => {
                    if let Some((id, s)) = current.take() {
                        out.styles.insert(id, s);
                    }
                }
                Next::Done => return Ok(out),
                _ => {}
            }
        }
    }

    /// What a style says, nearest first along its parents.
    pub(super) fn resolve(&self, id: Option<&str>) -> Resolved {
        let mut out = Resolved::default();
        let mut next = id.or(self.default.as_deref());
        // Parents that go in a circle end here too.
        for _ in 0..20 {
            let Some((id, style)) = next.and_then(|id| self.styles.get_key_value(id)) else { break };
            if out.num.is_none() && style.num.is_some() {
                out.num.clone_from(&style.num);
                out.num_style = Some(id.clone());
            }
            out.level = out.level.or(style.level);
            let heading = style.name.strip_prefix("heading ").and_then(|n| n.trim().parse::<u8>().ok());
            out.outline = out.outline.or(style.outline).or(heading.map(|n| n.saturating_sub(1)));
            out.title |= style.name == "title" || style.name == "标题";
            out.contents |= style.name.starts_with("toc ") || style.name == "toc heading";
            next = style.parent.as_deref();
        }
        out
    }
}
