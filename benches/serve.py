#!/usr/bin/env python3
"""What `interdict serve` bears over loopback: queries a second, p50 and p99; four times as many clients as it has room for;
lists that are swapped under load.

Needs wrk (Debian) and a release binary. Writes benches/results/DATE-serve.{md,json}. Each measurement takes --seconds.

Examples:
  benches/serve.py --list sdn.csv --queries queries.csv
  benches/serve.py --list sdn.csv --queries queries.csv --seconds 5 --results target/try
"""

import argparse
import csv
import datetime
import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# One query a request, in turn; each thread begins elsewhere. Statuses are counted by the thread that has them.
SCRIPT = """
local bodies = {}
for line in io.lines("%(bodies)s") do bodies[#bodies + 1] = line end
local headers = { ["Content-Type"] = "application/json" }
local at = math.random(#bodies)
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init() ok, busy, other = 0, 0, 0; math.randomseed(os.time()); at = math.random(#bodies) end
function request()
  at = at %% #bodies + 1
  return wrk.format("POST", "%(path)s", headers, bodies[at])
end
function response(status)
  if status == 200 then ok = ok + 1 elseif status == 503 or status == 429 then busy = busy + 1 else other = other + 1 end
end
function done(summary, latency)
  local o, b, x = 0, 0, 0
  for _, t in ipairs(threads) do o = o + t:get("ok"); b = b + t:get("busy"); x = x + t:get("other") end
  local e = summary.errors
  io.write(string.format('RESULT {"seconds":%%.3f,"ok":%%d,"busy":%%d,"other":%%d,"sockets":%%d,"p50_ms":%%.3f,"p90_ms":%%.3f,"p99_ms":%%.3f,"max_ms":%%.3f}\\n',
    summary.duration / 1e6, o, b, x, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(90) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
"""


def load(url: str, script: Path, seconds: int, connections: int, threads: int = 1) -> dict:
    run = ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{seconds}s", "--timeout", "20s", "-s", str(script), url]
    out = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    result = json.loads(re.search(r"RESULT (.*)", out).group(1))
    result["connections"] = connections
    result["per_second"] = round(result["ok"] / result["seconds"])
    return result


def memory(pid: int) -> float:
    """Memory in use and at its peak, MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return {key: int(re.search(rf"{key}:\s+(\d+)", status).group(1)) / 1024 for key in ("VmRSS", "VmHWM")}


def processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, binary: Path, lists: list[str], scratch: str, *more: str):
        named = [part for one in lists for part in ("--list", one)]
        command = [str(binary), "serve", *named, "--listen", "127.0.0.1:0", "--log", "errors", "--jobs-dir", f"{scratch}/files", *more]
        self.log = open(f"{scratch}/log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(command, stderr=self.log, env={**os.environ, "INTERDICT_HOME": scratch})
        until = time.monotonic() + 60
        while time.monotonic() < until:
            text = Path(self.log.name).read_text(encoding="utf-8")
            if found := re.search(r"listening on http://(\S+)", text):
                self.host = found.group(1)
                if self.ready():
                    return
            time.sleep(0.05)
        raise SystemExit("the server did not start")

    def ready(self) -> bool:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200

    def reload(self) -> float:
        began = time.monotonic()
        connection = http.client.HTTPConnection(self.host, timeout=120)
        connection.request("POST", "/v1/lists/reload", body=b"", headers={"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
        return time.monotonic() - began

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()


def bodies(queries: Path, path: Path, match: bool) -> None:
    """A body a line: `/v1/screen`, or yente's `/match`."""
    with open(queries, encoding="utf-8", newline="") as rows, open(path, "w", encoding="utf-8") as out:
        for n, row in enumerate(csv.DictReader(rows)):
            if n >= 2000:
                return
            query = {"schema": row.get("schema") or "Person", "properties": {"name": [row["name"]]}}
            body = {"queries": {"q": query}} if match else {"query": query}
            out.write(json.dumps(body, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=ROOT / "target" / "release" / "interdict")
    parser.add_argument("--list", dest="lists", action="append", required=True)
    parser.add_argument("--queries", type=Path, required=True, help="CSV with the column name, and schema if there is one")
    parser.add_argument("--path", default="/v1/screen", help="or /match/default")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--results", type=Path, default=ROOT / "benches" / "results")
    args = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed: apt-get install wrk")
    with tempfile.TemporaryDirectory() as scratch:
        lines, script = Path(scratch, "bodies"), Path(scratch, "load.lua")
        bodies(args.queries, lines, args.path.startswith("/match"))
        script.write_text(SCRIPT % {"bodies": lines, "path": args.path}, encoding="utf-8")
        server = Server(args.binary, args.lists, scratch)
        try:
            results = measure(server, script, args.seconds)
        finally:
            server.stop()
    results |= {
        "date": datetime.date.today().isoformat(),
        "cores": os.cpu_count(),
        "load_average": os.getloadavg(),
        "list": [Path(one).name for one in args.lists],
        "path": args.path,
        "build": args.binary.resolve().parent.name,
        "seconds": args.seconds,
    }
    write(results, args.results)


def measure(server: Server, script: Path, seconds: int) -> dict:
    url, pid = f"http://{server.host}", server.process.pid
    load(url, script, 2, 8)  # caches of words fill
    before = memory(pid)
    used = processor(pid)
    single = load(url, script, seconds, 16)
    single["cpu_us"] = round(1e6 * (processor(pid) - used) / max(single["ok"], 1), 1)
    # Far more clients than the queue has room for: 128 queries wait, 512 ask.
    overload = load(url, script, seconds, 512, 2)
    overload["peak_mib"] = memory(pid)["VmHWM"]
    after = load(url, script, max(seconds // 2, 2), 16)
    swaps: list[float] = []
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            swaps.append(server.reload())
            stop.wait(0.5)

    swapping = threading.Thread(target=swap)
    swapping.start()
    swapped = load(url, script, seconds, 16)
    stop.set()
    swapping.join()
    swapped["swaps"] = len(swaps)
    swapped["slowest_swap_s"] = round(max(swaps), 2)
    time.sleep(1)
    return {
        "single": single, "overload": overload, "after_overload": after, "swap": swapped,
        "memory_mib": {"before": before["VmRSS"], "after": memory(pid)["VmRSS"], "peak": memory(pid)["VmHWM"]},
    }


def write(results: dict, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{results['date']}-serve"
    (folder / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    head = "| | clients | answered a second | refused | lost | p50 ms | p99 ms | slowest ms |\n|---|---|---|---|---|---|---|---|\n"
    rows = "".join(
        f"| {what} | {r['connections']} | {r['per_second']:,} | {r['busy']:,} | {r['other'] + r['sockets']} | {r['p50_ms']:.2f} "
        f"| {r['p99_ms']:.2f} | {r['max_ms']:.1f} |\n"
        for what, r in [
            ("one query a request", results["single"]),
            ("four times the queue", results["overload"]),
            ("after that", results["after_overload"]),
            (f"lists swapped {results['swap']['swaps']} times", results["swap"]),
        ]
    )
    memory_mib = results["memory_mib"]
    text = (
        f"# `interdict serve` over loopback, {results['date']}\n\n"
        f"A {results['build']} build. `{results['path']}` against {', '.join(results['list'])}, {results['cores']} cores shared with wrk and whatever else ran "
        f"(load average {results['load_average'][0]:.1f} at the end), {results['seconds']} seconds each.\n\n{head}{rows}\n"
        f"CPU time of the server for one query: {results['single']['cpu_us']} microseconds. Memory: {memory_mib['before']:.0f} MiB "
        f"before, {memory_mib['after']:.0f} MiB after, {memory_mib['peak']:.0f} MiB at the peak (two sets of lists while they are "
        f"swapped). Slowest swap: {results['swap']['slowest_swap_s']} s.\n\n`benches/serve.py` made this.\n"
    )
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
