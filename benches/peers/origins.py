#!/usr/bin/env python3
"""False alarms of Interdict at 0.70 by the origin of the name: a rate that is fine on average can be bad for one people.

Two sets of names that are not listed: the shared 10,000 people, by script and by region; and 10,000 companies that Faker
makes up, 500 distinct ones of each of twenty locales, always the same ones. Writes benches/results/DATE-origins.md.

Examples:
  benches/peers/origins.py
  benches/peers/origins.py --results target/try      a look that leaves the committed results alone
"""

import argparse
import collections
import datetime
import json
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from common import RESULTS, ROOT, Row, engine, environment, eval_folder, pins, read, run, say, write

PINS = "requirements-origins.txt"
THRESHOLD = 0.70
EACH, SEED = 500, 20231228  # the seed is the date of the list: any fixed number will do
SHOWN, SHOWN_PEOPLE = 5, 20  # hits of one origin; of all people together, whose names come from a shared set
CONSPICUOUS, ENOUGH = 3.0, 50  # times the mean; names below which a ratio is chance
LOCALES = "ar_AA de_DE en_US es_ES es_MX fa_IR fr_FR he_IL hi_IN it_IT ja_JP ko_KR pl_PL pt_BR ru_RU th_TH tr_TR uk_UA zh_CN zh_TW".split()

# Run by the environment's Python: {locale: [has patterns of its own, made up, real]}. Where Faker knows no company patterns
# of a locale it puts the locale's surnames into American ones ("X Inc", "X-Y", "X, Y and Z"). Some locales draw from a
# list of real companies, of which sanctions lists hold some: those are kept apart, their hits may be true. Persian has
# nothing but such a list, so its surnames too are put into the American patterns.
MAKE = """
import json, sys
from faker import Faker
from faker.providers.company.en_US import Provider as American
made = {}
for locale in sys.argv[3].split(","):
    fake = Faker(locale)
    own = next(p for p in fake.get_providers() if type(p).__module__.startswith("faker.providers.company"))
    listed = getattr(own, "company_names", ()) or getattr(own, "large_companies", ())
    real = list(dict.fromkeys(listed))
    if hasattr(own, "company_names"): fake.add_provider(American)
    fake.seed_instance(int(sys.argv[2])); names = {}
    for _ in range(100 * int(sys.argv[1])):
        if len(names) == int(sys.argv[1]): break
        name = fake.company()
        if name not in listed: names[name] = None
    made[locale] = [type(own).__module__.endswith(locale) and not hasattr(own, "company_names"), list(names), real]
json.dump(made, sys.stdout)
"""

# The set has no locale; most countries were drawn to fit the name ("Gomez" in Tunisia shows: not all), so they tell a region.
REGIONS = {
    "East Asia": "China, Hong Kong, Japan, Malaysia, Singapore, South Korea, Taiwan",
    "South Asia": "Afghanistan, Bangladesh, Bhutan, India, Maldives, Nepal, Pakistan, Sri Lanka",
    "South-East Asia": "Brunei, Cambodia, East Timor, Indonesia, Laos, Myanmar, Philippines, Thailand, Vietnam",
    "Middle East, North Africa": "Algeria, Bahrain, Egypt, Iran, Iraq, Israel, Jordan, Kuwait, Lebanon, Libya, Morocco, Oman, Qatar, Saudi Arabia, Syria, "
    "Tunisia, Turkey, United Arab Emirates, Yemen",
    "Eastern Europe, Central Asia": "Albania, Armenia, Azerbaijan, Belarus, Bosnia and Herzegovina, Bulgaria, Croatia, Czech Republic, Estonia, Georgia, "
    "Greece, Hungary, Kazakhstan, Kyrgyzstan, Latvia, Lithuania, Moldova, Mongolia, Montenegro, North Macedonia, Poland, Romania, Russia, Serbia, Slovakia, "
    "Slovenia, Tajikistan, Turkmenistan, Ukraine, Uzbekistan",
    "Africa": "Botswana, Burkina Faso, Cameroon, Democratic Republic of the Congo, Ethiopia, Ghana, Ivory Coast, Kenya, Mali, Nigeria, Rwanda, "
    "Senegal, South Africa, Tanzania, Uganda, Zimbabwe",
    "Latin America, Iberia": "Argentina, Bolivia, Brazil, Chile, Colombia, Costa Rica, Cuba, Dominican Republic, Ecuador, El Salvador, Guatemala, "
    "Honduras, Mexico, Nicaragua, Panama, Paraguay, Peru, Portugal, Puerto Rico, Spain, Uruguay, Venezuela",
    "Western and Northern Europe, overseas": "Australia, Austria, Belgium, Canada, Denmark, Finland, France, Germany, Ireland, Italy, Netherlands, "
    "New Zealand, Norway, Sweden, Switzerland, United Kingdom, United States",
}
REGION = {country: region for region, countries in REGIONS.items() for country in countries.split(", ")}


@dataclass
class Hit:
    name: str
    met: str
    entity: str
    score: float
    bits: float


def script(name: str) -> str:
    """The script of most letters, by the first word of their Unicode names, which call Han "CJK"."""
    words = collections.Counter(unicodedata.name(c, "?").split()[0] for c in name if c.isalpha())
    most = words.most_common(1)[0][0].capitalize() if words else "none"
    return "Han" if most == "Cjk" else most


def screened(binary: Path, listed: Path, rows: list[Row], folder: Path) -> dict[str, Hit]:
    """The best hit at the threshold for each row that has one."""
    queries, out = write(folder / "queries.csv", rows), folder / "hits.jsonl"
    run([str(binary), "screen", "--list", str(listed), "--input", str(queries), "--output", str(out), "--threshold", str(THRESHOLD), "--limit", "1"], 600)
    names, hits = {r["id"]: r["name"] for r in rows}, {}
    for line in out.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for r in row["results"][:1]:
            met = r.get("explanation", {}).get("name", {}).get("candidate") or r["caption"]
            hits[str(row["id"])] = Hit(names[str(row["id"])], met, r["id"], r["score"], r.get("bits") or 0.0)
    return hits


def grouped(rows: Iterable[Row], origin: Callable[[Row], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = collections.defaultdict(list)
    for r in rows:
        groups[origin(r)].append(r["id"])
    return groups


def rates(groups: dict[str, list[str]], hits: dict[str, Hit]) -> tuple[list[str], list[str]]:
    """The table, worst origin first, and the origins that stand out."""
    total = sum(map(len, groups.values()))
    mean = sum(i in hits for ids in groups.values() for i in ids) / max(total, 1)
    lines, conspicuous = ["| origin | names | hits | rate | times the mean |", "|---|---:|---:|---:|---:|"], []
    for rate, origin, ids in sorted(((sum(i in hits for i in v) / len(v), k, v) for k, v in groups.items()), key=lambda t: (-t[0], t[1])):
        ratio = rate / mean if mean else 0.0
        lines.append(f"| {origin} | {len(ids):,} | {sum(i in hits for i in ids)} | {rate:.4f} | {ratio:.1f} |")
        if ratio > CONSPICUOUS and len(ids) >= ENOUGH:
            conspicuous.append(origin)
    return [*lines, f"| **all** | {total:,} | {round(mean * total)} | {mean:.4f} | 1.0 |"], conspicuous


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def shown(title: str, ids: Iterable[str], hits: dict[str, Hit], limit: int) -> list[str]:
    found = sorted((hits[i] for i in ids if i in hits), key=lambda h: (-h.score, -h.bits, h.name))[:limit]
    if not found:
        return []
    rows = [f"| {cell(h.name)} | {cell(h.met)} | {h.entity} | {h.score:.4f} | {h.bits:.1f} |" for h in found]
    return ["", f"{title}:", "", "| name | met as | record | score | bits |", "|---|---|---|---:|---:|", *rows]


def section(groups: dict[str, list[str]], hits: dict[str, Hit], most: int) -> list[str]:
    """A table, the best hits of what stands out, and the best of all; never more than `most` rows of hits."""
    lines, conspicuous = rates(groups, hits)
    each = min(SHOWN, most // (len(conspicuous) + 1))
    for origin in conspicuous:
        lines += shown(f"Highest, {origin}", groups[origin], hits, each)
    return lines + shown("Highest of all", (i for ids in groups.values() for i in ids), hits, each)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--binary", type=Path, default=ROOT / "target/release/interdict", metavar="FILE", help="default: target/release/interdict")
    p.add_argument("--venv", type=Path, default=ROOT / "target/origins-venv", metavar="DIR", help="Faker's environment; default: target/origins-venv")
    p.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="default: benches/results")
    p.add_argument("--date", default=datetime.date.today().isoformat(), help="date of the table; default: today")
    a = p.parse_args()
    version, folder = engine(a.binary), eval_folder()
    python = environment(a.venv, PINS)
    say("making companies up")
    made = json.loads(subprocess.run([python, "-c", MAKE, str(EACH), str(SEED), ",".join(LOCALES)], capture_output=True, text=True, check=True).stdout)
    titles = {k: k if own else f"{k} (surnames in American patterns)" for k, (own, _, _) in made.items()}
    companies = [{"id": f"{k}-{n}", "schema": "Company", "name": v} for k, (_, names, _) in made.items() for n, v in enumerate(names)]
    real = [{"id": f"{k}-{n}", "schema": "Company", "name": v} for k, (_, _, names) in made.items() for n, v in enumerate(names)]
    people = read(folder / "q_neg_names.csv")
    country = {r["qid"]: r["country"] for r in read(folder / "gold_neg.tsv")}
    with tempfile.TemporaryDirectory(prefix="origins-") as temporary:
        say("screening")
        alarms = screened(a.binary, folder / "sdn.ftm.jsonl", companies, Path(temporary))
        known = screened(a.binary, folder / "sdn.ftm.jsonl", real, Path(temporary))
        false = screened(a.binary, folder / "sdn.ftm.jsonl", people, Path(temporary))
    text = [
        f"# False alarms at {THRESHOLD:.2f} by origin of the name, {a.date}", "",
        f"Interdict {version}; {', '.join(pins(PINS))}, seed {SEED}. OFAC SDN of 2023-12-28; nobody here is listed, save for namesakes.",
        "Made by `benches/peers/origins.py`; not edited.", "",
        f"## Companies that Faker makes up: at most {EACH} distinct names of each locale, screened as Company", "",
        "Faker makes companies of surnames and a few trade words: this tells how surnames and legal forms of a language fare,",
        "not how real companies do.", "",
        *section(grouped(companies, lambda r: titles[r["id"].partition("-")[0]]), alarms, 1000), "",
        "## Real companies on Faker's lists", "",
        "Not in the rates above: sanctions lists hold some of them, so that hits here may be right.", "",
        *rates(grouped(real, lambda r: r["id"].partition("-")[0]), known)[0], "",
        "## People of the shared set, by script", "", *section(grouped(people, lambda r: script(r["name"])), false, SHOWN_PEOPLE // 2), "",
        "## ... and by region", "", "By the row's country, which fits most names, not all: a loose guide.", "",
        *section(grouped(people, lambda r: REGION.get(country[r["id"]], "elsewhere")), false, SHOWN_PEOPLE // 2),
    ]  # fmt: skip
    a.results.mkdir(parents=True, exist_ok=True)
    out = a.results / f"{a.date}-origins.md"
    out.write_text("\n".join(text) + "\n", encoding="utf-8")
    say(f"written: {out.name}")
    print(out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
