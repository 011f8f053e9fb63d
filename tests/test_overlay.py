"""A user's own knowledge wins over the built-in, and a mistake in it is named with its file and line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FILES = {
    "actors/people-own.yml": "people:\n  - {name: Zelda Quorn, names: [Quorn], country: NOR, sector: GOV,\n"
    "     terms: [{role: foreign minister, from: 2025-01}]}\n",
    "actors/groups-own.yml": "groups:\n  - {key: OWN_SDF, name: Sava Defence Front, acronyms: [SDF], country: SRB,\n"
    "     sector: REB}\n",
    "places/sites.tsv": "name\tlat\tlon\tcountry\tprecision\taliases\nFrobville\t10\t10\tNGA\tcity\tFrob Town\n",
    "places/overrides.tsv": "alias\ttarget\tnote\nMainville\t2950159\tBerlin\nKyiv\tnever\ta ship here\n",
    "lexicon/agents.yml": "agents:\n  - {noun: frobber, plural: frobbers, sector: REB, kind: armed-group}\n",
    "ontology/own.yml": "type: ASSAULT\npatterns:\n  - id: own.zap\n    verbs: [zap]\n    mode: firearms\n"
    "    examples: [{text: Soldiers zapped rebels.}]\n",
}
REPORT = "Foreign Minister Quorn said frobbers zapped SDF fighters in Frob Town near Mainville on Monday."


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def vaka(*words: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, since knowledge loads once a process."""
    return subprocess.run(
        [sys.executable, "-m", "vaka.cli", *words], input=given, capture_output=True, text=True, timeout=300,
        env=os.environ | environment,
    )  # fmt: skip


def test_own_actors_places_nouns_and_patterns_win(tmp_path: Path) -> None:
    own = written(tmp_path / "own", FILES)
    done = vaka("code", "-", "--date", "2025-05-06", "--format", "jsonl", "--knowledge", str(own), given=REPORT)
    assert done.returncode == 0, done.stderr
    page = json.loads(done.stdout)
    event = next(event for event in page["events"] if event["basis"]["rule"] == "own.zap")
    assert (event["type"], event["mode"], event["where"]["name"]) == ("ASSAULT", "firearms", "Frobville")
    assert event["actors"][0]["sector"] == "REB"
    assert event["recipients"][0]["country"] == "SRB"
    assert {"Zelda Quorn"} <= {actor["name"] for actor in page["actors"]}
    assert "Berlin" in {place["name"] for place in page["places"]}
    plain = vaka("code", "-", "--date", "2025-05-06", "--format", "jsonl", given=REPORT)
    assert json.loads(plain.stdout)["engine"]["knowledge"] != page["engine"]["knowledge"]


def test_the_environment_names_the_folder_too(tmp_path: Path) -> None:
    own = written(tmp_path / "own", FILES)
    found = vaka("knowledge", "why", "Quorn", "--format", "json", VAKA_KNOWLEDGE=str(own))
    assert [(row["name"], row["at"], row["taken"]) for row in json.loads(found.stdout)] == [
        ("Zelda Quorn", "people-own.yml:2", True)
    ]
    assert vaka("knowledge", "why", "Quorn").returncode == 2


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("actors/people-own.yml", "people:\n  - {name: A, sector: FOO}\n", "people-own.yml:2: the sector 'FOO'"),
        ("actors/people-own.yml", "people:\n  - {name: A, sure: high}\n", "sure: high needs a document"),
        ("lexicon/nonsense.yml", "rows: []\n", "is not read"),
        (
            "places/sites.tsv",
            "name\tlat\tlon\tcountry\tprecision\taliases\nX\t99\t0\tNGA\tcity\t\n",
            "sites.tsv:2: no spot",
        ),
        ("places/overrides.tsv", "alias\ttarget\tnote\nX\t99999999999\t\n", "no GeoNames id"),
        ("ontology/own.yml", "type: ASSAULT\npatterns:\n  - {id: own.x, verbs: [zap]}\n", "own.yml:3"),
        ("notes/own.yml", "a: b\n", "holds none of the folders"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, name: str, text: str, words: str) -> None:
    own = written(tmp_path / "own", {name: text})
    done = vaka("knowledge", "check", str(own))
    assert done.returncode == 2
    assert words in done.stderr


def test_totals_tell_how_sure_each_kind_is() -> None:
    done = vaka("knowledge", "list", "--format", "json")
    rows = {row["kind"]: row for row in json.loads(done.stdout)}
    people = rows["people"]
    assert people["entries"] == people["high"] + people["medium"] + people["low"]
    assert people["entries"] >= 3000
    assert rows["organizations"]["terms or members"] > 1000


def test_a_group_in_government_is_the_government(tmp_path: Path) -> None:
    report = "The Taliban arrested three journalists in Kabul on Monday."
    sectors = []
    for date in ("2015-03-03", "2023-03-07"):
        done = vaka("code", "-", "--date", date, "--format", "jsonl", given=report)
        sectors.append(json.loads(done.stdout)["events"][0]["actors"][0]["sector"])
    assert sectors == ["REB", "GOV"]
