#!/usr/bin/env python3
"""Checks the gold files beside it against their texts, the list and the model, and prints what they hold.

    check.py .../data/lists/ofac/2023-12-28/sdn.csv [.../crates/model/src/claim.rs]

Standard library only. Exit status: 0 all is well, 1 something is wrong (named on stderr), 2 usage.
"""

import csv
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODEL = HERE.parents[2] / "model" / "src" / "claim.rs"
SCHEMATA = {"Person", "Organization"}
SPANS = ("mentions", "unlisted", "not_mentions", "optional")
KEYS = {"document", "language", "kind", "claims", *SPANS}


def names_in(source: str, block: str) -> set[str]:
    """The names in quotes after `=` in a block of the model: `predicates! {` or `ClaimStatus {`."""
    start = source.index(block)
    return set(re.findall(r'^\s+\w+ = "(\w+)"', source[start : source.index("\n}", start)], re.M))


def listed(path: str) -> set[str]:
    with open(path, newline="", encoding="utf-8", errors="replace") as file:
        return {"ofac-" + row[0] for row in csv.reader(file) if len(row) > 1}


def check(gold_path: Path, ids: set[str], predicates: set[str], statuses: set[str]) -> tuple[list[str], dict]:
    wrong = []
    gold = json.loads(gold_path.read_text("utf-8"))
    text = (gold_path.parent / gold["document"]).read_bytes()
    if gold["document"] != gold_path.name.replace(".gold.json", ".txt"):
        wrong.append("the document is another's")
    if set(gold) != KEYS:
        wrong.append(f"keys: {sorted(set(gold) ^ KEYS)}")

    def place(of: str, entry: dict, words: str) -> None:
        found = text[entry["start"] : entry["end"]]
        if found != words.encode("utf-8"):
            wrong.append(f"{of}: {words!r} is not at {entry['start']}..{entry['end']}: {found.decode('utf-8', 'replace')!r}")
        if words != words.strip():
            wrong.append(f"{of}: {words!r} has white space around it")

    for kind in SPANS:
        seen = set()
        for entry in gold[kind]:
            place(kind, entry, entry["text"])
            key = (entry["start"], entry["end"])
            if key in seen:
                wrong.append(f"{kind}: {entry['text']!r} at {key} twice")
            seen.add(key)
            for one in [entry.get("entity"), *entry.get("also", [])]:
                if one is not None and one not in ids:
                    wrong.append(f"{kind}: {one} is not in the list")
            if kind == "mentions" and "entity" not in entry:
                wrong.append(f"mention without its party: {entry['text']!r}")
            if kind == "unlisted" and entry["schema"] not in SCHEMATA:
                wrong.append(f"unlisted: {entry['schema']!r}")
            if kind in ("not_mentions", "optional") and not entry.get("why"):
                wrong.append(f"{kind}: no reason for {entry['text']!r}")

    # A place is one thing only. A word that is no mention may stand within the name of somebody unlisted.
    spans = {kind: [(e["start"], e["end"], e["text"]) for e in gold[kind]] for kind in SPANS}
    for a, b in [("mentions", "mentions"), ("mentions", "unlisted"), ("mentions", "not_mentions"), ("mentions", "optional")]:
        for x in spans[a]:
            for y in spans[b]:
                if x is not y and x[0] < y[1] and y[0] < x[1]:
                    wrong.append(f"{a} {x[2]!r} and {b} {y[2]!r} overlap")

    mentioned = {one for e in gold["mentions"] + gold["optional"] for one in [e.get("entity"), *e.get("also", [])]}
    for claim in gold["claims"]:
        about = f"claim {claim['subject']} {claim['predicate']}"
        place(about, claim, claim["quote"])
        if claim["predicate"] not in predicates:
            wrong.append(f"{about}: no such predicate")
        if claim["status"] not in statuses:
            wrong.append(f"{about}: no such status: {claim['status']}")
        if not claim["attribution"] or claim["attribution"][0] != gold["document"]:
            wrong.append(f"{about}: the attribution does not begin with the document")
        for party in (claim["subject"], claim["object"]):
            if not party:
                wrong.append(f"{about}: a party is empty")
            if party.startswith("ofac-") and party not in mentioned:
                wrong.append(f"{about}: {party} is not mentioned in the document")

    counts = {kind: len(gold[kind]) for kind in SPANS}
    counts["claims"] = len(gold["claims"])
    counts["parties"] = len({e["entity"] for e in gold["mentions"]})
    return [f"{gold_path.name}: {one}" for one in wrong], {"language": gold["language"], "bytes": len(text), **counts}


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    ids = listed(sys.argv[1])
    model = Path(sys.argv[2] if len(sys.argv) > 2 else MODEL).read_text("utf-8")
    predicates, statuses = names_in(model, "\npredicates! {"), names_in(model, "ClaimStatus {")
    columns = ["document", "language", "bytes", "parties", "mentions", "unlisted", "not_mentions", "optional", "claims"]
    print("\t".join(columns))
    wrong, total = [], dict.fromkeys(columns[2:], 0)
    golds = sorted(HERE.rglob("*.gold.json"))
    if orphans := {t.stem for t in HERE.rglob("*.txt")} ^ {g.name.split(".")[0] for g in golds}:
        wrong.append(f"text without gold, or gold without text: {sorted(orphans)}")
    for path in golds:
        found, row = check(path, ids, predicates, statuses)
        wrong += found
        print("\t".join([path.name.split(".")[0], row["language"], *(str(row[c]) for c in columns[2:])]))
        for column in columns[2:]:
            total[column] += row[column]
    print("\t".join(["all", "", *(str(total[c]) for c in columns[2:])]))
    for one in wrong:
        print(one, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
