//! `cargo xtask case`: an invented case from a seed, with what is true of it (`testkit::case` makes it, and says what
//! is in it).

use std::error::Error;
use std::path::Path;

use testkit::case::{Case, Plan, Scale, log_names};

/// What it takes, and what it writes.
pub(crate) const USAGE: &str = "\
usage: cargo xtask case --seed N --output FOLDER [--scale demo|small|full] [--scrapes all|none|NAME,NAME...]

Writes an invented case for tests: people, streets, parties and companies that do not exist, at example domains and
documentation addresses. The same seed gives the same bytes. Nothing is sent anywhere.

  voters.csv        the record site's table: id,name,street,town,postcode,party,county
  public.csv        a public voter file that was made without the site: some of its voters, some others, own numbers
  public_all.csv    the variant in which everything on the site was public
  access.log        the log of the operation: honest traffic, scans, one scrape
  mailbox.mbox      mailings from what the scrape got, mailings that have nothing to do with it, ordinary mail
  posts.csv/.jsonl  accounts that share together, a post that many copy, ordinary talk: id,account,timestamp,text,url
  shares.csv        the same as shares: object_id,account_id,content_id,timestamp_share
  logs/NAME.log     one log for each scrape and scan, and honest ones (--scrapes)
  logs/gold.json    {log: [ids whose record was returned]}
  gold.json         incidents of each log: kind, time, addresses, agents, ids asked and got, line numbers; mailings:
                    template, source, and of each message the voter and its slots in bytes of the decoded text

--scale demo writes only what the chain reads, a few hundred lines each: the case that is embedded in the program was made by
  cargo xtask case --scale demo --seed 18 --output crates/engine/data/demo/case";

/// Writes the case that the arguments ask for.
pub(crate) fn run(arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let (plan, output) = plan(arguments).map_err(|wrong| format!("{wrong}\n{USAGE}"))?;
    let case = Case::new(&plan);
    let files = case.files();
    for (name, text) in &files {
        let path = Path::new(output).join(name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, text)?;
    }
    let lines: usize = case.logs.iter().map(|log| log.hits.len()).sum();
    println!(
        "{} files: {} voters, {} logs with {lines} requests, {} messages, {} posts; the scrape of access.log is {}",
        files.len(),
        case.voters.len(),
        case.logs.len(),
        case.messages.len(),
        case.posts.len(),
        case.scrape
    );
    Ok(())
}

fn plan<'a>(arguments: &[&'a str]) -> Result<(Plan, &'a str), String> {
    let mut seed = None;
    let mut output = None;
    let mut plan = Plan { seed: 0, scale: Scale::Small, logs: None };
    for pair in arguments.chunks(2) {
        let [flag, value] = *pair else { return Err(format!("{} lacks its value", pair[0])) };
        match (flag, value) {
            ("--seed", value) => {
                seed = Some(value.parse().map_err(|_| format!("--seed {value}: not a number"))?);
            }
            ("--output", value) => output = Some(value),
            ("--scale", "demo") => (plan.scale, plan.logs) = (Scale::Demo, Some(Vec::new())),
            ("--scale", "small") => plan.scale = Scale::Small,
            ("--scale", "full") => plan.scale = Scale::Full,
            ("--scrapes", "all") => plan.logs = None,
            ("--scrapes", "none") => plan.logs = Some(Vec::new()),
            ("--scrapes", names) => {
                let names: Vec<String> = names.split(',').map(str::to_owned).collect();
                let known = log_names();
                if let Some(name) = names.iter().find(|name| !known.contains(name)) {
                    return Err(format!("there is no log {name}, but {}", known.join(", ")));
                }
                plan.logs = Some(names);
            }
            (flag, value) => return Err(format!("{flag} {value} means nothing here")),
        }
    }
    plan.seed = seed.ok_or("--seed is missing")?;
    Ok((plan, output.ok_or("--output is missing")?))
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn files_or_the_reason() {
        let scratch = testkit::Scratch::new();
        let folder = scratch.path("case");
        let folder = folder.to_str().unwrap();
        let check = |arguments: &str, fails: &str| {
            let arguments: Vec<&str> = arguments.split(' ').chain(["--output", folder]).collect();
            match run(&arguments) {
                Ok(()) => assert_eq!(fails, "", "{arguments:?}"),
                Err(error) => assert!(!fails.is_empty() && error.to_string().contains(fails), "{error}"),
            }
        };
        check("--seed 1 --scrapes burst,honest", "");
        for file in
            ["voters.csv", "access.log", "logs/burst.log", "logs/honest.log", "mailbox.mbox", "gold.json"]
        {
            assert!(scratch.path("case").join(file).exists(), "{file}");
        }
        check("--seed one", "not a number");
        check("--scale small", "--seed is missing");
        check("--seed 1 --scrapes nosuch", "no log nosuch");
        check("--seed 1 --scale huge", "means nothing");
    }
}
