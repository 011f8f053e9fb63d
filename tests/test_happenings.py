"""Whether the events that two sources tell of come together, read from their words: one happening is one incident."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from vaka.engine import Engine
from vaka.errors import InputError
from vaka.reading.articles import Given, build
from vaka.record import Record, query
from vaka.types import Page

Case = dict[str, Any]


def cases() -> list[Case]:
    path = Path(__file__).parent / "cases" / "happenings.yml"
    return list(yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader))


@cache
def pages() -> dict[str, Page]:
    given = []
    for case in cases():
        for source, text, day in zip(("North Star", "South Cross"), case["texts"], case["days"], strict=True):
            read = build(
                Given("test", case["name"], text, id=f"{case['name']}, {source}", published=day, source=source)
            )
            assert not isinstance(read, InputError)
            given.append(Page(read.article, issues=read.issues))
    coded = [page for page in Engine().code(given) if not isinstance(page, InputError)]
    return {page.article.id: page for page in coded}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_two_sources(case: Case, tmp_path: Path) -> None:
    with Record(tmp_path / "two.db") as record:
        for source in ("North Star", "South Cross"):
            record.add(pages()[f"{case['name']}, {source}"])
        rows = query.incidents(record)["rows"]
    of_type = [row for row in rows if row["type"] in (case["type"], case.get("or"))]
    assert of_type
    together = [row for row in of_type if len({telling["report"] for telling in row["tellings"]}) == 2]
    assert bool(together) is (case["one"] == "yes")
