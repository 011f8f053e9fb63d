"""The figures of the labelled sentences hold their floors, and no example of the lexicon is near a test sentence."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import yaml

ROOT = Path(__file__).parent.parent
NEAR = 0.5
"""Share of runs of four words in common from which two sentences count as copies of each other."""


def bench(name: str) -> ModuleType:
    """A script of bench/, which is no package."""
    if str(ROOT / "bench") not in sys.path:
        sys.path.insert(0, str(ROOT / "bench"))
    return importlib.import_module(name)


def bench_cases() -> ModuleType:
    return bench("cases")


def test_no_figure_falls_below_its_floor() -> None:
    cases = bench_cases()
    kept = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))
    assert kept["corpus"] == cases.corpus_hash(), "labels changed: run `python bench/cases.py --raise` and say why"
    assert not cases.worse(cases.measure(), kept["floors"])


def test_a_lower_figure_is_noticed() -> None:
    worse = bench_cases().worse
    floors = {"events": {"type_F1": 0.7, "false_alarm_rate": 0.1}}
    assert worse({"events": {"type_F1": 0.7, "false_alarm_rate": 0.1}}, floors) == []
    assert len(worse({"events": {"type_F1": 0.68, "false_alarm_rate": 0.12}}, floors)) == 2


def runs(text: str) -> frozenset[tuple[str, ...]]:
    words = ["".join(c for c in word.lower() if c.isalnum()) for word in text.split()]
    return frozenset(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def near_copies(one: list[str], other: list[str]) -> list[tuple[str, str]]:
    """Pairs whose shorter sentence shares at least `NEAR` of its runs of four words with the other."""
    index: dict[tuple[str, ...], list[int]] = {}
    shingles = [runs(text) for text in other]
    for number, found in enumerate(shingles):
        for run in found:
            index.setdefault(run, []).append(number)
    pairs = []
    for text in one:
        mine = runs(text)
        for number in {n for run in mine for n in index.get(run, ())}:
            least = min(len(mine), len(shingles[number]))
            if least and len(mine & shingles[number]) >= NEAR * least:
                pairs.append((text, other[number]))
    return pairs


def labelled(folder: Path) -> list[str]:
    """The sentences of all files of that form under the folder."""
    module = bench("sentences")
    return [sentence.text for path in sorted(folder.rglob("*.txt")) for sentence in module.read(path)[0]]


def measured_texts() -> list[str]:
    """Every sentence that something is measured on: event cases, negatives, mentions, whole reports, stories."""
    cases = ROOT / "tests" / "cases"
    found = [
        row["text"]
        for path in sorted([*(cases / "events").glob("*.yml"), *(cases / "mentions").glob("*.yml")])
        for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    ]
    found += labelled(cases / "negatives")
    for path in sorted((ROOT / "tests" / "reports").rglob("*.txt")):
        found += [text for line in path.read_text(encoding="utf-8").splitlines() for text in line.split(". ")]
    return [text for text in found if len(runs(text)) > 3]


def test_no_training_sentence_is_a_near_copy_of_a_test_sentence() -> None:
    sentences = labelled(ROOT / "training" / "sentences")
    assert len(sentences) > 8000
    assert near_copies(sentences, measured_texts()) == []


def test_every_training_sentence_is_labelled_in_its_own_words() -> None:
    module = bench("sentences")
    faults = [fault for path in (ROOT / "training" / "sentences").glob("*.txt") for fault in module.read(path)[1]]
    assert not faults, "\n".join(faults[:20])


def test_no_lexicon_example_is_a_near_copy_of_a_test_sentence() -> None:
    examples = []
    for path in sorted((ROOT / "data" / "ontology").glob("*.yml")):
        for pattern in yaml.safe_load(path.read_text(encoding="utf-8"))["patterns"]:
            examples += [example["text"] for example in pattern["examples"]]
            examples += pattern.get("not") or []
    tests = [
        row["text"]
        for path in sorted((ROOT / "tests" / "cases" / "events").glob("*.yml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    assert not near_copies(examples, tests)
    assert near_copies(["Troops shelled the old town on Monday."], ["On Sunday troops shelled the old town on Monday."])
