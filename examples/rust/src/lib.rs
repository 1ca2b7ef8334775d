//! What the example programs share: how a document is shown to a person.

pub mod show;

/// A table of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// What was counted.
    Metrics,
    /// Who is responsible.
    Responsibilities,
    /// Until when.
    Deadlines,
}

/// What to show of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Everything.
    All,
    /// Some tables.
    Only(Vec<Table>),
}

impl Choice {
    fn has(&self, table: Table) -> bool {
        match self {
            Choice::All => true,
            Choice::Only(tables) => tables.contains(&table),
        }
    }
}
