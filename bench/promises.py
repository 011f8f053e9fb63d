"""Are promises found, and followed to their end? Scores `tests/cases/promises`: sentences, and stories of reports.

    python bench/promises.py [--misses N]

A pledge is found when its kind agrees and the labelled content words stand within its content; what is found beyond
the labels is wrong. Promiser (words or country) and due date are asked of the found ones. A story is right when its
pledge has the labelled status on the day `as_of`; its passage is right when the change to that status cites the
labelled words. Misses are shown of one half only, chosen by the hash of the text or the story's name; the
other half tells what the rules are worth unseen.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import vaka
from vaka.engine import Engine
from vaka.record import Record, query
from vaka.record.pledges import on_day
from vaka.types import Actor, Article, Page, Pledge

CASES = Path(__file__).parents[1] / "tests" / "cases" / "promises"
CITED = 0.5
"""Share of the shorter of two passages in which they overlap, from which one cites the other."""

Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out for a sentence or a story: counts by name, and one line a fault."""

    name: str
    counts: dict[str, int]
    faults: tuple[str, ...]

    @property
    def shown(self) -> bool:
        """Whether it is of the half whose misses may be read."""
        return hashlib.sha256(self.name.encode()).digest()[0] % 2 == 0


def cases(name: str) -> list[Case]:
    rows: list[Case] = yaml.load((CASES / f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return rows


# Sentences


def holds(asked: str, told: str | None) -> bool:
    """Whether all words of the label stand in what was found."""
    return told is not None and all(word in told.lower() for word in asked.lower().split())


def is_promiser(asked: Case, actor: Actor | None) -> bool:
    """Whether the promiser is named by the labelled words or is of the labelled country."""
    if actor is None:
        return False
    told = (actor.name, actor.span.text, actor.role)
    named = "promiser" in asked and any(holds(asked["promiser"], words) for words in told)
    return named or ("country" in asked and actor.country == asked["country"])


def read_sentence(case: Case, page: Page) -> Outcome:
    counts = dict.fromkeys(("found", "missed", "wrong", "promisers", "promiser", "dues", "due"), 0)
    faults: list[str] = []
    left = list(page.pledges)
    for asked in case["pledges"]:
        found = next((p for p in left if p.kind == asked["kind"] and holds(asked["content"], p.content.text)), None)
        if found is None:
            counts["missed"] += 1
            faults.append(f"missed {asked}")
            continue
        left.remove(found)
        counts["found"] += 1
        if "promiser" in asked or "country" in asked:
            counts["promisers"] += 1
            counts["promiser"] += is_promiser(asked, found.promiser)
            if not is_promiser(asked, found.promiser):
                faults.append(f"promiser is not {asked.get('promiser')}: {told(found)}")
        if "due" in asked:
            right = found.due is not None and (found.due.end or "")[:10] == asked["due"]
            counts["dues"] += 1
            counts["due"] += right
            if not right:
                faults.append(f"due is not {asked['due']}: {told(found)}")
    counts["wrong"] += len(left)
    faults += [f"wrong {told(pledge)}" for pledge in left]
    return Outcome(case["text"], counts, tuple(faults))


def told(pledge: Pledge) -> str:
    giver = f"{pledge.promiser.name} ({pledge.promiser.country})" if pledge.promiser else "nobody"
    due = pledge.due.end if pledge.due else None
    return f"{pledge.kind} by {giver}, {pledge.basis.rule}: {pledge.content.text!r} due {due}"


def sentences() -> list[Outcome]:
    """An outcome a sentence."""
    rows = cases("sentences")
    articles = [Article(f"s{n}", row["text"], published=row["published"]) for n, row in enumerate(rows)]
    return [read_sentence(row, page) for row, page in zip(rows, Engine().code(articles), strict=True)]


# Stories


def coded(story: Case) -> list[Page]:
    """The pages of a story's reports."""
    return [
        vaka.code(report["text"], published=report["published"], title=report["title"], id=report["id"])
        for report in story["reports"]
    ]


def pledges_of(pages: Sequence[Page], day: str) -> list[Case]:
    """The pledges of a record of these pages, as they stand on that day."""
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "story.db") as record:
        for page in pages:
            record.add(page)
        return [on_day(row, day) for row in query.pledges(record, query.Filters(genre=("all",)))["rows"]]


def read_story(story: Case, pages: Sequence[Page]) -> Outcome:
    asked, wanted = story["pledge"], story["status"]
    texts = {page.article.id: page.article.text for page in pages}
    rows = [
        row
        for row in pledges_of(pages, story["as_of"])
        if asked["report"] in row["reports"] and row["kind"] != "ultimatum"
        and holds(asked["content"], row["content"]["text"])
    ]  # fmt: skip
    counts = {"found": int(bool(rows)), "status": 0, "passage": 0}
    if not rows:
        of_report = next(page for page in pages if page.article.id == asked["report"])
        return Outcome(story["story"], counts, (f"missed {asked}", *(told(p) for p in of_report.pledges)))
    row = min(rows, key=lambda row: row["kind"] != "pledge")
    history = [f"{c['status']} {c['date']} {c['report']} {c['evidence'][0]['text']!r}" for c in row["history"]]
    counts["status"] = int(row["status"] == wanted)
    counts["passage"] = int(counts["status"] and is_cited(story.get("because"), row, texts))
    faults = [f"wanted {wanted} {story.get('because') or ''}", *history, f"  of {row['content']['text']!r}"]
    return Outcome(story["story"], counts, () if counts["passage"] else tuple(faults))


def is_cited(because: Case | None, row: Case, texts: dict[str, str]) -> bool:
    """Whether a change to the last status cites the labelled words; an open pledge needs none."""
    if not because:
        return True
    start = texts[because["report"]].index(because["words"])
    end = start + len(because["words"])
    for change in row["history"]:
        if change["status"] == row["status"] and change["report"] == because["report"]:
            for span in change["evidence"]:
                shared = min(end, span["end"]) - max(start, span["start"])
                if shared >= CITED * min(end - start, span["end"] - span["start"]):
                    return True
    return False


def stories() -> list[Outcome]:
    """An outcome a story."""
    return [read_story(story, coded(story)) for story in cases("stories")]


# Figures


def share(found: Sequence[Outcome], part: str, of: str) -> float:
    return sum(o.counts[part] for o in found) / max(1, sum(o.counts[of] for o in found))


def sentence_figures(found: Sequence[Outcome]) -> dict[str, float]:
    hits, missed, wrong = (sum(o.counts[name] for o in found) for name in ("found", "missed", "wrong"))
    return {
        "F1": 2 * hits / max(1, 2 * hits + missed + wrong),
        "precision": hits / max(1, hits + wrong),
        "recall": hits / max(1, hits + missed),
        "promiser": share(found, "promiser", "promisers"),
        "due": share(found, "due", "dues"),
    }


def story_figures(found: Sequence[Outcome]) -> dict[str, float]:
    return {name: sum(o.counts[name] for o in found) / max(1, len(found)) for name in ("found", "status", "passage")}


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--misses", type=int, default=0)
    args = ask.parse_args()
    for name, found, figures in (
        ("sentences", sentences(), sentence_figures),
        ("stories", stories(), story_figures),
    ):
        halves = {"all": found, "shown": [o for o in found if o.shown], "unseen": [o for o in found if not o.shown]}
        for half, part in halves.items():
            values = "  ".join(f"{key} {value:.3f}" for key, value in figures(part).items())
            print(f"{name:9} {half:6} {len(part):3}  {values}")
        for outcome in [o for o in halves["shown"] if o.faults][: args.misses]:
            print(f"  {outcome.name}\n      " + "\n      ".join(outcome.faults))


if __name__ == "__main__":
    main()
