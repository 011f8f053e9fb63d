"""The command line as people and scripts use it: what goes where, which status ends a call, what is named on stderr."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from answers import faults
from record_pages import crisis, fill
from typer.testing import CliRunner, Result

from vaka.cli import app
from vaka.cli.coded import in_processes
from vaka.errors import InputError
from vaka.reading.articles import Reading
from vaka.record import Record
from vaka.reports.schemas import schema
from vaka.types import Article, Page

REPORT = """Title: Chad recalls its envoy
Date: 2009-05-08
Source: Sahel Courier

N'DJAMENA - Chad accused Sudan on Thursday of attacking the town of Goz Beida. "We will defend our people," President
Idriss Deby said. Chad promised to open its border to refugees by 15 May.
"""
ROWS = [
    {"id": "lagos", "text": "Police arrested 40 protesters in Lagos on Monday.", "published": "2012-01-09"},
    {"id": "empty", "text": "   "},
    {"id": "quito", "text": "Workers went on strike in Quito on Tuesday.", "published": "2019-10-08"},
]
SPANISH = (
    "El presidente anunció ayer que el ejército se retirará de la frontera antes del fin de semana, según fuentes."
)


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def program(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vaka.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **more)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "chad.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS) + "\n{broken\n", encoding="utf-8")
    return path


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "made.db"
    with Record(path) as held:
        fill(held, crisis())
    return path


def spans(value: Any) -> list[dict[str, Any]]:
    """Every span anywhere in a page."""
    if isinstance(value, dict):
        own = [value] if {"start", "end", "text"} == set(value) else []
        return own + [span for inner in value.values() for span in spans(inner)]
    return [span for inner in value for span in spans(inner)] if isinstance(value, list) else []


def test_help_names_the_commands_that_work() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name in ("code", "add", "demo", "reports", "timeline", "incidents", "pledges", "actors", "search", "show",
                 "explain", "verify", "export", "release", "schema"):  # fmt: skip
        assert f" {name} " in result.stdout
    for later in ("watch", "brief", "batch", "desk"):
        assert f" {later} " not in result.stdout


def test_help_loads_nothing_heavy() -> None:
    loaded = "import sys, vaka.cli; print(*sys.modules)"
    modules = set(subprocess.check_output([sys.executable, "-c", loaded], text=True).split())
    assert not {"spacy", "numpy", "pydantic", "jinja2", "orjson", "rich.table", "sqlite3"} & modules


def test_version() -> None:
    assert run("--version").stdout.startswith("vaka 0.")


def test_jsonl_is_one_page_a_line_with_true_spans(report: Path, rows: Path) -> None:
    result = run("code", report, rows, "--format", "jsonl")
    pages = [json.loads(line) for line in result.stdout.splitlines()]
    assert [page["article"]["id"] for page in pages[1:]] == ["lagos", "quito"]
    assert pages[0]["article"]["text"] == REPORT
    assert pages[0]["events"] and pages[0]["quotes"]
    for page in pages:
        assert page["schema"] == "vaka.page/1"
        for span in spans(page):
            assert page["article"]["text"][span["start"] : span["end"]] == span["text"]


def test_all_coded_is_0(report: Path) -> None:
    assert run("code", report, "--format", "jsonl").exit_code == 0


def test_what_cannot_be_coded_is_named_with_file_and_row_and_the_rest_is_coded(rows: Path, tmp_path: Path) -> None:
    spanish = tmp_path / "spanish.txt"
    spanish.write_text(SPANISH, encoding="utf-8")
    result = run("code", rows, spanish, tmp_path / "missing.txt", "--format", "jsonl")
    assert result.exit_code == 1
    pages = [json.loads(line) for line in result.stdout.splitlines()]
    assert [bool(page["events"]) for page in pages] == [True, True, False]  # the Spanish text is kept, not coded
    assert "language" in {issue["stage"] for issue in pages[2]["issues"]}
    for named in ("rows.jsonl, row 2", "rows.jsonl, row 4", "spanish.txt", "English only", "missing.txt: no such file"):
        assert named in result.stderr, named
    assert "4 inputs could not be coded; 2 reports coded" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("code",), "Missing argument"),
        (("code", "x.txt", "--format", "xml"), "xml"),
        (("code", "x.txt", "--date", "next week"), "is no date"),
        (("code", "x.txt", "--jobs", "0"), "jobs"),
        (("code", "x.txt", "--min-score", "3"), "min-score"),
        (("timeline", "--record", "none.db"), "there is no record here"),
        (("verify", "--record", "none.db"), "there is no record here"),
        (("schema", "weather"), "there is no answer 'weather'"),
        (("export", "--profile", "icews"), "icews"),
        (("tiemline",), "tiemline"),
    ],
)
def test_a_wrong_call_is_2(
    arguments: tuple[str, ...], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert not result.stdout


@pytest.mark.parametrize(
    ("option", "value"),
    [("--since", "yesterday"), ("--type", "WAR"), ("--status", "done"), ("--genre", "poem"), ("--limit", "0")],
)
def test_a_wrong_filter_is_2(option: str, value: str, record: Path) -> None:
    result = run("timeline", "--record", record, option, value)
    assert result.exit_code == 2
    assert value in result.stderr or option in result.stderr


def test_a_file_that_is_no_record_is_2(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database, only notes about one\n" * 30, encoding="utf-8")
    result = run("reports", "--record", path)
    assert result.exit_code == 2
    assert "not an SQLite file" in result.stderr


def test_nothing_to_read_is_1(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    result = run("code", tmp_path / "nothing")
    assert result.exit_code == 1
    assert "the folder holds no files" in result.stderr


def test_stdin_and_gz(report: Path, tmp_path: Path) -> None:
    packed = tmp_path / "chad.txt.gz"
    packed.write_bytes(gzip.compress(REPORT.encode()))
    whole = json.loads(run("code", packed, "--format", "jsonl").stdout)
    piped = json.loads(run("code", "-", "--format", "jsonl", stdin=REPORT).stdout)
    assert whole["article"]["text"] == piped["article"]["text"] == REPORT


def test_a_date_is_given_to_reports_without_one(tmp_path: Path) -> None:
    path = tmp_path / "undated.txt"
    path.write_text("Troops withdrew from the town on Monday.", encoding="utf-8")
    page = json.loads(run("code", path, "--date", "2014-08-19", "--format", "jsonl").stdout)
    assert page["article"]["published"] == "2014-08-19"


def test_issues_are_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "damaged.txt"
    path.write_bytes(b"Title: Talks\nDate: sometime\n\nMinisters met in Oslo \xff on Monday.\n")
    result = run("code", path, "--format", "jsonl")
    assert json.loads(result.stdout)["issues"]
    assert result.stderr.count("\n") == 1
    assert "1 page has issues (reading" in result.stderr


def test_csv_has_a_header_and_a_row_an_event(report: Path) -> None:
    result = run("code", report, "--format", "csv")
    found = list(csv.DictReader(io.StringIO(result.stdout)))
    assert found and {"id", "date", "type", "actor_names", "evidence", "report"} <= set(found[0])
    assert "incident" not in found[0]
    assert any(row["type"] == "ACCUSE" and row["actor_countries"] == "TCD" for row in found)
    for row in found:
        assert REPORT[int(row["evidence_start"]) : int(row["evidence_end"])] == row["evidence"]


def test_min_score_leaves_out_events_and_references_to_them(report: Path) -> None:
    page = json.loads(run("code", report, "--format", "jsonl", "--min-score", "1").stdout)
    assert page["events"] == []
    assert all(pledge["event"] is None for pledge in page["pledges"])


def die_of_seven(readings: Sequence[Reading]) -> list[Page]:
    """Stands for the coding of a batch, where one report ends its process."""
    if any(reading.article.id == "n7" for reading in readings):
        os._exit(1)
    return [Page(reading.article) for reading in readings]


def test_a_report_that_kills_its_worker_loses_no_other() -> None:
    readings = [Reading(Article(f"n{number}", "Police came.")) for number in range(40)]
    inputs: list[Reading | InputError] = [*readings[:3], InputError("rows.jsonl, row 4", "is empty"), *readings[3:]]
    found = list(in_processes(inputs, 2, die_of_seven))
    assert [item.article.id for item in found if isinstance(item, Page)] == [f"n{n}" for n in range(40) if n != 7]
    assert isinstance(found[3], InputError) and isinstance(found[8], InputError)
    assert "report n7 ended the process" in str(found[8])


def test_two_jobs_give_the_same_pages_in_the_same_order(tmp_path: Path, report: Path) -> None:
    path = tmp_path / "many.jsonl"
    lines = [
        {"id": f"n{number}", "text": f"Police arrested {number} people in Lima on Monday."} for number in range(40)
    ]
    path.write_text("\n".join([*map(json.dumps, lines), "{broken"]), encoding="utf-8")
    one = program("code", path, report, "--format", "jsonl")
    two = program("code", path, report, "--format", "jsonl", "--jobs", "2")
    assert one.returncode == two.returncode == 1  # The last row is broken.
    assert one.stderr == two.stderr
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 41


def test_output_is_a_file_that_appears_whole(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages.jsonl"
    out.write_text("old", encoding="utf-8")
    result = run("code", report, "--format", "jsonl", "--output", out)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert json.loads(out.read_text(encoding="utf-8"))["schema"] == "vaka.page/1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chad.txt", "pages.jsonl"]


def test_output_that_fails_leaves_the_old_file(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages.jsonl"
    out.write_text("old", encoding="utf-8")
    assert run("code", report, "--date", "never", "--output", out).exit_code == 2
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chad.txt", "pages.jsonl"]


@pytest.mark.parametrize("name", ["chad.txt", ".", "no/such/folder.jsonl"])
def test_output_is_never_an_input_nor_a_folder(name: str, report: Path, tmp_path: Path) -> None:
    result = run("code", report, "--format", "jsonl", "--output", tmp_path / name)
    assert result.exit_code == 2
    assert report.read_text(encoding="utf-8") == REPORT


def test_tables_are_plain_where_no_terminal_reads(report: Path) -> None:
    result = run("code", report)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "Chad" in result.stdout and "Events" in result.stdout


def test_hostile_words_do_not_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "hostile.jsonl"
    text = "Police arrested 3 people in Lima \x1b[2J\x9b31m\u202e on Monday. [bold red]Markup[/] stays."
    path.write_text(
        json.dumps({"title": "\x1b]0;owned\x07 [link=x]", "text": text, "source": "\u202eknaB"}), encoding="utf-8"
    )
    result = run("code", path)
    assert result.exit_code == 0
    assert not set("\x1b\x9b\x07\u202e") & set(result.stdout + result.stderr)
    assert "[link=x]" in result.stdout


def test_a_closed_pipe_is_silent(report: Path) -> None:
    command = f"{sys.executable} -m vaka.cli code {report} {report} {report} --format table | head -c 10"
    ended = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, timeout=120)
    assert ended.stderr == ""


def test_add_twice_changes_nothing(report: Path, rows: Path, tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    first = run("add", report, rows, "--record", path)
    assert first.exit_code == 1  # Two rows cannot be read; the rest is kept.
    assert "3 reports added, 0 new versions, 0 known already" in first.stdout
    before = run("timeline", "--record", path, "--format", "json").stdout
    again = run("add", report, "--record", path)
    assert again.exit_code == 0
    assert "0 reports added, 0 new versions, 1 known already" in again.stdout
    assert run("timeline", "--record", path, "--format", "json").stdout == before
    assert run("verify", "--record", path).exit_code == 0


def test_another_text_is_a_new_version(tmp_path: Path) -> None:
    path, source = tmp_path / "crisis.db", tmp_path / "row.jsonl"
    for dead in ("two", "three"):
        source.write_text(json.dumps({"id": "a", "text": f"A bomb killed {dead} people in Quetta."}), encoding="utf-8")
        result = run("add", source, "--record", path)
    assert "0 reports added, 1 new version, 0 known already" in result.stdout


def test_add_that_keeps_nothing_makes_no_record(tmp_path: Path) -> None:
    result = run("add", tmp_path / "missing.txt", "--record", tmp_path / "crisis.db")
    assert result.exit_code == 1
    assert not (tmp_path / "crisis.db").exists()


@pytest.mark.parametrize("question", ["reports", "timeline", "incidents", "pledges", "actors", "search"])
def test_questions_answer_in_all_formats(question: str, record: Path) -> None:
    words = ["Syria"] if question == "search" else []
    answer = json.loads(run(question, *words, "--record", record, "--format", "json").stdout)
    assert answer["schema"] == f"vaka.{question}/1"
    assert answer["rows"] and answer["count"] == len(answer["rows"])
    found = list(csv.DictReader(io.StringIO(run(question, *words, "--record", record, "--format", "csv").stdout)))
    assert len(found) == answer["count"]
    table = run(question, *words, "--record", record)
    assert table.exit_code == 0
    assert "Syria" in table.stdout


def test_filters_narrow_and_may_be_repeated(record: Path) -> None:
    def count(*options: str) -> int:
        return int(json.loads(run("timeline", "--record", record, "--format", "json", *options).stdout)["count"])

    assert count("--country", "SYR") < count()
    assert count("--country", "SYR", "--country", "KAZ") == count("--country", "SYR") + count("--country", "KAZ")
    assert count("--limit", "1") == 1
    assert count("--since", "2022") == 1


def test_pledges_by_promiser_and_due_date(record: Path) -> None:
    def count(*options: str) -> int:
        return int(json.loads(run("pledges", "--record", record, "--format", "json", *options).stdout)["count"])

    assert count("--by", "Syria") == count("--due-before", "2005-05") == 1
    assert count("--due-before", "2005-04-29") == count("--by", "France") == 0
    assert count("--open") == 0  # Syria's troops left in time.


def test_the_record_may_be_named_by_the_environment(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAKA_RECORD", str(record))
    assert run("reports").exit_code == 0


def test_show_takes_whole_ids_and_their_first_digits(record: Path) -> None:
    rows = json.loads(run("incidents", "--record", record, "--format", "json").stdout)["rows"]
    incident, event = rows[0]["id"], rows[0]["tellings"][0]["event"]
    for key in (incident, event, incident[:8], event[:8], "wire-1"):
        result = run("show", key, "--record", record, "--format", "json")
        assert result.exit_code == 0
        assert json.loads(result.stdout)["id"].startswith(key)
        assert run("show", key, "--record", record).exit_code == 0
    missing = run("show", "0000feed", "--record", record)
    assert missing.exit_code == 2
    assert "holds nothing of this id" in missing.stderr


def test_verify_finds_one_changed_byte(record: Path) -> None:
    assert run("verify", "--record", record).exit_code == 0
    with sqlite3.connect(record) as db:
        db.execute("DROP TRIGGER reports_text_is_immutable")
        db.execute("UPDATE reports SET text = replace (text, 'Izmit', 'Izmir') WHERE id = 'wire-1'")
    db.close()
    result = run("verify", "--record", record)
    assert result.exit_code == 1
    assert "wire-1" in result.stdout and "problem" in result.stderr


def test_verify_of_a_broken_file_is_no_traceback(record: Path) -> None:
    data = bytearray(record.read_bytes())
    data[5000:60000] = os.urandom(55000)
    record.write_bytes(bytes(data))
    result = run("verify", "--record", record)
    assert result.exit_code in {1, 2}
    assert result.stdout or result.stderr
    assert "Traceback" not in result.output


def test_export_is_one_row_an_event(record: Path) -> None:
    found = list(csv.DictReader(io.StringIO(run("export", "--record", record).stdout)))
    lines = run("export", "--record", record, "--format", "jsonl").stdout.splitlines()
    assert len(found) == len(lines) > 5
    assert list(json.loads(lines[0])) == list(found[0])
    assert {"incident", "independent_sources", "copy_group"} <= set(found[0])


def test_explain_tells_the_rule_the_entry_and_the_words(report: Path, tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    run("add", report, "--record", path)
    rows = json.loads(run("timeline", "--record", path, "--format", "json").stdout)["rows"]
    accusation = next(row for row in rows if row["type"] == "ACCUSE")
    event = accusation["tellings"][0]["event"]
    told = json.loads(run("explain", event[:8], "--record", path, "--format", "json").stdout)
    assert told["layer"] == "event" and told["id"] == event
    assert faults(told, schema("explanation"), schema("explanation")) == []
    assert told["pattern"]["id"] == told["basis"]["rule"]
    assert told["pattern"]["file"] == "data/ontology/accuse.yml" and told["pattern"]["line"] > 0
    assert told["roles"][0]["role"] == "actor" and told["roles"][0]["words"]["text"] == "Chad"
    assert told["status"]["status"] == "occurred" and "accused" in told["status"]["clause"]["text"]
    assert all(row["reason"] for row in told["rejected"])
    table = run("explain", event, "--record", path)
    assert "[accused]" in table.stdout and "data/ontology/accuse.yml:" in table.stdout
    merged = run("explain", accusation["id"], "--record", path)
    assert merged.exit_code == 0 and "first telling" in merged.stdout


def test_explain_of_every_layer(report: Path, tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    run("add", report, "--record", path)
    page = json.loads(run("code", report, "--format", "jsonl").stdout)
    for layer in ("events", "quotes", "pledges", "times", "places", "actors"):
        assert page[layer], layer
        told = run("explain", page[layer][0]["id"], "--record", path)
        assert told.exit_code == 0, told.stderr
        assert page[layer][0]["id"] in told.stdout
    whole = run("explain", page["article"]["id"], "--record", path)
    assert whole.exit_code == 2
    assert "vaka show" in whole.stderr


def test_results_never_replace_a_record(rows: Path, tmp_path: Path) -> None:
    record = tmp_path / "kept.db"
    assert run("add", rows, "--record", record).exit_code == 1
    before = record.read_bytes()
    result = run("export", "--record", record, "--output", record)
    assert result.exit_code == 2
    assert "is a database" in result.stderr
    assert record.read_bytes() == before


def test_a_record_among_the_reports_is_no_report(tmp_path: Path, report: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "a.txt").write_bytes(report.read_bytes())
    assert run("add", folder, "--record", folder / "crisis.db").exit_code == 0
    assert run("add", folder, "--record", folder / "crisis.db").exit_code == 0


def test_an_empty_file_is_no_record(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    result = run("verify", "--record", empty)
    assert result.exit_code == 2
    assert "no record" in result.stderr
    assert empty.stat().st_size == 0


def test_a_file_name_of_other_bytes_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "bytes"
    folder.mkdir()
    (folder / "1.txt").write_text("Police arrested one man in Lima.", encoding="utf-8")
    with open(os.fsencode(folder) + b"/2\xff.txt", "wb") as file:  # noqa: PTH123 - a name that Path cannot spell
        file.write(b"Peru accused Chile of spying.")
    result = run("code", folder, "--format", "jsonl")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2
