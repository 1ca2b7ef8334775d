//! The elements of a page in one flat table, in source order.
//!
//! Why not html5ever: its tokens carry line numbers and no byte offsets, and every span of our text has
//! to lead back to the bytes it came from. html5gum is a tokenizer of the same standard that gives byte
//! ranges, has no dependencies and adds a third of the size. What its callers have to do themselves is
//! the tree; the rules below are those of the standard that change which text stands in which block
//! (implied end tags, scopes of cells), without those that only change formatting.
//!
//! Nodes lie in source order and know where their subtree ends, so every walk is a loop over a slice: no
//! recursion, at any depth.

use super::tags::Tag;
use crate::Error;
use crate::read::check;
use crate::read::origin::Piece;
use crate::room;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, Tokenizer};
use std::borrow::Cow;
use std::collections::HashMap;

/// The index of a node that is none.
pub(super) const NONE: u32 = u32::MAX;

/// An element or a run of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) tag: Tag,
    pub(super) parent: u32,
    /// The index after the last node inside.
    pub(super) end: u32,
    /// For text: first and last piece in [`Dom::pieces`]; for elements: first and last attribute.
    pub(super) from: u32,
    pub(super) to: u32,
    /// Where the tag or the text starts in the page.
    pub(super) source: u32,
}

/// The attributes that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Class,
    Id,
    Style,
    Hidden,
    Colspan,
    Rowspan,
    Start,
    Value,
    Type,
    Href,
    /// `src` of a frame, `data` of an object.
    Source,
    /// `srcdoc` of a frame: a page of its own.
    Page,
    /// `name` of a `<meta>`, or its `property`.
    Called,
    Content,
}

impl Name {
    fn of(name: &[u8]) -> Option<Name> {
        Some(match name {
            b"class" => Name::Class,
            b"id" => Name::Id,
            b"style" => Name::Style,
            b"hidden" => Name::Hidden,
            b"colspan" => Name::Colspan,
            b"rowspan" => Name::Rowspan,
            b"start" => Name::Start,
            b"value" => Name::Value,
            b"type" => Name::Type,
            b"href" => Name::Href,
            b"src" | b"data" => Name::Source,
            b"srcdoc" => Name::Page,
            b"name" | b"property" => Name::Called,
            b"content" => Name::Content,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug)]
pub(super) struct Attribute<'p> {
    pub(super) name: Name,
    /// As a rule as it stands in the page.
    pub(super) value: Cow<'p, str>,
    pub(super) source: std::ops::Range<u32>,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Dom<'p> {
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<Attribute<'p>>,
    /// All text, references resolved, in source order.
    pub(super) chars: String,
    /// Where every run of `chars` came from.
    pub(super) pieces: Vec<Piece>,
}

impl<'p> Dom<'p> {
    pub(super) fn attribute(&self, node: u32, name: Name) -> Option<&str> {
        let node = self.nodes[node as usize];
        if node.tag == Tag::Text {
            return None;
        }
        let list = &self.attributes[node.from as usize..node.to as usize];
        list.iter().find(|a| a.name == name).map(|a| a.value.as_ref())
    }

    /// The text of a text node.
    pub(super) fn text(&self, node: Node) -> &str {
        let pieces = &self.pieces[node.from as usize..node.to as usize];
        match pieces {
            [] => "",
            [first, ..] => {
                let last = pieces[pieces.len() - 1];
                &self.chars[first.text as usize..(last.text + last.len) as usize]
            }
        }
    }

    /// Where a text node ends in the page.
    pub(super) fn source_end(&self, node: Node) -> u32 {
        let last = self.pieces[node.from as usize..node.to as usize].last();
        last.map_or(node.source, |p| p.source + p.source_len)
    }

    /// Whether it is a piece of a page: the article as a database holds it, without the page around it.
    pub(super) fn is_fragment(&self) -> bool {
        !self.nodes.iter().any(|n| matches!(n.tag, Tag::Html | Tag::Body | Tag::Head))
    }

    pub(super) fn parse(page: &'p str, depth: u32) -> Result<Self, Error> {
        let mut builder = Builder::new(page);
        let too_deep = tokenize(page, &mut |event, span| {
            builder.event(&event, span);
            // Deeper than allowed: one token out of the iterator is enough to stop.
            (builder.deepest > depth as usize).then_some(())
        });
        if too_deep {
            check("nesting depth", builder.deepest as u64, u64::from(depth), "raise `limits.depth`")?;
        }
        Ok(builder.finish())
    }
}

/// What is done with each event; `Some` stops.
type Sink<'s> = dyn FnMut(CallbackEvent<'_>, Span<usize>) -> Option<()> + 's;

/// Tokenizes, and says whether it was stopped. Behind a pointer, so that the tokenizer, the largest piece of code here,
/// is compiled once.
fn tokenize(text: &str, sink: &mut Sink<'_>) -> bool {
    let mut emitter = CallbackEmitter::new(sink);
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, Quiet(emitter)).next().is_some()
}

/// Nobody asks for errors: without them no character is looked at twice.
struct Quiet<E>(E);

impl<E: Emitter> ForwardingEmitter for Quiet<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = Self::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

struct Builder<'p> {
    page: &'p str,
    dom: Dom<'p>,
    /// The elements that are open, each with a number for its name.
    open: Vec<(u32, u64)>,
    /// How many elements of each tag are open: an end tag without its start costs nothing.
    tags: [u32; Tag::COUNT],
    /// How many of each other name.
    others: HashMap<u64, u32>,
    deepest: usize,
    /// Whether the last node is a start tag that is still being read.
    in_tag: bool,
    /// Whether the attribute that is being read is kept.
    wanted: bool,
    /// What each reference stands for, once looked up.
    references: HashMap<&'p str, String>,
}

/// What the tokenizer gives at a place: as a rule what stands there, which is known to be text.
fn told<'p>(page: &'p str, value: &[u8], span: &Span<usize>) -> Cow<'p, str> {
    match page.get(span.start..span.end) {
        Some(raw) if raw.as_bytes() == value => Cow::Borrowed(raw),
        _ => Cow::Owned(String::from_utf8_lossy(value).into_owned()),
    }
}

/// Tells names apart; two that collide are at worst closed by each other's end tag.
fn number(name: &[u8]) -> u64 {
    name.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

impl<'p> Builder<'p> {
    fn new(page: &'p str) -> Self {
        Self {
            page,
            dom: Dom::default(),
            open: Vec::new(),
            tags: [0; Tag::COUNT],
            others: HashMap::new(),
            deepest: 0,
            in_tag: false,
            wanted: false,
            references: HashMap::new(),
        }
    }

    fn event(&mut self, event: &CallbackEvent<'_>, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.start(name, span.start);
                self.in_tag = true;
            }
            CallbackEvent::AttributeName { name } => self.attribute(name, span),
            CallbackEvent::AttributeValue { value } if self.in_tag && self.wanted => {
                if let Some(a) = self.dom.attributes.last_mut() {
                    a.value = told(self.page, value, &span);
                    a.source = span.start as u32..span.end as u32;
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.in_tag = false,
            CallbackEvent::EndTag { name } => {
                self.in_tag = false;
                self.end(name, span.start);
            }
            CallbackEvent::String { value } => self.text(told(self.page, value, &span), &span),
            _ => {}
        }
    }

    fn tag(&self, open: usize) -> Tag {
        self.dom.nodes[self.open[open].0 as usize].tag
    }

    fn top(&self) -> Tag {
        self.open.len().checked_sub(1).map_or(Tag::Html, |i| self.tag(i))
    }

    /// Whether such an element is open: by its tag, by its name where the tag is [`Tag::Other`].
    fn is_open(&self, tag: Tag, name: &[u8]) -> bool {
        if tag == Tag::Other { self.others.get(&number(name)).is_some_and(|n| *n > 0) } else { self.tags[tag as usize] > 0 }
    }

    fn is_any_open(&self, tag: Tag) -> bool {
        self.tags[tag as usize] > 0
    }

    fn start(&mut self, name: &[u8], at: usize) {
        let tag = Tag::of(name);
        if matches!(tag, Tag::Html | Tag::Body) && self.is_any_open(tag) {
            // A second one: its attributes go to a node that nobody sees.
            return self.leaf(Tag::Link, at);
        }
        self.imply(tag);
        if tag.is_void(name) {
            return self.leaf(tag, at);
        }
        let index = self.push_node(tag, at);
        let number = number(name);
        self.open.push((index, number));
        self.tags[tag as usize] += 1;
        if tag == Tag::Other {
            *self.others.entry(number).or_default() += 1;
        }
        self.deepest = self.deepest.max(self.open.len());
    }

    fn leaf(&mut self, tag: Tag, at: usize) {
        let index = self.push_node(tag, at);
        self.dom.nodes[index as usize].end = index + 1;
    }

    fn push_node(&mut self, tag: Tag, at: usize) -> u32 {
        let parent = self.open.last().map_or(NONE, |o| o.0);
        let from = self.dom.attributes.len() as u32;
        let index = self.dom.nodes.len() as u32;
        room::push(&mut self.dom.nodes, Node { tag, parent, end: NONE, from, to: from, source: at as u32 });
        index
    }

    fn attribute(&mut self, name: &[u8], span: Span<usize>) {
        // End tags may carry attributes too; nobody wants those.
        let framed = || self.dom.nodes.last().is_some_and(|n| matches!(n.tag, Tag::Iframe | Tag::Object | Tag::Embed));
        let name = Name::of(name).filter(|name| self.in_tag && (*name != Name::Source || framed()));
        self.wanted = name.is_some();
        if let (Some(name), Some(node)) = (name, self.dom.nodes.last_mut()) {
            let source = span.end as u32..span.end as u32;
            self.dom.attributes.push(Attribute { name, value: Cow::Borrowed(""), source });
            node.to += 1;
        }
    }

    /// Closes what the start of `tag` closes by itself.
    fn imply(&mut self, tag: Tag) {
        use Tag::*;
        if self.is_any_open(Head) && !matches!(tag, Meta | Link | Title | Style | Script | Noscript | Template | Other) {
            self.close(|t| t == Head, |_| false);
        }
        match tag {
            Li => self.close(|t| t == Li, |t| t.is_wall() || matches!(t, Ul | Ol)),
            Dd | Dt => self.close(|t| matches!(t, Dd | Dt), |t| t.is_wall() || t == Dl),
            Td | Th => self.close(|t| matches!(t, Td | Th), |t| t == Table),
            Tr => self.close(|t| t == Tr, |t| t == Table),
            Tbody | Thead | Tfoot => self.close(|t| matches!(t, Tbody | Thead | Tfoot), |t| t == Table),
            Option | Optgroup => self.close(|t| t == Option, |t| t != Option),
            A if self.is_any_open(A) => self.close(|t| t == A, |t| !t.is_formatting()),
            _ => {}
        }
        if tag.heading().is_some() && self.top().heading().is_some() {
            self.pop();
        }
        if tag.is_block() && !matches!(tag, Td | Th | Tr | Tbody | Thead | Tfoot | Option) && self.is_any_open(P) {
            self.close(|t| t == P, |t| t.is_wall() || t == Button);
        }
    }

    /// Closes up to the innermost element that is `wanted`, unless one that says `stop` is nearer.
    fn close(&mut self, wanted: impl Fn(Tag) -> bool, stop: impl Fn(Tag) -> bool) {
        for i in (0..self.open.len()).rev() {
            let tag = self.tag(i);
            if wanted(tag) {
                return self.pop_to(i);
            }
            if stop(tag) {
                return;
            }
        }
    }

    fn end(&mut self, name: &[u8], at: usize) {
        let tag = Tag::of(name);
        match tag {
            Tag::Html | Tag::Body => return,
            Tag::Br => return self.leaf(Tag::Br, at),
            // `</p>` alone is an empty paragraph: it ends the line.
            Tag::P if !self.is_any_open(Tag::P) => return self.leaf(Tag::P, at),
            _ if !self.is_open(tag, name) => return,
            _ => {}
        }
        let number = number(name);
        let in_table = matches!(tag, Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Table | Tag::Caption);
        for i in (0..self.open.len()).rev() {
            if self.open[i].1 == number {
                self.pop_to(i + 1);
                self.pop();
                return;
            }
            let t = self.tag(i);
            let wall = if in_table { t == Tag::Table } else { t.is_wall() };
            if wall || (tag.is_formatting() && t.is_block()) {
                return;
            }
        }
    }

    /// Closes what no end tag has closed.
    fn pop_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            // What is never closed hides nothing: its content is the rest of what it stands in.
            if let Some((index, _)) = self.open.last()
                && let node = &mut self.dom.nodes[*index as usize]
                && matches!(node.tag, Tag::Object | Tag::Svg)
            {
                self.tags[node.tag as usize] -= 1;
                self.tags[Tag::Div as usize] += 1;
                node.tag = Tag::Div;
            }
            self.pop();
        }
    }

    fn pop(&mut self) {
        if let Some((index, name)) = self.open.pop() {
            let end = self.dom.nodes.len() as u32;
            let node = &mut self.dom.nodes[index as usize];
            node.end = end;
            self.tags[node.tag as usize] -= 1;
            if node.tag == Tag::Other
                && let Some(n) = self.others.get_mut(&name)
            {
                *n -= 1;
            }
        }
    }

    fn text(&mut self, value: Cow<'p, str>, span: &Span<usize>) {
        self.in_tag = false;
        if value.is_empty() || self.top() == Tag::Script {
            return;
        }
        let blank = value.bytes().all(|b| b.is_ascii_whitespace());
        if !blank && self.top() == Tag::Head {
            self.close(|t| t == Tag::Head, |_| false);
        }
        let from = self.dom.pieces.len() as u32;
        match (value, self.page.get(span.start..span.end)) {
            (Cow::Borrowed(raw), _) => self.piece(raw, span.start, raw.len()),
            (Cow::Owned(value), Some(raw)) => self.align(&value, raw, span.start),
            (Cow::Owned(value), None) => self.piece(&value, span.start, 0),
        }
        let parent = self.open.last().map_or(NONE, |o| o.0);
        let to = self.dom.pieces.len() as u32;
        let end = self.dom.nodes.len() as u32 + 1;
        room::push(&mut self.dom.nodes, Node { tag: Tag::Text, parent, end, from, to, source: span.start as u32 });
    }

    /// Cuts a text with references in it into runs that are as written and runs that stand for one.
    fn align(&mut self, value: &str, raw: &'p str, at: usize) {
        let (mut v, mut r) = (0, 0);
        while v < value.len() && r < raw.len() {
            let same = raw.as_bytes()[r..].iter().position(|b| matches!(b, b'&' | b'\r' | 0)).unwrap_or(raw.len() - r);
            if same > 0 {
                if value.get(v..v + same) != raw.get(r..r + same) {
                    break;
                }
                self.piece(&value[v..v + same], at + r, same);
                (v, r) = (v + same, r + same);
                continue;
            }
            let reference = reference(&raw[r..]);
            let meaning = match raw.as_bytes()[r] {
                // Line ends come out as one character.
                b'\r' if raw[r..].starts_with("\r\n") => (2, "\n"),
                b'\r' => (1, "\n"),
                0 => (1, if value[v..].starts_with('\0') { "\0" } else { "\u{FFFD}" }),
                _ => (reference.len(), self.references.entry(reference).or_insert_with(|| resolve(reference)).as_str()),
            };
            let (len, meaning) = (meaning.0, meaning.1.to_owned());
            if !value[v..].starts_with(&meaning) {
                break;
            }
            self.piece(&meaning, at + r, len);
            (v, r) = (v + meaning.len(), r + len);
        }
        if v < value.len() {
            self.piece(&value[v..], at + r, raw.len() - r);
        }
    }

    fn piece(&mut self, text: &str, at: usize, len: usize) {
        let piece = Piece { text: self.dom.chars.len() as u32, len: text.len() as u32, source: at as u32, source_len: len as u32, part: 0, step: (0, 0) };
        self.dom.chars.push_str(text);
        room::push(&mut self.dom.pieces, piece);
    }

    fn finish(mut self) -> Dom<'p> {
        self.pop_to(0);
        self.dom
    }
}

/// The `&…;` at the start, as far as it can reach.
fn reference(raw: &str) -> &str {
    let bytes = raw.as_bytes();
    let mut end = 1;
    if bytes.get(end) == Some(&b'#') {
        end += 1;
    }
    while end < bytes.len().min(40) && bytes[end].is_ascii_alphanumeric() {
        end += 1;
    }
    if bytes.get(end) == Some(&b';') {
        end += 1;
    }
    &raw[..end]
}

/// What the tokenizer makes of a reference. Without a semicolon part of it may be plain text.
fn resolve(reference: &str) -> String {
    let mut out = String::new();
    tokenize(reference, &mut |event, _| {
        if let CallbackEvent::String { value } = event {
            out.push_str(&String::from_utf8_lossy(value));
        }
        None
    });
    out
}
