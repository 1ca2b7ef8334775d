//! Which section is the task that a responsibility list belongs to?

use crate::{Document, Kind, MarkerStyle, Role, SectionId, Span};

/// Settles lists that stand on a line of their own below numbered details: where a document's other lists
/// show that its tasks are of one family, such a list belongs to the task, not to the last detail.
pub(crate) fn settle(doc: &mut Document<'_>) {
    let style_of = |id: SectionId| doc.sections[id.index()].marker.map(|m| m.style);
    let mut counts = [0usize; 12];
    let mut total = 0;
    for style in doc.responsibilities.iter().filter_map(|r| style_of(r.section?)) {
        counts[style as usize] += 1;
        total += 1;
    }
    let Some(common) = MarkerStyle::ALL.iter().copied().max_by_key(|s| counts[*s as usize]) else { return };
    if total < 4 || counts[common as usize] * 4 < total * 3 {
        return;
    }
    let settled: Vec<Option<SectionId>> = doc
        .responsibilities
        .iter()
        .map(|r| {
            let id = r.section?;
            let own_line = doc.paragraphs.binary_search_by_key(&r.span.start, |p| p.span.start).is_ok();
            let task = doc.section(id).ancestors().find(|s| s.row.marker.is_some_and(|m| m.style == common));
            if own_line && style_of(id) != Some(common) { task.map(|s| s.id) } else { None }
        })
        .collect();
    for (row, task) in doc.responsibilities.iter_mut().zip(settled) {
        if task.is_some() {
            row.section = task;
        }
    }
}

/// One task: the section that sets it, with all that the document says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Task {
    /// The section that sets it; `None` for a paragraph without one.
    pub section: Option<SectionId>,
    /// The whole task: its section with its details, its paragraph, or its row of a table.
    pub span: Span,
    /// Its lists of units: rows of [`Document::responsibilities`].
    pub responsibilities: Vec<u32>,
    /// Its deadlines and frequencies: rows of [`Document::deadlines`].
    pub deadlines: Vec<u32>,
    /// Its metrics: rows of [`Document::metrics`].
    pub metrics: Vec<u32>,
}

impl Document<'_> {
    /// The tasks, in reading order: who does what until when, each in one row.
    ///
    /// A task is what a list of responsible units belongs to: a section, a row of a table, or a paragraph that stands in
    /// no section. A section of a plan without sections inside is one too, whether a list names units for it or not.
    ///
    /// ```
    /// let doc = gongwen::parse("临江市2024年工作要点\n一、重点任务\n（一）清理文件。6月底前清理文件20件。（责任单位：市司法局）\n（二）公开案例。\n");
    /// let tasks = doc.tasks();
    /// assert_eq!(tasks.len(), 2);
    /// assert_eq!(doc.section(tasks[0].section.unwrap()).heading_text().unwrap(), "清理文件");
    /// assert_eq!((tasks[0].responsibilities.len(), tasks[0].deadlines.len(), tasks[0].metrics.len()), (1, 1, 1));
    /// assert!(tasks[1].responsibilities.is_empty());
    /// ```
    #[must_use]
    pub fn tasks(&self) -> Vec<Task> {
        // The rows of tables in reading order: a list in one of them belongs to the row.
        let mut rows: Vec<Span> =
            self.tables.iter().flat_map(|t| &t.rows).filter_map(|r| r.cells.iter().copied().reduce(Span::to)).filter(|s| !s.is_empty()).collect();
        rows.sort_unstable_by_key(|s| s.start);
        let row_at = |at: u32| {
            let after = rows.partition_point(|r| r.start <= at);
            after.checked_sub(1).map(|i| rows[i]).filter(|r| at < r.end)
        };
        let holder = |section: Option<SectionId>, span: Span| -> Span {
            if let Some(row) = row_at(span.start) {
                return row;
            }
            if let Some(id) = section {
                return self.sections[id.index()].span;
            }
            let after = self.paragraphs.partition_point(|p| p.span.start <= span.start);
            after.checked_sub(1).map(|i| self.paragraphs[i].span).filter(|p| span.start < p.end).map_or(span, |p| p.to(span))
        };
        let mut tasks: Vec<Task> = Vec::new();
        for r in &self.responsibilities {
            tasks.push(Task { section: r.section, span: holder(r.section, r.span), ..Task::default() });
        }
        tasks.sort_by_key(order);
        tasks.dedup_by_key(|t| t.span);
        // Leaves of a plan that no list belongs to, and that are no detail of a task.
        let plan = self.kind == Some(Kind::WorkPlan);
        let mut listed = tasks.iter().map(|t| t.span).peekable();
        let mut covered = 0;
        let mut more = Vec::new();
        for (i, section) in self.sections.iter().enumerate() {
            while let Some(span) = listed.next_if(|s| s.start <= section.span.start) {
                covered = covered.max(span.end);
            }
            let leaf = section.subtree_end as usize <= i + 1;
            let sets = matches!(section.role, Role::Tasks | Role::Plan) || plan && section.role == Role::Other;
            let holds = listed.peek().is_some_and(|s| s.start < section.span.end);
            if leaf && sets && section.span.start >= covered && !holds {
                more.push(Task { section: Some(SectionId(i as u32)), span: section.span, ..Task::default() });
            }
        }
        tasks.append(&mut more);
        tasks.sort_by_key(order);
        // Each fact belongs to the innermost task around it; a list to the task that it was settled on.
        let places: Vec<Span> = tasks.iter().map(|t| t.span).collect();
        let index = |wanted: Span| places.binary_search_by_key(&(wanted.start, std::cmp::Reverse(wanted.end)), |s| (s.start, std::cmp::Reverse(s.end)));
        for (i, r) in self.responsibilities.iter().enumerate() {
            if let Ok(task) = index(holder(r.section, r.span)) {
                tasks[task].responsibilities.push(i as u32);
            }
        }
        let mut around = Around::new(&places);
        for (i, d) in self.deadlines.iter().enumerate() {
            if let Some(task) = around.innermost(d.span.start) {
                tasks[task].deadlines.push(i as u32);
            }
        }
        let mut around = Around::new(&places);
        for (i, m) in self.metrics.iter().enumerate() {
            if let Some(task) = around.innermost(m.span.start) {
                tasks[task].metrics.push(i as u32);
            }
        }
        tasks
    }
}

/// Reading order, the outer before the inner.
fn order(task: &Task) -> (u32, std::cmp::Reverse<u32>) {
    (task.span.start, std::cmp::Reverse(task.span.end))
}

/// Walks places that are asked for in reading order, and knows which spans are open.
struct Around<'s> {
    spans: &'s [Span],
    next: usize,
    open: Vec<usize>,
}

impl<'s> Around<'s> {
    fn new(spans: &'s [Span]) -> Self {
        Self { spans, next: 0, open: Vec::new() }
    }

    fn innermost(&mut self, at: u32) -> Option<usize> {
        while self.spans.get(self.next).is_some_and(|s| s.start <= at) {
            self.open.push(self.next);
            self.next += 1;
        }
        while self.open.last().is_some_and(|i| self.spans[*i].end <= at) {
            self.open.pop();
        }
        self.open.last().copied()
    }
}
