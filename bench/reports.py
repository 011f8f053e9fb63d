"""Events of the ten whole reports of `tests/reports/ten`, read by hand: F1 over reports, with what was missed.

    python bench/reports.py [--misses] [--min-score S]

An event is found when type and happening (told as happened, or not) agree and one of its passages or its trigger lies
where a telling of the label stands; each label and each event counts once.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import vaka
from vaka.types import Event, Page

FOLDER = Path(__file__).parents[1] / "tests" / "reports" / "ten"
TOLD = frozenset({"occurred", "ongoing", "historical"})


@dataclass(frozen=True, slots=True)
class Report:
    """One report with its labels, its page, and which event answers which label."""

    name: str
    labels: list[dict[str, Any]]
    page: Page
    pairs: dict[int, int]
    events: list[Event]


def reports(least: float | None = None) -> list[Report]:
    """All reports, coded; events that score below `least` (None: the default) are left out."""
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        page = vaka.code(text, published=raw["published"], id=path.stem, min_score=least)
        events = list(page.events)
        found.append(Report(path.stem, raw["events"], page, paired(raw["events"], page, events), events))
    return found


def paired(labels: list[dict[str, Any]], page: Page, events: list[Event]) -> dict[int, int]:
    """Label to event, one to one, the nearest pairs first."""
    ranked = sorted(
        ((nearness(label, page, event), i, j) for i, label in enumerate(labels) for j, event in enumerate(events)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for near, i, j in ranked:
        if near > 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def nearness(label: dict[str, Any], page: Page, event: Event) -> int:
    """0 where they do not fit, 1 where a passage holds the label's words, 3 where the trigger stands in them."""
    if event.type != label["type"] or (event.status in TOLD) != (label["status"] in TOLD):
        return 0
    text, best = page.article.text, 0
    for stretch in (label["words"], *label.get("also", ())):
        start = text.find(stretch)
        end = start + len(stretch)
        if start <= event.trigger.start < end:
            best = max(best, 3)
        elif any(span.start <= start < span.end for span in event.evidence):
            best = max(best, 1)
    return best


def countries(parties: list[dict[str, Any]]) -> set[str]:
    return {party["country"] for party in parties if party.get("country")}


def figures(found: list[Report]) -> dict[str, float]:
    """Precision, recall and F1 of events, and the share of found ones with a right actor and recipient country."""
    hits = sum(len(report.pairs) for report in found)
    labels, events = sum(len(r.labels) for r in found), sum(len(r.events) for r in found)
    sides = {"actors": [0, 0], "recipients": [0, 0]}
    for report in found:
        for i, j in report.pairs.items():
            for side, count in sides.items():
                wanted = countries(report.labels[i].get(side, []))
                count[1] += bool(wanted)
                count[0] += bool(wanted & {actor.country for actor in getattr(report.events[j], side)})
    return {
        "P": hits / max(1, events), "R": hits / labels, "F1": 2 * hits / (labels + events),
        "actor": sides["actors"][0] / max(1, sides["actors"][1]),
        "recipient": sides["recipients"][0] / max(1, sides["recipients"][1]),
    }  # fmt: skip


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--misses", action="store_true")
    ask.add_argument("--min-score", type=float, default=None)
    args = ask.parse_args()
    found = reports(args.min_score)
    for report in [*found, None]:
        part = found if report is None else [report]
        print(f"{report.name if report else 'all':24}" + "  ".join(f"{k} {v:.3f}" for k, v in figures(part).items()))
        if report and args.misses:
            for i, label in enumerate(report.labels):
                if i not in report.pairs:
                    print(f"   missed {label['type']} {label['status']} {label['words']!r}")
            for j, event in enumerate(report.events):
                if j not in report.pairs.values():
                    basis = f"{event.basis.rule} {event.basis.score}"
                    told = f"{event.type} {event.status} {event.trigger.text!r} {basis}"
                    print(f"   extra  {told} | {event.evidence[0].text[:150]}")


if __name__ == "__main__":
    main()
