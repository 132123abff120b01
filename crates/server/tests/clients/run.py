#!/usr/bin/env python3
"""Drives the real clients of yente, OpenRefine's protocol, Watchman and MCP against a started `interdict serve`.

    cargo build -p interdict && python3 crates/server/tests/clients/run.py [path/to/interdict]

Clients come from PyPI and npm into target/clients; where a registry cannot be reached, what needs it is skipped and the reason is
printed. Everything is on loopback and bounded in time. Ends with one line of counts; exit status 1 where anything failed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
HOME = ROOT / "target" / "clients"
# Versions are part of what is proven. reconciler 0.2.2 says np.NaN, which numpy 2 no longer has.
PYPI = ["yente-client==0.2.0", "reconciler==0.2.2", "numpy<2", "pandas<3"]
NPM = ["@modelcontextprotocol/sdk@1.32.2"]
SECONDS = 120


def python():
    """A Python with the clients, or None and why."""
    venv = HOME / "python"
    program = venv / "bin" / "python"
    stamp = venv / "packages.json"
    if stamp.is_file() and json.loads(stamp.read_text()) == PYPI:
        return str(program), None
    shutil.rmtree(venv, ignore_errors=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", venv], check=True, timeout=SECONDS, capture_output=True)
        subprocess.run([program, "-m", "pip", "install", "-q", *PYPI], check=True, timeout=600, capture_output=True)
    except (subprocess.SubprocessError, OSError) as error:
        return None, f"PyPI: {reason(error)}"
    stamp.write_text(json.dumps(PYPI))
    return str(program), None


def node():
    """A Node with the SDK beside the test, or None and why."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program or not npm:
        return None, "node and npm are not installed"
    folder = HOME / "node"
    stamp = folder / "packages.json"
    if not (stamp.is_file() and json.loads(stamp.read_text()) == NPM):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "package.json").write_text('{"private": true, "type": "module"}')
        try:
            subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", *NPM],
                           cwd=folder, check=True, timeout=600, capture_output=True)
        except (subprocess.SubprocessError, OSError) as error:
            return None, f"npm: {reason(error)}"
        stamp.write_text(json.dumps(NPM))
    # A module finds its packages from where it lies.
    shutil.copy(HERE / "mcp.mjs", folder / "mcp.mjs")
    return program, None


def reason(error):
    said = getattr(error, "stderr", None) or str(error).encode()
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else type(error).__name__


def start(program):
    """The server on a free port, and its address."""
    server = subprocess.Popen([program, "serve", "--list", "demo", "--listen", "127.0.0.1:0"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    found = []

    def read():
        for line in server.stdout:
            address = re.search(r"http://127\.0\.0\.1:\d+", line)
            if address and not found:
                found.append(address.group())
                ready.set()
            if os.environ.get("CLIENTS_LOG"):
                sys.stderr.write(line)
        ready.set()

    ready = threading.Event()
    threading.Thread(target=read, daemon=True).start()
    if not ready.wait(30) or not found:
        server.kill()
        sys.exit("interdict serve printed no address within 30 seconds")
    # It listens before its lists are read.
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(found[0] + "/readyz", timeout=5):
                return server, found[0]
        except OSError:
            time.sleep(0.1)
    server.kill()
    sys.exit("interdict serve was not ready within 30 seconds")


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target" / "debug" / "interdict")
    if not Path(program).is_file():
        sys.exit(f"{program} is not there: cargo build -p interdict")
    HOME.mkdir(parents=True, exist_ok=True)
    with_clients, no_pypi = python()
    with_node, no_npm = node()
    tests = [
        ("yente", no_pypi, [with_clients, HERE / "yente.py"]),
        ("reconcile", no_pypi, [with_clients, HERE / "reconcile.py"]),
        ("watchman", None, [sys.executable, HERE / "watchman.py"]),
        ("mcp", no_npm, [with_node, HOME / "node" / "mcp.mjs"]),
    ]
    server, address = start(program)
    passed = failed = skipped = 0
    try:
        for name, missing, command in tests:
            if missing:
                print(f"{name}: skipped: {missing}")
                skipped += 1
                continue
            try:
                done = subprocess.run([*map(str, command), address], timeout=SECONDS, capture_output=True, text=True)
            except subprocess.TimeoutExpired:
                print(f"{name}: not done within {SECONDS} seconds")
                failed += 1
                continue
            print(done.stdout.strip())
            counts = re.search(r"(\d+) passed, (\d+) failed$", done.stdout.strip())
            if counts:
                passed += int(counts[1])
                failed += int(counts[2])
            if not counts or (done.returncode and counts[2] == "0"):
                print(done.stderr.strip())
                failed += 1
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            print("serve: did not end within 30 seconds of SIGTERM")
            failed += 1
    print(f"clients: {passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
