"""yente-client, the SDK of the OpenSanctions API and yente, against us."""

import sys

import httpx
from yente_client import Client, Company, Organization, Person
from yente_client.exceptions import BadRequestError, NotFoundError

from checks import check, run, same

# Press spellings of the seven parties of 18 November 2021, and who each of them is.
PARTIES = [
    (Person(name="Seyed Mohammad Hossein Mousa Kazemi", birthDate="1997-06-18", nationality="Iran"), "ofac-33495"),
    (Person(name="Sayyed Mehdi Hashemi Toghroljerdi", birthDate="1973-04-19"), "ofac-33497"),
    (Person(name="Mohammad Baqer Shinrakar", birthDate="1979-09-21", nationality="Iran"), "ofac-26391"),
    (Person(firstName="Sajad", lastName="Kashian", birthDate="1994"), "ofac-33496"),
    (Person(name=["Mostafa Sarmady", "مصطفی سرمدی"]), "ofac-33493"),
    (Person(name="Hossein Akbari Nodeh", country="ir"), "ofac-33494"),
    (Company(name="Emen Net Pasargad"), "ofac-33634"),
]
STRANGERS = [Person(name="Anna Lindqvist", birthDate="1990-04-12"), Company(name="Nordhafen Verpackungen GmbH"),
             Person(name="Fatemeh Kazemi", birthDate="1988-03-05")]


@check
def the_seven_are_found(client):
    for party, expected in PARTIES:
        answer = client.match(party, datasets=["sanctions"])
        same([answer.top.id, answer.top.match], [expected, True])
        assert answer.top.score >= 0.7, answer.top.score
        same(answer.total.relation, "eq")


@check
def strangers_are_not(client):
    for stranger in STRANGERS:
        answer = client.match(stranger)
        same(([r.id for r in answer.results], answer.total.value), ([], 0))


@check
def explanations_add_up(client):
    top = client.match(PARTIES[2][0]).top
    name = top.explanations["name"]
    same((name.query, name.candidate), ("Mohammad Baqer Shinrakar", "SHIRINKAR, Mohammad Bagher"))
    assert "Baqer, Bagher: spelling" in name.detail, name.detail
    assert "birthDate" in top.contributing_explanations
    total = sum(feature.score for feature in top.explanations.values())
    assert abs(total - top.score) < 1e-9, (total, top.score)


@check
def thresholds_and_cutoffs(client):
    party = Person(name="Sajad Kashian")
    score = client.match(party).top.score
    above = client.match(party, threshold=score + 0.0001)
    same((len(above.results), above.top.match, above.matches), (1, False, []))
    same(client.match(party, threshold=score, cutoff=score).top.match, True)
    same(client.match(party, threshold=0.999, cutoff=0.998).results, [])
    wide = client.match(Person(name="Hosein"), threshold=0.0, cutoff=0.0, limit=1)
    same(len(wide.results), 1)
    assert wide.total.value > 1, "the total is before the limit"
    same(wide.limit, 1)


@check
def filters(client):
    party = Person(name="Sajad Kashian")
    same(client.match(party, datasets=["us_ofac_sdn"]).top.id, "ofac-33496")
    same(client.match(party, topics=["sanction"]).top.id, "ofac-33496")
    for nobody in [{"topics": ["role.pep"]}, {"exclude_datasets": ["us_ofac_sdn"]}, {"exclude_schemata": ["Person"]},
                   {"exclude_entities": ["ofac-33496"]}]:
        same(client.match(party, **nobody).results, [])
    same(client.match(party, changed_since="2030-01-01").top.id, "ofac-33496")


@check
def algorithms(client):
    known = client.algorithms()
    same((known.best, known.default), ("interdict", "interdict"))
    for name in ["best", "logic-v1", "logic-v2", "name-based", "name-qualified", "ofac", "regression-v1"]:
        assert name in [a.name for a in known.algorithms], name
        same(client.match(PARTIES[0][0], algorithm=name).top.id, "ofac-33495")


@check
def refusals_say_what_is_wrong(client):
    rows = [
        (lambda: client.match(Person(name="x"), datasets=["eu_fsf"]), NotFoundError, "No such dataset: eu_fsf"),
        (lambda: client.match(Person()), BadRequestError, "neither a name nor an identifier"),
        (lambda: client.match(Person(name="Jane Doe"), limit=501), BadRequestError, "limit must be at most 500"),
        (lambda: client.match(Person(name="Jane Doe"), algorithm="magic"), BadRequestError, "Invalid algorithm: magic"),
        (lambda: client.fetch("ofac-1"), NotFoundError, "No such entity"),
    ]
    for call, kind, words in rows:
        try:
            call()
        except kind as error:
            assert words in error.detail, error.detail
        else:
            raise AssertionError(f"{words}: not refused")


@check
def batches_over_the_wire(client):
    """What the SDK does not send but other clients of yente and motiva do."""
    query = {"schema": "Person", "properties": {"name": "Sajad Kashian", "nationality": ["Russia"]}}
    wire = httpx.Client(base_url=client._base_url)
    answer = wire.post("/match/default?fuzzy=false&api_key=x", json={
        "queries": {"b": query, "a": query}, "weights": {"name_literal": 1.0},
        "params": {"exclude_entity_ids": ["ofac-26391"]}})
    same((answer.status_code, answer.headers["x-batch-size"]), (200, "2"))
    body = answer.json()
    same(list(body["responses"]), ["b", "a"])
    same((body["algorithm"], body["ignored"], body["limit"]), ("interdict", ["weights"], 5))
    same(body["responses"]["a"]["query"]["properties"]["nationality"], ["ru"])
    # yente takes no null for an example either: it would look like nobody found.
    answer = wire.post("/match/default", json={"queries": {"a": query, "none": None}})
    same((answer.status_code, "null" in answer.json()["detail"]), (400, True))
    many = {str(n): query for n in range(101)}
    answer = wire.post("/match/default", json={"queries": many})
    same((answer.status_code, answer.json()), (400, {"detail": "Too many queries in one batch (limit: 100)"}))
    topics = {**query, "filters": {"topics": [["sanction", "role.pep"], ["debarment"]]}}
    answer = wire.post("/match/default", json={"queries": {"q": topics}}).json()
    same(answer["responses"]["q"]["results"], [])


@check
def search(client):
    same([e.id for e in client.search("kashian").results], ["ofac-33496"])
    same([e.id for e in client.search("سرمدی").results][:1], ["ofac-33493"])
    same([e.id for e in client.search("Sajjad Kashjan").results][:1], ["ofac-33496"])
    page = client.search("", schema="Person", limit=2, offset=1, sort=["caption:asc"], facets=["countries", "topics", "schema"])
    same((page.total.value, page.limit, page.offset, len(page.results)), (6, 2, 1, 2))
    same([(v.name, v.label, v.count) for v in page.facets["countries"].values], [("ir", "Iran", 6)])
    same([e.id for e in client.search("", filter_=["birthDate:1979-09-21"]).results], ["ofac-26391"])
    same(client.search("pasargad", countries=["de"]).results, [])


@check
def entities(client):
    nested = client.fetch("ofac-33493")
    same((nested.caption, nested.schema_, nested.datasets, nested.target), ("SARMADI, Mostafa", "Person", ["ofac_sdn"], True))
    same(nested.properties["birthDate"], ["1987-08-22"])
    same(nested.properties["nationality"], ["ir"])
    link = nested.properties["unknownLinkTo"][0]
    same((link.schema_, link.properties["subject"]), ("UnknownLink", ["ofac-33493"]))
    same(link.properties["object"][0].caption, "EMENNET PASARGAD")
    paper = nested.properties["identification"][0]
    same(paper.properties["number"], ["0082389985"])
    assert "unknownLinkTo" not in client.fetch("ofac-33493", nested=False).properties


@check
def adjacent(client):
    whole = client.adjacent("ofac-33634")
    same(whole.entity.caption, "EMENNET PASARGAD")
    same({name: part.total.value for name, part in whole.adjacent.items()}, {"identification": 2, "unknownLinkFrom": 3})
    page = client.adjacent("ofac-33634", prop="unknownLinkFrom", limit=1, offset=1)
    same((page.total.value, len(page.results), page.limit, page.offset), (3, 1, 1, 1))
    same(page.results[0].properties["subject"][0].id, "ofac-33494")


@check
def catalog(client):
    first = client.datasets()
    same([d.name for d in first.datasets], ["default", "ofac_sdn"])
    same((first.datasets[1].load, first.datasets[1].thing_count, first.index_stale), (True, 8, False))
    assert first.datasets[1].version.startswith("sha256:")
    assert client._etag_cache, "an ETag came with it"
    same(client.datasets(), first)
    tag = client._etag_cache["/catalog"][0]
    again = httpx.get(client._base_url + "/catalog", headers={"If-None-Match": tag})
    same((again.status_code, again.content), (304, b""))


@check
def health(client):
    same((client.healthz().status, client.readyz().status), ("ok", "ok"))


@check
def streams_of_entities(client):
    pairs = [(str(n), party) for n, (party, _) in enumerate(PARTIES * 8)]
    found = dict(client.match_iter(pairs, workers=4))
    same({key: answer.top.id for key, answer in found.items()},
         {str(n): expected for n, (_, expected) in enumerate(PARTIES * 8)})


@check
def organizations_and_companies_are_one_kind(client):
    for kind in (Company, Organization):
        same(client.match(kind(name="Net Peygard Samavat Co")).results[0].match, True)


if __name__ == "__main__":
    with Client(base_url=sys.argv[1], app_name="interdict-tests") as sdk:
        sys.exit(run("yente", sdk))
