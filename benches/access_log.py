#!/usr/bin/env python3
"""Writes an invented access log: python3 benches/access_log.py LINES > access.log

Of ten lines, about three are look-ups, half of them by visitors with the pages and pictures of a browser, half by scripts that go through
ids; the rest pages, pictures, and a few attacks. Visitors are one in thirty lines. Names and addresses are of RFC 2606, 5737 and 1918.
"""
import random, sys

lines = int(sys.argv[1]); r = random.Random(7); out = []; n = 0; script = 2_000_000; at = 0
AGENTS = ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.75 Safari/537.36",
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:81.0) Gecko/20100101 Firefox/81.0",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.0 Mobile/15E148 Safari/604.1"]
ATTACKS = ["/voter/lookup.php?id=1%27%20or%20%271%27=%271", "/polling?addresscity=-1+or+3*2%3C(0%2B5%2B513-513)+--+", "/d?f=../../etc/passwd"]


def line(address, target, status, size, referrer, agent):
    global n
    n += 1; s = at // 50 % 86400
    out.append(f'{address} - - [{17 + at // 50 // 86400 % 14}/Oct/2020:{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02} +0000] "GET {target} HTTP/1.1" {status} {size} "{referrer}" "{agent}"\n')
    if len(out) > 20000: sys.stdout.write("".join(out)); out.clear()


while n < lines:
    at += 30; who = f"10.{r.randrange(16, 250)}.{r.randrange(256)}.{r.randrange(1, 255)}"; agent = r.choice(AGENTS); site = "https://vote.example.org"
    line(who, "/", 200, 10061, "-", agent)
    for a in ("/css/site.css", "/js/app.js", "/img/seal.png", "/img/map.png", "/fonts/a.woff2"): line(who, a, 200, 2790, site + "/", agent)
    line(who, "/voter/", 200, 5120, site + "/", agent)
    for a in ("/css/form.css", "/js/form.js"): line(who, a, 200, 2790, site + "/voter/", agent)
    for _ in range(r.randrange(1, 5)):
        line(who, f"/voter/lookup.php?id={2_000_000 + r.randrange(5_000_000)}", 200, 1880 + r.randrange(500), site + "/voter/", agent)
        line(who, "/css/site.css", 304, 0, site + "/voter/lookup.php", agent); line(who, "/img/pin.png", 304, 0, site + "/voter/lookup.php", agent)
        line(who, f"/news/{r.randrange(400)}?from=search&q=polling+places+near+me", 200, 8000, site + "/", agent)
        script += 1; line(f"203.0.113.{script % 200}", f"/voter/lookup.php?id={script}", *((404, 209) if script % 5 == 0 else (200, 1880 + script * 37 % 500)), "-", "curl/7.55.1")
    if r.random() < .02: line("198.51.100.9", r.choice(ATTACKS), 200, 700, "-", agent)
sys.stdout.write("".join(out))
