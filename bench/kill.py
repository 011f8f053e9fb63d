"""Kills `vaka add` without warning at random moments, and prints what is left of the record.

    python bench/kill.py [TIMES]

The reports are coded once beforehand, so that every moment falls into the writing and not into the loading of a model.
After each kill `verify` must pass; then the same reports are added again, and the record must hold what one holds that
nobody disturbed: nothing lost, nothing twice. Exit status 1 where it does not.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import orjson

from vaka.record import Record, query
from vaka.record.pages import read_page
from vaka.types import Page

SEED = 6
ALL = query.Filters(genre=("all",))
CHILD = """
import sys
from vaka.cli import app, coded
sys.path.insert(0, {bench!r})
from kill import load

def pages(inputs, date, jobs, tally, *, progress=True):
    print("adding", flush=True)
    for page in load(inputs[0]):
        tally.count(page)
        yield page

coded.coded_pages = pages
app(["add", {pages!r}, "--record", {record!r}])
"""


@dataclass(frozen=True, slots=True)
class Round:
    """What one kill left: reports held then, and every fault that was found, then or after adding again."""

    after: float
    held: int
    faults: tuple[str, ...]


def load(path: str) -> list[Page]:
    """Pages from their JSON, a line each."""
    found = []
    for line in Path(path).read_bytes().splitlines():
        data = orjson.loads(line)
        found.append(read_page(data, data["article"].pop("text")))
    return found


def save(pages: Sequence[Page], path: Path) -> Path:
    path.write_bytes(b"\n".join(page.to_json() for page in pages) + b"\n")
    return path


def add(pages: Path, record: Path) -> subprocess.Popen[str]:
    """`vaka add` in a process of its own, which has just begun to add."""
    code = CHILD.format(bench=str(Path(__file__).parent), pages=str(pages), record=str(record))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def contents(record: Record) -> dict[str, object]:
    """All that a record answers, which must not depend on what happened to it."""
    names = ("reports", "timeline", "incidents", "pledges", "actors", "memory")
    answers: dict[str, object] = {name: getattr(query, name)(record, ALL) for name in names}
    return answers | {"items": [row["id"] for row in record.ask("SELECT id FROM items ORDER BY id")]}


def undisturbed(pages: Path, folder: Path) -> tuple[dict[str, object], float]:
    """What the record holds when nobody kills anything, and the seconds from the first report to the end."""
    process = add(pages, folder / "whole.db")
    began = time.perf_counter()
    process.communicate()
    seconds = time.perf_counter() - began
    with Record(folder / "whole.db", create=False) as record:
        return contents(record), seconds


def kill_once(pages: Path, record: Path, after: float, expected: dict[str, object]) -> Round:
    """One add, killed so many seconds after it began, looked at, and completed."""
    process = add(pages, record)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    faults: list[str] = []
    held = 0
    if record.exists() and record.stat().st_size:
        with Record(record, create=False) as left:
            faults += [f"after the kill: {problem}" for problem in left.verify()]
            held = left.ask("SELECT count (*) FROM reports")[0][0]
    again = add(pages, record)
    again.communicate()
    with Record(record, create=False) as whole:
        faults += [f"after adding again: {problem}" for problem in whole.verify()]
        found = contents(whole)
        faults += [f"{name} differ from an undisturbed record's" for name in expected if found[name] != expected[name]]
    return Round(after, held, tuple(faults))


def main(times: int) -> int:
    from vaka.cli.coded import code_batch
    from vaka.engine import at_least
    from vaka.reading.sources import read_with_issues

    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name, as_file(files("vaka") / "sample" / "reports") as reports:
        folder = Path(name)
        coded = code_batch([item for item in read_with_issues([reports]) if not isinstance(item, Exception)])
        pages = save([at_least(page) for page in coded], folder / "pages.jsonl")
        expected, seconds = undisturbed(pages, folder)
        print(f"{len(coded)} reports, {seconds:.2f} s undisturbed")
        rounds = [
            kill_once(pages, folder / f"{number}.db", chance.uniform(0, seconds), expected) for number in range(times)
        ]
    for number, one in enumerate(rounds, 1):
        print(f"{number:3} killed after {one.after:.3f} s: {one.held:3} whole reports  {'; '.join(one.faults) or 'ok'}")
    bad = sum(bool(one.faults) for one in rounds)
    within = sum(0 < one.held < len(coded) for one in rounds)
    print(f"{times} kills, {within} of them amid the reports: {bad} with a fault")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
