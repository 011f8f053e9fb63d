"""What a record learns from its reports: by their dates and not their arrival, with the passage, no page changed."""

from __future__ import annotations

import itertools
from pathlib import Path

import vaka
from vaka.record import query
from vaka.record.query import Filters
from vaka.record.store import Record

REPORTS = {
    "a": ("2024-03-05", "Gabonese Interior Minister Hermann Ngoulou Bata ordered police to clear the port."),
    "b": ("2024-03-12", "Hermann Ngoulou Bata criticised the unions. The unions in the port rejected the offer."),
    "c": ("2024-02-01", "Hermann Ngoulou Bata praised the dockers in a letter."),
    "d": ("2024-06-20", "Gabonese Interior Minister Odile Mavoungou Ekang visited the port."),
    "e": ("2024-07-01", "Hermann Ngoulou Bata condemned the arrests of the dockers."),
}  # fmt: skip


def held(path: Path, order: str) -> Record:
    record = Record(path)
    for name in order:
        published, text = REPORTS[name]
        record.add(vaka.code(text, published=published, id=name))
    return record


def remembered(record: Record) -> dict[str, tuple[str, str, str | None]]:
    """Report to name, country and office of the mention that the record's memory resolves in it."""
    rows = record.ask(
        "SELECT a.report, m.name, m.country, m.office FROM remembered m JOIN actors a ON a.id = m.mention ORDER BY a.id"
    )
    return {row["report"]: (row["name"], row["country"], row["office"]) for row in rows}


def test_a_later_report_is_read_with_what_an_earlier_one_told(tmp_path: Path) -> None:
    record = held(tmp_path / "a.db", "abcde")
    found = remembered(record)
    assert found["b"] == ("Hermann Ngoulou Bata", "GAB", "interior minister")
    assert "c" not in found, "nobody had told it when that report appeared"
    assert found["e"] == ("Hermann Ngoulou Bata", "GAB", None), "somebody else was told to hold the office since"
    events = query.timeline(record, Filters(country=("GAB",), type=("ACCUSE",)))["rows"]
    assert {telling["report"] for row in events for telling in row["tellings"]} == {"b", "e"}
    assert events[0]["actors"][0]["resolved_by"] == "memory"
    lessons = query.memory(record)["rows"]
    assert [(row["name"], row["office"], row["first_told"]) for row in lessons] == [
        ("Hermann Ngoulou Bata", "interior minister", "2024-03-05"),
        ("Odile Mavoungou Ekang", "interior minister", "2024-06-20"),
    ]
    assert lessons[0]["learnt_from"][0]["evidence"]["text"] == "Gabonese Interior Minister Hermann Ngoulou Bata"
    assert not record.verify()


def test_no_page_changes_and_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    dumps = set()
    for number, order in enumerate(itertools.islice(itertools.permutations("abde"), 0, 24, 5)):
        record = held(tmp_path / f"{number}.db", "".join(order))
        dumps.add(str(sorted(remembered(record).items())) + str(query.memory(record)))
        assert all(actor.resolved_by != "memory" for page in record.pages() for actor in page.actors)
        record.close()
    assert len(dumps) == 1


def test_a_name_that_two_people_bear_stays_open(tmp_path: Path) -> None:
    record = held(tmp_path / "a.db", "a")
    other = "Congolese Interior Minister Rose Bata opened the talks. It was raining in Brazzaville all day."
    record.add(vaka.code(other, published="2024-03-06", id="x"))
    record.add(vaka.code("Bata criticised the unions on Tuesday.", published="2024-03-12", id="y"))
    assert "y" not in remembered(record)
