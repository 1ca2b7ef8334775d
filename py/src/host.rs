//! What Python's own library lends: `slice`, `Decimal`, `date`, and the string classes of `gongwen._text`.

use gongwen::{Date, Decimal};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PySlice, PyString, PyTuple, PyType};

type Class = PyOnceLock<Py<PyType>>;

/// A class of `gongwen._text`, called.
pub(crate) fn make<'py, A>(py: Python<'py>, class: &'static str, args: A) -> PyResult<Bound<'py, PyAny>>
where
    A: pyo3::call::PyCallArgs<'py>,
{
    static TEXT: Class = PyOnceLock::new();
    match class {
        "Text" => TEXT.import(py, "gongwen._text", "Text")?.call1(args),
        _ => py.import("gongwen._text")?.getattr(class)?.call1(args),
    }
}

/// `slice(start, end)`.
pub(crate) fn slice(py: Python<'_>, (start, end): (u32, u32)) -> PyResult<Bound<'_, PyAny>> {
    py.get_type::<PySlice>().call1((start, end))
}

/// `decimal.Decimal`.
pub(crate) fn decimal(py: Python<'_>, value: Decimal) -> PyResult<Bound<'_, PyAny>> {
    static DECIMAL: Class = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")?.call1((value.to_string(),))
}

/// `datetime.date`.
pub(crate) fn date(py: Python<'_>, date: Date) -> PyResult<Bound<'_, PyAny>> {
    static DATE: Class = PyOnceLock::new();
    DATE.import(py, "datetime", "date")?.call1((date.year, date.month, date.day))
}

/// The text of a `str`. A lone surrogate, which is no character, becomes U+FFFD: one code point for one, so
/// that offsets stay true.
pub(crate) fn text_of(text: &Bound<'_, PyString>) -> PyResult<String> {
    if let Ok(text) = text.to_cow() {
        return Ok(text.into_owned());
    }
    let bytes: Vec<u8> = text.call_method1("encode", ("utf-8", "surrogatepass"))?.extract()?;
    // A surrogate is ED A0..BF xx, U+FFFD is EF BF BD: both three bytes.
    let mut out = bytes;
    for i in 0..out.len().saturating_sub(2) {
        if out[i] == 0xED && out[i + 1] >= 0xA0 {
            out[i..i + 3].copy_from_slice("\u{FFFD}".as_bytes());
        }
    }
    Ok(String::from_utf8(out)?)
}

/// A `gongwen.Error` that names the file.
pub(crate) fn error(py: Python<'_>, message: &str, file: Option<&str>) -> PyErr {
    match make(py, "Error", (message, file)) {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

/// A tuple of what the iterator gives.
pub(crate) fn tuple<'py, T>(py: Python<'py>, values: impl Iterator<Item = PyResult<T>>) -> PyResult<Bound<'py, PyTuple>>
where
    T: IntoPyObject<'py>,
{
    PyTuple::new(py, values.collect::<PyResult<Vec<T>>>()?)
}

/// A hash of anything hashable.
pub(crate) fn hash(value: impl std::hash::Hash) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
