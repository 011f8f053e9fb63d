"""What tables say of days: when something happened, and until when a promise is in time."""

from __future__ import annotations

import pytest

from vaka.reports import wording


@pytest.mark.parametrize(
    ("start", "end", "told", "due"),
    [
        ("2023-10-02", "2023-10-02", "2023-10-02", "2023-10-02"),
        ("2023-09-26", "2023-12-31", "2023-09-26 – 12-31", "2023-12-31"),  # by the end of the year
        ("2023-12-20", "2024-01-07", "2023-12-20 – 2024-01-07", "2024-01-07"),
        ("2024-05-01", "2024-05-31", "2024-05", "2024-05"),
        ("2024-01-01", "2024-12-31", "2024", "2024"),
        (None, "2024-08-31", "", "2024-08-31"),  # before the end of August
        ("2024-08-01", None, "2024-08-01", "from 2024-08-01"),
        (None, None, "", ""),
    ],
)
def test_days(start: str | None, end: str | None, told: str, due: str) -> None:
    time = {"start": start, "end": end}
    assert (wording.when(time), wording.due(time)) == (told, due)


def test_no_time_is_no_day() -> None:
    assert wording.when(None) == wording.due(None) == ""
