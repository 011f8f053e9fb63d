"""The sample crisis from the packaged reports to the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vaka.cli import app
from vaka.record import Record


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    path = tmp_path_factory.mktemp("demo") / "sample.db"
    return CliRunner().invoke(app, ["demo", "--record", str(path)]), path


def test_it_tells_days_promises_and_disagreements(kept: tuple[Result, Path]) -> None:
    result, _ = kept
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("32 reports from 2022-01-02 to 2022-01-21")
    for heading in ("What happened, day by day", "What was promised", "Where accounts disagree", "Try next"):
        assert heading in result.stdout
    assert "2022-01-05" in result.stdout and "Wednesday" in result.stdout
    assert "164" in result.stdout.split("Where accounts disagree")[1]


def test_it_fits_a_page_and_is_plain(kept: tuple[Result, Path]) -> None:
    result, _ = kept
    assert "\x1b" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 120
    assert result.stderr == ""


def test_the_record_that_it_keeps_is_sound(kept: tuple[Result, Path]) -> None:
    _, path = kept
    with Record(path, create=False) as held:
        assert held.verify() == []
        assert sum(1 for _ in held.pages()) == 32
    again = CliRunner().invoke(app, ["demo", "--record", str(path)])
    assert again.exit_code == 2
    assert "is there already" in again.stderr


def test_without_a_record_it_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["demo"])
    assert result.exit_code == 0
    assert list(tmp_path.iterdir()) == []
