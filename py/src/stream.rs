//! Tables batch by batch: documents are parsed, their rows become Arrow data, and the documents are dropped.

use crate::arrow::{Row, column, fields};
use crate::columns::Column;
use crate::corpus::{Job, Outcome, run};
use crate::document::{Document, Given, Options};
use crate::known::{Known, Passed};
use crate::lines::{Test, passing};
use crate::rows::{Kind, TWIN, columns};
use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, from_ffi_and_data_type, to_ffi};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, Date32Array, Float64Array, Int64Array, LargeBinaryArray, LargeStringArray, ListArray, RecordBatch,
    RecordBatchReader, StringArray, StringViewArray, StructArray, make_array,
};
use arrow_buffer::OffsetBuffer;
use arrow_data::transform::MutableArrayData;
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};
use std::sync::{Arc, Mutex, mpsc};

/// A piece of a table as Arrow data. Libraries take it by the Arrow PyCapsule interface.
#[derive(Debug)]
#[pyclass(frozen, module = "gongwen")]
pub struct Batch {
    pub(crate) batch: RecordBatch,
}

fn wrong(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymethods]
impl Batch {
    /// How many rows it has.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batch.num_rows()
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|f| f.name().clone()).collect()
    }

    /// Bytes that its data takes.
    #[getter]
    fn nbytes(&self) -> usize {
        self.batch.get_array_memory_size()
    }

    /// The batch as CSV, a line a row; several values in a cell are divided by `|`, and a text that a spreadsheet would
    /// run as a formula begins with an apostrophe.
    #[pyo3(signature = (*, header = false, separator = ","))]
    fn to_csv(&self, py: Python<'_>, header: bool, separator: &str) -> String {
        py.detach(|| crate::lines::csv(&self.batch, header, separator))
    }

    /// The batch as a table of Markdown.
    #[pyo3(signature = (*, header = false))]
    fn to_markdown(&self, py: Python<'_>, header: bool) -> String {
        py.detach(|| crate::lines::markdown(&self.batch, header))
    }

    /// The rows that pass all tests: `(column, operator, value)`, the operators `= != ~ < <= > >=`.
    fn filter(&self, py: Python<'_>, tests: Vec<(String, String, String)>) -> PyResult<Self> {
        let schema = self.batch.schema();
        let mut mask = vec![true; self.batch.num_rows()];
        for (column, operator, value) in tests {
            let at = schema.index_of(&column).map_err(wrong)?;
            let test = Test::new(schema.field(at).data_type(), &operator, &value);
            let test = test.map_err(|error| PyValueError::new_err(format!("{column}{operator}{value}: {error}")))?;
            let passing = py.detach(|| passing(self.batch.column(at), &test));
            mask.iter_mut().zip(passing).for_each(|(all, one)| *all &= one);
        }
        Ok(Self { batch: filtered(&self.batch, &mask).map_err(wrong)? })
    }

    /// The same with the column `duplicate_of`: the name that `seen`, which grows by it, has for the row's fingerprint.
    fn with_duplicates(&self, seen: &Bound<'_, PyDict>) -> PyResult<Self> {
        let schema = self.batch.schema();
        let texts = |name: &str| -> PyResult<&StringArray> { Ok(self.batch.column(schema.index_of(name).map_err(wrong)?).as_string()) };
        let (prints, names) = (texts("fingerprint")?, texts("document")?);
        let mut twins = StringBuilder::new();
        for row in 0..self.batch.num_rows() {
            let first = seen.get_item(prints.value(row))?;
            match first {
                Some(first) => twins.append_option(first.extract::<Option<String>>()?),
                None => {
                    seen.set_item(prints.value(row), names.is_valid(row).then(|| names.value(row)))?;
                    twins.append_null();
                }
            }
        }
        let mut fields: Vec<_> = schema.fields().iter().cloned().collect();
        fields.push(Arc::new(Field::new(TWIN, DataType::Utf8, true)));
        let mut arrays = self.batch.columns().to_vec();
        arrays.push(Arc::new(twins.finish()));
        Ok(Self { batch: RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(wrong)? })
    }

    /// What each column holds: int, float, str, date, bool or list.
    #[getter]
    fn types(&self) -> Vec<&'static str> {
        let word = |field: &Arc<Field>| match field.data_type() {
            DataType::Int64 => "int",
            DataType::Float64 => "float",
            DataType::Date32 => "date",
            DataType::Boolean => "bool",
            DataType::List(_) => "list",
            _ => "str",
        };
        self.batch.schema().fields().iter().map(word).collect()
    }

    /// The batch as JSON, an object a line.
    fn to_jsonl(&self, py: Python<'_>) -> String {
        py.detach(|| crate::lines::jsonl(&self.batch))
    }

    /// The batch with only these columns, in this order.
    fn select(&self, names: Vec<String>) -> PyResult<Self> {
        let schema = self.batch.schema();
        let at = names.iter().map(|name| schema.index_of(name).map_err(wrong)).collect::<PyResult<Vec<_>>>()?;
        Ok(Self { batch: self.batch.project(&at).map_err(wrong)? })
    }

    /// The Arrow PyCapsule interface: the schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema().as_ref()).map_err(wrong)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The Arrow PyCapsule interface: the batch as a struct array.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyTuple>> {
        let _ = requested_schema;
        let (array, _) = to_ffi(&StructArray::from(self.batch.clone()).into_data()).map_err(wrong)?;
        let array = PyCapsule::new_with_value(py, array, c"arrow_array")?;
        PyTuple::new(py, [self.__arrow_c_schema__(py)?.into_any(), array.into_any()])
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<Batch of {} rows, {} columns>", self.batch.num_rows(), self.batch.num_columns())
    }
}

/// The rows of a batch that the mask holds.
fn filtered(batch: &RecordBatch, mask: &[bool]) -> Result<RecordBatch, ArrowError> {
    let kept = mask.iter().filter(|kept| **kept).count();
    let columns = batch.columns().iter().map(|column| -> Result<ArrayRef, ArrowError> {
        let data = column.to_data();
        let mut out = MutableArrayData::new(vec![&data], false, kept);
        for (row, _) in mask.iter().enumerate().filter(|(_, kept)| **kept) {
            out.try_extend(0, row, row + 1)?;
        }
        Ok(make_array(out.freeze()))
    });
    RecordBatch::try_new(batch.schema(), columns.collect::<Result<_, _>>()?)
}

/// A table that is wanted: its kind, and the columns that it has when asked for.
pub(crate) type Wanted = (Kind, Vec<Column>);

pub(crate) fn wanted(tables: Vec<(String, Vec<String>)>) -> PyResult<Vec<Wanted>> {
    tables.into_iter().map(|(name, extra)| Kind::named(&name).and_then(|kind| Ok((kind, kind.extras(&extra)?)))).collect()
}

/// A table of documents, flat: a row for each row of each.
pub(crate) fn flat((kind, extra): &Wanted, documents: &[&Document], kept: &[(String, Passed)]) -> Result<RecordBatch, ArrowError> {
    let columns = columns(*kind, true, kept, extra);
    let rows: Vec<Row<'_>> = documents.iter().flat_map(|d| (0..kind.count(d)).map(move |row| (*d, row))).collect();
    let schema = Arc::new(Schema::new(fields(&columns)));
    RecordBatch::try_new(schema, columns.iter().map(|(_, get)| column(*get, &rows)).collect())
}

/// The fields of a table's rows inside a document's.
fn inner((kind, extra): &Wanted) -> Fields {
    fields(&columns(*kind, false, &[], extra)).into()
}

/// The field of a table nested in a document's row: `documents` is a struct, the others are lists of structs.
fn nested_field(table: &Wanted) -> Field {
    let rows = DataType::Struct(inner(table));
    match table.0 {
        Kind::Documents => Field::new("document", rows, true),
        kind => Field::new(kind.name(), DataType::List(Arc::new(Field::new_list_field(rows, false))), true),
    }
}

/// A table nested: for each document the list of its rows; null for one that failed.
fn nested(table: &Wanted, documents: &[Option<&Document>]) -> ArrayRef {
    let (kind, extra) = table;
    let columns = columns(*kind, false, &[], extra);
    let valid: Vec<bool> = documents.iter().map(Option::is_some).collect();
    if *kind == Kind::Documents {
        // A failed document has a row that is null: any other fills its place.
        let empty = Document::new(gongwen::parse("").into_owned(), None, Options::plain(), None);
        let rows: Vec<Row<'_>> = documents.iter().map(|d| (d.unwrap_or(&empty), 0)).collect();
        let arrays = columns.iter().map(|(_, get)| column(*get, &rows)).collect();
        return Arc::new(StructArray::new(inner(table), arrays, Some(valid.into())));
    }
    let rows: Vec<Row<'_>> = documents.iter().flatten().flat_map(|d| (0..kind.count(d)).map(move |row| (*d, row))).collect();
    let lengths = documents.iter().map(|d| d.map_or(0, |d| kind.count(d)));
    let arrays: Vec<ArrayRef> = columns.iter().map(|(_, get)| column(*get, &rows)).collect();
    let fields = inner(table);
    let structs = StructArray::new(fields.clone(), arrays, None);
    let field = Arc::new(Field::new_list_field(DataType::Struct(fields), false));
    let offsets = OffsetBuffer::from_lengths(lengths);
    Arc::new(ListArray::new(field, offsets, Arc::new(structs), Some(valid.into())))
}

/// Does the work for each of them on several threads; the results are in their order.
fn in_parallel<T: Sync, R: Send>(of: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if threads < 2 || of.len() < 2 {
        return of.iter().map(work).collect();
    }
    let next = std::sync::atomic::AtomicUsize::new(0);
    let results: Vec<Mutex<Option<R>>> = of.iter().map(|_| Mutex::new(None)).collect();
    let go = || {
        loop {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let (Some(one), Some(place)) = (of.get(at), results.get(at)) else { break };
            let result = work(one);
            if let Ok(mut place) = place.lock() {
                *place = Some(result);
            }
        }
    };
    // This thread works too: where the system gives no others, it does all.
    std::thread::scope(|scope| {
        for _ in 1..threads.min(of.len()) {
            if std::thread::Builder::new().spawn_scoped(scope, go).is_err() {
                break;
            }
        }
        go();
    });
    results.into_iter().filter_map(|r| r.into_inner().ok().flatten()).collect()
}

const WORDS: [(Passed, &str); 4] = [(Passed::Bool, "bool"), (Passed::Int, "int"), (Passed::Float, "float"), (Passed::Str, "str")];

pub(crate) fn word(passed: Passed) -> &'static str {
    WORDS.iter().find(|(p, _)| *p == passed).map_or("str", |(_, word)| word)
}

pub(crate) fn passed(word: &str) -> PyResult<Passed> {
    let found = WORDS.iter().find(|(_, w)| *w == word).map(|(passed, _)| *passed);
    found.ok_or_else(|| PyValueError::new_err(format!("{word:?} is no type of a column passed through")))
}

/// A batch without rows that has a table's schema; of several tables, nested in a document's row.
#[pyfunction]
pub(crate) fn empty_batch(tables: Vec<(String, Vec<String>)>, kept: Vec<(String, String)>, nest: bool) -> PyResult<Batch> {
    let tables = wanted(tables)?;
    let kept = kept.into_iter().map(|(name, word)| Ok((name, passed(&word)?))).collect::<PyResult<Vec<_>>>()?;
    if nest {
        let mut fields: Vec<Field> = tables.iter().map(nested_field).collect();
        fields.push(Field::new("error", DataType::Utf8, true));
        return Ok(Batch { batch: RecordBatch::new_empty(Arc::new(Schema::new(fields))) });
    }
    let [table] = &tables[..] else { return Err(PyValueError::new_err("one table has a flat schema")) };
    Ok(Batch { batch: flat(table, &[], &kept).map_err(wrong)? })
}

/// The digest of a job, as `Pending.digests` has it.
#[pyfunction]
pub(crate) fn digest(job: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(Job::given(job)?.digest())
}

/// Columns of Python's own values as one batch: strings, whole numbers or numbers with decimals.
#[pyfunction]
pub(crate) fn frame_batch(columns: Vec<(String, String, Bound<'_, PyList>)>) -> PyResult<Batch> {
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for (name, kind, values) in columns {
        let array: ArrayRef = match kind.as_str() {
            "string" => Arc::new(StringArray::from(values.extract::<Vec<Option<String>>>()?)),
            "int" => Arc::new(Int64Array::from(values.extract::<Vec<Option<i64>>>()?)),
            _ => Arc::new(Float64Array::from(values.extract::<Vec<Option<f64>>>()?)),
        };
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(wrong)?;
    Ok(Batch { batch })
}

/// An iterator of batches as an Arrow stream in its capsule.
#[pyfunction]
pub(crate) fn export_stream<'py>(py: Python<'py>, batches: Py<PyAny>, schema: &Batch) -> PyResult<Bound<'py, PyCapsule>> {
    let reader = Taken { batches, schema: schema.batch.schema() };
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
}

/// Batches as they are taken from a Python iterator.
struct Taken {
    batches: Py<PyAny>,
    schema: SchemaRef,
}

impl Iterator for Taken {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        Python::attach(|py| {
            let next = self.batches.bind(py).call_method0("__next__");
            let batch = match next {
                Ok(batch) => batch,
                Err(error) if error.is_instance_of::<pyo3::exceptions::PyStopIteration>(py) => return None,
                Err(error) => return Some(Err(ArrowError::ExternalError(error.to_string().into()))),
            };
            Some(match batch.cast::<Batch>() {
                Ok(batch) if batch.get().batch.schema() == self.schema => Ok(batch.get().batch.clone()),
                _ => Err(ArrowError::SchemaError("the columns passed through have other types than in the first batch".to_owned())),
            })
        })
    }
}

impl RecordBatchReader for Taken {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// A column of texts or of files' contents.
enum Texts {
    Utf8(StringArray),
    LargeUtf8(LargeStringArray),
    Utf8View(StringViewArray),
    Binary(BinaryArray),
    LargeBinary(LargeBinaryArray),
    BinaryView(BinaryViewArray),
    Null,
}

impl Texts {
    fn new(array: &ArrayRef, what: &str) -> PyResult<Self> {
        let data = array.to_data();
        Ok(match array.data_type() {
            DataType::Utf8 => Self::Utf8(data.into()),
            DataType::LargeUtf8 => Self::LargeUtf8(data.into()),
            DataType::Utf8View => Self::Utf8View(data.into()),
            DataType::Binary => Self::Binary(data.into()),
            DataType::LargeBinary => Self::LargeBinary(data.into()),
            DataType::BinaryView => Self::BinaryView(data.into()),
            DataType::Null => Self::Null,
            other => return Err(PyTypeError::new_err(format!("{what} is a column of {other}; a column of strings or of binary is taken"))),
        })
    }

    fn text(&self, at: usize) -> Option<&str> {
        match self {
            Self::Utf8(a) => a.is_valid(at).then(|| a.value(at)),
            Self::LargeUtf8(a) => a.is_valid(at).then(|| a.value(at)),
            Self::Utf8View(a) => a.is_valid(at).then(|| a.value(at)),
            _ => None,
        }
    }

    fn bytes(&self, at: usize) -> Option<&[u8]> {
        match self {
            Self::Binary(a) => a.is_valid(at).then(|| a.value(at)),
            Self::LargeBinary(a) => a.is_valid(at).then(|| a.value(at)),
            Self::BinaryView(a) => a.is_valid(at).then(|| a.value(at)),
            _ => None,
        }
    }
}

/// The columns of a batch that another library hands over: `(schema, array)` capsules of a struct array.
fn imported(schema: &Bound<'_, PyCapsule>, array: &Bound<'_, PyCapsule>) -> PyResult<Vec<(Field, ArrayRef)>> {
    // The interface hands the structs over; what is left behind is marked as released.
    let (schema, array) = unsafe {
        let schema = schema.pointer_checked(Some(c"arrow_schema"))?.cast::<FFI_ArrowSchema>();
        let array = array.pointer_checked(Some(c"arrow_array"))?.cast::<FFI_ArrowArray>();
        (FFI_ArrowSchema::from_raw(schema.as_ptr()), FFI_ArrowArray::from_raw(array.as_ptr()))
    };
    let field = Field::try_from(&schema).map_err(wrong)?;
    let data = unsafe { from_ffi_and_data_type(array, field.data_type().clone()) }.map_err(wrong)?;
    let DataType::Struct(fields) = field.data_type().clone() else {
        return Err(PyTypeError::new_err("a record batch is taken, not one array"));
    };
    let batch = StructArray::from(data);
    Ok(fields.iter().map(|f| f.as_ref().clone()).zip(batch.columns().iter().cloned()).collect())
}

/// The columns of text, name, title, place, published, year and url.
type Roles = (String, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);

/// Parses a column of a batch: one row a document, its tables as lists of structs, and `error`, which is null for
/// what could be read. `gongwen.arrow.parse` checks the arguments.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
pub(crate) fn parse_columns(
    py: Python<'_>,
    schema: &Bound<'_, PyCapsule>,
    array: &Bound<'_, PyCapsule>,
    tables: Vec<(String, Vec<String>)>,
    roles: Roles,
    keep: Vec<String>,
    threads: usize,
    options: Given,
) -> PyResult<Batch> {
    let options = Options::given(options)?;
    let tables = wanted(tables)?;
    let columns = imported(schema, array)?;
    let find = |name: &String| {
        let found = columns.iter().find(|(field, _)| field.name() == name);
        let known = || columns.iter().map(|(field, _)| field.name().as_str()).collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| PyValueError::new_err(format!("there is no column {name:?}; there are {}", known())))
    };
    let strings = |name: &Option<String>| name.as_ref().map(|name| find(name).and_then(|(_, a)| Texts::new(a, name))).transpose();
    let (text, name, title, place, published, year, url) = roles;
    let texts = &find(&text)?.1;
    let count = texts.len();
    let texts = Texts::new(texts, &text)?;
    let (name, title, place, url) = (strings(&name)?, strings(&title)?, strings(&place)?, strings(&url)?);
    let typed = |name: &Option<String>, wanted: DataType, what: &str| match name {
        Some(name) => {
            let (field, array) = find(name)?;
            match field.data_type() == &wanted {
                true => Ok(Some(array.to_data())),
                false => Err(PyTypeError::new_err(format!("{name} is a column of {}; {what} is taken", field.data_type()))),
            }
        }
        None => Ok(None),
    };
    let published = typed(&published, DataType::Date32, "a column of days (date32)")?.map(Date32Array::from);
    let year = typed(&year, DataType::Int64, "a column of whole numbers (int64)")?.map(Int64Array::from);
    let kept = keep.iter().map(|name| find(name).cloned()).collect::<PyResult<Vec<_>>>()?;
    let of = |column: &Option<Texts>, at: usize| column.as_ref().and_then(|c| c.text(at)).map(str::to_owned);
    let batch = py.detach(|| {
        let job = |at: usize| {
            let day = published.as_ref().filter(|a| a.is_valid(at)).and_then(|a| crate::arrow::date(a.value(at)));
            let year = year.as_ref().filter(|a| a.is_valid(at)).and_then(|a| u16::try_from(a.value(at)).ok());
            let known = Known { title: of(&title, at), place: of(&place, at), published: day, year, url: of(&url, at), keep: Vec::new() };
            let known = (known != Known::default()).then_some(known);
            let name = of(&name, at).unwrap_or_else(|| at.to_string());
            match (texts.text(at), texts.bytes(at)) {
                (Some(text), _) => Some(Job::text(name, text.to_owned(), known)),
                (None, Some(bytes)) => Some(Job::bytes(name, bytes.to_vec(), known)),
                (None, None) => None,
            }
        };
        let fill = |jobs: &mpsc::Sender<(usize, Job)>| {
            (0..count).filter_map(|at| Some((at, job(at)?))).try_for_each(|job| jobs.send(job).map_err(drop)).ok();
            Ok(())
        };
        let mut outcomes = run(count, threads, None, false, &options, fill)?;
        // A null is no document; its row says so.
        for none in outcomes.iter_mut().filter(|outcome| outcome.is_none()) {
            *none = Some(Err("there is no text".to_owned()));
        }
        let documents: Vec<Option<&Document>> = outcomes.iter().map(|o| o.as_ref().and_then(|o| o.as_ref().ok())).collect();
        let mut fields: Vec<Field> = kept.iter().map(|(field, _)| field.clone()).collect();
        let mut arrays: Vec<ArrayRef> = kept.iter().map(|(_, array)| array.clone()).collect();
        fields.extend(tables.iter().map(nested_field));
        arrays.extend(in_parallel(&tables, threads, |table| nested(table, &documents)));
        fields.push(Field::new("error", DataType::Utf8, true));
        let error = |o: &Outcome| match o {
            Some(Err(message)) => Some(message.clone()),
            _ => None,
        };
        arrays.push(Arc::new(StringArray::from_iter(outcomes.iter().map(error))));
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(wrong)
    })?;
    Ok(Batch { batch })
}

/// The official name of a unit: short forms of its function written out, the place before it left as it is.
///
/// >>> gongwen.canonical_unit("市住建局"), gongwen.canonical_unit("县府办")
/// ('市住房和城乡建设局', '县人民政府办公室')
#[pyfunction]
#[pyo3(signature = (unit, /))]
pub(crate) fn canonical_unit(unit: &str) -> String {
    gongwen::canonical_unit(unit).into_owned()
}
