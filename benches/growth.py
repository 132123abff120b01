#!/usr/bin/env python3
"""What a query costs, and what memory, on the SDN list and on lists ten and a hundred times as long.

The lists are `cargo xtask growth`'s, under target/growth; the names are unlisted people, ten results each. Writes
benches/results/DATE-growth.{md,json}.

Examples:
  benches/growth.py                                                x1, x10, x100: minutes, 1 GiB of disk
  benches/growth.py --times 1,10 --names 500 --results target/try  a look that leaves the committed results alone
"""

import argparse
import datetime
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from session import INTERDICT, LOAD_NAMES, TARGET, Screening, results, xtask

from common import RESULTS, Row, engine, eval_folder, every, machine, read, say

NAMES = ("name", "alias", "previousName", "weakAlias")
LIMIT = "10"


@dataclass
class Growth:
    times: int
    entities: int
    names: int
    load_cpu: float
    peak_mib: float
    microseconds: float  # of CPU, for one query: a run less the load
    staged: float  # microseconds for one query by the clock of one thread
    hits: float  # for one query, before the limit


def held(listed: Path) -> tuple[int, int, int]:
    """Parties, their names, and distinct words of these as they are written."""
    entities, names, words = 0, 0, set()
    with open(listed, encoding="utf-8") as f:
        for line in f:
            entities += 1
            for key, values in json.loads(line)["properties"].items():
                if key in NAMES:
                    names += len(values)
                    words.update(word.casefold() for value in values for word in value.split())
    return entities, names, len(words)


STAGES = ("prepare", "screen", "serialise")


def staged(said: str) -> float:
    """Microseconds of one row in the stages that a query passes, by the table of `--timings`."""
    table = {cells[0]: float(cells[3]) for line in said.splitlines() if len(cells := line.split()) > 4 and cells[0] in STAGES}
    return sum(table[stage] for stage in STAGES)


def measure(binary: Path, listed: Path, times: int, entities: int, names: int, rows: list[Row], seconds: float) -> Growth:
    screening = Screening(binary, listed, listed.parent, ["--limit", LIMIT, "--threads", "1", "--timings"], seconds)
    runs = max(2, 8 // times)  # on the short list the queries cost less than the load, and its noise
    load = screening.best(every(rows, LOAD_NAMES), runs)
    many = screening.best(rows, runs)
    each = max(many.cpu - load.cpu, 0.0) / (len(rows) - LOAD_NAMES)
    return Growth(times, entities, names, load.cpu, many.peak_mib, each * 1e6, staged(many.said), screening.hits() / len(rows))


def table(grown: list[Growth]) -> list[str]:
    lines = [
        "| list | parties | names | load, CPU s | ... to the row before | peak MiB | ... | \u00b5s a query | ... | \u00b5s of CPU, less the load | hits a query |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for before, g in zip([None, *grown], grown):
        def ratio(of: str) -> str:
            return f"{getattr(g, of) / max(getattr(before, of), 1e-9):.1f}" if before else "-"

        cells = [f"x{g.times}", f"{g.entities:,}", f"{g.names:,}", f"{g.load_cpu:.2f}", ratio("load_cpu"), f"{g.peak_mib:,.0f}", ratio("peak_mib")]
        lines.append("| " + " | ".join([*cells, f"{g.staged:,.1f}", ratio("staged"), f"{g.microseconds:,.1f}", f"{g.hits:.3f}"]) + " |")
    return lines


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--times", default="1,10,100", metavar="N,...", help="lengths of the list; default: 1,10,100")
    p.add_argument("--names", type=int, default=2000, metavar="N", help="unlisted names; default: 2000")
    p.add_argument("--seed", type=int, default=1, help="seed of the synthetic lists; default: 1")
    p.add_argument("--binary", type=Path, default=INTERDICT, metavar="FILE", help="default: target/release/interdict")
    p.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="default: benches/results")
    p.add_argument("--date", default=datetime.date.today().isoformat(), help="date of the table; default: today")
    p.add_argument("--timeout", type=float, default=3600, metavar="S", help="seconds that one run may take; default: 3600")
    p.add_argument("--keep", action="store_true", help="leave the lists under target/growth")
    a = p.parse_args()
    if a.names <= LOAD_NAMES:
        p.error(f"--names: more than the {LOAD_NAMES} that the load is measured with")
    times = [int(n) for n in a.times.split(",")]
    folder, version = eval_folder(), engine(a.binary)
    rows = every(read(folder / "q_neg_names.csv"), a.names)
    real = folder / "sdn.ftm.jsonl"
    entities, names, words = held(real)
    work = TARGET / "growth"
    work.mkdir(parents=True, exist_ok=True)
    grown: list[Growth] = []
    for n in times:
        listed = work / f"sdn-x{n}.ftm.jsonl"
        say(f"x{n}: {xtask('growth', '--list', str(real), '--times', str(n), '--seed', str(a.seed), '--output', str(listed))}")
        grown.append(measure(a.binary, listed, n, entities * n, names * n, rows, a.timeout))
        say(f"x{n}: {grown[-1].staged:,.1f} \u00b5s a query, {grown[-1].peak_mib:,.0f} MiB")
        if not a.keep:
            listed.unlink()
    if not a.keep:
        shutil.rmtree(work)
    lines = [
        f"# Growth, {a.date}",
        "",
        f"Machine: {machine()}. Interdict {version}. Made by `benches/growth.py`; not edited.",
        "",
        *table(grown),
        "",
        f"- x1 is the SDN list of 2023-12-28, read from FtM JSON lines; x10 is that list and nine synthetic copies (seed {a.seed}), put",
        f"  together of its own names by `cargo xtask growth`: {words:,} distinct words whatever the length, so that each is borne by more.",
        f"- {len(rows):,} unlisted names (`q_neg_names.csv`, evenly spread), `--limit {LIMIT}`. Load: CPU of a run of {LOAD_NAMES} of them, which is",
        "  taken off; the cheapest of eight runs each of x1, of two beyond. Machines are shared: read the ratios.",
        "- \u00b5s a query: `prepare`, `screen` and `serialise` of `--timings`, one thread. Beside it the CPU of the run less that of the load:",
        "  two large figures of which a small one is left, so that on long lists it is rough.",
        "- Aim: at most three times the time and ten times the memory for ten times the list.",
    ]
    raw = {"date": a.date, "machine": machine(), "interdict": version, "seed": a.seed, "queries": len(rows), "words": words, "rows": [asdict(g) for g in grown]}
    out = results(a.results, f"{a.date}-growth", lines, raw)
    print(out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
