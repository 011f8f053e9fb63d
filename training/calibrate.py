"""Fit the scores of events: how often an event has the right type, by what the network gives it. `make model` calls it.

    python training/calibrate.py            fits and writes `scores` to src/vaka/models/events/labels.json
    python training/calibrate.py --table    prints the reliability table: scores against how often they were right

Uses the tenth of the sentences that the network was not trained on; half of it (by hash) fits, the other half is what
the table shows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "training")]
from held import is_held_out  # noqa: E402
from sentences import Sentence, read  # noqa: E402

from vaka.coding.events import type_and_status  # noqa: E402
from vaka.coding.roles import Cast  # noqa: E402
from vaka.coding.select import tellings  # noqa: E402
from vaka.coding.weigh import RULE, Weighed, inputs_of  # noqa: E402
from vaka.engine import STAGES  # noqa: E402
from vaka.knowledge.ontology import ontology  # noqa: E402
from vaka.types import Article, Page, Zone  # noqa: E402

LABELS = ROOT / "src" / "vaka" / "models" / "events" / "labels.json"
STEPS = 4000
RATE = 0.05


@dataclass(frozen=True, slots=True)
class Case:
    """One event with its inputs and whether a label of its sentence has its type."""

    kind: str
    inputs: tuple[float, ...]
    score: float
    right: bool
    fits: bool


def sentences() -> list[Sentence]:
    """The held-out sentences, in the order of the files."""
    folder = ROOT / "training" / "sentences"
    return [s for path in sorted(folder.glob("*.txt")) for s in read(path)[0] if is_held_out(s.text)]


def cases() -> list[Case]:
    """Every event that the coder would tell in them, whatever its score."""
    found: list[Case] = []
    rows = sentences()
    for row, page in zip(rows, pages(rows), strict=True):
        cast = Cast.of(page)
        kinds = {label.type for label in row.labels}
        fits = hashlib.sha256(row.text.encode()).digest()[1] % 2 == 0
        for sentence in page.sentences:
            for telling in tellings(sentence, cast, ontology(), page.signals.get(sentence.index))[0]:
                if telling.chance is None:
                    continue
                alone = telling.reading.pattern.id == RULE
                weighed = Weighed(telling.reading, telling.chance, telling.retyped)
                inputs = inputs_of(page.signals[sentence.index], weighed, (*telling.actors, *telling.recipients))
                right = type_and_status(telling)[0] in kinds
                found.append(Case("network" if alone else "pattern", inputs, telling.score or 0.0, right, fits))
    return found


def pages(rows: Sequence[Sentence]) -> list[Page]:
    """The sentences through the stages before events."""
    made = [
        Page(Article(f"s{n}", s.text, published="2015-06-10", language="en", zones=(Zone("body", 0, len(s.text)),)))
        for n, s in enumerate(rows)
    ]
    for stage in STAGES:
        if stage.name == "events":
            break
        made = [page for at in range(0, len(made), 64) for page in stage.run(made[at : at + 64])]
    return made


def fitted(rows: Sequence[Case]) -> list[float]:
    """Logistic regression by gradient descent on the inputs of `vaka.coding.weigh.inputs_of`."""
    weights = [0.0] * len(rows[0].inputs)
    for _ in range(STEPS):
        slope = [0.0] * len(weights)
        for row in rows:
            guess = 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row.inputs, strict=True))))
            for i, x in enumerate(row.inputs):
                slope[i] += (row.right - guess) * x / len(rows)
        weights = [w + RATE * s for w, s in zip(weights, slope, strict=True)]
    return [round(weight, 4) for weight in weights]


def table(rows: Sequence[Case]) -> None:
    """Scores in tenths, against the share that was right."""
    for kind in ("pattern", "network"):
        for tenth in range(10):
            inside = [row for row in rows if row.kind == kind and not row.fits and int(row.score * 10) == tenth]
            if inside:
                mean, right = sum(r.score for r in inside) / len(inside), sum(r.right for r in inside) / len(inside)
                told = f"{len(inside):4} events  score {mean:.2f}  right {right:.2f}"
                print(f"{kind:8} {tenth / 10:.1f}–{(tenth + 1) / 10:.1f}  {told}")


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--table", action="store_true")
    args = ask.parse_args()
    rows = cases()
    if args.table:
        table(rows)
        return
    scores = {kind: fitted([row for row in rows if row.kind == kind and row.fits]) for kind in ("pattern", "network")}
    labels = json.loads(LABELS.read_text(encoding="utf-8")) | {"scores": scores}
    LABELS.write_text(json.dumps(labels, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(scores)


if __name__ == "__main__":
    main()
