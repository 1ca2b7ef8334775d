//! Old Word files, and those of WPS 文字: `.doc`, `.wps` (MS-DOC).
//!
//! The text lies in pieces of one stream ([`file`]); what a paragraph, a run or a list is stands elsewhere, by the place
//! of the bytes. From both come the paragraphs, tables and notes that a reader sees ([`body`]).

mod body;
mod file;
mod props;

use super::assembly::Assembly;
use super::bytes::DecodeMap;
use super::ole::Ole;
use super::{Extracted, Format, Options, Origin};
use crate::Error;

pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Error> {
    let ole = Ole::open(bytes)?;
    let file = file::File::open(&ole)?;
    let limits = options.limits;
    let found = body::read(&file, limits)?;
    let mut out = Assembly::new(limits);
    out.margin(found.headers)?;
    out.items(found.flow)?;
    out.items(found.notes)?;
    out.margin(found.footers)?;
    let (text, layout, diagnostics) = out.finish();
    Ok(Extracted {
        origin: Origin::pieces(text.pieces, DecodeMap::default(), vec!["WordDocument".to_owned()]),
        text: text.text,
        layout,
        format: Format::Doc,
        encoding: "UTF-16LE",
        encoding_sure: true,
        metadata: ole.properties(),
        diagnostics,
    })
}
