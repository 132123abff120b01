use proptest::prelude::*;

use super::*;

/// The request in one line, so that a row of a table can hold it.
fn shown(request: &Request<'_>) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!(
        "{} {} {} {} ?{} {} {} <{}> {}",
        text(&request.address),
        request.time.unwrap_or_default(),
        text(&request.method),
        text(&request.path),
        text(&request.query),
        request.status,
        request.size.map_or("-".to_owned(), |s| s.to_string()),
        text(&request.referrer),
        text(&request.agent)
    )
}

/// Reads lines one after the other and compares the last.
fn check(lines: &str, expected: &str) {
    let mut parser = Parser::default();
    let mut last = String::new();
    for line in lines.lines() {
        last = match parser.read(line.as_bytes()) {
            Ok(Some(request)) => shown(&request),
            Ok(None) => "nothing".to_owned(),
            Err(malformed) => malformed.to_string(),
        };
    }
    assert_eq!(last, expected, "{lines}");
}

#[test]
fn common_and_combined() {
    let expected =
        "192.0.2.7 1602921600 GET /voter/lookup.php ?id=7 200 512 <https://vote.example.org/> curl/7";
    check(
        r#"192.0.2.7 - - [17/Oct/2020:08:00:00 +0000] "GET /voter/lookup.php?id=7 HTTP/1.1" 200 512 "https://vote.example.org/" "curl/7""#,
        expected,
    );
    check(
        r#"vote.example.org:443 192.0.2.7 - - [17/Oct/2020:08:00:00 +0000] "GET /voter/lookup.php?id=7 HTTP/1.1" 200 512 "https://vote.example.org/" "curl/7" 0.004 [extra]"#,
        expected,
    );
    check(
        r#"192.0.2.7, 10.0.0.1 - J. O'Brien [clerk] [17/Oct/2020:08:00:00 +0000] "GET /voter/lookup.php?id=7 HTTP/1.1" 200 512 "https://vote.example.org/" "curl/7""#,
        expected,
    );
    check(
        r#"2001:db8::7 - - [17/Oct/2020:10:00:00 +0200] "GET / HTTP/1.0" 304 -"#,
        "2001:db8::7 1602921600 GET / ? 304 0 <> ",
    );
    check(
        r#"client.example.net - - [17/Oct/2020:08:00:00 +0000] "POST /a b HTTP/1.1" 404 0 "-" "-""#,
        "client.example.net 1602921600 POST /a b ? 404 0 <> ",
    );
    check(
        r#"192.0.2.7 - - [17/Oct/2020:08:00:00 +0000] "GET /q?n=\"x\x22 HTTP/1.1" 200 5 "a \"b\"" "c\\d""#,
        r#"192.0.2.7 1602921600 GET /q ?n="x" 200 5 <a "b"> c\d"#,
    );
    check(
        r#"192.0.2.7 - - [17/Oct/2020:08:00:00 +0000] "\x16\x03\x01" 400 226 "-" "-""#,
        r"192.0.2.7 1602921600  \x16\x03\x01 ? 400 226 <> ",
    );
    check(
        r#"192.0.2.7 - - [17/Oct/2020:08:00:00 +0000] "-" 408 - "-" "-""#,
        "192.0.2.7 1602921600   ? 408 0 <> ",
    );
}

/// The two lines that the joint advisory AA20-304A prints, whose addresses it has masked, and its third in the same form.
#[test]
fn the_advisory() {
    for (asked, query) in [
        ("/x/x v[$acunetix]=1", "v[$acunetix]=1"),
        ("/x/x voterid[$acunetix]=1", "voterid[$acunetix]=1"),
        ("/x/x addresscity=-1+or+3*2<(0+5+513-513)+--+", "addresscity=-1+or+3*2<(0+5+513-513)+--+"),
    ] {
        check(
            &format!(
                "2020-09-26 13:12:56 x.x.x.x GET {asked} 443 - y.y.y.y Mozilla/5.0+(Windows+NT+6.1;+WOW64) - 200 0 0 0"
            ),
            &format!("y.y.y.y 1601125976 GET /x/x ?{query} 200 - <> Mozilla/5.0 (Windows NT 6.1; WOW64)"),
        );
    }
}

#[test]
fn iis_columns_may_change() {
    check(
        "#Software: Microsoft Internet Information Services 10.0\n\
         #Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes cs(User-Agent)\n\
         2020-10-17 08:00:00 192.0.2.7 GET /v id=7 200 512 curl/7",
        "192.0.2.7 1602921600 GET /v ?id=7 200 512 <> curl/7",
    );
    check(
        "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status\n\
         2020-10-17 08:00:00 192.0.2.7 GET /v id=7 200\n\
         #Fields: time date sc-status c-ip cs-method cs-uri-stem\n\
         08:00:00 2020-10-17 404 192.0.2.9 GET /w",
        "192.0.2.9 1602921600 GET /w ? 404 - <> ",
    );
    check(
        "#Fields: date time c-ip\n2020-10-17 08:00:00 192.0.2.7 GET",
        "4 words for 3 columns of the last #Fields line",
    );
}

#[test]
fn json_by_many_names() {
    let expected = "192.0.2.7 1602921600 GET /v ?id=7 200 512 <> curl/7";
    for line in [
        r#"{"remote_addr":"192.0.2.7","time_local":"17/Oct/2020:08:00:00 +0000","request":"GET /v?id=7 HTTP/1.1","status":"200","body_bytes_sent":"512","http_user_agent":"curl/7","http_referer":"-"}"#,
        r#"{"clientip":"192.0.2.7","@timestamp":"2020-10-17T08:00:00.000Z","verb":"GET","uri":"/v?id=7","response":200,"bytes":512,"agent":"curl/7"}"#,
        r#"{"@timestamp":"2020-10-17T08:00:00Z","source":{"ip":"192.0.2.7"},"http":{"request":{"method":"GET"},"response":{"status_code":200,"body":{"bytes":512}}},"url":{"path":"/v","query":"id=7"},"user_agent":{"original":"curl/7"}}"#,
        r#"{"ts":1602921600.25,"request":{"remote_ip":"192.0.2.7","method":"GET","uri":"/v?id=7"},"status":200,"size":512,"user_agent":"curl/7"}"#,
        r#"{"time":1602921600000,"client_ip":"192.0.2.7","method":"GET","path":"/v","query":"?id=7","status":200,"bytes":512,"useragent":"curl/7","host":"vote.example.org"}"#,
    ] {
        check(line, expected);
    }
    check("{\"remote_addr\":", "no JSON object");
    check(r#"{"remote_addr":"192.0.2.7","time":"now","uri":"/","status":200}"#, "no time that can be read");
}

/// One file of two servers, with what a full disk leaves.
#[test]
fn mixed_forms() {
    let lines = "192.0.2.7 - - [17/Oct/2020:08:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n\
                 192.0.2.7 - - [17/Oct/2020:08:00\n\
                 2020-10-17 08:00:00 192.0.2.1 GET /v id=7 443 - 192.0.2.9 curl/7 - 200 0 0 3";
    check(lines, "192.0.2.9 1602921600 GET /v ?id=7 200 - <> curl/7");
    check("192.0.2.7 - - [17/Oct/2020:08:00", "no time that can be read");
    check("once upon a time", Malformed::Unknown.to_string().as_str());
    check("  ", "nothing");
}

proptest! {
    #[test]
    fn never_panics(lines in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..4)) {
        let mut parser = Parser::default();
        for line in &lines {
            let _any = parser.read(line);
        }
    }

    /// Real lines with a few bytes of them changed: nearer to what a parser trusts.
    #[test]
    fn never_panics_on_damage(which in 0..4_usize, damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), cut in any::<prop::sample::Index>()) {
        let lines = [
            r#"h:80 192.0.2.7 - - [17/Oct/2020:08:00:00 +0000] "GET /v?id=7 HTTP/1.1" 200 512 "-" "c\"url""#,
            r#"{"remote_addr":"192.0.2.7","time":1602921600,"request":"GET /v?id=7 HTTP/1.1","status":"200"}"#,
            "2020-09-26 13:12:56 x.x.x.x GET /x/x v[$acunetix]=1 443 - x.x.x.x Mozilla/5.0+(W) - 200 0 0 0",
            "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status",
        ];
        let mut line = lines[which].as_bytes().to_vec();
        for (at, byte) in &damage {
            let at = at.index(line.len());
            line[at] = *byte;
        }
        line.truncate(cut.index(line.len()) + 1);
        let mut parser = Parser::default();
        let _any = parser.read(&line);
        let _any = parser.read(lines[2].as_bytes());
    }
}
