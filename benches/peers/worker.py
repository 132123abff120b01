"""One peer, one task, one process: run.py starts it with the environment's Python, so that its CPU and memory are its own.

usage: worker.py SYSTEM screen LIST QUERIES OUT     best entity for each query, as JSON {id: [entity, score]}
       worker.py SYSTEM compare PAIRS OUT           a score for each pair, as a JSON list
SYSTEM is nomenklatura, rapidfuzz, rapidfuzz+anyascii; a scorer may follow a colon: rapidfuzz:WRatio.
"""

import csv
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

NAMES = ("name", "alias", "previousName", "weakAlias")
BATCH = 100
Row = dict[str, str]
Answers = dict[str, tuple[str, float]]


def batches(rows: list[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some


def entities(path: str) -> list[dict[str, Any]]:
    """The list, names only: neither addresses nor identifiers weigh on a peer's load or memory."""
    kept = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            e = json.loads(line)
            kept.append({"id": e["id"], "schema": e["schema"], "properties": {k: v for k, v in e["properties"].items() if k in NAMES}})
    return kept


class Rapidfuzz:
    """Brute force over every name of every entity, whatever its schema: the best name speaks for its entity."""

    def __init__(self, scorer: str = "token_sort_ratio", romanise: bool = False) -> None:
        from rapidfuzz import distance, fuzz, utils

        self.scorer = distance.JaroWinkler.normalized_similarity if scorer == "JaroWinkler" else getattr(fuzz, scorer)
        self.full = 1.0 if scorer == "JaroWinkler" else 100.0
        self.clean: Callable[[str], str] = utils.default_process
        if romanise:
            from anyascii import anyascii

            self.clean = lambda name: utils.default_process(anyascii(name))

    def load(self, path: str) -> None:
        import numpy

        self.ids: list[str] = []
        self.names: list[str] = []
        starts: list[int] = []
        for e in entities(path):
            names = [n for p in NAMES for v in e["properties"].get(p, []) if (n := self.clean(v))]
            if names:
                starts.append(len(self.names))
                self.ids.append(e["id"])
                self.names += names
        self.starts = numpy.array(starts)

    def nearest(self, rows: list[Row]) -> Any:
        """A matrix of queries by entities. cdist is its fastest way; one thread, since CPU time is what is compared."""
        import numpy
        from rapidfuzz import process

        scores = process.cdist([self.clean(r["name"]) for r in rows], self.names, scorer=self.scorer, dtype=numpy.float64, workers=1)
        # float64, since 70 / 100 in float32 lies below the threshold of 0.70
        return numpy.maximum.reduceat(scores, self.starts, axis=1) / self.full

    def screen(self, rows: list[Row]) -> Answers:
        found: Answers = {}
        for some in batches(rows):
            scores = self.nearest(some)
            first = scores.argmax(axis=1)
            found |= {r["id"]: (self.ids[k], float(scores[i, k])) for i, (r, k) in enumerate(zip(some, first))}
        return found

    def compare(self, rows: list[Row]) -> list[float]:
        return [float(self.scorer(self.clean(r["name1"]), self.clean(r["name2"]))) / self.full for r in rows]


class Nomenklatura:
    """logic-v2 over the candidates of its own index, and the nearest names by rapidfuzz that the index has no token for."""

    NEAREST = 10  # each costs half a millisecond

    def __init__(self) -> None:
        from followthemoney import Dataset, StatementEntity
        from nomenklatura.matching import LogicV2

        self.dataset = Dataset.make({"name": "bench", "title": "bench"})
        self.entity = StatementEntity
        self.logic = LogicV2
        self.config = LogicV2.default_config()

    def make(self, id: str, schema: str, properties: dict[str, list[str]]) -> Any:
        data = {"id": id, "schema": schema, "datasets": ["bench"], "properties": properties}
        return self.entity.from_data(self.dataset, data, cleaned=True)

    def score(self, a: Any, b: Any) -> float:
        return float(self.logic.compare(a, b, self.config).score)

    def load(self, path: str) -> None:
        from nomenklatura.blocker.index import Index
        from nomenklatura.resolver import Linker
        from nomenklatura.store import SimpleMemoryStore

        self.fuzzy = Rapidfuzz()
        self.fuzzy.load(path)
        store = SimpleMemoryStore(self.dataset, Linker({}))
        self.listed = {e["id"]: self.make(e["id"], e["schema"], e["properties"]) for e in entities(path)}
        with store.writer() as writer:
            for e in self.listed.values():
                writer.add_entity(e)
        self.folder = tempfile.TemporaryDirectory(prefix="peers-index-")
        self.index = Index(store.default_view(), Path(self.folder.name))
        self.index.build()

    def screen(self, rows: list[Row]) -> Answers:
        """In batches of one size for every set: the index drops tokens that are common within a batch."""
        import numpy

        found: Answers = {}
        for some in batches(rows):
            queries = {r["id"]: self.make(r["id"], r["schema"], {"name": [r["name"]]}) for r in some}
            candidates = {k.id: [i.id for i, _ in v] for k, v in self.index.match_entities(queries.values())}
            near = numpy.argsort(-self.fuzzy.nearest(some), axis=1, kind="stable")[:, : self.NEAREST]
            for r, columns in zip(some, near):
                ids = dict.fromkeys(candidates.get(r["id"], []) + [self.fuzzy.ids[k] for k in columns])
                scored = [(self.score(queries[r["id"]], self.listed[i]), -n, i) for n, i in enumerate(ids)]
                if scored:
                    best = max(scored)
                    found[r["id"]] = (best[2], best[0])
        return found

    def compare(self, rows: list[Row]) -> list[float]:
        """An id of its own for each entity: nomenklatura caches the names of an entity by its id."""
        sides = [[self.make(f"{n}-{k}", r["schema"], {"name": [r[f"name{k}"]]}) for k in (1, 2)] for n, r in enumerate(rows)]
        return [self.score(a, b) for a, b in sides]


def system(name: str) -> Rapidfuzz | Nomenklatura:
    base, _, scorer = name.partition(":")
    if base == "nomenklatura":
        return Nomenklatura()
    if base in ("rapidfuzz", "rapidfuzz+anyascii"):
        return Rapidfuzz(scorer or "token_sort_ratio", base.endswith("anyascii"))
    sys.exit(f"no system {name}")


def read(path: str) -> list[Row]:
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def main(name: str, task: str, *paths: str) -> None:
    peer = system(name)
    answer: Answers | list[float]
    if task == "screen":
        peer.load(paths[0])
        answer = peer.screen(read(paths[1]))
    else:
        answer = peer.compare(read(paths[0]))
    with open(paths[-1], "w", encoding="utf-8") as f:
        json.dump(answer, f)


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
