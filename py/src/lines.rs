//! Batches as lines of CSV and JSON, for files and terminals.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use gongwen::Date;
use std::borrow::Cow;
use std::fmt::Write;

/// The batch as CSV, a line a row. Several values in a cell are divided by `|`; a missing one is empty. A text that a
/// spreadsheet would run as a formula begins with an apostrophe.
pub(crate) fn csv(batch: &RecordBatch, header: bool, separator: &str) -> String {
    let mut out = String::new();
    if header {
        let schema = batch.schema();
        for (at, field) in schema.fields().iter().enumerate() {
            separate(&mut out, at, separator);
            quoted(&mut out, &harmless(field.name()), separator);
        }
        out.push('\n');
    }
    let mut cell = String::new();
    for row in 0..batch.num_rows() {
        for (at, column) in batch.columns().iter().enumerate() {
            separate(&mut out, at, separator);
            cell.clear();
            plain(&mut cell, column, row);
            let text = matches!(column.data_type(), DataType::Utf8 | DataType::List(_));
            quoted(&mut out, &if text { harmless(&cell) } else { Cow::Borrowed(&*cell) }, separator);
        }
        out.push('\n');
    }
    out
}

/// A text that a spreadsheet runs as a formula, made a text by an apostrophe before it. Signs of full width count, which
/// some spreadsheets take for the others, and so does a sign behind what is not seen. `spec/formulas.json` has what runs and what
/// does not, for every writer of this project.
fn harmless(cell: &str) -> Cow<'_, str> {
    let hidden = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    let unseen = |c: char| c.is_whitespace() || c.is_control() || hidden(c);
    let first = cell.trim_start_matches(unseen).chars().next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')) || cell.starts_with(['\t', '\r']);
    if formula { format!("'{cell}").into() } else { cell.into() }
}

/// The batch as JSON, an object a line; a missing value is null.
pub(crate) fn jsonl(batch: &RecordBatch) -> String {
    let schema = batch.schema();
    let keys: Vec<String> = schema.fields().iter().map(|f| format!("{}: ", serde_json::Value::from(f.name().as_str()))).collect();
    let mut out = String::new();
    for row in 0..batch.num_rows() {
        out.push('{');
        for (at, (key, column)) in keys.iter().zip(batch.columns()).enumerate() {
            separate(&mut out, at, ", ");
            out += key;
            json(&mut out, column, row);
        }
        out += "}\n";
    }
    out
}

/// The batch as a table of Markdown.
pub(crate) fn markdown(batch: &RecordBatch, header: bool) -> String {
    let mut out = String::new();
    let schema = batch.schema();
    if header {
        for field in schema.fields() {
            let _ = write!(out, "| {} ", escaped(field.name()));
        }
        out.push_str("|\n");
        out.push_str(&"| --- ".repeat(schema.fields().len()));
        out.push_str("|\n");
    }
    let mut cell = String::new();
    for row in 0..batch.num_rows() {
        for column in batch.columns() {
            cell.clear();
            plain(&mut cell, column, row);
            let _ = write!(out, "| {} ", escaped(&cell));
        }
        out.push_str("|\n");
    }
    out
}

fn escaped(cell: &str) -> String {
    let words: Vec<&str> = cell.split(['\n', '\r']).map(str::trim).filter(|w| !w.is_empty()).collect();
    words.join(" ").replace('\\', "\\\\").replace('|', "\\|").replace('<', "\\<")
}

/// How a cell is compared.
pub(crate) enum Test {
    Is(String),
    IsNot(String),
    Holds(String),
    Number(Order, f64),
    Day(Order, Date),
}

/// On which side of a limit a value is.
#[derive(Clone, Copy)]
pub(crate) enum Order {
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Order {
    fn holds<T: PartialOrd>(self, value: T, limit: T) -> bool {
        match self {
            Order::Less => value < limit,
            Order::AtMost => value <= limit,
            Order::More => value > limit,
            Order::AtLeast => value >= limit,
        }
    }
}

impl Test {
    /// The test of a column of this type; says what is wrong with it.
    pub(crate) fn new(kind: &DataType, operator: &str, value: &str) -> Result<Self, String> {
        let number = matches!(kind, DataType::Int64 | DataType::Float64);
        let order = match operator {
            "=" | "!=" => {
                if number && !value.is_empty() {
                    value.parse::<f64>().map_err(|_| format!("{value:?} is no number"))?;
                }
                return Ok(if operator == "=" { Test::Is(value.to_owned()) } else { Test::IsNot(value.to_owned()) });
            }
            "~" => return Ok(Test::Holds(value.to_owned())),
            "<" => Order::Less,
            "<=" => Order::AtMost,
            ">" => Order::More,
            ">=" => Order::AtLeast,
            _ => return Err(format!("{operator:?} is no comparison")),
        };
        match kind {
            DataType::Date32 => Ok(Test::Day(order, day(value, order).ok_or_else(|| format!("{value:?} is no day; 2024, 2024-06 and 2024-06-30 are"))?)),
            _ if number => Ok(Test::Number(order, value.parse().map_err(|_| format!("{value:?} is no number"))?)),
            _ => Err("a text is compared with =, != or ~".to_owned()),
        }
    }
}

/// The day that a limit names. A year or a month stands for the first of its days, or where a value may reach it or has to
/// pass it, for the last.
fn day(text: &str, order: Order) -> Option<Date> {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().ok());
    let last = matches!(order, Order::AtMost | Order::More);
    let year = parts.next()??;
    let month = match parts.next() {
        Some(month) => u8::try_from(month?).ok()?,
        None => return if last { Date::new(year, 12, 31) } else { Date::new(year, 1, 1) },
    };
    match parts.next() {
        Some(day) if parts.next().is_none() => Date::new(year, month, u8::try_from(day?).ok()?),
        Some(_) => None,
        None if last => (28..=31).rev().find_map(|day| Date::new(year, month, day)),
        None => Date::new(year, month, 1),
    }
}

/// Which rows of a column pass. A cell of several values is, or holds, what one of them does. A missing one is equal to
/// nothing but the empty text, and has no order.
pub(crate) fn passing(column: &ArrayRef, test: &Test) -> Vec<bool> {
    let mut cell = String::new();
    (0..column.len()).map(|row| passes(column, row, test, &mut cell)).collect()
}

fn passes(column: &ArrayRef, row: usize, test: &Test, cell: &mut String) -> bool {
    let wanted = match test {
        Test::Is(wanted) => wanted,
        Test::IsNot(wanted) => return !is(column, row, wanted, cell),
        Test::Holds(part) => {
            return each(column, row, &mut |values, at| {
                cell.clear();
                plain(cell, values, at);
                cell.contains(part.as_str())
            });
        }
        _ if column.is_null(row) => return false,
        Test::Day(order, limit) => {
            let day = crate::arrow::date(column.as_primitive::<Date32Type>().value(row));
            return day.is_some_and(|day| order.holds(day, *limit));
        }
        Test::Number(order, limit) => {
            let value = match column.data_type() {
                DataType::Int64 => column.as_primitive::<Int64Type>().value(row) as f64,
                _ => column.as_primitive::<Float64Type>().value(row),
            };
            return order.holds(value, *limit);
        }
    };
    is(column, row, wanted, cell)
}

fn is(column: &ArrayRef, row: usize, wanted: &str, cell: &mut String) -> bool {
    if wanted.is_empty() {
        cell.clear();
        plain(cell, column, row);
        return cell.is_empty();
    }
    each(column, row, &mut |values, at| {
        cell.clear();
        plain(cell, values, at);
        let number = matches!(values.data_type(), DataType::Int64 | DataType::Float64);
        match (number, cell.parse::<f64>(), wanted.parse::<f64>()) {
            (true, Ok(value), Ok(wanted)) => value == wanted,
            _ => cell == wanted || matches!(values.data_type(), DataType::Boolean) && cell.eq_ignore_ascii_case(wanted),
        }
    })
}

/// Whether one of a cell's values passes.
fn each(column: &ArrayRef, row: usize, test: &mut dyn FnMut(&ArrayRef, usize) -> bool) -> bool {
    if column.is_null(row) {
        return false;
    }
    if let DataType::List(_) = column.data_type() {
        let values = column.as_list::<i32>().value(row);
        return (0..values.len()).any(|at| test(&values, at));
    }
    test(column, row)
}

fn separate(out: &mut String, at: usize, comma: &str) {
    if at > 0 {
        out.push_str(comma);
    }
}

fn quoted(out: &mut String, cell: &str, separator: &str) {
    if cell.contains(['"', '\n', '\r']) || cell.contains(separator) {
        out.push('"');
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(cell);
    }
}

fn string(column: &ArrayRef, row: usize) -> Option<&str> {
    matches!(column.data_type(), DataType::Utf8).then(|| column.as_string::<i32>().value(row))
}

/// A value as a cell of text.
pub(crate) fn plain(out: &mut String, column: &ArrayRef, row: usize) {
    if column.is_null(row) {
        return;
    }
    // Writing to a string does not fail.
    let _ = match column.data_type() {
        DataType::Utf8 => out.write_str(string(column, row).unwrap_or_default()),
        DataType::Int64 => write!(out, "{}", column.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => write!(out, "{}", column.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => out.write_str(if column.as_boolean().value(row) { "True" } else { "False" }),
        DataType::Date32 => match crate::arrow::date(column.as_primitive::<Date32Type>().value(row)) {
            Some(day) => write!(out, "{day}"),
            None => Ok(()),
        },
        DataType::List(_) => {
            let values = column.as_list::<i32>().value(row);
            for at in 0..values.len() {
                separate(out, at, "|");
                plain(out, &values, at);
            }
            Ok(())
        }
        _ => Ok(()),
    };
}

fn json(out: &mut String, column: &ArrayRef, row: usize) {
    if column.is_null(row) {
        out.push_str("null");
        return;
    }
    match column.data_type() {
        DataType::Utf8 => {
            let _ = write!(out, "{}", serde_json::Value::from(string(column, row).unwrap_or_default()));
        }
        DataType::Float64 => {
            let value = column.as_primitive::<Float64Type>().value(row);
            if value.is_finite() { plain(out, column, row) } else { out.push_str("null") }
        }
        DataType::Int64 => plain(out, column, row),
        DataType::Boolean => out.push_str(if column.as_boolean().value(row) { "true" } else { "false" }),
        DataType::Date32 => {
            out.push('"');
            plain(out, column, row);
            out.push('"');
        }
        DataType::List(_) => {
            let values = column.as_list::<i32>().value(row);
            out.push('[');
            for at in 0..values.len() {
                separate(out, at, ", ");
                json(out, &values, at);
            }
            out.push(']');
        }
        _ => out.push_str("null"),
    }
}
