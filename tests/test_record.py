"""The record: what is added stays, what is derived follows from dates and not from arrival, what is cited is there."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from record_pages import bombing, clock, crisis, dump, fill, quake

from vaka.errors import RecordError
from vaka.record import Record, query
from vaka.record.store import APPLICATION_ID, SCHEMA_VERSION
from vaka.record.table import event_table
from vaka.types import Article, Page


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "crisis.db", clock=clock) as made:
        yield made


def filled(path: Path, pages: list[Page]) -> dict[str, Any]:
    """Everything derived, as the questions give it."""
    with Record(path, clock=clock) as record:
        fill(record, pages)
        return {
            "reports": query.reports(record),
            "incidents": query.incidents(record),
            "pledges": query.pledges(record),
            "actors": query.actors(record),
            "disagreements": query.disagreements(record),
            "table": event_table(record),
        }


# Adding


def test_adding_twice_changes_nothing(record: Record) -> None:
    fill(record, crisis())
    before = dump(record)
    for page in crisis():
        assert record.add(page).outcome == "same"
    record.refresh()
    assert dump(record) == before


def test_pages_come_back_as_they_were(record: Record) -> None:
    pages = crisis()
    fill(record, pages)
    for page in pages:
        assert record.page(page.article.id) == page
    assert {page.article.id for page in record.pages()} == {page.article.id for page in pages}


@pytest.mark.parametrize("seed", range(6))
def test_order_of_arrival_does_not_matter(tmp_path: Path, seed: int) -> None:
    pages = crisis()
    expected = filled(tmp_path / "a.db", pages)
    random.Random(seed).shuffle(pages)
    assert filled(tmp_path / "b.db", pages) == expected


def test_one_by_one_gives_what_all_at_once_gives(tmp_path: Path) -> None:
    expected = filled(tmp_path / "a.db", crisis())
    with Record(tmp_path / "b.db", clock=clock) as record:
        for page in reversed(crisis()):
            fill(record, [page])
        assert query.incidents(record) == expected["incidents"]
        assert query.pledges(record) == expected["pledges"]


def test_another_text_is_a_new_version(record: Record) -> None:
    first = bombing("post-1", "two", 2, "2015-06-05", "Bosphorus Post")
    second = bombing("post-1", "four", 4, "2015-06-06", "Bosphorus Post")
    assert record.add(first).outcome == "added"
    result = record.add(second)
    assert (result.outcome, result.version_of) == ("version", "post-1")
    assert result.report == f"post-1@{second.article.sha256[:8]}"
    rows = query.reports(record)["rows"]
    assert [row["version_of"] for row in rows] == [None, "post-1"]
    assert record.page("post-1") == first
    assert record.page(result.report) == second
    [incident] = query.incidents(record)["rows"]
    assert (len(incident["tellings"]), incident["independent_sources"]) == (2, 1)


def test_an_earlier_version_that_comes_later_takes_the_name(record: Record) -> None:
    late = bombing("post-1", "four", 4, "2015-06-06", "Bosphorus Post")
    early = bombing("post-1", "two", 2, "2015-06-05", "Bosphorus Post")
    record.add(late)
    result = record.add(early)
    assert result.report == "post-1"
    assert record.page("post-1") == early
    assert record.page(f"post-1@{late.article.sha256[:8]}") == late
    assert record.verify() == []


def test_a_third_version_follows_the_second(record: Record) -> None:
    for day, dead in (("05", "two"), ("06", "three"), ("07", "four")):
        record.add(bombing("post-1", dead, 2, f"2015-06-{day}", "Bosphorus Post"))
    ids = [row["id"] for row in query.reports(record)["rows"]]
    assert [row["version_of"] for row in query.reports(record)["rows"]] == [None, ids[0], ids[1]]


def test_a_page_that_fails_leaves_nothing(record: Record) -> None:
    page = crisis()[0]
    twice = replace(page, events=page.events * 2)
    before = dump(record)
    with pytest.raises(RecordError, match="post-1: this page cannot be kept"):
        record.add(twice)
    assert dump(record) == before
    assert record.add(page).outcome == "added"


def test_a_text_that_is_not_text_is_refused(record: Record) -> None:
    with pytest.raises(RecordError, match="cannot be kept"):
        record.add(Page(Article("odd", "half a pair \ud800 here")))
    assert query.reports(record)["rows"] == []


def test_a_kill_between_add_and_refresh_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    killed = Record(path, clock=clock)
    for page in crisis():
        killed.add(page)
    killed.db.execute("BEGIN IMMEDIATE")
    killed.db.execute("INSERT INTO meta VALUES ('half', 'done')")
    killed.close()  # As the system does for a killed process: the open transaction is lost, the others are not.
    with Record(path, clock=clock) as record:
        assert record.ask("SELECT * FROM meta WHERE key = 'half'") == []
        assert query.incidents(record) == filled(tmp_path / "b.db", crisis())["incidents"]
        assert record.verify() == []


KILLED = """
import os, signal, sys
from record_pages import crisis
from vaka.record import Record, store
record = Record(sys.argv[1])
pages = crisis()
for page in pages[:3]:
    record.add(page)
put = record._insert_items
def killed(page, name):
    put(page, name)
    os.kill(os.getpid(), signal.SIGKILL)
record._insert_items = killed
record.add(pages[3])
"""


def test_a_process_killed_within_an_add_leaves_whole_reports(tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=Path(__file__).parent, check=False)
    assert done.returncode < 0
    with Record(path, create=False) as record:
        assert len(query.reports(record)["rows"]) == 3
        assert record.verify() == []
        assert [record.add(page).outcome for page in crisis()] == ["same"] * 3 + ["added"] * 5


def test_a_page_of_nothing_is_kept(record: Record) -> None:
    page = Page(Article("empty", ""))
    assert record.add(page).outcome == "added"
    assert record.page("empty") == page
    assert query.incidents(record)["rows"] == []
    assert record.verify() == []


# Files that are no record


def test_a_missing_record_is_not_made_by_a_question(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record here"):
        Record(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_text_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Minutes of the meeting. " * 100)
    with pytest.raises(RecordError, match="not an SQLite file"):
        Record(path)
    assert path.read_text().startswith("Minutes")


def test_another_application_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE reports (id)")
    other.close()
    with pytest.raises(RecordError, match="another application"):
        Record(path)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    Record(path).close()
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(RecordError, match="schema 99"):
        Record(path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"nowhere.*is the folder there"):
        Record(tmp_path / "nowhere" / "crisis.db")


def test_the_file_says_what_it_is(record: Record) -> None:
    assert record.db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert record.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert record.db.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()[0] == str(SCHEMA_VERSION)


@pytest.mark.parametrize("view", ["v_timeline", "v_events", "v_quotes", "v_pledges", "v_causes", "v_actors"])
def test_views_open_without_this_program(record: Record, tmp_path: Path, view: str) -> None:
    fill(record, crisis())
    plain = sqlite3.connect(record.path)
    assert plain.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0
    plain.close()


# Verifying


def test_a_whole_record_verifies(record: Record) -> None:
    assert fill(record, crisis()).verify() == []


def test_the_text_cannot_be_changed(record: Record) -> None:
    fill(record, crisis())
    for statement_ in ("UPDATE reports SET text = 'x'", "UPDATE reports SET sha256 = 'x'", "DELETE FROM reports"):
        with pytest.raises(sqlite3.IntegrityError):
            record.db.execute(statement_)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reports SET text = replace (text, 'Bombs', 'Bombz') WHERE id = 'post-1'",
        "UPDATE reports SET text = text || ' ' WHERE id = 'wire-1'",
        "UPDATE reports SET sha256 = 'ff' WHERE id = 'wire-1'",
        "UPDATE evidence SET text = 'Bombz' WHERE text = 'Bombs'",
        'UPDATE evidence SET "start" = "start" - 1 WHERE field = \'trigger\'',
        "DELETE FROM evidence WHERE field = 'magnitude:dead'",
        "UPDATE events SET type = 'AID' WHERE type = 'ASSAULT'",
        "UPDATE event_actors SET country = 'NOR'",
        "DELETE FROM magnitudes",
        "UPDATE pledges SET due_end = '2006-04-30'",
        "UPDATE causes SET effect = cause",
        "UPDATE quotes SET speaker = 'Nobody'",
        "UPDATE pages SET page = replace (page, 'Bombs', 'Bombz')",
        "UPDATE pages SET page = 'x' WHERE report = 'post-1'",
        "UPDATE reports SET published = '2001-01-01' WHERE id = 'post-1'",
        "UPDATE pledge_history SET text = 'kept its word'",
        "UPDATE reports SET folded = '' WHERE id = 'post-1'",
    ],
)
def test_any_tampering_is_found(record: Record, change: str) -> None:
    fill(record, crisis())
    record.db.execute("DROP TRIGGER reports_text_is_immutable")
    assert record.verify() == []
    record.db.execute(change)
    assert record.verify() != []


def test_one_byte_changed_in_the_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    with Record(path) as record:
        record.add(quake("wire-1", "2,000", 2000, "1999-08-17", "Marmara Wire"))
        record.refresh()
        record.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    at = data.index(b"while most people slept")
    path.write_bytes(data[:at] + b"W" + data[at + 1 :])
    with Record(path) as record:
        assert any(problem.field in ("text", "folded") for problem in record.verify())


# Copies and versions


def groups(record: Record) -> dict[str, str]:
    return {row["id"]: row["copy_group"] for row in query.reports(record)["rows"]}


def test_copies_and_updates_are_one_source(record: Record) -> None:
    fill(record, crisis())
    found = groups(record)
    assert found["wire-1"] == found["paper-1"] == found["wire-2"] == "wire-1"
    assert len(set(found.values())) == len(found) - 2
    versions = {row["id"]: row["version_of"] for row in query.reports(record)["rows"]}
    assert versions["wire-2"] == "wire-1"
    assert versions["paper-1"] is None
    [row] = [row for row in query.reports(record)["rows"] if row["id"] == "paper-1"]
    assert row["agency"] == "Marmara Wire"


def test_reports_of_one_event_in_other_words_are_not_copies(record: Record) -> None:
    other = (
        "More than two thousand people are feared dead after a strong earthquake near Izmit in Turkey on Tuesday.\n"
        "Hospitals treated the wounded in their gardens, doctors said.\nThe government asked for help from abroad."
    )
    record.add(quake("wire-1", "2,000", 2000, "1999-08-17", "Marmara Wire"))
    record.add(Page(Article("other-1", other, published="1999-08-17", source="North Herald")))
    assert len(set(groups(record).values())) == 2


def test_the_same_words_from_one_source_on_one_day_are_no_version(record: Record) -> None:
    record.add(quake("wire-1", "2,000", 2000, "1999-08-17", "Marmara Wire"))
    record.add(quake("wire-1b", "2,000", 2000, "1999-08-17", "Marmara Wire"))
    rows = query.reports(record)["rows"]
    assert {row["version_of"] for row in rows} == {None}
    assert len({row["copy_group"] for row in rows}) == 1
