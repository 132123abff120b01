//! `interdict lists catalogue`.

use std::io::Write;
use std::time::SystemTime;

use engine::{EngineError, Installed, catalogue, catalogue_to_json, programmes};

use crate::args::{Catalogue, Format};
use crate::commands::format_or;
use crate::error::{CommandError, Status};
use crate::home;
use crate::plain::plain;

pub(super) fn run(args: &Catalogue) -> Result<Status, CommandError> {
    let installed = home::installed()?;
    let now = SystemTime::now();
    let text = match format_or(args.format, Format::Json) {
        Format::Table if args.programmes => programmes_text(),
        Format::Table => lists_text(&installed, now),
        Format::Json => format!("{:#}\n", catalogue_to_json(&installed, now)),
        _ => {
            return Err(EngineError::usage("the catalogue is a table or JSON")
                .hint("use --format json")
                .into());
        }
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Status::Ran)
}

fn lists_text(installed: &Installed, now: SystemTime) -> String {
    let serving = installed.lists();
    let mut text = String::new();
    for source in catalogue() {
        let state = serving.iter().find(|list| list.name == source.name);
        text += &format!("{:<12} {}\n             {}\n", source.name, source.title, source.authority);
        let tested = match source.tested {
            "files" => "tested on its real files",
            "schema" => "schema-tested only",
            _ => "no reader yet",
        };
        text += &format!(
            "             {} ({tested}); changes {}; {}\n",
            source.format, source.rhythm, source.licence
        );
        text += &state.map(|list| status(list, now)).unwrap_or_default();
    }
    let own = serving.iter().filter(|list| catalogue().iter().all(|source| source.name != list.name));
    for list in own {
        text += &format!("{:<12} a list of your own\n{}", list.name, status(list, now));
    }
    text += "\nInstall one: interdict lists add NAME. What programmes mean: interdict lists catalogue --programmes\n";
    text
}

/// What is installed of a list, and how fresh it is.
fn status(list: &engine::InstalledList<'_>, now: SystemTime) -> String {
    let age = now
        .duration_since(list.confirmed.into())
        .map_or_else(|_| "no time".to_owned(), |age| words(age.as_secs()));
    let mut text = format!(
        "             * installed: {}, {} parties, since {}, confirmed {age} ago\n",
        list.version.short(),
        list.version.parties,
        list.activated
    );
    if let Some((at, why)) = list.trouble {
        text += &format!("             * not the newest: the update of {at} failed: {}\n", plain(why));
    }
    text
}

/// An age in its largest unit.
fn words(seconds: u64) -> String {
    let units = [(86_400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds")];
    let unit = units.iter().find(|(unit, _)| seconds >= 2 * unit).unwrap_or(&(1, "seconds"));
    format!("{} {}", seconds / unit.0, unit.1)
}

fn programmes_text() -> String {
    let row = |p: &engine::Programme| {
        format!("{:<5} {:<20} {}\n{:27}{}\n", p.authority, p.tag, p.meaning, "", p.legal_basis)
    };
    programmes().iter().map(row).collect()
}
