#!/usr/bin/env python3
"""schemathesis against the OpenAPI document of a running server: no answer is a 5xx, none breaks its own schema.

Makes a virtual environment under target/ (schemathesis from PyPI), starts the built binary with the embedded case, and asks
for at most three minutes. Exit status 0: nothing was found.

Examples:
  crates/server/tests/clients/schemathesis.py                      the release binary
  crates/server/tests/clients/schemathesis.py target/debug/interdict --seconds 60
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
VERSION = "schemathesis>=4,<5"

# What holds of every answer. A positive test that is refused is no fault here: whether a name means anybody is no matter
# of schemata.
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"


def tool(folder: Path) -> Path:
    """schemathesis in a virtual environment of its own, made once."""
    program = folder / "bin" / "schemathesis"
    if not program.exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", VERSION], check=True)
    return program


def address(server: subprocess.Popen) -> str:
    """Where the server listens, as it says itself."""
    for line in server.stderr:
        if found := re.search(r"listening on (\S+)", line):
            return found.group(1)
    raise SystemExit("the server did not start")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=Path, nargs="?", default=ROOT / "target" / "release" / "interdict", help="a built interdict")
    parser.add_argument("--seconds", type=int, default=170, help="the longest that it may take")
    parser.add_argument("--examples", type=int, default=25, help="examples of each kind for each route")
    parser.add_argument("--seed", type=int, default=20211118)
    args = parser.parse_args()
    if not args.binary.is_file():
        parser.error(f"{args.binary} is absent: cargo build --release -p interdict, or name another binary")
    program = tool(ROOT / "target" / "clients" / "schemathesis")
    with tempfile.TemporaryDirectory() as scratch:
        command = [args.binary.resolve(), "serve", "--list", "demo", "--listen", "127.0.0.1:0", "--log", "errors", "--jobs-dir", f"{scratch}/files", "--job-count", "1000000"]
        environment = {**os.environ, "INTERDICT_HOME": scratch}
        hooks = {**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(Path(__file__).resolve().parent / "hooks")}
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
        try:
            url = address(server)
            run = [
                program, "run", ROOT / "docs" / "openapi.json", "--url", url, "--checks", CHECKS, "--max-examples", str(args.examples),
                "--seed", str(args.seed), "--phases", "examples,coverage,fuzzing", "--mode", "all", "--workers", "2",
                "--request-timeout", "30", "--no-color", "--generation-database", "none",
            ]
            try:
                done = subprocess.run(run, timeout=args.seconds, cwd=scratch, env=hooks)
            except subprocess.TimeoutExpired:
                print(f"no fault within {args.seconds} seconds; it was ended then")
                return 0
            if server.poll() is not None:
                print("the server ended")
                return 1
            return done.returncode
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    sys.exit(main())
