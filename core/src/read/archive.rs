//! Archives of documents: a ZIP of reports is as many documents as it has files that are read.

use super::package::Package;
use super::{Options, Reading};
use crate::Error;

/// The documents of a ZIP archive, one after the other.
///
/// What all of them unpack to counts against `limits.unpacked`, how many they are against `limits.entries`. Folders, and
/// what systems put beside files (`__MACOSX`, `.DS_Store`, `Thumbs.db`), are no documents. An archive in an archive is not
/// opened.
///
/// ```
/// use gongwen::read::{Archive, Options};
/// use std::io::Write;
///
/// let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
/// zip.start_file("松石县/总结.txt", zip::write::SimpleFileOptions::default())?;
/// zip.write_all("松石县2023年工作总结\n一、总体情况\n全年办件9件。".as_bytes())?;
/// let bytes = zip.finish()?.into_inner();
///
/// for entry in Archive::open(&bytes, &Options::new())? {
///     assert_eq!(entry.name, "松石县/总结.txt");
///     assert_eq!(entry.reading?.document.metrics.len(), 1);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Archive<'b> {
    package: Package<'b>,
    names: Vec<String>,
    next: usize,
    options: Options,
}

/// A file of an archive.
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry {
    /// Its name with its folders, as the archive has it.
    pub name: String,
    /// The document, or why it was not read.
    pub reading: Result<Reading, Error>,
}

impl<'b> Archive<'b> {
    /// Opens an archive; its files are unpacked when their turn comes.
    ///
    /// # Errors
    /// When the archive is broken or has too many entries.
    pub fn open(bytes: &'b [u8], options: &Options) -> Result<Self, Error> {
        super::check("input size", bytes.len() as u64, options.limits.input.min(u64::from(u32::MAX)), "raise `limits.input`")?;
        let mut package = Package::open(bytes, "ZIP", options.limits)?;
        let names = package.names();
        Ok(Self { package, names, next: 0, options: options.clone() })
    }

    /// The next file's name and bytes.
    pub fn next_file(&mut self) -> Option<(String, Result<Vec<u8>, Error>)> {
        loop {
            let index = self.next;
            let name = std::mem::take(self.names.get_mut(index)?).replace('\\', "/");
            self.next += 1;
            let last = name.rsplit('/').next().unwrap_or_default();
            if last.is_empty() || last.starts_with('.') || name.starts_with("__MACOSX/") || last.eq_ignore_ascii_case("thumbs.db") {
                continue;
            }
            return Some((name, self.package.unpack(index)));
        }
    }
}

impl Iterator for Archive<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let (name, bytes) = self.next_file()?;
        let options = self.options.clone().file_name(name.as_str());
        let reading = bytes.and_then(|bytes| super::read(&bytes, &options));
        Some(Entry { name, reading })
    }
}
