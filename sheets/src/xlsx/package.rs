//! Which part of the package leads to which.

use crate::archive::Directory;
use crate::error::{Part, SheetError};
use crate::xlsx::xml::{Node, Xml};

/// More relationships than this of the kinds below no workbook has.
const MOST_RELATIONSHIPS: usize = 1_024;
/// Longer names than this no writer gives.
const LONGEST_NAME: usize = 1_024;

/// What a relationship leads to. The types' addresses differ between the transitional and the strict format; their last
/// segments do not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Workbook,
    Worksheet,
    SharedStrings,
}

/// One relationship.
pub(crate) struct Relationship {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// The name of the part it leads to.
    pub(crate) target: String,
}

/// The relationships of a part (`""`: of the package itself) that reading rows needs.
pub(crate) fn relationships(directory: &Directory<'_>, of: &str) -> Result<Vec<Relationship>, SheetError> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let mut xml = Xml::open(directory, &name, Part::Relationships)?;
    let mut found = Vec::new();
    loop {
        let relationship = match xml.next()? {
            Node::Start(tag) if tag.name() == "Relationship" => {
                let [id, kind, target, mode] = tag.attributes(["Id", "Type", "Target", "TargetMode"])?;
                let kind = match kind.as_deref().and_then(|kind| kind.rsplit('/').next()) {
                    Some("officeDocument") => Some(Kind::Workbook),
                    Some("worksheet") => Some(Kind::Worksheet),
                    Some("sharedStrings") => Some(Kind::SharedStrings),
                    _ => None,
                };
                let outside = mode.as_deref() == Some("External");
                kind.filter(|_| !outside).zip(id).zip(target).map(|((kind, id), target)| (kind, id.into_owned(), target.into_owned()))
            }
            Node::Eof => return Ok(found),
            _ => None,
        };
        if let Some((kind, id, target)) = relationship {
            if found.len() >= MOST_RELATIONSHIPS || id.len() > LONGEST_NAME || target.len() > LONGEST_NAME {
                return Err(xml.bad("it leads to more than a workbook holds"));
            }
            found.push(Relationship { id, kind, target: resolve(folder, &target) });
        }
    }
}

/// A target as a part's name: relative to the folder of the part that names it, unless it begins with a slash.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for segment in target.split('/') {
        match segment {
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    segments.retain(|segment| !segment.is_empty() && *segment != ".");
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn i7_a_target_never_leaves_the_package() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "../custom/./sheet.xml", "custom/sheet.xml"),
            ("xl", "..\\..\\..\\etc", "etc"),
        ] {
            assert_eq!(resolve(folder, target), expected);
        }
    }
}
