//! The Python face of gongwen: frozen classes over one parsed document, and tables that Arrow can read.
//!
//! Nothing is converted before it is asked for. A row is a document and a row number; a table is a list of
//! documents and a range of rows. Functions with friendly arguments live in `python/gongwen`, in Python.

// What PyO3 writes for a comparison inside a `macro_rules!` macro.
#![allow(unsafe_op_in_unsafe_fn)]
// PyO3 hands arguments over by value.
#![allow(clippy::needless_pass_by_value)]

mod arrow;
mod chunks;
mod columns;
mod corpus;
mod document;
mod facts;
mod host;
mod indicators;
mod kept;
mod known;
mod lines;
mod pool;
mod reading;
mod rows;
mod stream;

use pyo3::prelude::*;

// Every class is frozen and `Sync`, which the compiler checks, so the module needs no GIL.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use crate::chunks::Chunk;
    #[pymodule_export]
    use crate::corpus::{Corpus, parse_jobs};
    #[pymodule_export]
    use crate::document::{Document, parse, read_bytes, read_form, restore, restore_with};
    #[pymodule_export]
    use crate::facts::{Deadline, Diagnostic, Item, Metadata, Metric, Paragraph, Reference, Responsibility, Section, Table, Task};
    #[pymodule_export]
    use crate::indicators::{Dictionary, Indicator, indicator_checks, panel_rows, restore_dictionary};
    #[pymodule_export]
    use crate::pool::{Pending, Pool};
    #[pymodule_export]
    use crate::rows::{Rows, restore_rows};
    #[pymodule_export]
    use crate::stream::{Batch, canonical_unit, digest, empty_batch, export_stream, frame_batch, parse_columns};
    use pyo3::prelude::*;
    use pyo3::types::{PyDict, PyModule};

    /// Every word that a field may hold, by the name of its type.
    #[pyfunction]
    fn words(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
        let words = PyDict::new(py);
        macro_rules! put {
            ($($name:ident)*) => {$(
                words.set_item(
                    stringify!($name),
                    gongwen::$name::ALL.iter().map(|w| w.as_str()).collect::<Vec<_>>(),
                )?;
            )*};
        }
        put!(Kind MetadataKey MarkerStyle HeadingForm Role Dimension Bound Modality ChangeKind);
        put!(ResponsibilityRole DeadlineKind Every Code);
        Ok(words)
    }

    /// The limits that hold where none are given, by their names.
    #[pyfunction]
    fn limits(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
        let usual = gongwen::read::Limits::default();
        let limits = PyDict::new(py);
        for name in gongwen::read::Limits::NAMES {
            limits.set_item(name, usual.get(name))?;
        }
        Ok(limits)
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// An argument that is of the wrong type: says what was given and what is taken.
pub(crate) fn wrong_type(what: &str, taken: &str, given: &Bound<'_, PyAny>) -> PyErr {
    let name = given.get_type().name().map_or_else(|_| "?".to_owned(), |n| n.to_string());
    pyo3::exceptions::PyTypeError::new_err(format!("{what} takes {taken}, not {name}"))
}
