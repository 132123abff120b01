#!/usr/bin/env python3
"""A log with so many different ids of one place (20,000,000 by default): 98 of 100 asked for by a script from 196 addresses, the
rest by visitors who load a page and a style. For what memory and disk an id takes."""
import sys

ids = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000_000
out, at = [], 0


def line(who, path, status, size, referrer, agent):
    s = at // 250
    out.append(f'{who} - - [{17 + s // 86400:02}/Oct/2020:{s // 3600 % 24:02}:{s // 60 % 60:02}:{s % 60:02} +0000] '
               f'"GET {path} HTTP/1.1" {status} {size} "{referrer}" "{agent}"\n')
    if len(out) > 20000: sys.stdout.write("".join(out)); out.clear()


for n in range(ids):
    at += 1; path = f"/voter/lookup.php?id={10_000_000 + n}"; answer = (404, 209) if n % 5 == 0 else (200, 1880 + n * 37 % 500)
    if n % 50:
        line(f"203.0.{n % 7}.{n % 28}", path, *answer, "-", "curl/7.55.1")
    else:
        who = f"10.{n // 50 % 200}.{n // 10000 % 250}.7"
        line(who, "/voter/", 200, 5120, "-", "Mozilla/5.0 Firefox/81.0")
        line(who, path, *answer, "https://vote.example.org/voter/", "Mozilla/5.0 Firefox/81.0")
        line(who, "/css/site.css", 304, 0, "https://vote.example.org/voter/lookup.php", "Mozilla/5.0 Firefox/81.0")
sys.stdout.write("".join(out))
