//! Workbooks for tests, made of rows of text. In an XLSX a cell `#7` is a number and `@29221` a date, by its number of days.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

/// An archive of named texts.
pub(crate) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        // The type of an OpenDocument file stands uncompressed in front.
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let options = if *name == "mimetype" { stored } else { SimpleFileOptions::default() };
        archive.start_file(*name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// `A`, `B` ... `AA`.
fn column(mut at: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + (at % 26) as u8));
        at /= 26;
        if at == 0 {
            return name;
        }
        at -= 1;
    }
}

/// The sheet of an XLSX.
pub(crate) fn worksheet(rows: &[Vec<String>]) -> String {
    let mut sheet = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for (row, cells) in (1..).zip(rows) {
        sheet += &format!("<row r=\"{row}\">");
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{row}", column(at));
            sheet += &match (cell.strip_prefix('#'), cell.strip_prefix('@')) {
                (Some(number), _) => format!("<c r=\"{place}\"><v>{number}</v></c>"),
                (_, Some(days)) => format!("<c r=\"{place}\" s=\"1\"><v>{days}</v></c>"),
                _ => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(cell)),
            };
        }
        sheet += "</row>";
    }
    sheet + "</sheetData></worksheet>"
}

/// An XLSX with that sheet.
pub(crate) fn xlsx_of(sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    archive(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// An XLSX of those rows.
pub(crate) fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    xlsx_of(&worksheet(rows))
}

/// The content of an ODS.
#[allow(dead_code)] // one of the two test files has no use for it
pub(crate) fn ods(rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |cell: &String| match cell.as_str() {
        "" => "<table:table-cell/>".to_owned(),
        text => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            escaped(text)
        ),
    };
    let row = |cells: &Vec<String>| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{names}:office:1.0\" xmlns:table=\"{names}:table:1.0\" \
         xmlns:text=\"{names}:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"S\">{}</table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        rows.iter().map(row).collect::<String>()
    );
    let manifest = format!("<manifest:manifest xmlns:manifest=\"{names}:manifest:1.0\"/>");
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", &manifest),
        ("content.xml", &content),
    ])
}
