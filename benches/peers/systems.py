"""A system under test: it screens a file against a list, or scores a file of pairs, each time in a fresh process."""

import json
from dataclasses import asdict
from pathlib import Path

from common import HERE, Bill, Row, read, run, write
from figures import NOTHING, Answers, Best, Evidence

OURS = "interdict"


class System:
    """Runs tasks and keeps their answers in the work folder, so that an interrupted run can be taken up with --resume."""

    def __init__(self, name: str, python: Path, binary: Path, work: Path, seconds: float, resume: bool) -> None:
        self.name, self.python, self.binary = name, python, binary
        self.work, self.seconds, self.resume = work, seconds, resume

    def screen(self, label: str, listed: Path, rows: list[Row], quality: bool = True) -> tuple[Answers, Bill]:
        """`quality` asks us for weak answers too, as a cut among false alarms needs; speed is measured as a user runs it."""
        if self.name != OURS:
            out, bill = self._task(label, rows, ["screen", str(listed)])
            return {q: Best(e, (s, 0.0)) for q, (e, s) in json.loads(out.read_text()).items()}, bill
        weak = ["--threshold", "0.3", "--limit", "10"] if quality else []
        out, bill = self._task(label, rows, ["screen", "--list", str(listed), *weak, "--input"])
        answers: Answers = {}
        for line in out.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["results"]:
                first = row["results"][0]
                answers[str(row["id"])] = Best(first["id"], (first["score"], first.get("bits") or 0.0))
        return answers, bill

    def compare(self, label: str, rows: list[Row]) -> tuple[list[Evidence], Bill]:
        if self.name != OURS:
            out, bill = self._task(label, rows, ["compare"])
            return [(s, 0.0) for s in json.loads(out.read_text())], bill
        out, bill = self._task(label, rows, ["compare", "--pairs"])
        return [(float(r["score"]), float(r["bits"] or 0)) for r in read(out)], bill

    def _task(self, label: str, rows: list[Row], command: list[str]) -> tuple[Path, Bill]:
        stem = f"{self.name.replace(':', '-')}-{label}"
        # read() tells tabs from commas by the suffix, so the answers of `compare` must be called .csv
        out = self.work / f"{stem}.out.{'csv' if command[0] == 'compare' else 'json'}"
        receipt = self.work / f"{stem}.bill"
        if self.resume and receipt.exists():
            return out, Bill(**json.loads(receipt.read_text()))
        queries = str(write(self.work / f"{stem}.csv", rows))
        if self.name == OURS:
            bill = run([str(self.binary), *command, queries, "--output", str(out)], self.seconds)
        else:
            bill = run([str(self.python), str(HERE / "worker.py"), self.name, *command, queries, str(out)], self.seconds)
        receipt.write_text(json.dumps(asdict(bill)))
        return out, bill


def evidence(answers: Answers, rows: list[Row]) -> list[Evidence]:
    """The best evidence for each row; nothing found counts as nothing, not as absent."""
    return [answers[r["id"]].evidence if r["id"] in answers else NOTHING for r in rows]
