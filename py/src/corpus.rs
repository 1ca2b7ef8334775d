//! Many documents at once.

use crate::document::{Document, Given, Options, guarded};
use crate::indicators::Dictionary;
use crate::known::{self, Known};
use crate::{host, rows};
use pyo3::exceptions::{PyIndexError, PyMemoryError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PySlice, PyString, PyTuple};
use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128_with_seed};

/// What is to be parsed.
enum Source {
    Text(String),
    Bytes(Vec<u8>),
    File(PathBuf),
}

/// A lock is held for bookkeeping only, which leaves nothing half done.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) struct Job {
    name: String,
    source: Source,
    known: Option<Known>,
}

impl Job {
    pub(crate) fn text(name: String, text: String, known: Option<Known>) -> Self {
        Self { name, source: Source::Text(text), known }
    }

    pub(crate) fn bytes(name: String, bytes: Vec<u8>, known: Option<Known>) -> Self {
        Self { name, source: Source::Bytes(bytes), known }
    }

    /// A job as Python gives it: name, source, what is known.
    pub(crate) fn given(job: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (name, source, known) = job.extract::<(String, Bound<'_, PyAny>, Option<known::Given>)>()?;
        let source = if let Ok(text) = source.cast::<PyString>() {
            Source::Text(host::text_of(text)?)
        } else if let Ok(bytes) = source.cast::<PyBytes>() {
            Source::Bytes(bytes.as_bytes().to_vec())
        } else {
            Source::File(source.extract()?)
        };
        Ok(Self { name, source, known: known.map(Known::given).transpose()? })
    }

    /// A digest of the name, of what is known, and of the text; of a file only of its name. It is the same in every version of
    /// the hash, and no defence against whoever wants two that are the same.
    pub(crate) fn digest(&self) -> String {
        let told = xxh3_64(format!("{:?} {:?}", self.name, self.known).as_bytes());
        // The same bytes are read otherwise as a file's contents than as a text.
        let (source, form) = match &self.source {
            Source::Text(text) => (text.as_bytes(), 0),
            Source::Bytes(bytes) => (bytes.as_slice(), 1),
            Source::File(_) => (&[][..], 2),
        };
        format!("{:032x}", xxh3_128_with_seed(source, told.wrapping_add(form)))
    }

    /// Whether columns are passed through with it.
    pub(crate) fn passes(&self) -> bool {
        self.known.as_ref().is_some_and(|known| !known.keep.is_empty())
    }

    pub(crate) fn run(self, options: &Options) -> Result<Document, String> {
        let Job { name, source, known } = self;
        let options = options.knowing(known);
        match source {
            Source::Text(text) => guarded(|| options.parse(&text, Some(name))),
            Source::Bytes(bytes) => guarded(|| options.read(&bytes, Some(name))),
            Source::File(path) => {
                let bytes = contents(&path, options.limits.input)?;
                guarded(|| options.read(&bytes, Some(name)))
            }
        }
    }
}

/// What a file holds, if it is no more than the limit: that is asked before it is read. A pipe is not opened: a thread would
/// wait for its writer without end, and nothing could call it back.
fn contents(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let about = std::fs::metadata(path).map_err(|e| plain(&e))?;
    if !about.is_file() && !about.is_dir() {
        return Err("it is a pipe or a device and no file; read it, and give its bytes".to_owned());
    }
    let file = std::fs::File::open(path).map_err(|e| plain(&e))?;
    let found = about.len();
    if found > limit {
        return Err(gongwen::Error::Limit { what: "input size", found, limit, raise: "raise `limits.input`" }.to_string());
    }
    let mut bytes = Vec::with_capacity(found as usize);
    // A file may grow.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| plain(&e))?;
    Ok(bytes)
}

/// The system's words without its number, as Python says them.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

/// Parses jobs `(name, source)` on several threads, in the order given. `gongwen.parse_many` checks the arguments.
///
/// Returns a list with a document for each job, or the message of what went wrong. `progress` is called with the
/// number of documents done, on the calling thread. With `stop`, the first failure ends the work; what was not
/// begun is None.
#[pyfunction]
pub(crate) fn parse_jobs<'py>(
    py: Python<'py>,
    jobs: &Bound<'py, PyList>,
    threads: usize,
    progress: Option<Py<PyAny>>,
    stop: bool,
    options: Given,
) -> PyResult<Bound<'py, PyList>> {
    let options = Options::given(options)?;
    let order = order(jobs, threads)?;
    let count = jobs.len();
    let jobs = jobs.clone().unbind();
    // Threads parse the first while the last are still taken over from Python.
    let fill = |jobs_to: &Sender<(usize, Job)>| {
        Python::attach(|py| {
            let jobs = jobs.bind(py);
            for at in order {
                let job = Job::given(&jobs.get_item(at)?)?;
                if jobs_to.send((at, job)).is_err() {
                    break;
                }
            }
            Ok(())
        })
    };
    let results = py.detach(|| run(count, threads, progress.as_ref(), stop, &options, fill))?;
    let list = PyList::empty(py);
    for result in results {
        match result {
            Some(Ok(document)) => list.append(Py::new(py, document)?)?,
            Some(Err(message)) => list.append(message)?,
            None => list.append(py.None())?,
        }
    }
    Ok(list)
}

/// Characters, or bytes, of a document that is begun before the others: begun last, it would keep one thread busy and the
/// others idle.
const LONG: usize = 1 << 16;

/// In which order jobs are begun: the long first, the others as they were given.
fn order(jobs: &Bound<'_, PyList>, threads: usize) -> PyResult<Vec<usize>> {
    let size = |job: Bound<'_, PyAny>| {
        let source = job.get_item(1)?;
        // How long a file is, is not asked: it may be far away.
        if source.is_instance_of::<PyString>() || source.is_instance_of::<PyBytes>() { source.len() } else { Ok(0) }
    };
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    if threads > 1 {
        let sizes = jobs.iter().map(size).collect::<PyResult<Vec<_>>>()?;
        let long = |at: &usize| sizes.get(*at).copied().filter(|size| *size >= LONG);
        order.sort_by_key(|at| std::cmp::Reverse(long(at)));
    }
    Ok(order)
}

/// What says that not one thread can be started.
pub(crate) fn no_thread(error: &std::io::Error) -> PyErr {
    PyMemoryError::new_err(format!("no thread can be started: {error}; free memory, or raise the number of processes that are allowed (ulimit -u)"))
}

pub(crate) type Outcome = Option<Result<Document, String>>;

/// Runs so many jobs, which `fill` hands over with their places while the first are parsed. `progress` is told how many are done.
pub(crate) fn run(
    count: usize,
    threads: usize,
    progress: Option<&Py<PyAny>>,
    stop: bool,
    options: &Options,
    fill: impl FnOnce(&Sender<(usize, Job)>) -> PyResult<()>,
) -> PyResult<Vec<Outcome>> {
    let done = AtomicUsize::new(0);
    let cancelled = AtomicBool::new(false);
    let results: Vec<Mutex<Outcome>> = std::iter::repeat_with(Mutex::default).take(count).collect();
    let (given, taken) = mpsc::channel();
    let taken = Mutex::new(taken);
    // Nothing is sent here: it is closed when the last thread has ended.
    let (alive, ended) = mpsc::channel::<()>();
    thread::scope(|scope| {
        for running in 0..threads.min(count) {
            let alive = alive.clone();
            let (results, taken, done, cancelled) = (&results, &taken, &done, &cancelled);
            let started = thread::Builder::new().spawn_scoped(scope, move || {
                let _alive = alive;
                while !cancelled.load(Relaxed) {
                    let Ok((at, job)) = lock(taken).recv() else { break };
                    let result = Job::run(job, options);
                    if stop && result.is_err() {
                        cancelled.store(true, Relaxed);
                    }
                    if let Some(place) = results.get(at) {
                        *lock(place) = Some(result);
                    }
                    done.fetch_add(1, Relaxed);
                }
            });
            match started {
                Ok(_) => {}
                // The system gives no more: those that run do the work.
                Err(_) if running > 0 => break,
                Err(e) => return Err(no_thread(&e)),
            }
        }
        drop(alive);
        let filled = fill(&given);
        drop(given);
        if let Err(error) = filled {
            cancelled.store(true, Relaxed);
            return Err(error);
        }
        let mut told = 0;
        loop {
            let finished = matches!(ended.recv_timeout(Duration::from_millis(50)), Err(RecvTimeoutError::Disconnected));
            let now = done.load(Relaxed);
            let told_now: PyResult<()> = Python::attach(|py| {
                py.check_signals()?;
                if let Some(progress) = progress
                    && now > told
                {
                    progress.call1(py, (now,))?;
                }
                Ok(())
            });
            told = now;
            if let Err(error) = told_now {
                cancelled.store(true, Relaxed);
                return Err(error);
            }
            if finished {
                return Ok(());
            }
        }
    })?;
    Ok(results.into_iter().map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner)).collect())
}

/// Many documents, in the order they were given, with their tables joined.
///
/// A corpus is a sequence of its documents; `corpus["a.txt"]` finds one by its name. Its tables are those of the
/// documents one after the other, with the document's name, place and year as leading columns.
///
/// >>> corpus = gongwen.parse_many({"a": "办结案件9件。", "b": "办结案件12件。"})
/// >>> corpus
/// <Corpus of 2 documents>
/// >>> [row["document"] + ": " + row["text"] for row in corpus.metrics.to_dicts()]
/// ['a: 9件', 'b: 12件']
#[derive(Debug)]
#[pyclass(frozen, sequence, module = "gongwen")]
pub struct Corpus {
    documents: Vec<Py<Document>>,
    failures: Py<PyTuple>,
    by_name: OnceLock<HashMap<String, usize>>,
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident)*) => {
        #[pymethods]
        impl Corpus {
            #[new]
            #[pyo3(signature = (documents, failures = None))]
            fn new(documents: &Bound<'_, PyAny>, failures: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
                let py = documents.py();
                let Ok(iter) = documents.try_iter() else {
                    return Err(crate::wrong_type("Corpus()", "documents (an iterable of Document)", documents));
                };
                let document = |d: PyResult<Bound<'_, PyAny>>| {
                    let d = d?;
                    let document = d.cast::<Document>();
                    Ok(document.map_err(|_| crate::wrong_type("Corpus()", "documents (Document)", &d))?.clone().unbind())
                };
                let documents = iter.map(document).collect::<PyResult<Vec<_>>>()?;
                let failures = match failures {
                    Some(failures) => host::tuple(py, failures.try_iter()?)?,
                    None => PyTuple::empty(py),
                };
                Ok(Self { documents, failures: failures.unbind(), by_name: OnceLock::new() })
            }

            $(
                $(#[$doc])*
                #[getter]
                fn $name<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    rows::table(py, &self.documents, stringify!($name))
                }
            )*

            /// What could not be read, in the order it was given: `gongwen.Failure`s.
            ///
            /// >>> corpus = gongwen.parse_many([pathlib.Path("missing.txt")], errors="collect")
            /// >>> corpus.failures[0].name
            /// 'missing.txt'
            #[getter]
            fn failures(&self, py: Python<'_>) -> Py<PyTuple> {
                self.failures.clone_ref(py)
            }

            /// The same documents with their indicators by another dictionary; what was parsed is shared.
            ///
            /// >>> from gongwen.indicators import Dictionary
            /// >>> own = Dictionary("id\tname\tunits\theads\nfiles\t抽查案卷\t件\t抽查行政处罚案卷\n")
            /// >>> [row.id for row in gongwen.parse_many([gongwen.sample().text]).with_dictionary(own).indicators]
            /// ['files']
            fn with_dictionary(&self, dictionary: &Bound<'_, Dictionary>) -> PyResult<Self> {
                let py = dictionary.py();
                let document = |d: &Py<Document>| Py::new(py, d.get().with_dictionary(dictionary));
                let documents = self.documents.iter().map(document).collect::<PyResult<_>>()?;
                Ok(Self { documents, failures: self.failures.clone_ref(py), by_name: OnceLock::new() })
            }

            /// One row for each place and year, a column for each indicator: see `gongwen.indicators.panel`.
            ///
            /// >>> gongwen.parse_many([gongwen.sample().text]).panel(ids=["exec_meeting_law_study"]).to_dicts()
            /// [{'place': '清河县', 'place_code': '130534', 'year': 2023, 'exec_meeting_law_study': Decimal('4')}]
            #[pyo3(signature = (ids = None, *, domain = None, modality = None, values = None, against = None, status = false, dictionary = None))]
            #[expect(clippy::too_many_arguments)]
            fn panel<'py>(
                slf: &Bound<'py, Self>,
                ids: Option<&Bound<'py, PyAny>>,
                domain: Option<&Bound<'py, PyAny>>,
                modality: Option<&str>,
                values: Option<&str>,
                against: Option<&str>,
                status: bool,
                dictionary: Option<&Bound<'py, Dictionary>>,
            ) -> PyResult<Bound<'py, PyAny>> {
                let options = pyo3::types::PyDict::new(slf.py());
                options.set_item("domain", domain)?;
                options.set_item("modality", modality)?;
                options.set_item("values", values)?;
                options.set_item("against", against)?;
                options.set_item("status", status)?;
                options.set_item("dictionary", dictionary)?;
                slf.py().import("gongwen.indicators")?.getattr("panel")?.call((slf, ids), Some(&options))
            }

            /// How many documents give each indicator, the most frequent first.
            ///
            /// >>> gongwen.parse_many([gongwen.sample().text]).coverage.to_dicts()[0]
            /// {'id': 'approval_time_days', 'name': '审批时限(天)', 'documents': 1, 'share': 1.0}
            #[getter]
            fn coverage<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
                slf.py().import("gongwen.indicators")?.getattr("coverage")?.call1((slf,))
            }

            /// Writes the documents to a file that `Corpus.load` reads: one a line, its text, all that was found in it and
            /// what was told of it. The file gets its name when it is complete.
            ///
            /// >>> import tempfile
            /// >>> path = pathlib.Path(tempfile.mkdtemp(), "reports.jsonl")
            /// >>> corpus = gongwen.parse_many({"a": "办结案件9件。"})
            /// >>> corpus.save(path)
            /// >>> gongwen.Corpus.load(path)["a"].metrics[0].value
            /// Decimal('9')
            fn save(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>) -> PyResult<()> {
                slf.py().import("gongwen._save")?.call_method1("save", (slf, path)).map(drop)
            }

            /// The corpus that `save` wrote: what was found then, whatever this version would find.
            ///
            /// A file of JSON forms with their texts, one a line, is read too.
            ///
            /// >>> gongwen.Corpus.load("missing.jsonl")
            /// Traceback (most recent call last):
            /// gongwen.Error: missing.jsonl: No such file or directory
            #[staticmethod]
            fn load<'py>(py: Python<'py>, path: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                py.import("gongwen._save")?.call_method1("load", (path,))
            }

            fn __len__(&self) -> usize {
                self.documents.len()
            }

            fn __getitem__<'py>(&self, at: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                let py = at.py();
                let len = self.documents.len();
                if let Ok(slice) = at.cast::<PySlice>() {
                    let part = slice.indices(len as isize)?;
                    let at = |i: usize| (part.start + part.step * i as isize) as usize;
                    let documents = (0..part.slicelength).map(|i| self.documents[at(i)].clone_ref(py)).collect();
                    let none = PyTuple::empty(py).unbind();
                    let corpus = Corpus { documents, failures: none, by_name: OnceLock::new() };
                    return Ok(corpus.into_pyobject(py)?.into_any());
                }
                if let Ok(name) = at.extract::<String>() {
                    let found = self.by_name().get(&name);
                    let Some(found) = found else {
                        let names = || self.documents.iter().filter_map(|d| d.get().name.as_deref());
                        // A file is named by its whole path: report.txt of reports/report.txt.
                        let like = names().find(|known| known.ends_with(&name)).or_else(|| names().next()).unwrap_or_default();
                        return Err(pyo3::exceptions::PyKeyError::new_err(format!("no document is named {name:?}; names are like {like:?}")));
                    };
                    return Ok(self.documents[*found].bind(py).clone().into_any());
                }
                let Ok(index) = at.extract::<isize>() else {
                    return Err(crate::wrong_type("a corpus' index", "int, slice or a document's name", at));
                };
                let at = if index < 0 { index + len as isize } else { index };
                let found = usize::try_from(at).ok().and_then(|at| self.documents.get(at));
                let found = found.ok_or_else(|| PyIndexError::new_err(format!("document {index} of {len}")))?;
                Ok(found.bind(py).clone().into_any())
            }

            fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                Ok(self.tuple(py)?.try_iter()?.into_any())
            }

            fn __contains__(&self, document: &Bound<'_, PyAny>) -> PyResult<bool> {
                self.tuple(document.py())?.contains(document)
            }

            fn __reversed__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                py.import("builtins")?.call_method1("reversed", (self.tuple(py)?,))
            }

            /// The place of the first document that equals `document`.
            ///
            /// >>> corpus = gongwen.parse_many(["办结案件9件。", "办结案件12件。"])
            /// >>> corpus.index(corpus[1])
            /// 1
            #[pyo3(signature = (document, start = 0, stop = isize::MAX, /))]
            fn index<'py>(
                &self,
                document: &Bound<'py, PyAny>,
                start: isize,
                stop: isize,
            ) -> PyResult<Bound<'py, PyAny>> {
                self.tuple(document.py())?.call_method1("index", (document, start, stop))
            }

            /// How many documents equal `document`.
            ///
            /// >>> corpus = gongwen.parse_many(["办结案件9件。", "办结案件9件。"])
            /// >>> corpus.count(corpus[1])
            /// 2
            #[pyo3(signature = (document, /))]
            fn count<'py>(&self, document: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                self.tuple(document.py())?.call_method1("count", (document,))
            }

            fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
                let Ok(other) = other.cast::<Corpus>() else { return false };
                let (a, b) = (&self.documents, &other.get().documents);
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.get().same(b.get()))
            }

            fn __hash__(&self) -> u64 {
                host::hash(self.documents.iter().map(|d| d.get().hashed()).collect::<Vec<_>>())
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let mut out = format!("<Corpus of {} documents", self.documents.len());
                let failed = self.failures.bind(py).len();
                if failed > 0 {
                    out += &format!(", {failed} failed");
                }
                Ok(out + ">")
            }

            fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
                slf.py().import("gongwen._html")?.call_method1("corpus", (slf,))
            }

            fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
                slf
            }

            fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
                slf
            }

            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
                let py = slf.py();
                let this = slf.get();
                let args = (this.tuple(py)?, this.failures.clone_ref(py));
                Ok((slf.get_type().into_any(), args.into_pyobject(py)?.into_any()))
            }
        }
    };
}

tables! {
    /// A row for each document: name, place, year, kind, title, and how much was found.
    ///
    /// `fingerprint` is one for documents that say the same in another layout; `duplicate_of` is the name of the
    /// first of them, for all but the first.
    ///
    /// >>> [row["duplicate_of"] for row in gongwen.parse_many(["办结案件9件。", "办结案件9件 。"]).documents.to_dicts()]
    /// [None, '0']
    /// >>> gongwen.parse_many([gongwen.sample().text]).documents.to_dicts()[0]["place"]
    /// '清河县'
    documents
    /// The entries of the documents' headers.
    ///
    /// >>> gongwen.parse_many(["索引号：甲\n", "索引号：乙\n"]).metadata
    /// <2 metadata>
    metadata
    /// The sections of all documents.
    ///
    /// >>> gongwen.parse_many(["一、甲\n", "一、乙\n"]).sections
    /// <2 sections>
    sections
    /// The paragraphs of all documents.
    ///
    /// >>> gongwen.parse_many(["甲。\n", "乙。\n"]).paragraphs
    /// <2 paragraphs>
    paragraphs
    /// The 一是…二是… items of all documents.
    ///
    /// >>> gongwen.parse_many([gongwen.sample().text] * 2).items
    /// <4 items>
    items
    /// The metrics of all documents.
    ///
    /// >>> gongwen.parse_many(["办结案件9件。", "办结案件12件。"]).metrics.columns[:4]
    /// ['document', 'place', 'document_year', 'id']
    metrics
    /// The responsibilities of all documents.
    ///
    /// >>> gongwen.parse_many([gongwen.sample().text] * 2).responsibilities
    /// <4 responsibilities>
    responsibilities
    /// The deadlines of all documents.
    ///
    /// >>> gongwen.parse_many([gongwen.sample().text] * 2).deadlines
    /// <2 deadlines>
    deadlines
    /// The references of all documents.
    ///
    /// >>> gongwen.parse_many([gongwen.sample().text] * 2).references
    /// <2 references>
    references
    /// The tasks of all documents: who does what until when.
    ///
    /// >>> gongwen.parse_many([gongwen.sample().text] * 2).tasks
    /// <2 tasks>
    tasks
    /// The indicators of all documents: numbers under the names by which they can be compared.
    ///
    /// >>> corpus = gongwen.parse_many([gongwen.sample().text] * 2)
    /// >>> [(row["place"], row["id"], row["year"], row["value"]) for row in corpus.indicators.to_dicts()][:1]
    /// [('清河县', 'exec_meeting_law_study', 2023, Decimal('4'))]
    indicators
    /// The tables of all documents.
    ///
    /// >>> gongwen.parse_many([gongwen.sample().text] * 2).tables
    /// <0 tables>
    tables
    /// The diagnostics of all documents.
    ///
    /// >>> gongwen.parse_many(["甲。", "乙。"]).diagnostics
    /// <0 diagnostics>
    diagnostics
}

impl Corpus {
    fn tuple<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.documents.iter().map(|d| d.bind(py)))
    }

    fn by_name(&self) -> &HashMap<String, usize> {
        self.by_name.get_or_init(|| {
            let mut names = HashMap::new();
            for (at, document) in self.documents.iter().enumerate() {
                if let Some(name) = &document.get().name {
                    names.entry(name.clone()).or_insert(at);
                }
            }
            names
        })
    }
}
