#!/usr/bin/env python3
"""Compares Interdict with nomenklatura (logic-v2) and rapidfuzz on the shared evaluation sets; writes one dated table.

Examples:
  benches/peers/run.py                                          everything, into benches/results/DATE-peers.{md,json}
  benches/peers/run.py --only interdict --only rapidfuzz        two minutes instead of fifteen
  benches/peers/run.py --sample 200 --results target/try        a quick look that leaves the committed results alone
  benches/peers/run.py --only rapidfuzz:WRatio --sample 300     another scorer: ratio, token_set_ratio, WRatio, JaroWinkler
"""

import argparse
import datetime
import json
import math
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from common import RESULTS, ROOT, Failed, Row, engine, environment, eval_folder, every, machine, pins, read, say
from figures import DEFAULT_THRESHOLD, auc, cut, f1, recall, share
from systems import OURS, System, evidence

PINS = "requirements.txt"
SYSTEMS = (OURS, "nomenklatura", "rapidfuzz", "rapidfuzz+anyascii")
# Names for the speed of each system: enough to drown the load, few enough to end. None: all 26,839.
SPEED_NAMES = {OURS: None, "nomenklatura": 500, "rapidfuzz": 5000}
Figures = dict[str, float]
FIGURES: tuple[tuple[str, str, str], ...] = (
    ("altered_recall", "altered names: recall@1", ".3f"),
    ("altered_at_1_in_1000", "... at 1 false alarm in 1,000 unlisted", ".3f"),
    ("aliases_recall", "real aliases (removed): recall@1", ".3f"),
    ("aliases_at_1_in_100", "... at 1 false alarm in 100 unlisted", ".3f"),
    ("unlisted_at_070", "unlisted people at 0.70", ".4f"),
    ("pairs_f1", "labelled pairs: F1 at 0.70", ".3f"),
    ("pairs_best_f1", "... best F1 at any threshold (chosen on these pairs)", ".3f"),
    ("pairs_auc", "... AUC (ours: by score, then bits)", ".3f"),
    ("scripts_people", "people across scripts at 0.70", ".3f"),
    ("scripts_shuffled", "... shuffled pairs at 0.70", ".4f"),
    ("first_answer_cpu", "CPU s from start to first answer", ".2f"),
    ("queries_per_cpu_second", "queries per CPU-second, less the load", ",.0f"),
    ("slower_than_us", "... CPU per query, ours = 1", ",.0f"),
    ("peak_mib", "peak memory, MiB", ",.0f"),
)


class Session:
    """The sets, read once, and the groups of figures; a group that fails takes only its own figures with it."""

    def __init__(self, folder: Path, sample: int | None) -> None:
        self.folder, self.sample = folder, sample
        self.full, self.without_aliases = folder / "sdn.ftm.jsonl", folder / "sdn_loo.ftm.jsonl"
        self.unlisted = every(read(folder / "q_neg_names.csv"), sample)

    def groups(self) -> dict[str, Callable[[System], Figures]]:
        return {"search": self.search, "pairs": self.pairs, "scripts": self.scripts, "speed": self.speed}

    def search(self, system: System) -> Figures:
        def found(label: str, listed: Path, rate: float) -> tuple[float, float]:
            rows = every(read(self.folder / f"q_{label}.csv"), self.sample)
            kept = {r["id"] for r in rows}
            gold = {r["qid"]: r["gold"] for r in read(self.folder / f"gold_{label}.tsv") if r["qid"] in kept}
            return recall(system.screen(label, listed, rows)[0], gold, cut(unlisted, rate))

        unlisted = evidence(system.screen("unlisted", self.full, self.unlisted)[0], self.unlisted)
        altered, aliases = found("pos", self.full, 0.001), found("aka", self.without_aliases, 0.01)
        return {
            "altered_recall": altered[0],
            "altered_at_1_in_1000": altered[1],
            "aliases_recall": aliases[0],
            "aliases_at_1_in_100": aliases[1],
            "unlisted_at_070": share([v[0] >= DEFAULT_THRESHOLD for v in unlisted]),
        }

    def pairs(self, system: System) -> Figures:
        rows = every(read(self.folder / "pairs.csv"), self.sample)
        values, _ = system.compare("pairs", rows)
        labels, scores = [r["is_match"] == "true" for r in rows], [v[0] for v in values]
        return {
            "pairs_f1": f1(labels, scores, DEFAULT_THRESHOLD),
            "pairs_best_f1": max(f1(labels, scores, t) for t in sorted(set(scores))),
            "pairs_auc": auc(labels, values),
        }

    def scripts(self, system: System) -> Figures:
        rows = [r for r in read(self.folder / "cross_script.csv") if r["schema"] == "Person"]
        rows = every(rows, self.sample)
        values, _ = system.compare("scripts", rows)
        hits = [(r["is_match"] == "true", v[0] >= DEFAULT_THRESHOLD) for r, v in zip(rows, values)]
        return {"scripts_people": share([h for t, h in hits if t]), "scripts_shuffled": share([h for t, h in hits if not t])}

    def speed(self, system: System) -> Figures:
        """As the bars do: the load is the cheapest of three runs of one name, and is taken off a run of many."""
        names = read(self.folder / "q_speed.csv")
        own = next(n for s, n in SPEED_NAMES.items() if system.name.startswith(s))
        rows = every(names, min((n for n in (self.sample, own) if n), default=None))
        load = min(system.screen(f"first{k}", self.full, names[:1], quality=False)[1].cpu for k in range(3))
        times = 1 if system.name == "nomenklatura" else 2  # its run is long enough to drown the noise
        bills = [system.screen(f"speed{k}", self.full, rows, quality=False)[1] for k in range(times)]
        spent = max(min(b.cpu for b in bills) - load, 1e-9)
        peak = max(b.peak_mib for b in bills)
        return {"first_answer_cpu": load, "queries_per_cpu_second": len(rows) / spent, "speed_names": len(rows), "peak_mib": peak}


def measure(session: Session, system: System) -> tuple[Figures, dict[str, str]]:
    figures: Figures = {}
    failures: dict[str, str] = {}
    for group, task in session.groups().items():
        say(f"{system.name}: {group}")
        try:
            figures |= task(system)
        except (Failed, OSError, ValueError, KeyError, TypeError) as e:
            failures[group] = str(e) if isinstance(e, Failed) else f"{type(e).__name__}: {e}"
            say(f"{system.name}: {group} failed: {failures[group]}")
    return figures, failures


def table(results: dict[str, Figures], ran: dict[str, dict[str, str]]) -> list[str]:
    lines = ["| | " + " | ".join(results) + " |", "|---" * (len(results) + 1) + "|"]
    for key, title, form in FIGURES:
        cells = [format(f[key], form) if key in f and math.isfinite(f[key]) else "failed" if ran[n] else "-" for n, f in results.items()]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return lines + [f"\nFailed: {n}, {group}: {why}." for n, failures in ran.items() for group, why in failures.items()]


def notes(session: Session, results: dict[str, Figures]) -> list[str]:
    sampled = f" **A sample**: {session.sample} evenly spread rows of every set, so that cuts among false alarms are rough." if session.sample else ""
    speeds = ", ".join(f"{n} {f['speed_names']:,.0f}" for n, f in results.items() if "speed_names" in f)
    return [
        f"- Sets: OFAC SDN of 2023-12-28 (13,821 entities), names only; {len(session.unlisted):,} unlisted people; figures as in `figures.py`.{sampled}",
        "- A false-alarm cut is each system's own: the evidence that so many unlisted people reach; a find must be above it.",
        "- nomenklatura: logic-v2 with default weights, threshold 0.70. Candidates are those of its own index (its default: at most 75, in",
        "  batches of 100 queries) and the 10 nearest entities by rapidfuzz, since the index needs one token in common. Scoring all",
        "  entities one by one would be lossless and many times slower. It gets names without addresses, which favours its load and memory.",
        "- rapidfuzz: `token_sort_ratio` / 100 over every name of every entity, after `utils.default_process`, as one-threaded `cdist`. It has",
        "  no threshold of its own; 0.70 is taken for it too. WRatio does better on pairs and much worse in search: see `benches/README.md`.",
        "  `+anyascii` romanises both sides first.",
        "- Ours: `screen --input` and `compare --pairs` of the binary; default threshold 0.70.",
        f"- Speed: names of `q_speed.csv`, evenly spread ({speeds}); CPU of all threads. Machines are shared and noisy: read the ratio.",
        "- Peak memory: the process of the speed run, Python and its libraries included.",
    ]


def report(date: str, binary: Path, session: Session, results: dict[str, Figures], failures: dict[str, dict[str, str]], folder: Path) -> Path:
    head = [f"# Peers, {date}", "", f"Machine: {machine()}. Interdict {engine(binary)}; {', '.join(pins(PINS))}.", "Made by `benches/peers/run.py`; not edited.", ""]
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"{date}-peers.md"
    out.write_text("\n".join([*head, *table(results, failures), "", *notes(session, results), ""]), encoding="utf-8")
    raw = {"date": date, "machine": machine(), "interdict": engine(binary), "pins": pins(PINS), "sample": session.sample, "figures": results, "failures": failures}
    out.with_suffix(".json").write_text(json.dumps(raw, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--only", action="append", metavar="NAME", help=f"measure this system alone; may be repeated: {', '.join(SYSTEMS)}")
    p.add_argument("--sample", type=int, metavar="N", help="at most N evenly spread rows of every set")
    p.add_argument("--binary", type=Path, default=ROOT / "target/release/interdict", metavar="FILE", help="default: target/release/interdict")
    p.add_argument("--venv", type=Path, default=ROOT / "target/peers-venv", metavar="DIR", help="the peers' environment; default: target/peers-venv")
    p.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="default: benches/results")
    p.add_argument("--date", default=datetime.date.today().isoformat(), help="date of the table; default: today")
    p.add_argument("--timeout", type=float, default=3600, metavar="S", help="seconds that one task may take; default: 3600")
    p.add_argument("--work", type=Path, metavar="DIR", help="keep queries and answers here; default: a folder that is removed")
    p.add_argument("--resume", action="store_true", help="with --work: take over what an interrupted run has finished, of the same sample")
    a = p.parse_args()
    names = a.only or list(SYSTEMS)
    if unknown := [n for n in names if n.partition(":")[0] not in SYSTEMS]:
        p.error(f"no system {unknown[0]}: there are {', '.join(SYSTEMS)}")
    if a.resume and not a.work:
        p.error("--resume needs --work")
    session = Session(eval_folder(), a.sample)
    engine(a.binary)
    results: dict[str, Figures] = {}
    failures: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory(prefix="peers-") as temporary:
        work = a.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        for name in names:
            try:
                python = Path(sys.executable) if name == OURS else environment(a.venv, PINS)
            except Failed as e:
                results[name], failures[name] = {}, {"install": str(e)}
                continue
            results[name], failures[name] = measure(session, System(name, python, a.binary, work, a.timeout, a.resume))
    if (ours := results.get(OURS, {}).get("queries_per_cpu_second")) is not None:
        for f in results.values():
            if "queries_per_cpu_second" in f:
                f["slower_than_us"] = ours / f["queries_per_cpu_second"]
    out = report(a.date, a.binary, session, results, failures, a.results)
    say(f"written: {out.name} and {out.with_suffix('.json').name}")
    print(out.read_text(encoding="utf-8"))
    sys.exit(any(failures.values()))


if __name__ == "__main__":
    main()
