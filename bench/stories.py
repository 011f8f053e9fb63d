"""Are copies, versions and incidents as labelled? Scores `tests/cases/stories`: forty stories of three to six reports.

    python bench/stories.py [--misses N] [--pages FILE]

Copies: pairs of reports that print one text (precision, recall, F1 over all pairs of a story); a text that a source
printed later with newer figures is no copy but a version, and versions are scored as links from the later to the
earlier text.

Incidents: the labels name passages (tellings), the record holds coded events. An event stands for a telling when it is
of the same report and its trigger lies within the labelled words, or else within the sentence of the labelled words
and the type agrees. Each event stands for one telling and each telling has one event: same type goes before another
type, then a trigger within the words, then the event that comes first in the text. Events that stand for no telling
are left out: the labels are not exhaustive. A telling without an event is missed: in `incidents` it counts as one that
is in no incident (nothing for precision, zero for recall), so that this figure blames coder and merging together.
`merging` is B³ over the tellings that have an event of the labelled type, and `found` is the share of those: it tells
what merging does with what it is given.

Values side by side: a labelled number counts when the incident that holds most of the happening's tellings has it,
beside the report that tells it. `kept apart` is the share of pairs of happenings labelled as different, both found,
that share no incident.

Misses are shown of the stories at even places of their file alone; the other half tells what the rules are worth
unseen. `--pages` keeps the coded pages in a file and takes them from there the next time.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import orjson
import yaml

from vaka.engine import Engine, at_least
from vaka.errors import InputError
from vaka.reading.articles import Given, build
from vaka.record import Filters, Record, query
from vaka.record.pages import read_page
from vaka.record.words import sentence_around
from vaka.types import Event, Page

CASES = Path(__file__).parents[1] / "tests" / "cases" / "stories"

Case = dict[str, Any]
Telling = tuple[str, str]
"""The name of a happening and the report that tells it there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out for a story: counts by name, and one line a fault. `shown` is the half whose faults may be read."""

    name: str
    shown: bool
    counts: Counter[str]
    faults: tuple[str, ...]


def stories() -> Iterator[tuple[Case, bool]]:
    """Each story, and whether it is of the shown half."""
    for path in sorted(CASES.glob("*.yml")):
        rows: list[Case] = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
        yield from ((row, at % 2 == 1) for at, row in enumerate(rows))


def coded(kept: Path | None = None) -> dict[str, list[Page]]:
    """The pages of each story's reports, from `kept` where that file is there."""
    if kept and kept.exists():
        rows = orjson.loads(kept.read_bytes())
        return {name: [read_page(row, row["article"].pop("text")) for row in pages] for name, pages in rows.items()}
    given = {story["story"]: [reading(story, report) for report in story["reports"]] for story, _ in stories()}
    done = iter([at_least(page) for page in Engine().code([page for pages in given.values() for page in pages])])
    found = {name: [next(done) for _ in pages] for name, pages in given.items()}
    if kept:
        kept.write_bytes(orjson.dumps({name: [page.to_dict() for page in pages] for name, pages in found.items()}))
    return found


def reading(story: Case, report: Case) -> Page:
    names = ("id", "text", "title", "published", "source")
    read = build(Given(where=story["story"], name=report["id"], **{name: report[name] for name in names}))
    if isinstance(read, InputError):
        raise read
    return Page(read.article, issues=read.issues)


# Copies and versions


def copy_score(story: Case, record: Record, counts: Counter[str]) -> Iterator[str]:
    rows = {row["id"]: row for row in query.reports(record, Filters(genre=("all",)))["rows"]}
    wanted = {frozenset(pair) for group in story["copies"] for pair in combinations(group, 2)}
    found = {frozenset(pair) for pair in combinations(rows, 2) if prints_one_text(rows, *pair)}
    links = {(row["version_of"], row["id"]) for row in rows.values() if row["version_of"]}
    updates = {(earlier, later) for earlier, later in story["updates"]}
    for name, asked, told in (("copy", wanted, found), ("version", updates, links)):
        counts[f"{name} right"] += len(asked & told)
        counts[f"{name} wrong"] += len(told - asked)
        counts[f"{name} missed"] += len(asked - told)
        yield from (f"{name} missed {sorted(pair)}" for pair in asked - told)
        yield from (f"{name} wrong {sorted(pair)}" for pair in told - asked)


def prints_one_text(rows: dict[str, Case], first: str, second: str) -> bool:
    """Whether both are of one group, and neither is a later version of the other."""
    lines = [set(_versions(rows, name)) for name in (first, second)]
    return rows[first]["copy_group"] == rows[second]["copy_group"] and first not in lines[1] and second not in lines[0]


def _versions(rows: dict[str, Case], name: str | None) -> Iterator[str]:
    while name is not None:
        yield name
        name = rows[name]["version_of"]


# Incidents


def aligned(story: Case, pages: Sequence[Page]) -> dict[Telling, Event]:
    """The event that stands for each telling, where one does."""
    held = {page.article.id: page for page in pages}
    ranked = []
    for incident in story["incidents"]:
        for telling in incident["tellings"]:
            page = held[telling["report"]]
            for event in page.events:
                near = nearness(incident["type"], telling["words"], page, event)
                if near:
                    ranked.append((near, -event.trigger.start, incident["name"], telling["report"], event.id, event))
    pairs: dict[Telling, Event] = {}
    for _, _, name, report, _, event in sorted(ranked, key=lambda row: (row[:2], row[2:5]), reverse=True):
        if (name, report) not in pairs and event not in pairs.values():
            pairs[name, report] = event
    return pairs


def nearness(kind: str, words: str, page: Page, event: Event) -> int:
    """How well the event stands for the telling: 0 not at all, 3 of its type within its words."""
    text = page.article.text
    start = text.index(words)
    end = start + len(words)
    inside = start <= event.trigger.start < end
    if event.type == kind:
        first, last = sentence_around(text, start, end)
        return 3 if inside else 2 * (first <= event.trigger.start < last)
    return int(inside)


def incident_score(story: Case, record: Record, pages: Sequence[Page], counts: Counter[str]) -> Iterator[str]:
    pairs = aligned(story, pages)
    home = {
        telling["event"]: row["id"]
        for row in query.incidents(record, Filters(genre=("all",)))["rows"]
        for telling in row["tellings"]
    }
    kinds = {incident["name"]: incident["type"] for incident in story["incidents"]}
    tellings = [(i["name"], t["report"]) for i in story["incidents"] for t in i["tellings"]]
    placed = {telling: home[event.id] for telling, event in pairs.items()}
    right = {telling: at for telling, at in placed.items() if pairs[telling].type == kinds[telling[0]]}
    counts["tellings"] += len(tellings)
    counts["found"] += len(right)
    _b_cubed(tellings, placed, "incidents", counts)
    _b_cubed(list(right), right, "merging", counts)
    for first, second in story["apart"]:
        sides = [{at for (name, _), at in placed.items() if name == side} for side in (first, second)]
        if all(sides):
            counts["apart"] += 1
            counts["kept apart"] += not sides[0] & sides[1]
    yield from _split_or_mixed(tellings, placed, pairs)
    yield from (f"no event: {telling}" for telling in tellings if telling not in placed)


def _b_cubed(tellings: Sequence[Telling], placed: dict[Telling, str], name: str, counts: Counter[str]) -> None:
    """Adds each telling's precision and recall, in millionths: a Counter holds whole numbers."""
    wanted: dict[str, set[Telling]] = defaultdict(set)
    found: dict[str, set[Telling]] = defaultdict(set)
    for telling in tellings:
        wanted[telling[0]].add(telling)
        if telling in placed:
            found[placed[telling]].add(telling)
    for telling in tellings:
        counts[f"{name} asked"] += 1
        if telling in placed:
            shared = len(wanted[telling[0]] & found[placed[telling]])
            counts[f"{name} told"] += 1
            counts[f"{name} precision"] += 1_000_000 * shared // len(found[placed[telling]])
            counts[f"{name} recall"] += 1_000_000 * shared // len(wanted[telling[0]])


def _split_or_mixed(
    tellings: Sequence[Telling], placed: dict[Telling, str], pairs: dict[Telling, Event]
) -> Iterator[str]:
    for first, second in combinations([t for t in tellings if t in placed], 2):
        together, one = placed[first] == placed[second], first[0] == second[0]
        if together != one:
            fault = "mixed" if together else "split"
            yield f"{fault} {first}: {in_words(pairs[first])}\n          {second}: {in_words(pairs[second])}"


def in_words(event: Event) -> str:
    actors, recipients = (", ".join(a.name for a in side) for side in (event.actors, event.recipients))
    when = f"{event.when.start}..{event.when.end} {event.when.origin}" if event.when else None
    where = f"{event.where.name} {event.where.precision} {event.where.origin}" if event.where else None
    head = f"{event.type} {'/'.join(event.modes)} {event.status} {event.trigger.text!r}"
    return f"{head} [{actors}] > [{recipients}] on {when} in {where}"


# Values side by side


def value_score(story: Case, record: Record, pages: Sequence[Page], counts: Counter[str]) -> Iterator[str]:
    pairs = aligned(story, pages)
    rows = query.incidents(record, Filters(genre=("all",)))["rows"]
    for row in story["values"]:
        events = {event.id for (name, _), event in pairs.items() if name == row["incident"]}
        best = max(rows, key=lambda i: len(events & {t["event"] for t in i["tellings"]}), default=None)
        held = best if best and events & {t["event"] for t in best["tellings"]} else {"values": {}}
        told = held["values"].get(row["what"], [])
        for report, value in row["reports"].items():
            numbers = [v for v in told if report in v["reports"]]
            right = any(is_number(value, v) for v in numbers)
            counts["values"] += 1
            counts["values right"] += right
            if not right:
                shown = [(v["low"], v["high"], v["reports"]) for v in told]
                yield f"value {row['incident']} {row['what']} {value} in {report}: {shown}"


def is_number(asked: str, told: Case) -> bool:
    """Whether a number is the labelled one: an end of its range, or for a word (dozens) the word itself."""
    try:
        return float(asked) in (told["low"], told["high"])
    except ValueError:
        return asked in str(told["text"]).lower()


# Figures


def read_story(story: Case, shown: bool, pages: Sequence[Page]) -> Outcome:
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "story.db") as record:
        for page in pages:
            record.add(page)
        faults = [
            *copy_score(story, record, counts),
            *incident_score(story, record, pages, counts),
            *value_score(story, record, pages, counts),
        ]
    return Outcome(story["story"], shown, counts, tuple(faults))


def outcomes(kept: Path | None = None) -> list[Outcome]:
    """An outcome a story."""
    pages = coded(kept)
    return [read_story(story, shown, pages[story["story"]]) for story, shown in stories()]


def figures(found: Sequence[Outcome]) -> dict[str, float]:
    """The figures of the sets in the docstring."""
    total: Counter[str] = Counter()
    for outcome in found:
        total.update(outcome.counts)
    figures: dict[str, float] = {}
    for name, key in (("copies", "copy"), ("versions", "version")):
        right = total[f"{key} right"]
        figures[f"{name}_F1"] = 2 * right / max(1, 2 * right + total[f"{key} wrong"] + total[f"{key} missed"])
    for name in ("incidents", "merging"):
        precision = total[f"{name} precision"] / 1e6 / max(1, total[f"{name} told"])
        recall = total[f"{name} recall"] / 1e6 / max(1, total[f"{name} asked"])
        figures |= {f"{name}_P": precision, f"{name}_R": recall}
        figures[f"{name}_F1"] = 2 * precision * recall / max(1e-9, precision + recall)
    for name, of in (("found", "tellings"), ("kept apart", "apart"), ("values right", "values")):
        figures[name.replace(" ", "_")] = total[name] / max(1, total[of])
    return figures


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--misses", type=int, default=0)
    ask.add_argument("--pages", type=Path)
    args = ask.parse_args()
    found = outcomes(args.pages)
    halves = {"all": found, "shown": [o for o in found if o.shown], "unseen": [o for o in found if not o.shown]}
    for half, part in halves.items():
        values = "  ".join(f"{name} {value:.3f}" for name, value in figures(part).items())
        print(f"{half:6} {len(part):3}  {values}")
    for outcome in [o for o in halves["shown"] if o.faults][: args.misses]:
        print(f"  {outcome.name}\n      " + "\n      ".join(outcome.faults))


if __name__ == "__main__":
    main()
