//! Tables as Arrow record batches, handed over by the C data interface.

use crate::columns::Get;
use crate::rows::{Kind, Selection};
use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, Int64Array, RecordBatch, RecordBatchReader};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use gongwen::{Date, Decimal};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::sync::Arc;

/// Rows in one batch.
const BATCH: usize = 1 << 16;

/// Bytes of source text in one batch of a table of texts: offsets of an Arrow string array are 31 bits wide.
const BATCH_TEXT: usize = 1 << 28;

/// The stream in its capsule. Batches are made as they are taken.
pub(crate) fn stream(py: Python<'_>, selection: Selection) -> PyResult<Bound<'_, PyCapsule>> {
    let reader = Reader { schema: schema_of(&selection), selection, at: 0 };
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
}

/// The schema in its capsule.
pub(crate) fn schema<'py>(py: Python<'py>, selection: &Selection) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema_of(selection).as_ref());
    let schema = schema.map_err(|e| PyValueError::new_err(e.to_string()))?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

fn schema_of(selection: &Selection) -> SchemaRef {
    let field = |(name, get): (&str, Get)| {
        let data_type = match get {
            Get::Whole(_) | Get::Int(_) => DataType::Int64,
            Get::Number(_) => DataType::Float64,
            Get::Str(_) => DataType::Utf8,
            Get::Day(_) => DataType::Date32,
            Get::Bool(_) => DataType::Boolean,
            Get::List(_) => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
        };
        Field::new(name, data_type, !matches!(get, Get::Whole(_) | Get::Bool(_) | Get::List(_)))
    };
    Arc::new(Schema::new(selection.columns().map(field).collect::<Vec<_>>()))
}

struct Reader {
    selection: Selection,
    schema: SchemaRef,
    at: usize,
}

impl Reader {
    /// The places of the next batch's rows.
    fn places(&mut self) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        let mut text = 0;
        while self.at < self.selection.len && places.len() < BATCH && text < BATCH_TEXT {
            let (document, row) = self.selection.locate(self.at);
            let doc = &self.selection.document(document).doc;
            text += match self.selection.kind {
                Kind::Paragraphs => doc.paragraphs[row].span.len(),
                Kind::Items => doc.items[row].span.len(),
                Kind::Tables => doc.tables[row].span.len() * 4,
                _ => 256,
            };
            places.push((document, row));
            self.at += 1;
        }
        places
    }
}

impl Iterator for Reader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let places = self.places();
        if places.is_empty() {
            return None;
        }
        let columns = self.selection.columns().map(|(_, get)| column(&self.selection, get, &places)).collect();
        Some(RecordBatch::try_new(self.schema.clone(), columns))
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

fn column(selection: &Selection, get: Get, places: &[(usize, usize)]) -> ArrayRef {
    let rows = places.iter().map(|(document, row)| (selection.document(*document), *row));
    macro_rules! build {
        ($builder:expr, $get:ident, $convert:expr) => {{
            let mut builder = $builder;
            for (document, row) in rows {
                builder.append_option($get(document, row).map($convert));
            }
            Arc::new(builder.finish())
        }};
    }
    match get {
        Get::Whole(get) => Arc::new(Int64Array::from_iter_values(rows.map(|(document, row)| get(document, row)))),
        Get::Int(get) => build!(Int64Builder::with_capacity(places.len()), get, |n| n),
        Get::Number(get) => build!(Float64Builder::with_capacity(places.len()), get, double),
        Get::Day(get) => build!(Date32Builder::with_capacity(places.len()), get, days),
        Get::Str(get) => build!(StringBuilder::with_capacity(places.len(), places.len() * 16), get, |s| s),
        Get::Bool(get) => {
            let mut builder = BooleanBuilder::with_capacity(places.len());
            for (document, row) in rows {
                builder.append_value(get(document, row));
            }
            Arc::new(builder.finish())
        }
        Get::List(get) => {
            let mut builder = ListBuilder::with_capacity(StringBuilder::new(), places.len());
            for (document, row) in rows {
                builder.append_value(get(document, row).into_iter().map(Some));
            }
            Arc::new(builder.finish())
        }
    }
}

/// The double nearest to the decimal, as printing and reading gives it.
fn double(value: Decimal) -> f64 {
    if value.scale() == 0 && value.mantissa().unsigned_abs() < 1 << 53 {
        return value.mantissa() as f64;
    }
    value.to_string().parse().unwrap_or(f64::NAN)
}

/// Days since 1970-01-01.
fn days(date: Date) -> i32 {
    // Years run from March, so that the leap day is the last.
    let (y, m) = (i32::from(date.year), i32::from(date.month));
    let (y, m) = if m > 2 { (y, m - 3) } else { (y - 1, m + 9) };
    let day = (153 * m + 2) / 5 + i32::from(date.day) - 1;
    365 * y + y / 4 - y / 100 + y / 400 + day - 719_468
}
