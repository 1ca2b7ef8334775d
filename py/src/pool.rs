//! Batches of documents on the same threads: while the last documents of one are parsed, and while its tables are made, the
//! threads that are free go on with the next.

use crate::corpus::{Job, Outcome, lock};
use crate::document::{Document, Given, Options};
use crate::known::Passed;
use crate::rows::kept_columns;
use crate::stream::{Batch, Wanted, flat, passed, wanted, word};
use arrow_array::RecordBatch;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyList;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// What a thread does next.
enum Task {
    /// Parses a document of a batch.
    Parse(Arc<Piece>, usize),
    /// Makes a table of a batch whose documents are parsed.
    Table(Arc<Piece>, Arc<Parsed>, usize),
}

/// A batch on its way.
struct Piece {
    jobs: Mutex<Vec<Option<Job>>>,
    tables: Arc<Vec<Wanted>>,
    options: Arc<Options>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    outcomes: Vec<Outcome>,
    unparsed: usize,
    tables: Vec<Option<Result<RecordBatch, String>>>,
    unmade: usize,
    failures: Vec<(usize, String)>,
    kept: Option<Vec<(String, Passed)>>,
}

/// The documents of a batch, and the columns that are passed through.
struct Parsed {
    documents: Vec<Document>,
    kept: Vec<(String, Passed)>,
}

#[derive(Default)]
struct Queue {
    tasks: VecDeque<Task>,
    threads: usize,
    closed: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    ready: Condvar,
}

impl Shared {
    /// What each thread does until the pool is closed.
    fn work(&self) {
        loop {
            let mut queue = lock(&self.queue);
            let task = loop {
                if queue.closed {
                    return;
                }
                match queue.tasks.pop_front() {
                    Some(task) => break task,
                    None => queue = self.ready.wait(queue).unwrap_or_else(PoisonError::into_inner),
                }
            };
            drop(queue);
            match task {
                Task::Parse(piece, at) => {
                    if let Some(parsed) = piece.parse(at) {
                        self.begin_tables(&piece, parsed);
                    }
                }
                Task::Table(piece, parsed, at) => piece.make(parsed, at),
            }
        }
    }

    /// The tables of a batch go before the documents of the next: then its documents are gone.
    fn begin_tables(&self, piece: &Arc<Piece>, parsed: Parsed) {
        let parsed = Arc::new(parsed);
        let mut queue = lock(&self.queue);
        for at in (0..piece.tables.len()).rev() {
            queue.tasks.push_front(Task::Table(piece.clone(), parsed.clone(), at));
        }
        drop(queue);
        self.ready.notify_all();
    }
}

impl Piece {
    /// Parses a document; after the last, all of them.
    fn parse(&self, at: usize) -> Option<Parsed> {
        let job = lock(&self.jobs)[at].take();
        let outcome = job.map(|job| job.run(&self.options));
        let mut state = lock(&self.state);
        state.outcomes[at] = outcome;
        state.unparsed -= 1;
        if state.unparsed > 0 {
            return None;
        }
        let mut documents = Vec::with_capacity(state.outcomes.len());
        for (at, outcome) in std::mem::take(&mut state.outcomes).into_iter().enumerate() {
            match outcome {
                Some(Ok(document)) => documents.push(document),
                Some(Err(message)) => state.failures.push((at, message)),
                None => {}
            }
        }
        let kept = state.kept.get_or_insert_with(|| kept_columns(documents.iter())).clone();
        Some(Parsed { documents, kept })
    }

    fn make(&self, parsed: Arc<Parsed>, at: usize) {
        let documents: Vec<&Document> = parsed.documents.iter().collect();
        let table = catch_unwind(AssertUnwindSafe(|| flat(&self.tables[at], &documents, &parsed.kept)));
        let table = table.map_err(|_| format!("a defect in gongwen, please report it: the table {}", self.tables[at].0.name()));
        let table = table.and_then(|table| table.map_err(|error| error.to_string()));
        drop(documents);
        drop(parsed);
        let mut state = lock(&self.state);
        state.tables[at] = Some(table);
        state.unmade -= 1;
        if state.unmade == 0 {
            self.changed.notify_all();
        }
    }
}

/// Threads that parse batches of documents, several on their way at a time. `gongwen.scan` checks the arguments.
#[pyclass(frozen, module = "gongwen")]
#[expect(missing_debug_implementations)]
pub struct Pool {
    shared: Arc<Shared>,
    tables: Arc<Vec<Wanted>>,
    options: Arc<Options>,
    threads: usize,
}

#[pymethods]
impl Pool {
    #[new]
    fn new(tables: Vec<(String, Vec<String>)>, threads: usize, options: Given) -> PyResult<Self> {
        let (tables, options) = (Arc::new(wanted(tables)?), Arc::new(Options::given(options)?));
        Ok(Self { shared: Arc::default(), tables, options, threads: threads.max(1) })
    }

    /// Puts a batch behind those that are on their way.
    ///
    /// `kept` has the columns passed through and their types; without it they are those of the batch's documents.
    fn submit(&self, jobs: &Bound<'_, PyList>, kept: Option<Vec<(String, String)>>) -> PyResult<Pending> {
        let names = jobs.iter().map(|job| job.get_item(0)?.extract::<String>()).collect::<PyResult<Vec<_>>>()?;
        let jobs = jobs.iter().map(|job| Ok(Some(Job::given(&job)?))).collect::<PyResult<Vec<_>>>()?;
        let kept = kept.map(|kept| kept.into_iter().map(|(name, word)| Ok((name, passed(&word)?))).collect::<PyResult<_>>()).transpose()?;
        let passes = jobs.iter().flatten().any(Job::passes);
        let digests = jobs.iter().flatten().map(Job::digest).collect();
        let count = jobs.len();
        let state = State {
            outcomes: std::iter::repeat_with(|| None).take(count).collect(),
            unparsed: count,
            tables: vec![None; self.tables.len()],
            unmade: self.tables.len(),
            failures: Vec::new(),
            kept,
        };
        let (tables, options) = (self.tables.clone(), self.options.clone());
        let piece = Arc::new(Piece { jobs: Mutex::new(jobs), tables, options, state: Mutex::new(state), changed: Condvar::new() });
        let mut queue = lock(&self.shared.queue);
        if queue.closed {
            return Err(PyRuntimeError::new_err("the documents are not waited for any more"));
        }
        queue.tasks.extend((0..count).map(|at| Task::Parse(piece.clone(), at)));
        while queue.threads < self.threads.min(queue.tasks.len().max(1)) {
            let shared = self.shared.clone();
            match std::thread::Builder::new().spawn(move || shared.work()) {
                Ok(_) => queue.threads += 1,
                // The system gives no more: those that run do the work.
                Err(_) if queue.threads > 0 => break,
                Err(e) => return Err(crate::corpus::no_thread(&e)),
            }
        }
        drop(queue);
        if count == 0 {
            let kept = lock(&piece.state).kept.get_or_insert_default().clone();
            self.shared.begin_tables(&piece, Parsed { documents: Vec::new(), kept });
        }
        self.shared.ready.notify_all();
        Ok(Pending { shared: self.shared.clone(), piece, names, digests, passes })
    }

    /// Ends the work: what is not begun is left.
    fn close(&self) {
        let tasks = {
            let mut queue = lock(&self.shared.queue);
            queue.closed = true;
            std::mem::take(&mut queue.tasks)
        };
        drop(tasks);
        self.shared.ready.notify_all();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.close();
    }
}

/// A batch that a `Pool` has taken.
#[pyclass(frozen, module = "gongwen")]
#[expect(missing_debug_implementations)]
pub struct Pending {
    shared: Arc<Shared>,
    piece: Arc<Piece>,
    names: Vec<String>,
    digests: Vec<String>,
    /// Whether columns are passed through with its documents.
    #[pyo3(get)]
    passes: bool,
}

/// A batch for each table, `(position, name, message)` of what failed, and the columns passed through with their types.
type Done = (Vec<Batch>, Vec<(usize, String, String)>, Vec<(String, String)>);

#[pymethods]
impl Pending {
    /// What tells its documents from others: of each a digest of its name, of what is known of it, and of its text.
    fn digests(&self) -> Vec<String> {
        self.digests.clone()
    }

    /// Waits for the batch's tables; once. Signals are heard meanwhile.
    fn result(&self, py: Python<'_>) -> PyResult<Done> {
        loop {
            let state = py.detach(|| {
                let mut state = lock(&self.piece.state);
                if state.unmade > 0 {
                    state = self.piece.changed.wait_timeout(state, Duration::from_millis(50)).map_or_else(|e| e.into_inner().0, |woken| woken.0);
                }
                (state.unmade == 0).then(|| std::mem::take(&mut *state))
            });
            let Some(state) = state else {
                py.check_signals()?;
                if lock(&self.shared.queue).closed {
                    return Err(PyRuntimeError::new_err("the pool was closed before the batch was parsed"));
                }
                continue;
            };
            if state.tables.is_empty() {
                return Err(PyRuntimeError::new_err("the batch was taken before"));
            }
            let batch = |table: Result<RecordBatch, String>| match table {
                Ok(batch) => Ok(Batch { batch }),
                Err(message) => Err(PyValueError::new_err(message)),
            };
            let batches = state.tables.into_iter().flatten().map(batch).collect::<PyResult<_>>()?;
            let failures = state.failures.into_iter().map(|(at, message)| (at, self.names[at].clone(), message)).collect();
            let kept = state.kept.unwrap_or_default().into_iter().map(|(name, passed)| (name, word(passed).to_owned())).collect();
            return Ok((batches, failures, kept));
        }
    }
}
