"""Watchman's v2 API as its Go client and its documentation call it. It has no client for Python; this speaks plain HTTP."""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

from checks import check, run, same


def get(address, path, **params):
    url = f"{address}{path}?{urllib.parse.urlencode(params, doseq=True)}"
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@check
def the_seven_are_found(address):
    rows = [
        ({"name": "Seyed Mohammad Hossein Mousa Kazemi", "type": "person", "birthDate": "1997-06-18"}, "33495"),
        ({"name": "Sayyed Mehdi Hashemi Toghroljerdi", "type": "person"}, "33497"),
        ({"name": "Mohammad Baqer Shinrakar", "type": "person", "birthDate": "1979"}, "26391"),
        ({"name": "Sajad Kashian"}, "33496"),
        ({"name": "Mostafa Sarmady", "type": "person", "source": "us_ofac"}, "33493"),
        ({"name": "Hossein Akbari Nodeh", "limit": 1}, "33494"),
        ({"name": "Emen Net Pasargad", "type": "business", "minMatch": 0.7}, "33634"),
    ]
    for params, expected in rows:
        status, answer = get(address, "/v2/search", **params)
        top = answer["entities"][0]
        same((status, top["sourceID"], top["sourceList"]), (200, expected, "us_ofac"))
        assert 0.7 <= top["match"] <= 1, top["match"]


@check
def a_person_as_the_go_client_reads_it(address):
    _, answer = get(address, "/v2/search", name="Sajad Kashian", type="person", debug="yes")
    top = answer["entities"][0]
    same((top["name"], top["entityType"]), ("KASHIAN, Sajjad", "person"))
    person = top["person"]
    same((person["birthDate"], person["gender"], person["altNames"]), ("1994-09-17T00:00:00Z", "male", ["NABAVI, Kiarash"]))
    same(person["governmentIDs"], [{"type": "national-id", "country": "", "identifier": "4560134669"}])
    same(top["business"], None)
    same(top["sanctionsInfo"]["programs"], ["ELECTION-EO13848"])
    assert "matches" in top["debug"], top["debug"]


@check
def a_number_alone(address):
    _, answer = get(address, "/v2/search", **{"gov_national-id": "IR:0067948431"})
    same([(e["sourceID"], e["match"]) for e in answer["entities"]], [("26391", 1.0)])


@check
def a_line_may_be_drawn(address):
    same(get(address, "/v2/search", name="Sajad Kashian", minMatch=0.999)[1], {"entities": []})
    same(get(address, "/v2/search", name="Anna Lindqvist", type="person")[1], {"entities": []})
    same(len(get(address, "/v2/search", name="Hosein", minMatch=0, limit=2)[1]["entities"]), 2)


@check
def unknown_parameters_are_refused(address):
    for params, words in [({"name": "x", "fullName": "y"}, "unknown parameter"), ({}, "neither a name"),
                          ({"name": "Jane Doe", "type": "animal"}, "unknown type"),
                          ({"name": "Jane Doe", "source": "eu_csl"}, "not loaded")]:
        status, answer = get(address, "/v2/search", **params)
        same(status, 400)
        assert words in answer["error"], answer


@check
def list_info(address):
    status, info = get(address, "/v2/listinfo")
    same((status, info["lists"]), (200, {"us_ofac": 8}))
    same(len(info["listHashes"]["us_ofac"]), 64)
    assert info["startedAt"].endswith("Z") and info["version"]


if __name__ == "__main__":
    sys.exit(run("watchman", sys.argv[1]))
