//! `interdict serve` as a process: it starts, answers, reads its lists again, ends when it is told to.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr)] // What is left out says so.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use common::{arg, run};
use testkit::Scratch;

/// A server that is ended with the test.
struct Served {
    child: Child,
    address: String,
    said: Arc<Mutex<Vec<String>>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _status = self.child.wait();
    }
}

impl Served {
    fn start(scratch: &Scratch, args: &[&str]) -> Self {
        let files = scratch.path("files");
        let mut child = Command::new(env!("CARGO_BIN_EXE_interdict"))
            .args(["serve", "--listen", "127.0.0.1:0", "--jobs-dir", arg(&files)])
            .args(args)
            .env("INTERDICT_HOME", scratch.path("home"))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said: Arc<Mutex<Vec<String>>> = Arc::default();
        let (lines, keep) = (BufReader::new(child.stderr.take().unwrap()).lines(), said.clone());
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| keep.lock().unwrap().push(line));
        });
        let address = wait(|| {
            let said = said.lock().unwrap();
            said.iter().find_map(|line| {
                Some(line.split_once("listening on http")?.1.split_once("://")?.1.to_owned())
            })
        });
        let served = Self { child, address, said };
        if args.contains(&"--tls-cert") {
            return served;
        }
        wait(|| served.ask("GET", "/readyz", "").starts_with("HTTP/1.1 200").then_some(()));
        served
    }

    /// Asks, and gives the whole answer as it came.
    fn ask(&self, method: &str, path: &str, body: impl AsRef<[u8]>) -> String {
        let body = body.as_ref();
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(90))).unwrap();
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        let _ended = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }
}

fn wait<T>(mut found: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "it did not happen");
        std::thread::sleep(Duration::from_millis(30));
    }
}

fn list(scratch: &Scratch, name: &str) -> std::path::PathBuf {
    let party = format!(
        "{{\"id\":\"x-1\",\"schema\":\"Person\",\"datasets\":[\"x\"],\"properties\":{{\"name\":[\"{name}\"]}}}}\n"
    );
    scratch.file("list.jsonl", party)
}

const FIRST: &str = "{\"query\":{\"properties\":{\"name\":\"First Person\"}}}";

#[test]
fn it_reads_again_and_ends_when_it_is_told_to() {
    let scratch = Scratch::new();
    let path = list(&scratch, "First Person");
    let mut served = Served::start(&scratch, &["--list", arg(&path), "--refresh", "1h"]);
    assert!(served.ask("POST", "/v1/screen", FIRST).contains("\"total\":1"));
    list(&scratch, "Somebody Else");
    served.signal("-HUP");
    wait(|| served.ask("POST", "/v1/screen", FIRST).contains("\"total\":0").then_some(()));
    served.signal("-TERM");
    let status = wait(|| served.child.try_wait().unwrap());
    assert_eq!(status.code(), Some(0), "{:?}", served.said.lock().unwrap());
    assert!(!Path::new(&scratch.path("files")).read_dir().is_ok_and(|mut files| files.next().is_some()));
    let log = served.said.lock().unwrap().join("\n");
    assert!(log.contains("\"route\":\"/v1/screen\"") && !log.contains("First"), "{log}");
}

/// An archive of a few kilobytes that unpacks to gigabytes: its reader is stopped, the server is not.
#[test]
fn a_zip_bomb() {
    let scratch = Scratch::new();
    let served = Served::start(&scratch, &["--list", "demo"]);
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_level(Some(9));
    let zeros = vec![b'0'; 1 << 20];
    for n in 0..4 {
        bomb.start_file(format!("{n}.txt"), options).unwrap();
        (0..512).for_each(|_| bomb.write_all(&zeros).unwrap());
    }
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 4 << 20, "{}", bomb.len());
    let answer = served.ask("POST", "/v1/documents?name=bomb.zip", &bomb);
    let status = answer.lines().next().unwrap_or_default();
    assert!(
        status.starts_with("HTTP/1.1 4") || answer.contains("\"error\":"),
        "{}",
        &answer[..answer.len().min(500)]
    );
    assert!(served.ask("GET", "/readyz", "").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_page_is_read_by_the_child() {
    let scratch = Scratch::new();
    let served = Served::start(&scratch, &["--list", "demo"]);
    let answer = served.ask("POST", "/v1/documents?name=page.html", "<p>Emennet Pasargad is a company.</p>");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"entity\":\"ofac-33634\""), "{answer}");
}

#[test]
fn a_key_is_shown_once_and_let_in() {
    let scratch = Scratch::new();
    let made = run(&["serve", "key", "--name", "desk", "--scope", "read"], "");
    assert_eq!(made.status, 0, "{}", made.stderr);
    let key = made.stderr.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(key.len() > 60 && !made.stdout.contains(&key), "{}", made.stdout);
    let keys = scratch.file("keys.toml", &made.stdout);
    let served = Served::start(&scratch, &["--list", "demo", "--keys", arg(&keys)]);
    assert!(served.ask("GET", "/v1/lists", "").starts_with("HTTP/1.1 401"));
    let mut stream = TcpStream::connect(&served.address).unwrap();
    write!(
        stream,
        "GET /v1/lists HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ApiKey {key}\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// A certificate of one's own, by the tools of the system; skipped where they are not there.
#[test]
fn tls_by_file() {
    let scratch = Scratch::new();
    let (certificate, key) = (scratch.path("cert.pem"), scratch.path("key.pem"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"])
        .args(["-keyout", arg(&key), "-out", arg(&certificate)])
        .stderr(Stdio::null())
        .status();
    let curl = Command::new("curl").arg("--version").stdout(Stdio::null()).status();
    if !made.is_ok_and(|made| made.success()) || !curl.is_ok_and(|curl| curl.success()) {
        eprintln!("skipped: there is no openssl or no curl");
        return;
    }
    let served =
        Served::start(&scratch, &["--list", "demo", "--tls-cert", arg(&certificate), "--tls-key", arg(&key)]);
    let ask = |more: &[&str]| {
        let curl = Command::new("curl")
            .args([
                "-sS",
                "--noproxy",
                "*",
                "--cacert",
                arg(&certificate),
                "-o",
                "/dev/null",
                "-w",
                "%{http_code} %{http_version}",
            ])
            .args(more)
            .arg(format!("https://{}/healthz", served.address))
            .output();
        String::from_utf8(curl.unwrap().stdout).unwrap()
    };
    assert_eq!(ask(&[]), "200 1.1");
    assert_eq!(ask(&["--tlsv1.3"]), "200 1.1");
    assert_eq!(ask(&["--tls-max", "1.1"]), "000 0", "what is too old is refused");
}

#[test]
fn what_cannot_be_served_is_said() {
    for (args, status, says) in [
        (&["--listen", "0.0.0.0:0", "--list", "demo"][..], 2, "--keys"),
        (&["--keys", "/nowhere/keys.toml", "--list", "demo"], 3, "cannot be read"),
        (&["--listen", "127.0.0.1:0", "--list", "/nowhere/sdn.csv"], 3, "sdn.csv"),
        (
            &[
                "--listen",
                "127.0.0.1:0",
                "--list",
                "demo",
                "--tls-cert",
                "/nowhere/a.pem",
                "--tls-key",
                "/nowhere/b.pem",
            ],
            3,
            "PEM",
        ),
        (&["key", "--name", "x", "--scope", "root"], 2, "metrics"),
    ] {
        let args: Vec<&str> = ["serve"].iter().chain(args).copied().collect();
        let ran = run(&args, "");
        assert_eq!(ran.status, status, "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(says), "{args:?}: {}", ran.stderr);
    }
}
