//! Pure productions: text in, value and rest out. They know no positions, no document and no diagnostics; the
//! loops that call them decide. They are nom's, with leaves written by hand where they are asked for most.

pub(crate) mod bracket;
pub(crate) mod date;
pub(crate) mod document_number;
pub(crate) mod marker;
pub(crate) mod numeral;
pub(crate) mod quantity;

/// What every production returns. The error carries nothing: almost every one is thrown away by `alt`.
pub(crate) type Res<'s, O> = nom::IResult<&'s str, O, ()>;

/// A production does not read what stands there; another may.
const MISS: nom::Err<()> = nom::Err::Error(());

/// One of a few characters. As nom's `one_of`, which reads its list anew from a string at each call.
fn any_of<'t, const N: usize>(list: [char; N]) -> impl nom::Parser<&'t str, Output = char, Error = ()> {
    nom::character::complete::satisfy(move |c| list.contains(&c))
}
