"""A withdrawn report: its row and hash stay, of its words nothing is left in the file, and nothing brings them back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from answers import faults
from record_pages import bombing, clock, crisis, fill
from typer.testing import CliRunner

from vaka.cli import app
from vaka.errors import RecordError, UsageError
from vaka.record import Record, query
from vaka.record.review import log, orphans
from vaka.record.search import search
from vaka.record.table import event_table
from vaka.reports.schemas import schema
from vaka.types import Article, Page

ANA = "Ana Ruiz"


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def full(path: Path) -> Path:
    with Record(path, clock=clock) as record:
        fill(record, crisis())
    return path


def test_nothing_of_the_words_is_left_in_the_file(tmp_path: Path) -> None:
    path = full(tmp_path / "crisis.db")
    sentence = b"completing the pull-out"
    assert sentence in bytes_of(path)
    with Record(path, create=False, clock=clock) as record:
        assert query.pledges(record)["rows"][0]["history"][-1]["report"] == "done"
        sha = record.page("done").article.sha256
        made = record.withdraw("done", by=ANA, why="the paper took it back")
        assert (made.scrubbed, made.versions, made.copies) == (True, (), ())
        row = record.ask("SELECT * FROM reports WHERE id = 'done'")[0]
        assert (row["sha256"], row["text"], row["title"]) == (sha, "", None)
        assert [change["status"] for change in query.pledges(record)["rows"][0]["history"]] == ["open", "overdue"]
        assert record.verify() == []
    left = bytes_of(path)
    assert sentence not in left
    # Also not as a word of the full-text index, which keeps words apart and in small letters.
    assert b"completing" not in left


def test_the_answers_do_without_it_and_say_so(tmp_path: Path) -> None:
    with Record(full(tmp_path / "crisis.db"), create=False, clock=clock) as record:
        record.withdraw("post-1", by=ANA, why="a wrong file")
        assert search(record, "rally")["count"] == 1
        [incident] = query.incidents(record, query.Filters(type=("ASSAULT",)))["rows"]
        assert [telling["report"] for telling in incident["tellings"]] == ["tribune-1"]
        assert "post-1" not in [row["report"] for row in event_table(record)]
        [row] = [row for row in query.reports(record)["rows"] if row["id"] == "post-1"]
        assert (row["title"], row["events"], row["withdrawn"]) == (
            None, 0, {"at": clock(), "by": ANA, "why": "a wrong file"},
        )  # fmt: skip
        shown = query.show(record, "post-1")
        assert shown["page"] is None
        for name, answer in (("report", shown), ("reports", query.reports(record))):
            assert faults(answer, schema(name), schema(name)) == []
        with pytest.raises(RecordError, match=r"post-1: was withdrawn by Ana Ruiz on 2026-01-01 \(a wrong file\)"):
            record.page("post-1")
        assert "post-1" not in [page.article.id for page in record.pages()]
        [line] = log(record)
        assert (line["kind"], line["reports"], line["why"]) == ("withdraw", ["post-1"], "a wrong file")


def test_it_stays_out(tmp_path: Path) -> None:
    with Record(full(tmp_path / "crisis.db"), create=False, clock=clock) as record:
        record.withdraw("post-1", by=ANA, why="x")
        assert record.add(crisis()[0]).outcome == "withdrawn"
        assert record.ask("SELECT text FROM reports WHERE id = 'post-1'")[0]["text"] == ""
        for change in (
            "UPDATE reports SET text = 'Bombs' WHERE id = 'post-1'",
            "UPDATE reports SET sha256 = '' WHERE id = 'post-1'",
            "DELETE FROM withdrawals",
            "UPDATE reports SET text = '', folded = '', title = NULL, body_start = 0, zones = '[]' WHERE id = 'done'",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                record.db.execute(change)
        with pytest.raises(RecordError, match="was withdrawn by Ana Ruiz on 2026-01-01 already"):
            record.withdraw("post-1", by=ANA, why="x")
        with pytest.raises(RecordError, match="holds no report"):
            record.withdraw("nothing", by=ANA, why="x")
        with pytest.raises(UsageError, match="say who does it and why"):
            record.withdraw("promise", by=ANA, why="")


def test_other_versions_stay_and_are_named(tmp_path: Path) -> None:
    with Record(tmp_path / "a.db", clock=clock) as record:
        first = bombing("post-1", "two", 2, "2015-06-05", "Bosphorus Post")
        second = bombing("post-1", "four", 4, "2015-06-06", "Bosphorus Post")
        fill(record, [first, second])
        made = record.withdraw("post-1", by=ANA, why="x")
        assert made.versions == (f"post-1@{second.article.sha256[:8]}",)
        third = bombing("post-1", "three", 3, "2015-06-04", "Bosphorus Post")
        assert record.add(third).report == "post-1"
        gone = f"post-1@{first.article.sha256[:8]}"
        assert query.show(record, gone)["withdrawn"]["why"] == "x", "renamed by an earlier version, still withdrawn"
        assert record.verify() == []


def test_what_people_said_of_it_stays_without_its_words(tmp_path: Path) -> None:
    path = full(tmp_path / "crisis.db")
    event = crisis()[0].events[0].id
    with Record(path, create=False, clock=clock) as record:
        record.correct(event, "dead=3", "recipients=", by=ANA, why="counted again")
        assert log(record)[1]["was"]["text"] == "two people"
        record.withdraw("post-1", by=ANA, why="x")
        lost = orphans(record)
        assert [(row["withdrawn"], row["words"], row["now"]) for row in lost] == [(True, "", [])] * 2
        assert log(record)[1]["was"] is log(record)[2]["was"] is None
        assert record.verify() == []
    assert b"two people" not in bytes_of(path)


def test_a_reader_keeps_the_words_in_the_journal_until_it_ends(tmp_path: Path) -> None:
    path = full(tmp_path / "crisis.db")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count (*) FROM reports").fetchone()
    command = ["withdraw", "post-1", "--why", "x", "--by", ANA, "--record", str(path)]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 2
    assert "another program reads the record" in result.stderr
    with Record(path, create=False) as record:
        assert [problem.message[:32] for problem in record.verify()] == ["words of a withdrawn report may "]
    reader.execute("COMMIT")
    reader.close()
    assert CliRunner().invoke(app, command).exit_code == 0
    verified = CliRunner().invoke(app, ["verify", "--record", str(path)])
    assert "of 1 withdrawn report no words are left" in verified.stdout
    assert b"Bosphorus Post.\n" not in bytes_of(path)
    with Record(path, create=False) as record:
        assert record.verify() == []


def test_copies_beside_the_record_are_named(tmp_path: Path) -> None:
    path = full(tmp_path / "crisis.db")
    beside = tmp_path / "crisis.db.before-rebuild"
    beside.write_bytes(path.read_bytes())
    result = CliRunner().invoke(app, ["withdraw", "post-1", "--why", "x", "--by", ANA, "--record", str(path)])
    assert result.exit_code == 0
    assert "this cannot be undone" in result.stdout
    assert f"{beside} still holds its words" in result.stderr.replace("\n", "")


def test_the_day_of_a_withdrawn_report_is_not_the_records(tmp_path: Path) -> None:
    with Record(tmp_path / "a.db", clock=clock) as record:
        fill(record, [*crisis(), Page(Article("wrong", "A calendar of the year to come.", published="2099-01-01"))])
        assert record.ask("SELECT value FROM meta WHERE key = 'as_of'")[0]["value"] == "2099-01-01"
        record.withdraw("wrong", by=ANA, why="no report")
        assert record.ask("SELECT value FROM meta WHERE key = 'as_of'")[0]["value"] == "2022-01-11"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reports SET text = 'Bombs' WHERE id = 'post-1'",
        "UPDATE reports SET issues = '[{}]' WHERE id = 'post-1'",
        "INSERT INTO pages VALUES ('post-1', '{}')",
        "INSERT INTO meta VALUES ('unscrubbed', '1')",
    ],
)
def test_what_is_left_or_brought_back_is_found(tmp_path: Path, change: str) -> None:
    with Record(full(tmp_path / "crisis.db"), create=False) as record:
        record.withdraw("post-1", by=ANA, why="x")
        assert record.verify() == []
        record.db.execute("DROP TRIGGER reports_text_is_immutable")
        record.db.execute(change)
        assert record.verify() != []
