//! What the caller knows of a document: hints for the parser, its address, and columns passed through.

use gongwen::{Date, Hints};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::borrow::Cow;

/// A value passed through.
#[derive(Clone, Debug, PartialEq, FromPyObject, IntoPyObject)]
pub(crate) enum Value {
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(String),
}

/// The type that a column of passed values has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Passed {
    Bool,
    Int,
    Float,
    Str,
}

impl Value {
    pub(crate) fn passed(&self) -> Passed {
        match self {
            Value::Bool(_) => Passed::Bool,
            Value::Int(_) => Passed::Int,
            Value::Float(_) => Passed::Float,
            Value::Str(_) => Passed::Str,
        }
    }

    /// The value as a string of a column that holds several types.
    pub(crate) fn string(&self) -> Cow<'_, str> {
        match self {
            Value::Bool(b) => if *b { "True" } else { "False" }.into(),
            Value::Int(n) => n.to_string().into(),
            Value::Float(n) => n.to_string().into(),
            Value::Str(s) => s.as_str().into(),
        }
    }
}

impl Passed {
    /// The type that holds both.
    pub(crate) fn with(self, other: Passed) -> Passed {
        match (self, other) {
            (a, b) if a == b => a,
            (Passed::Int, Passed::Float) | (Passed::Float, Passed::Int) => Passed::Float,
            _ => Passed::Str,
        }
    }
}

/// Columns passed through, in their order.
pub(crate) type Keep = Vec<(String, Option<Value>)>;

/// As it crosses the border: title, place, day of publication, year, address, columns.
pub(crate) type Given = (Option<String>, Option<String>, Option<(u16, u8, u8)>, Option<u16>, Option<String>, Keep);

/// What the caller knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Known {
    pub(crate) title: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) year: Option<u16>,
    pub(crate) url: Option<String>,
    pub(crate) keep: Keep,
}

impl Known {
    pub(crate) fn given((title, place, published, year, url, keep): Given) -> PyResult<Self> {
        let published = match published {
            Some((year, month, day)) => Some(Date::new(year, month, day).ok_or_else(|| PyValueError::new_err("published: there is no such day"))?),
            None => None,
        };
        Ok(Self { title, place, published, year, url, keep })
    }

    pub(crate) fn give(&self) -> Given {
        let published = self.published.map(|d| (d.year, d.month, d.day));
        (self.title.clone(), self.place.clone(), published, self.year, self.url.clone(), self.keep.clone())
    }

    pub(crate) fn hints(&self) -> Hints<'_> {
        Hints { title: self.title.as_deref(), place: self.place.as_deref(), published: self.published, year: self.year }
    }
}
