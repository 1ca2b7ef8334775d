//! Lists that may become long.

/// From so many rows on a list grows by an eighth.
const MANY: usize = 4096;

/// A list that has a row has room for some more.
const FEW: usize = 16;

/// Adds a row. A list of many grows by an eighth, as half of one that doubles may stay empty.
#[inline(always)]
pub(crate) fn push<T>(rows: &mut Vec<T>, row: T) {
    if rows.len() == rows.capacity() && (rows.is_empty() || rows.len() >= MANY) {
        rows.reserve_exact((rows.len() / 8).max(FEW));
    }
    rows.push(row);
}
