"""Which later reports are further takes of a running story, what changed, and what follows for sources and values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from vaka.engine import Engine
from vaka.errors import InputError
from vaka.reading.articles import Given, build
from vaka.record import Record, query
from vaka.record.openings import counts
from vaka.types import Page, Span

CASES = Path(__file__).parent / "cases" / "versions.yml"
Case = dict[str, Any]


def cases() -> list[Case]:
    return list(yaml.load(CASES.read_text(encoding="utf-8"), yaml.CBaseLoader))


def read(name: str, report: dict[str, str]) -> Page:
    text, title, published, source = (report[key] for key in ("text", "title", "published", "source"))
    given = build(Given("test", name, text, id=name, title=title, published=published, source=source))
    assert not isinstance(given, InputError)
    return Page(given.article, issues=given.issues)


@cache
def pages() -> dict[str, Page]:
    given = [read(f"{at} {side}", case[side]) for at, case in enumerate(cases()) for side in ("earlier", "later")]
    done = [page for page in Engine().code(given) if not isinstance(page, InputError)]
    return {page.article.id: page for page in done}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "takes.db") as opened:
        yield opened


@pytest.mark.parametrize(
    ("at", "case"), list(enumerate(cases())), ids=lambda value: value["name"] if isinstance(value, dict) else ""
)
@pytest.mark.parametrize("backwards", [False, True])
def test_takes_of_one_story(record: Record, at: int, case: Case, backwards: bool) -> None:
    names = (f"{at} earlier", f"{at} later")
    for name in reversed(names) if backwards else names:
        record.add(pages()[name])
    found = record.ask("SELECT version_of FROM reports WHERE id = ?", (names[1],))[0]["version_of"]
    assert (found == names[0]) == (case["version"] == "yes")


def numbered(name: str) -> int:
    return next(at for at, case in enumerate(cases()) if case["name"].startswith(name))


def both(record: Record, at: int) -> tuple[str, str]:
    names = (f"{at} earlier", f"{at} later")
    for name in names:
        record.add(pages()[name])
    return names


def test_versions_are_one_source_and_the_last_value_stands(record: Record) -> None:
    earlier, later = both(record, numbered("the wire's second take"))
    rows = query.incidents(record)["rows"]
    told = [row for row in rows if {t["report"] for t in row["tellings"]} == {earlier, later}]
    assert [row["independent_sources"] for row in told] == [1]
    values = {value["low"]: value["superseded"] for row in told for value in row["values"]["dead"]}
    assert values == {23.0: True, 125.0: False}


def test_two_sources_stay_two(record: Record) -> None:
    both(record, numbered("another source"))
    values = [value for row in query.incidents(record)["rows"] for told in row["values"].values() for value in told]
    assert values
    assert not any(value["superseded"] for value in values)


def test_what_changed_is_shown_with_its_words(record: Record) -> None:
    earlier, later = both(record, numbered("the first sentence stands"))
    changed = query.show(record, later)["changes"]
    assert changed["from"] == earlier
    assert [span["text"] for span in changed["removed"]] == ["Traffic had stopped by evening."]
    assert [span["text"] for span in changed["added"]] == [
        "In the morning a captain read out that the constitution was dissolved.",
        "Nobody knew where the president was.",
    ]
    for side, name in (("added", later), ("removed", earlier)):
        text = record.page(name).article.text
        assert all(text[span["start"] : span["end"]] == span["text"] for span in changed[side])
    assert query.show(record, earlier)["changes"] is None


def test_numbers_that_changed_stand_side_by_side(record: Record) -> None:
    _, later = both(record, numbered("vague number made exact"))
    [number] = query.show(record, later)["changes"]["values"]
    assert number["kind"] == "dead"
    assert [[span["text"] for span in number[side]] for side in ("was", "is")] == [["dozens"], ["215"]]


def test_a_third_take_follows_the_second_in_any_order(tmp_path: Path) -> None:
    at = numbered("arrests grow")
    third = {
        "published": "2011-08-12", "source": "Thames Press Agency", "title": "More than 1,500 held over London riots",
        "text": "LONDON - London police have arrested 1,521 people since the riots that broke out in Tottenham on "
        "Saturday.",
    }  # fmt: skip
    last = next(page for page in Engine().code([read("third", third)]) if not isinstance(page, InputError))
    found: list[list[tuple[str, str | None]]] = []
    for order in permutations([pages()[f"{at} earlier"], pages()[f"{at} later"], last]):
        with Record(tmp_path / f"{len(found)}.db") as record:
            for page in order:
                record.add(page)
            rows = record.ask("SELECT id, version_of FROM reports ORDER BY id")
            found.append([(row["id"], row["version_of"]) for row in rows])
    assert found == [[(f"{at} earlier", None), (f"{at} later", f"{at} earlier"), ("third", f"{at} later")]] * 6


def span_of(text: str) -> Span:
    return Span(0, len(text), text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Some 1,200 people died and thirty-one were wounded.", [("dead", 1200), ("injured", 31)]),
        ("The quake of 1999 killed 17,000.", [("dead", 17000)]),
        ("Police detained scores of students.", [("arrested", 40)]),
        ("Half a year later 2.5 million people had left.", [("people", 2_500_000)]),
        ("Prices rose by 12 percent within 3 days.", []),
    ],
)
def test_numbers_of_people_are_read(text: str, told: list[tuple[str, float]]) -> None:
    assert sorted((count.kind, count.value) for count in counts(span_of(text))) == sorted(told)
