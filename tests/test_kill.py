"""A record under several hands: killed writers, two writers at once, readers beside a writer."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from record_pages import bombing, clock, crisis, fill, statement
from test_floors import bench
from typer.testing import CliRunner

from vaka.cli import app
from vaka.errors import LockedError, RecordError
from vaka.record import Record, query, store


def test_an_add_that_is_killed_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    kill = bench("kill")
    pages = kill.save(crisis(), tmp_path / "pages.jsonl")
    expected, seconds = kill.undisturbed(pages, tmp_path)
    assert len(expected["items"]) > 20
    for share in (0.1, 0.4, 0.8):
        assert kill.kill_once(pages, tmp_path / f"{share}.db", share * seconds, expected).faults == ()


RECODED = """
import os, signal, sys
from record_pages import crisis
from vaka.record import Record
record = Record(sys.argv[1])
put = record._insert_items
def killed(page, name):
    put(page, name)
    if name == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
record._insert_items = killed
for page in crisis():
    record.recode(page.article.id, page)
"""


def test_a_rebuild_that_is_killed_leaves_whole_reports(tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    with Record(path, clock=clock) as record:
        fill(record, crisis())
        expected = query.incidents(record), query.pledges(record)
    command = [sys.executable, "-c", RECODED, str(path), "promise"]
    assert subprocess.run(command, cwd=Path(__file__).parent, check=False).returncode < 0
    with Record(path, create=False) as record:
        assert record.verify() == []
        assert (query.incidents(record), query.pledges(record)) == expected


def held_by(path: Path) -> sqlite3.Connection:
    """Another program in the middle of writing."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_writer_waits_says_so_and_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "TELL_AFTER", 0.05)
    told: list[str] = []
    with Record(tmp_path / "a.db", clock=clock, notice=told.append) as record:
        other = held_by(record.path)
        began = time.monotonic()
        with (
            pytest.raises(LockedError, match="another program has been writing for 3 s; try again"),
            record.transaction(3),
        ):
            pytest.fail("the record is another's")
        assert 3 <= time.monotonic() - began < 6
        assert told == [f"{record.path}: another program is writing; waiting up to 3 s for it"]
        other.execute("COMMIT")
        assert record.add(crisis()[0]).outcome == "added"
        other.close()


def test_a_writer_that_waits_goes_on_when_the_other_has_ended(tmp_path: Path) -> None:
    with Record(tmp_path / "a.db", clock=clock) as record:
        other = sqlite3.connect(record.path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(1.0, lambda: other.execute("COMMIT")).start()
        assert record.add(crisis()[0]).outcome == "added"
        other.close()


def test_a_question_does_not_wait_for_a_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "READER_PATIENCE", 0.2)
    told: list[str] = []
    with Record(tmp_path / "a.db", clock=clock, notice=told.append) as record:
        fill(record, [bombing("a", "two", 2, "2015-06-05", "One")])
        record.add(statement("b", "Ankara praised Kazakhstan.", "praised", "SUPPORT", "2022-01-11").page())
        other = held_by(record.path)
        assert len(query.incidents(record)["rows"]) == 1
        assert len(query.reports(record)["rows"]) == 2
        assert told == [f"{record.path}: another program is writing; what it has added since is not merged yet"]
        other.execute("COMMIT")
        record._behind_until = 0.0
        assert len(query.incidents(record)["rows"]) == 2
        other.close()


def test_one_moment_is_one_moment(tmp_path: Path) -> None:
    with Record(tmp_path / "a.db", clock=clock) as record, Record(tmp_path / "a.db", clock=clock) as writer:
        fill(writer, crisis()[:2])
        with record.reading():
            before = query.incidents(record)
            fill(writer, crisis())
            assert query.incidents(record) == before
        assert len(query.reports(record)["rows"]) == len(crisis())


def test_readers_beside_a_writer_never_see_half_a_thing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Record(path).close()
    faults: list[BaseException] = []
    seen: list[int] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                with Record(path, create=False) as record, record.reading():
                    rows = query.incidents(record)["rows"]
                    known = {row["id"] for row in query.reports(record)["rows"]}
                    assert all(telling["report"] in known for row in rows for telling in row["tellings"])
                    query.pledges(record)
                    seen.append(len(rows))
        except (AssertionError, KeyError, RecordError) as error:
            faults.append(error)

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    with Record(path, clock=clock) as writer:
        for page in crisis():
            writer.add(page)
            time.sleep(0.02)
    time.sleep(0.2)
    done.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert max(seen) > min(seen)


def test_the_command_ends_with_one_where_the_record_stays_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.2)
    path = tmp_path / "a.db"
    with Record(path, clock=clock) as record:
        fill(record, crisis())
    other = held_by(path)
    arguments = ["review", "promise", "--undo", "--judgement", "1", "--by", "x", "--record", str(path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert "another program has been writing" in result.stderr
    other.close()
