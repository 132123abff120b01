#!/usr/bin/env python3
"""Interdict end to end on this machine: loading, queries per CPU-second, one query by itself, a file of a million rows.

Writes benches/results/DATE-speed.{md,json}. The peers' figures are those of `benches/peers/run.py`: run both in one session
(`make peers speed`).

Examples:
  benches/speed.py                                                   minutes
  benches/speed.py --rows 10000000                                   the long file too: half an hour, 3 GiB of disk
  benches/speed.py --rows 50000 --sample 2000 --results target/try   a look that leaves the committed results alone
"""

import argparse
import datetime
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from session import INTERDICT, TARGET, Screening, results, xtask

from common import RESULTS, Bill, Row, engine, eval_folder, every, machine, read, run, say, write

FILE_ROWS = 1_000_000


@dataclass
class Source:
    """What one form of the list costs."""

    title: str
    first_answer_cpu: float
    queries_per_cpu_second: float
    peak_mib: float


@dataclass
class File:
    """What a long file costs. `flat`: least and most MiB in the second half of its time."""

    rows: int
    wall: float
    cpu: float
    peak_mib: float
    flat: tuple[float, float]
    held_mib: list[float]


def source(title: str, binary: Path, listed: Path, rows: list[Row], work: Path, seconds: float) -> Source:
    """As the quality bars do: the load is the cheapest of three runs of one name, and is taken off a run of all."""
    screening = Screening(binary, listed, work, [], seconds)
    load, many = screening.best(rows[:1], 3), screening.best(rows, 2)
    return Source(title, load.cpu, len(rows) / max(many.cpu - load.cpu, 1e-9), many.peak_mib)


def customers(names: list[Row], count: int) -> Iterator[str]:
    """CSV rows with distinct names: what stands before the last word of one name with the last word of another. Every
    first part meets the next last word in each round, so that no pair comes twice."""
    apart = [(r["schema"], *r["name"].rsplit(" ", 1)) for r in names if " " in r["name"] and not set('",') & set(r["name"])]
    fronts = list({front: schema for schema, front, _ in apart}.items())
    backs = list(dict.fromkeys(back for *_, back in apart))
    for n in range(count):
        round_, place = divmod(n, len(fronts))
        front, schema = fronts[place]
        yield f"{n},{schema},{front} {backs[(place + round_) % len(backs)]}\n"


def long_file(binary: Path, listed: Path, names: list[Row], count: int, work: Path, seconds: float) -> File:
    queries = work / "customers.csv"
    with open(queries, "w", encoding="utf-8") as f:
        f.write("id,schema,name\n")
        f.writelines(customers(names, count))
    screening = Screening(binary, listed, work, [], seconds)
    bill: Bill = screening.file(queries)
    half = bill.held_mib[len(bill.held_mib) // 2 :] or [bill.peak_mib]
    queries.unlink()
    screening.out.unlink()
    return File(count, bill.wall, bill.cpu, bill.peak_mib, (min(half), max(half)), bill.held_mib)


def stages(binary: Path, listed: Path, rows: list[Row], work: Path) -> str:
    """The table of `--timings`, one thread: a clock of several threads counts their waiting too."""
    queries = write(work / "queries.csv", rows)
    command = [str(binary), "screen", "--list", str(listed), "--input", str(queries), "--output", str(work / "answers.jsonl"), "--threads", "1", "--timings"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith("stage")), 0)
    return "\n".join(line for line in lines[start:] if "receipt" not in line)


def table(sources: list[Source], files: list[File]) -> list[str]:
    lines = ["| list read from | load and first answer, CPU s | queries per CPU-second, less the load | peak MiB |", "|---|---:|---:|---:|"]
    lines += [f"| {s.title} | {s.first_answer_cpu:.3f} | {s.queries_per_cpu_second:,.0f} | {s.peak_mib:,.0f} |" for s in sources]
    lines += ["", "| customer rows | wall s | rows a second | CPU s | peak MiB | MiB held, second half |", "|---:|---:|---:|---:|---:|---|"]
    for f in files:
        lines.append(f"| {f.rows:,} | {f.wall:,.1f} | {f.rows / f.wall:,.0f} | {f.cpu:,.1f} | {f.peak_mib:,.0f} | {f.flat[0]:,.0f} to {f.flat[1]:,.0f} |")
    return lines


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--rows", type=int, action="append", metavar="N", help=f"rows of a long customer file; may be repeated; default: {FILE_ROWS}")
    p.add_argument("--sample", type=int, metavar="N", help="at most N evenly spread names of q_speed.csv")
    p.add_argument("--latency", type=int, default=5000, metavar="N", help="names that are asked one by one; default: 5000")
    p.add_argument("--binary", type=Path, default=INTERDICT, metavar="FILE", help="default: target/release/interdict")
    p.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="default: benches/results")
    p.add_argument("--date", default=datetime.date.today().isoformat(), help="date of the table; default: today")
    p.add_argument("--timeout", type=float, default=7200, metavar="S", help="seconds that one run may take; default: 7200")
    a = p.parse_args()
    folder, version = eval_folder(), engine(a.binary)
    names = every(read(folder / "q_speed.csv"), a.sample)
    ftm = folder / "sdn.ftm.jsonl"
    csv = max((folder.parent / "lists" / "ofac").glob("*/sdn.csv"))
    work = TARGET / "speed"
    work.mkdir(parents=True, exist_ok=True)
    compiled = work / "sdn.idx"
    run([str(a.binary), "lists", "compile", str(ftm), "--output", str(compiled)], a.timeout)
    sources: list[Source] = []
    for title, listed in (("FtM JSON lines", ftm), (f"OFAC's CSV of {csv.parent.name}", csv), ("compiled (of the FtM)", compiled)):
        say(title)
        sources.append(source(title, a.binary, listed, names, work, a.timeout))
    say("one by one")
    asked = write(work / "asked.csv", every(names, a.latency))
    latency = xtask("latency", "--list", str(ftm), "--input", str(asked))
    stage_table = stages(a.binary, ftm, names, work)
    files: list[File] = []
    for count in a.rows or [FILE_ROWS]:
        say(f"{count:,} rows")
        files.append(long_file(a.binary, compiled, names, count, work, a.timeout))
    shutil.rmtree(work)
    lines = [
        f"# Speed, {a.date}",
        "",
        f"Machine: {machine()}. Interdict {version}. Made by `benches/speed.py`; not edited.",
        "",
        *table(sources, files),
        "",
        "One query by itself, with its explanation (`cargo xtask latency`), milliseconds on the clock:",
        "",
        *(f"    {line}" for line in latency.splitlines()),
        "",
        "Where the time of a batch goes (`--timings --threads 1`):",
        "",
        *(f"    {line}" for line in stage_table.splitlines()),
        "",
        f"- SDN of 2023-12-28; {len(names):,} distinct names of `q_speed.csv`. CPU is that of all threads; load: the cheapest of three runs of",
        "  one name; queries: the cheaper of two runs, less the load. Machines are shared and noisy: compare within one session.",
        "- Customer rows: names of `q_speed.csv` recombined so that no two are alike; from the compiled list, all cores; output written",
        "  and hashed. MiB held is looked at each second.",
        "- The peers on the same names: `DATE-peers.md` of the same session.",
    ]
    raw = {
        "date": a.date,
        "machine": machine(),
        "interdict": version,
        "names": len(names),
        "sources": [asdict(s) for s in sources],
        "files": [asdict(f) for f in files],
        "latency": latency.splitlines(),
        "stages": stage_table.splitlines(),
    }
    out = results(a.results, f"{a.date}-speed", lines, raw)
    print(out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
