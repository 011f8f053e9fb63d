"""The bundled sample against its annotation by hand: what was found, counted one answer at a time; it mends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import vaka
from vaka.record.words import stems
from vaka.types import Article

Row = dict[str, Any]
FOLDER = Path(vaka.__file__).parent / "sample" / "reports"
ANNOTATION = Path(__file__).parent / "sample" / "annotation.yml"
HAPPENED = ("occurred", "ongoing")


@dataclass(frozen=True, slots=True)
class Check:
    """One answer: what was asked, whether it holds, and what came out."""

    name: str
    holds: bool
    found: str = ""


def annotation() -> Row:
    """The file, every scalar as a string: dates stay as they are written."""
    loaded: Row = yaml.load(ANNOTATION.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


def articles() -> list[tuple[str, Article]]:
    """The sample's reports, each with the name that the annotation gives it."""
    return [(_name(path, article), article) for path in sorted(FOLDER.iterdir()) for article in vaka.read(path)]


def _name(path: Path, article: Article) -> str:
    return path.name if path.suffix in (".txt", ".html") else article.id


def share(checks: Iterable[Check]) -> float:
    held = [check.holds for check in checks]
    return sum(held) / len(held)


def lines(title: str, checks: list[Check]) -> str:
    """The score in words, then what is missing."""
    missing = [f"  - {check.name}: {check.found}" for check in checks if not check.holds]
    return "\n".join([f"{title}: {sum(c.holds for c in checks)} of {len(checks)} = {share(checks):.2f}", *missing])


# Incidents


def kinds(told: Row) -> set[tuple[str, str | None]]:
    """Types and modes that a reader would accept; a mode of None is any."""
    accepted: set[tuple[str, str | None]] = {(told["type"], told.get("mode"))}
    for other in told.get("also", []):
        words = str(other).split()
        if words[0].isupper():
            accepted.add((words[0], words[1] if len(words) > 1 else None))
        elif words[0] != "none":
            accepted.add((told["type"], words[0]))
    return accepted


def incident_checks(told: Iterable[Row], incidents: list[Row], names: dict[str, str]) -> list[Check]:
    """Whether each happening has an incident of its type and mode, with its country and day, in one of its reports."""
    checks: list[Check] = []
    for row in told:
        near = [i for i in incidents if _told_there(row, i, names) and _is_kind(row, i)]
        holds = any(_on_day(row, incident) and _in_country(row, incident) for incident in near)
        if holds or "none" not in row.get("also", []):
            checks.append(Check(row["what"], holds, "; ".join(map(_in_words, near)) or "nothing of this type"))
    return checks


def one_incident_checks(told: Iterable[Row], incidents: list[Row], names: dict[str, str]) -> list[Check]:
    """Whether a happening that several reports tell, each in an event of its kind, is one incident."""
    checks: list[Check] = []
    for row in told:
        near = [i for i in incidents if _told_there(row, i, names) and _is_kind(row, i)]
        reports = {t["report"] for i in near for t in i["tellings"] if names[t["report"]] in row["reports"]}
        if len(reports) > 1:
            best = max(sum(t["report"] in reports for t in _firsts(i)) for i in near)
            checks.append(Check(row["what"], best == len(reports), "; ".join(map(_in_words, near))))
    return checks


def _firsts(incident: Row) -> list[Row]:
    """One telling a report."""
    return list({telling["report"]: telling for telling in incident["tellings"]}.values())


def _told_there(row: Row, incident: Row, names: dict[str, str]) -> bool:
    return any(names[telling["report"]] in row["reports"] for telling in incident["tellings"])


def _is_kind(row: Row, incident: Row) -> bool:
    if incident["status"] not in HAPPENED:
        return False
    return any(incident["type"] == kind and (mode is None or mode in incident["modes"]) for kind, mode in kinds(row))


def _days(incident: Row) -> tuple[str, str]:
    """Its dates, or where no report tells one, the day on which the first of them appeared."""
    when = incident["when"]
    if when is None or when["start"] is None:
        return str(incident["first_published"]), str(incident["first_published"])
    return str(when["start"])[:10], str(when["end"] or when["start"])[:10]


def _on_day(row: Row, incident: Row) -> bool:
    start, end = _days(incident)
    return start <= str(row.get("until", row["date"])) and str(row["date"]) <= end


def _in_country(row: Row, incident: Row) -> bool:
    if "country" not in row:
        return True
    parties = incident["actors"] + incident["recipients"]
    where = incident["where"]
    return row["country"] in {party["country"] for party in parties} | {where["country"] if where else None}


def _in_words(incident: Row) -> str:
    parties = ", ".join(party["name"] for party in incident["actors"])
    where = incident["where"]["name"] if incident["where"] else None
    return f"{incident['type']} {incident['mode']} {_days(incident)[0]} {where} [{parties}] x{len(_firsts(incident))}"


# Numbers that disagree

NUMBERS = ("dead", "injured", "arrested", "size")


def value_checks(told: Iterable[Row], incidents: list[Row], names: dict[str, str]) -> list[Check]:
    """Whether the numbers of one figure stand side by side in one incident, each beside the report that tells it."""
    checks: list[Check] = []
    for row in told:
        if row["field"] not in NUMBERS:
            continue
        best = max(incidents, key=lambda incident: len(_beside(row, incident, names)))
        found = _beside(row, best, names)
        for value in row["values"]:
            name = f"{row['figure']}: {value['value']} in {value['report']}"
            beside = len({number for number, _ in found}) > 1
            checks.append(Check(name, beside and (value["value"], value["report"]) in found, _values(row, incidents)))
    return checks


def _beside(row: Row, incident: Row, names: dict[str, str]) -> set[tuple[str, str]]:
    wanted = {(value["value"], value["report"]) for value in row["values"]}
    told = incident["values"].get(row["field"], [])
    return {(number(v), names[report]) for v in told for report in v["reports"]} & wanted


def number(value: Row) -> str:
    return f"{value['low'] if value['low'] is not None else value['high']:g}"


def _values(row: Row, incidents: list[Row]) -> str:
    told = [[number(value) for value in i["values"][row["field"]]] for i in incidents if row["field"] in i["values"]]
    return f"incidents with {row['field']}: {told}"


# Pledges


def pledge_checks(told: Iterable[Row], pledges: list[Row], names: dict[str, str]) -> dict[str, list[Check]]:
    """Whether each promise was found; of those found, whether promiser, term and final status are right."""
    checks: dict[str, list[Check]] = {"found": [], "promiser": [], "due": [], "status": []}
    for row in told:
        words = f"{row['promiser']}: {row['content']}"
        pledge = max(pledges, key=lambda pledge: _likeness(row, pledge, names), default=None)
        found = pledge is not None and _likeness(row, pledge, names) >= 0.5
        checks["found"].append(Check(words, found, "no such pledge"))
        if pledge is None or not found:
            continue
        promiser, due = pledge["promiser"], pledge["due"]
        named = promiser is not None and bool(stems(promiser["name"]) & stems(row["promiser"]))
        checks["promiser"].append(Check(words, named, promiser["name"] if promiser else "nobody"))
        ends = due["end"][:10] if due and due["end"] else None
        terms = [row.get("due"), *row.get("also_due", [])]
        checks["due"].append(Check(words, ends in terms, str(ends)))
        history = " > ".join(f"{change['status']} {change['date']}" for change in pledge["history"])
        right = pledge["status"] in (row["status"], *row.get("also", []))
        checks["status"].append(Check(f"{words} ({row['status']})", right, history))
    return checks


def _likeness(row: Row, pledge: Row, names: dict[str, str]) -> float:
    """Share of the annotated words in the pledge; none where it stands in another report."""
    if not {names[report] for report in pledge["reports"]} & set(row["told_in"]):
        return 0.0
    wanted = stems(row["content"])
    return len(wanted & stems(pledge["content"]["text"])) / len(wanted) if wanted else 0.0


# Causes


def cause_checks(told: Iterable[Row], pages: dict[str, vaka.Page]) -> list[Check]:
    """Whether each told cause was found: both sides share most of their words with the annotation's."""
    checks: list[Check] = []
    for row in told:
        causes = pages[row["report"]].causes
        holds = any(
            _overlaps(row["cause"], cause.cause.text) and _overlaps(row["effect"], cause.effect.text)
            for cause in causes
        )
        words = f"{row['cause']} > {row['effect']}"
        found = "; ".join(f"{cause.cause.text} > {cause.effect.text}" for cause in causes)
        checks.append(Check(words, holds, " ".join(found.split()) or "none"))
    return checks


def not_cause_checks(told: Iterable[Row], pages: dict[str, vaka.Page]) -> list[Check]:
    """Whether no cause was made of words in which nobody claims one."""
    rows = [row for row in told if "cause" not in row.get("also", [])]
    return [
        Check(row["words"], not any(_overlaps(row["words"], c.effect.text) for c in pages[row["report"]].causes))
        for row in rows
    ]


def _overlaps(wanted: str, found: str) -> bool:
    first, second = stems(wanted), stems(found)
    if not first or not second:
        return wanted.lower() in found.lower() or found.lower() in wanted.lower()
    return len(first & second) * 2 >= min(len(first), len(second))


# What is not to be counted


def not_counted_checks(told: Iterable[Row], pages: dict[str, vaka.Page]) -> list[Check]:
    """Whether words that look like events of the crisis give none that happened."""
    checks: list[Check] = []
    for row in told:
        page = pages[row["report"]]
        found = [event for event in page.events if event.status in HAPPENED and _within(page, row["words"], event)]
        words = f"{row['words']} ({row['why']})"
        checks.append(Check(words, not found, ", ".join(f"{e.type} {e.trigger.text}" for e in found)))
    return checks


def _within(page: vaka.Page, words: str, event: vaka.Event) -> bool:
    text = " ".join(page.article.text.split())
    if words not in text:
        return False
    spans = list(_occurrences(page.article.text, words))
    return any(start <= event.trigger.start < end for start, end in spans)


def _occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)
