#!/usr/bin/env python3
"""Is what `interdict lists export` writes FollowTheMoney? The package followthemoney itself is asked, entity by entity.

Exported are the fixtures of the readers, the embedded case and its network with a company that a party of it owns, and where there
is a folder `shared` beside the checkout, each real list in it. Of every entity holds: its schema is known, each property is one of the schema that can be written, no value is
cleaned to nothing, `get_proxy` keeps every property, `validate` of the schema accepts it, ids of others can be referred to.

The package is installed into `target/ftm-venv`. Without pip or network the check says that it was skipped.

Examples:
  benches/ftm/validate.py                     everything; a part of `make test`
  benches/ftm/validate.py un.xml sdn.csv      these lists
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
REQUIREMENTS = HERE / "requirements.txt"
FIXTURES = [HERE / "fixtures", ROOT / "crates/lists/tests/fixtures"]
# OFAC's files that are read with the primary file beside them.
SIBLINGS = re.compile(r"^(alt|add|sdn_comments|.*_(alt|add|comments))\.", re.IGNORECASE)
# Parties and relations, as `interdict network --format ftm` writes them.
OWNERS = "owner,asset,percentage,startDate\nEmennet Pasargad,Example Trading GmbH,60,2020-01-01\n"
SHOWN = 10


def python_with_the_package() -> Path | None:
    """An environment in which the package is installed as required; `None` where that cannot be had."""
    folder = TARGET / "ftm-venv"
    python, stamp = folder / "bin" / "python", folder / "requirements.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    try:
        venv.create(folder, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"skipped: FollowTheMoney was not asked, for there is no pip ({error})")
        return None
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]
    done = subprocess.run(pip, capture_output=True, text=True)
    if done.returncode:
        print(f"skipped: FollowTheMoney was not asked, for it could not be installed: {done.stderr.strip()[-300:]}")
        return None
    stamp.write_text(wanted, encoding="utf-8")
    return python


def lists() -> list[str]:
    found = ["demo"]
    for folder in FIXTURES:
        found += [str(path) for path in sorted(folder.glob("*")) if path.is_file() and not SIBLINGS.match(path.name)]
    shared = Path(os.environ.get("INTERDICT_SHARED", ROOT.parent / "shared")) / "data" / "lists"
    if not shared.is_dir():
        print(f"skipped: the real lists, for there is no folder {shared}")
    return found + [str(path) for path in sorted(shared.rglob("*.*")) if path.is_file() and not SIBLINGS.match(path.name)]


def faults(entity: dict, ids: set[str]) -> list[str]:
    """What FollowTheMoney has against an entity."""
    from followthemoney import model
    from followthemoney.exc import InvalidData
    from followthemoney.types import registry

    schema = model.get(entity["schema"])
    if schema is None:
        return [f"schema {entity['schema']}"]
    found, short = [], {}
    for name, values in entity["properties"].items():
        prop = schema.get(name)
        if prop is None or prop.stub:
            found.append(f"{schema.name} has no property {name}")
            continue
        for value in values:
            cleaned = prop.type.clean(value, format=prop.format)
            if not cleaned:
                found.append(f"{schema.name}.{name} cleans {value!r} to nothing")
            elif len(cleaned) > prop.max_length:
                found.append(f"{schema.name}.{name} is too long: {value!r}")
            elif prop.type == registry.entity and value not in ids:
                found.append(f"{schema.name}.{name} refers to {value}, which is not there")
        # A property may take more letters than its type, which is all that `validate` of the schema knows: a wallet's key.
        short[name] = [value for value in values if len(value) <= prop.type.max_length or len(value) > prop.max_length]
    if found:
        return found
    try:
        proxy = model.get_proxy(entity, cleaned=False)
        if set(proxy.to_dict()["properties"]) != set(entity["properties"]):
            found.append(f"{schema.name} loses properties")
        proxy.schema.validate({"properties": {name: values for name, values in short.items() if values}})
    except InvalidData as error:
        found.append(f"{schema.name}: {error} {error.errors}")
    return found


def validate(source: str, lines: list[str]) -> tuple[int, Counter[str]]:
    entities = [json.loads(line) for line in lines]
    ids = {entity["id"] for entity in entities}
    wrong: Counter[str] = Counter()
    if len(ids) < len(entities):
        wrong[f"{len(entities) - len(ids)} ids are given twice"] += 1
    for entity in entities:
        wrong.update(faults(entity, ids))
    return len(entities), wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", nargs="*", help="lists to export [default: fixtures, demo, the real lists]")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.inside:
        python = python_with_the_package()
        if python is None:
            return 0
        subprocess.run(["cargo", "build", "--release", "--locked", "-q", "-p", "interdict"], cwd=ROOT, check=True)
        return subprocess.run([python, __file__, "--inside", *arguments.lists]).returncode
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        output, owners = Path(folder) / "out.jsonl", Path(folder) / "owners.csv"
        owners.write_text(OWNERS, encoding="utf-8")
        exported = [(source, ["lists", "export", source]) for source in arguments.lists or lists()]
        if not arguments.lists:
            network = ["network", owners, "ofac-33634", "--list", "demo", "--hops", "2", "--format", "ftm"]
            exported.append(("the network of demo", network))
        for source, asked in exported:
            command = [TARGET / "release" / "interdict", *asked, "--output", output]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode not in (0, 4):
                print(f"{source}: not exported: {done.stderr.strip()[-500:]}")
                failed = True
                continue
            count, wrong = validate(source, output.read_text(encoding="utf-8").splitlines())
            print(f"{'FAILED' if wrong else 'ok':<7}{count:>7} entities  {source}", flush=True)
            for fault, times in wrong.most_common(SHOWN):
                print(f"{times:>14} x {fault}")
            failed |= bool(wrong) or count == 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
