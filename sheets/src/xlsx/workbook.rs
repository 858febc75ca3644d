//! A workbook: its sheets, its date system, its texts.

use crate::archive::Directory;
use crate::error::{Part, SheetError};
use crate::limits::Limits;
use crate::xlsx::package::{Kind, Relationship, relationships};
use crate::xlsx::rows::XlsxRows;
use crate::xlsx::strings::SharedStrings;
use crate::xlsx::xml::{Node, Xml};
use daicho::DateSystem;

/// More sheets than this are refused; Excel itself becomes unusable long before.
const MOST_SHEETS: usize = 1_024;
/// Excel's own names have 31 characters at most; other programs allow themselves more.
const LONGEST_NAME: usize = 1_024;

struct Listed {
    name: String,
    visible: bool,
    part: String,
}

/// An xlsx workbook ブック, checked and ready to give its rows (I7).
pub struct Xlsx<'a> {
    directory: Directory<'a>,
    limits: Limits,
    date_system: DateSystem,
    sheets: Vec<Listed>,
    strings: SharedStrings,
}

impl<'a> Xlsx<'a> {
    /// Checks the archive, then reads the list of sheets and the shared strings. No sheet is read yet.
    ///
    /// # Errors
    /// Every way in which a file can be none, be damaged or pass a limit.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, SheetError> {
        crate::sheet::check_container(bytes, limits)?;
        let directory = Directory::read(bytes, limits)?;
        let workbook = relationships(&directory, "").map_err(|error| match error {
            // A zip archive, but of something else: .ods, .docx, pictures.
            SheetError::MissingPart { .. } => SheetError::UnknownFormat,
            error => error,
        })?;
        let workbook = workbook.into_iter().find(|link| link.kind == Kind::Workbook).ok_or(SheetError::UnknownFormat)?.target;
        if workbook.to_ascii_lowercase().ends_with(".bin") {
            return Err(SheetError::UnknownFormat);
        }
        let links = relationships(&directory, &workbook)?;
        let (date_system, sheets) = read_workbook(&directory, &workbook, &links)?;
        let strings = match links.iter().find(|link| link.kind == Kind::SharedStrings) {
            Some(link) => SharedStrings::read(&directory, &link.target, limits)?,
            None => SharedStrings::default(),
        };
        Ok(Self { directory, limits: *limits, date_system, sheets, strings })
    }

    /// What the workbook's date serials count from.
    #[must_use]
    pub fn date_system(&self) -> DateSystem {
        self.date_system
    }

    /// The names of the visible sheets, in the workbook's order.
    pub fn sheet_names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().filter(|sheet| sheet.visible).map(|sheet| sheet.name.as_str())
    }

    /// The rows of the first visible sheet.
    ///
    /// # Errors
    /// When there is none, or it cannot be opened.
    pub fn rows(&self) -> Result<XlsxRows<'_>, SheetError> {
        self.open_sheet(self.sheets.iter().find(|sheet| sheet.visible))
    }

    /// The rows of the sheet of that name, hidden or not.
    ///
    /// # Errors
    /// When there is none, or it cannot be opened.
    pub fn rows_of(&self, name: &str) -> Result<XlsxRows<'_>, SheetError> {
        self.open_sheet(self.sheets.iter().find(|sheet| sheet.name == name))
    }

    fn open_sheet(&self, sheet: Option<&Listed>) -> Result<XlsxRows<'_>, SheetError> {
        let sheet = sheet.ok_or(SheetError::NoSuchSheet)?;
        let xml = Xml::open(&self.directory, &sheet.part, Part::Worksheet)?;
        Ok(XlsxRows::new(xml, &self.strings, self.limits))
    }
}

/// Reads the date system and the worksheets; chart sheets have no rows and are left out.
fn read_workbook(directory: &Directory<'_>, name: &str, links: &[Relationship]) -> Result<(DateSystem, Vec<Listed>), SheetError> {
    let mut xml = Xml::open(directory, name, Part::Workbook)?;
    let mut date_system = DateSystem::D1900;
    let mut sheets = Vec::new();
    loop {
        let (name, state, id) = match xml.next()? {
            Node::Start(tag) if tag.name() == "workbookPr" => {
                let [date1904] = tag.attributes(["date1904"])?;
                if matches!(date1904.as_deref(), Some("1" | "true" | "on")) {
                    date_system = DateSystem::D1904;
                }
                continue;
            }
            Node::Start(tag) if tag.name() == "sheet" => {
                let [name, state, id] = tag.attributes(["name", "state", ":id"])?;
                (name.unwrap_or_default().into_owned(), state.map(|state| state.into_owned()), id.map(|id| id.into_owned()))
            }
            Node::Eof => return Ok((date_system, sheets)),
            _ => continue,
        };
        if sheets.len() >= MOST_SHEETS || name.len() > LONGEST_NAME {
            return Err(xml.bad("it lists more than a workbook holds"));
        }
        let Some(id) = id else {
            return Err(xml.bad("a sheet leads nowhere"));
        };
        let part = links.iter().find(|link| link.kind == Kind::Worksheet && link.id == id);
        if let Some(part) = part {
            let visible = matches!(state.as_deref(), None | Some("visible"));
            sheets.push(Listed { name, visible, part: part.target.clone() });
        }
    }
}
