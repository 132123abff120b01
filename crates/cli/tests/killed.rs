//! The command killed at random moments of `lists update` and `lists compile`: the store opens, a whole version serves, no
//! half one is to be seen. `make soak` does it two hundred times.

#![cfg(unix)]
// Helpers of tests are tests; a soak says how far it is.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{arg, run_at};
use engine::{Installed, Library};
use testkit::Scratch;

/// Both files carry the number of the version.
fn publish(folder: &Path, number: usize, parties: usize) {
    let row = |n: usize| {
        format!(
            "{n},\"V{number} {n}, Jane\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
        )
    };
    let alias = |n: usize| format!("{n},{n},\"aka\",\"V{number} alias {n}\",-0- \r\n");
    let text = |row: &dyn Fn(usize) -> String| (1..=parties).map(row).collect::<String>();
    std::fs::write(folder.join("sdn.csv"), text(&row)).unwrap();
    std::fs::write(folder.join("alt.csv"), text(&alias)).unwrap();
}

/// The number of the version of a list, all of whose names must be of it.
fn version(library: &Library, parties: usize) -> usize {
    let list = &library.lists()[0];
    assert_eq!(list.entities.len(), parties);
    let names = list
        .entities
        .iter()
        .flat_map(|party| party.names().map(|(_, name)| name.value.to_string()).collect::<Vec<_>>());
    let numbers: Vec<String> =
        names.filter_map(|name| Some(name.strip_prefix('V')?.split(' ').next()?.to_owned())).collect();
    assert_eq!(numbers.len(), 2 * parties);
    assert!(numbers.iter().all(|number| *number == numbers[0]), "names of two versions");
    numbers[0].parse().unwrap()
}

fn start(home: &Path, args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_interdict"))
        .args(args)
        .env("INTERDICT_HOME", home)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills so often; says how many runs were killed before they ended.
fn kill(times: usize, parties: usize) -> usize {
    let scratch = Scratch::new();
    let (home, folder, output) = (scratch.path("home"), scratch.path("published"), scratch.path("all.idx"));
    std::fs::create_dir(&folder).unwrap();
    publish(&folder, 0, parties);
    let added = run_at(&home, &["lists", "add", "ofac_sdn", "--from", arg(&folder)], "");
    assert_eq!(added.status, 0, "{}", added.stderr);
    let update = &["lists", "update"][..];
    let compile = &["lists", "compile", "ofac_sdn", "--output", arg(&output)][..];
    // A whole run of each, for how long it takes.
    publish(&folder, 1, parties);
    let lasts = [update, compile].map(|args| {
        let from = Instant::now();
        assert!(start(&home, args).wait().unwrap().success());
        from.elapsed()
    });
    let (mut serving, mut killed, mut random) = (1, 0, 0x9E37_79B9_7F4A_7C15_u64);
    for n in 0..times {
        let which = usize::from(n % 4 == 3);
        if which == 0 {
            publish(&folder, n + 2, parties);
        }
        // Marsaglia's xorshift: the moments are the same in each run, what they meet is not.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let share = (random >> 40) as f64 / (1_u64 << 24) as f64;
        let mut child = start(&home, [update, compile][which]);
        std::thread::sleep(lasts[which].mul_f64(share * 1.1));
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();

        let installed = Installed::open(&home).unwrap();
        let library = installed.library(&["ofac_sdn".to_owned()], None).unwrap();
        let serves = version(&library, parties);
        assert!(serves == serving || (which == 0 && serves == n + 2), "{serves} serves after {serving}");
        serving = serves;
        if output.exists() {
            let compiled = Library::open_compiled(&output).unwrap();
            assert!(
                compiled.lists()[0].report.warnings.iter().all(|w| !w.contains("damaged")),
                "half a compiled list"
            );
            version(&compiled, parties);
        }
        if n % 20 == 0 {
            let shown = run_at(&home, &["screen", &format!("V{serving} Jane 7"), "--fail-on-hit"], "");
            assert_eq!(shown.status, 1, "{}", shown.stderr);
        }
    }
    publish(&folder, times + 9, parties);
    let updated = run_at(&home, update, "");
    assert_eq!(updated.status, 0, "{}", updated.stderr);
    let library = Installed::open(&home).unwrap().library(&["ofac_sdn".to_owned()], None).unwrap();
    assert_eq!(version(&library, parties), times + 9);
    killed
}

#[test]
fn a_few_times() {
    assert!(kill(10, 300) > 0);
}

#[test]
#[ignore = "a minute: `make soak`"]
fn two_hundred_times() {
    let from = Instant::now();
    let killed = kill(200, 3000);
    eprintln!("200 runs, {killed} of them killed before they ended, in {:.0?}", from.elapsed());
    assert!(killed > 100 && from.elapsed() < Duration::from_secs(3600));
}
