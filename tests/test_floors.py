"""The figures of the labelled sentences hold their floors, and no example of the lexicon is near a test sentence."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import yaml

ROOT = Path(__file__).parent.parent
NEAR = 0.5
"""Share of runs of four words in common from which two sentences count as copies of each other."""


def bench_cases() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_cases", ROOT / "bench" / "cases.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_cases"] = module
    spec.loader.exec_module(module)
    return module


def test_no_figure_falls_below_its_floor() -> None:
    cases = bench_cases()
    kept = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))
    assert kept["corpus"] == cases.corpus_hash(), "labels changed: run `python bench/cases.py --raise` and say why"
    assert not cases.worse(cases.measure(), kept["floors"])


def test_a_lower_figure_is_noticed() -> None:
    worse = bench_cases().worse
    floors = {"events": {"type_F1": 0.7, "false_alarm_rate": 0.1}}
    assert worse({"events": {"type_F1": 0.7, "false_alarm_rate": 0.1}}, floors) == []
    assert len(worse({"events": {"type_F1": 0.69, "false_alarm_rate": 0.12}}, floors)) == 2


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
