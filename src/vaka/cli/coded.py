"""Reports coded in the order of the inputs, in this process or in several; a report that fails costs only itself."""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING

from vaka.cli.output import say
from vaka.errors import InputError
from vaka.types import Page

if TYPE_CHECKING:
    from rich.progress import Progress

    from vaka.reading.articles import Reading

BATCH = 16
"""Reports handed to a process at once: enough to keep the parser busy, few enough to see results early."""
Item = Page | InputError
Batch = list["Reading | InputError"]


@dataclass(slots=True)
class Tally:
    """What was coded, for the summary and the exit status."""

    pages: int = 0
    failed: int = 0
    layers: Counter[str] = field(default_factory=Counter)
    troubled: int = 0
    issues: Counter[str] = field(default_factory=Counter)

    def count(self, page: Page) -> None:
        self.pages += 1
        self.layers.update({name: len(getattr(page, name)) for name in ("events", "quotes", "pledges", "causes")})
        self.troubled += bool(page.issues)
        self.issues.update(issue.stage for issue in page.issues)

    @property
    def exit_status(self) -> int:
        return 1 if self.failed or not self.pages else 0

    def report(self) -> None:
        """Says on stderr what the results do not show: issues, and inputs that failed."""
        from vaka.reports.wording import counted

        if self.issues:
            stages = ", ".join(f"{stage} {count}" for stage, count in sorted(self.issues.items()))
            say(f"vaka: {counted(self.troubled, 'page has', 'pages have')} issues ({stages}); each stands on its page")
        if self.failed:
            say(f"vaka: {counted(self.failed, 'input')} could not be coded; {counted(self.pages, 'report')} coded")
        elif not self.pages:
            say("vaka: the inputs hold no report")


def coded_pages(
    inputs: Sequence[str], date: str | None, jobs: int, tally: Tally, *, progress: bool = True
) -> Iterator[Page]:
    """The pages in the order of the inputs; what cannot be coded is named on stderr at its turn, and counted.

    `progress` is False where the pages themselves go to the terminal that would show it.
    """
    from vaka.reading.articles import LANGUAGE
    from vaka.reading.sources import read_with_issues

    readings = read_with_issues(inputs, published=date, any_language=True)
    items = coded_items(readings, jobs)
    with _progress(tally, progress) as advance:
        for item in items:
            if isinstance(item, InputError):
                tally.failed += 1
                say(item)
                continue
            unread = [issue for issue in item.issues if issue.stage == LANGUAGE]
            for issue in unread:
                tally.failed += 1
                say(issue.message)
            if not unread:
                tally.count(item)
            advance()
            yield item


def coded_items(readings: Iterable[Reading | InputError], jobs: int) -> Iterator[Item]:
    """A page or an error for each reading, in their order."""
    return _in_process(readings) if jobs == 1 else in_processes(readings, jobs)


def code_batch(readings: Sequence[Reading]) -> list[Page]:
    """The pages of the readings; runs in a worker as well as here."""
    from vaka.api import engine

    pages = engine().code(Page(reading.article, issues=reading.issues) for reading in readings)
    # The parse is large and no command shows it: a worker does not send it back.
    return [replace(page, sentences=(), signals={}) for page in pages]


def _batches(readings: Iterable[Reading | InputError]) -> Iterator[Batch]:
    batch: Batch = []
    for item in readings:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _good(batch: Batch) -> list[Reading]:
    return [item for item in batch if not isinstance(item, InputError)]


def _in_order(batch: Batch, coded: Iterable[Item]) -> Iterator[Item]:
    """What was coded at the places of the readings, with the errors at theirs."""
    pages = iter(coded)
    for item in batch:
        yield item if isinstance(item, InputError) else next(pages)


def _in_process(readings: Iterable[Reading | InputError]) -> Iterator[Item]:
    for batch in _batches(readings):
        yield from _in_order(batch, code_batch(_good(batch)))


Work = Callable[[Sequence["Reading"]], list[Page]]


def in_processes(readings: Iterable[Reading | InputError], jobs: int, work: Work = code_batch) -> Iterator[Item]:
    """As many batches in work as keep the workers busy, so that memory stays bounded on any number of inputs.

    Where a worker dies, the batches in work begin again, the first of them report by report, so that only the report
    that kills its worker is lost.
    """
    pool = _pool(jobs)
    waiting: deque[tuple[Batch, Future[list[Page]]]] = deque()

    def first() -> list[Item]:
        nonlocal pool
        batch, future = waiting.popleft()
        try:
            return list(_in_order(batch, future.result()))
        except BrokenProcessPool:
            pool.shutdown(wait=False, cancel_futures=True)
            pool = _pool(jobs)
            again = [(later, pool.submit(work, _good(later))) for later, _ in waiting]
            waiting.clear()
            waiting.extend(again)
            return list(_in_order(batch, _one_by_one(_good(batch), work)))

    try:
        for batch in _batches(readings):
            waiting.append((batch, _submit(pool, work, batch)))
            if len(waiting) > 2 * jobs:
                yield from first()
        while waiting:
            yield from first()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A fresh interpreter a worker: a forked one could inherit a lock that a thread of this process holds.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _submit(pool: ProcessPoolExecutor, work: Work, batch: Batch) -> Future[list[Page]]:
    """The batch in work; a pool that has broken since takes nothing, and its batches then begin again."""
    try:
        return pool.submit(work, _good(batch))
    except BrokenProcessPool as error:
        broken: Future[list[Page]] = Future()
        broken.set_exception(error)
        return broken


def _one_by_one(readings: Sequence[Reading], work: Work) -> Iterator[Item]:
    """The reports coded one after another in a process of their own, with an error for each that ends it."""
    pool = _pool(1)
    try:
        for reading in readings:
            try:
                yield pool.submit(work, [reading]).result()[0]
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                pool = _pool(1)
                where = reading.article.source or reading.article.id
                yield InputError(where, f"report {reading.article.id} ended the process that coded it (out of memory?)")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


class _Advance:
    """Counts on the bar, where there is one."""

    def __init__(self, bar: Progress | None, tally: Tally) -> None:
        self._bar, self._tally = bar, tally
        self._task = bar.add_task("", total=None, counts="") if bar else None

    def __call__(self) -> None:
        if self._bar is not None and self._task is not None:
            counts = f"{self._tally.pages:,} reports, {self._tally.layers['events']:,} events"
            self._bar.update(self._task, counts=counts)


@contextmanager
def _progress(tally: Tally, wanted: bool) -> Iterator[_Advance]:
    """A line on stderr that counts reports, on a terminal only."""
    if not wanted or not sys.stderr.isatty():
        yield _Advance(None, tally)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.fields[counts]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        yield _Advance(bar, tally)
