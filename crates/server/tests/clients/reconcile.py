"""reconciler, a client of OpenRefine's protocol for data frames, and the calls that OpenRefine itself makes."""

import json
import sys

import pandas as pd
import requests
from reconciler import reconcile

from checks import check, run, same

NAMES = pd.Series(["Sajad Kashian", "Mohammad Baqer Shinrakar", "Emen Net Pasargad", "Mostafa Sarmady", "Hossein Akbari Nodeh",
                   "Sayyed Mehdi Hashemi Toghroljerdi", "Seyed Mohammad Hossein Mousa Kazemi"], name="name")
IDS = ["ofac-33496", "ofac-26391", "ofac-33634", "ofac-33493", "ofac-33494", "ofac-33497", "ofac-33495"]


@check
def a_column_of_names(service):
    table = reconcile(NAMES, reconciliation_endpoint=service)
    same(dict(zip(table["input_value"], table["id"])), dict(zip(NAMES, IDS)))
    assert table["match"].all(), table
    same(table.loc[table["input_value"] == "Sajad Kashian", "type_id"].tolist(), ["Person"])


@check
def types_and_other_columns(service):
    people = pd.DataFrame({"name": ["Sajad Kashian", "Fatemeh Kazemi"], "born": ["1994-09-17", "1988-03-05"]})
    table = reconcile(people["name"], type_id="Person", property_mapping={"Person:birthDate": people["born"]},
                      top_res="all", reconciliation_endpoint=service)
    matches = table[table["match"] == True]  # noqa: E712 (a column, not a truth)
    same(matches[["input_value", "id"]].values.tolist(), [["Sajad Kashian", "ofac-33496"]])
    nobody = reconcile(people["name"][:1], type_id="Vessel", reconciliation_endpoint=service)
    same(nobody["match"].tolist(), [False])


@check
def more_than_one_batch(service):
    names = pd.Series([f"Nobody Number{n}" for n in range(25)] + ["Sajad Kashian"])
    table = reconcile(names, reconciliation_endpoint=service)
    same(table[table["match"] == True]["id"].tolist(), ["ofac-33496"])  # noqa: E712


@check
def the_manifest(service):
    manifest = requests.get(service, timeout=10).json()
    same(manifest["versions"], ["0.2"])
    assert {"id": "Person", "name": "People"} in manifest["defaultTypes"]
    assert "{{id}}" in manifest["view"]["url"]
    for name in ("entity", "property", "type"):
        part = manifest["suggest"][name]
        found = requests.get(part["service_url"] + part["service_path"], params={"prefix": "na"}, timeout=10)
        same((found.status_code, found.json()["prefix"]), (200, "na"))


@check
def what_open_refine_suggests(service):
    def suggested(kind, prefix):
        found = requests.get(f"{service}/suggest/{kind}", params={"prefix": prefix}, timeout=10).json()
        return [one["id"] for one in found["result"]]

    same(suggested("entity", "kash"), ["ofac-33496"])
    same(suggested("type", "comp"), ["Company"])
    assert "Person:birthDate" in suggested("property", "birth")
    found = requests.get(f"{service}/extend/property", params={"type": "Person"}, timeout=10).json()
    assert {"id": "Person:nationality", "name": "Nationality"} in found["properties"]


@check
def columns_that_are_filled(service):
    asked = {"ids": ["ofac-26391", "nobody"], "properties": [{"id": "Person:birthDate"}, {"id": "nationality"}]}
    filled = requests.post(service, data={"extend": json.dumps(asked)}, timeout=10).json()
    same([one["id"] for one in filled["meta"]], ["Person:birthDate", "nationality"])
    same(filled["rows"]["ofac-26391"], {"Person:birthDate": [{"str": "1979-09-21"}], "nationality": [{"str": "Iran"}]})
    same(filled["rows"]["nobody"], {})


@check
def refusals(service):
    rows = [({"queries": "{"}, 400), ({"queries": "[]"}, 400), ({"extend": "{"}, 400), ({}, 400),
            ({"queries": json.dumps({str(n): {"query": "x"} for n in range(101)})}, 400)]
    for form, status in rows:
        answer = requests.post(service, data=form, timeout=10)
        same((answer.status_code, list(answer.json())), (status, ["detail"]))
    same(requests.get(service.replace("default", "nowhere"), timeout=10).status_code, 404)


@check
def pages_of_others_read_nothing(service):
    answer = requests.get(f"{service}/suggest/entity", params={"prefix": "kash", "callback": "steal"},
                          headers={"Origin": "http://evil.example"}, timeout=10)
    assert "access-control-allow-origin" not in answer.headers, answer.headers
    assert not answer.text.startswith("steal("), "no JSONP"


if __name__ == "__main__":
    sys.exit(run("reconcile", sys.argv[1] + "/reconcile/default"))
