//! Tables as Arrow record batches, handed over by the C data interface.

use crate::columns::{Get, kept};
use crate::document::Document;
use crate::known::{Passed, Value};
use crate::rows::{Kind, Selection, TWIN};
use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::Date32Type;
use arrow_array::{ArrayRef, Int64Array, RecordBatch, RecordBatchReader, StringArray};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use chrono::{Datelike, NaiveDate};
use gongwen::{Date, Decimal};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::borrow::Cow;
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
    let mut fields = fields(&selection.columns());
    if selection.has_twins() {
        fields.push(Field::new(TWIN, DataType::Utf8, true));
    }
    Arc::new(Schema::new(fields))
}

/// The fields of columns.
pub(crate) fn fields(columns: &[(Cow<'_, str>, Get)]) -> Vec<Field> {
    let field = |(name, get): &(Cow<'_, str>, Get)| {
        let data_type = match get {
            Get::Whole(_) | Get::Int(_) | Get::Kept(_, Passed::Int) => DataType::Int64,
            Get::Number(_) | Get::Kept(_, Passed::Float) => DataType::Float64,
            Get::Str(_) | Get::Same(..) | Get::Kept(_, Passed::Str) => DataType::Utf8,
            Get::Day(_) => DataType::Date32,
            Get::Bool(_) | Get::Kept(_, Passed::Bool) => DataType::Boolean,
            Get::List(_) => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
        };
        Field::new(name.as_ref(), data_type, !matches!(get, Get::Whole(_) | Get::Bool(_) | Get::List(_)))
    };
    columns.iter().map(field).collect()
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
                Kind::Tasks => self.selection.document(document).found_tasks()[row].span.len() * 2,
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
        let rows: Vec<Row<'_>> = places.iter().map(|(document, row)| (self.selection.document(*document), *row)).collect();
        let mut columns: Vec<ArrayRef> = self.selection.columns().into_iter().map(|(_, get)| column(get, &rows)).collect();
        if self.selection.has_twins() {
            columns.push(Arc::new(StringArray::from_iter(self.selection.twins(places.iter().map(|(document, _)| *document)))));
        }
        Some(RecordBatch::try_new(self.schema.clone(), columns))
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// A row of a table: its document and its number there.
pub(crate) type Row<'d> = (&'d Document, usize);

/// A column of rows.
pub(crate) fn column(get: Get, rows: &[Row<'_>]) -> ArrayRef {
    let len = rows.len();
    let rows = rows.iter().copied();
    macro_rules! build {
        ($builder:expr, $get:expr, $convert:expr) => {{
            let mut builder = $builder;
            for (document, row) in rows {
                builder.append_option($get(document, row).map($convert));
            }
            Arc::new(builder.finish())
        }};
    }
    match get {
        Get::Whole(get) => Arc::new(Int64Array::from_iter_values(rows.map(|(document, row)| get(document, row)))),
        Get::Int(get) => build!(Int64Builder::with_capacity(len), get, |n| n),
        Get::Number(get) => build!(Float64Builder::with_capacity(len), get, double),
        Get::Day(get) => build!(Date32Builder::with_capacity(len), get, days),
        Get::Str(get) => build!(StringBuilder::with_capacity(len, len * 16), get, |s| s),
        Get::Same(of, get) => {
            let mut builder = StringBuilder::with_capacity(len, len * 16);
            let mut last: Option<(&Document, Option<u32>)> = None;
            let mut value = None;
            for (document, row) in rows {
                let of = of(document, row);
                if !last.is_some_and(|(before, then)| std::ptr::eq(before, document) && then == of) {
                    last = Some((document, of));
                    value = of.and_then(|of| get(document, of));
                }
                builder.append_option(value.as_deref());
            }
            Arc::new(builder.finish())
        }
        Get::Bool(get) => {
            let mut builder = BooleanBuilder::with_capacity(len);
            for (document, row) in rows {
                builder.append_value(get(document, row));
            }
            Arc::new(builder.finish())
        }
        Get::List(get) => {
            let mut builder = ListBuilder::with_capacity(StringBuilder::new(), len);
            for (document, row) in rows {
                builder.append_value(get(document, row).into_iter().map(Some));
            }
            Arc::new(builder.finish())
        }
        Get::Kept(number, Passed::Str) => build!(StringBuilder::with_capacity(len, len * 16), |d, _| kept(d, number), |v| v.string()),
        Get::Kept(number, Passed::Int) => {
            let int = |d, _| match kept(d, number) {
                Some(Value::Int(n)) => Some(*n),
                _ => None,
            };
            build!(Int64Builder::with_capacity(len), int, |n| n)
        }
        Get::Kept(number, Passed::Float) => {
            let float = |d, _| match kept(d, number) {
                Some(Value::Float(n)) => Some(*n),
                Some(Value::Int(n)) => Some(*n as f64),
                _ => None,
            };
            build!(Float64Builder::with_capacity(len), float, |n| n)
        }
        Get::Kept(number, Passed::Bool) => {
            let mut builder = BooleanBuilder::with_capacity(len);
            for (document, _) in rows {
                builder.append_option(match kept(document, number) {
                    Some(Value::Bool(b)) => Some(*b),
                    _ => None,
                });
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
    let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into());
    day.map_or(0, Date32Type::from_naive_date)
}

/// The day that is so many days after 1970-01-01.
pub(crate) fn date(days: i32) -> Option<Date> {
    let day = Date32Type::to_naive_date_opt(days)?;
    Date::new(u16::try_from(day.year()).ok()?, day.month() as u8, day.day() as u8)
}
