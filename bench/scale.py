"""Prints size, build time and query times of a large record, on reports that this file makes from templates.

    python bench/scale.py [REPORTS] [--keep FILE]

The pages are made by code and not by the parser, but they go through `Record.add` and the derived layer as all others
do. A happening is told by one report or by several; some reports are copies of another's text. The same number of
reports gives the same record. `--keep` builds the record at FILE, or asks the one that is there.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from vaka.record import Filters, Record, query
from vaka.record.search import search
from vaka.types import (
    Actor,
    Article,
    Basis,
    EngineInfo,
    Event,
    Page,
    Place,
    Pledge,
    Quantity,
    Quote,
    Span,
    Time,
    Zone,
    item_id,
)

REPORTS = 5_000
"""A default that builds in about a minute; the figures in the documents are for 100,000."""
LIMIT = 100
"""Rows that a page of the desk shows."""
SLOWEST = 0.3
"""Seconds in which every question has to be answered (the median of RUNS)."""
RUNS = 5
FIRST_DAY = date(2015, 1, 1)
DAYS = 3650
BASIS = Basis("bench", "template", "1", 0.9)
ENGINE = EngineInfo("bench", "bench", ())
LAND = [
    ("Kazakhstan", "KAZ", "Kazakh", (("Almaty", 43.25, 76.95), ("Aktau", 43.65, 51.17), ("Semey", 50.41, 80.23))),
    ("Nigeria", "NGA", "Nigerian", (("Kaduna", 10.52, 7.44), ("Maiduguri", 11.85, 13.16), ("Enugu", 6.44, 7.5))),
    ("Colombia", "COL", "Colombian", (("Cali", 3.44, -76.52), ("Cúcuta", 7.89, -72.5), ("Neiva", 2.93, -75.28))),
    ("Myanmar", "MMR", "Burmese", (("Mandalay", 21.97, 96.08), ("Sittwe", 20.15, 92.9), ("Loikaw", 19.67, 97.21))),
    ("Iraq", "IRQ", "Iraqi", (("Basra", 30.51, 47.78), ("Mosul", 36.34, 43.12), ("Kirkuk", 35.47, 44.39))),
    ("Kenya", "KEN", "Kenyan", (("Kisumu", -0.1, 34.76), ("Garissa", -0.45, 39.65), ("Nakuru", -0.3, 36.08))),
    ("Serbia", "SRB", "Serbian", (("Novi Sad", 45.25, 19.84), ("Niš", 43.32, 21.9), ("Preševo", 42.31, 21.65))),
    ("Pakistan", "PAK", "Pakistani", (("Quetta", 30.18, 67.0), ("Peshawar", 34.01, 71.58), ("Multan", 30.2, 71.46))),
    ("Ecuador", "ECU", "Ecuadorean", (("Guayaquil", -2.2, -79.9), ("Cuenca", -2.9, -79.0), ("Ambato", -1.25, -78.62))),
    ("Sudan", "SDN", "Sudanese", (("Nyala", 12.05, 24.88), ("Kassala", 15.46, 36.4), ("Atbara", 17.7, 33.97))),
    ("Armenia", "ARM", "Armenian", (("Gyumri", 40.79, 43.84), ("Goris", 39.51, 46.34), ("Vanadzor", 40.81, 44.49))),
    ("Philippines", "PHL", "Philippine", (("Davao", 7.07, 125.61), ("Jolo", 6.05, 121.0), ("Cebu", 10.32, 123.89))),
]
PARTIES = (
    ("the {people} army", ("MIL",), "organization"), ("{people} police", ("COP",), "organization"),
    ("the government of {name}", ("GOV",), "government"), ("{people} dock workers", ("LAB",), "population"),
    ("armed men from the {people} hills", ("UAF",), "armed-group"),
    ("{people} students", ("EDU", "CVL"), "population"), ("villagers in {name}", ("CVL",), "population"),
    ("the {people} opposition", ("PTY", "OPP"), "organization"),
)  # fmt: skip
ACTS = (
    ("ASSAULT", "firearms", "190", "material conflict", -9.0, "shot at", True),
    ("ASSAULT", "heavy-weapons", "194", "material conflict", -9.5, "shelled", True),
    ("PROTEST", "demo", "141", "material conflict", -5.0, "marched against", False),
    ("PROTEST", "strike", "143", "material conflict", -5.0, "went on strike against", False),
    ("COERCE", "arrest", "173", "material conflict", -7.0, "arrested", False),
    ("ACCUSE", "disapprove", "111", "verbal conflict", -2.0, "criticized", False),
    ("CONSULT", "visit", "042", "verbal cooperation", 4.0, "received", False),
    ("AID", None, "070", "material cooperation", 10.0, "sent food to", False),
    ("REJECT", "yield", "120", "verbal conflict", -2.0, "turned down", False),
    ("AGREE", None, "030", "verbal cooperation", 2.5, "promised a truce to", False),
)
HEARD = (
    "market bridge harbour school river valley road station hospital airport border square mill convoy ferry tower "
    "council family doctor teacher driver farmer nurse judge mayor sailor baker miner witness guard clerk trader "
    "opened closed watched carried counted repaired gathered waited walked heard lost found kept left brought "
    "morning evening rain smoke water bread fuel grain cattle glass paper fence wall roof gate light noise letter"
)
SYLLABLES = "ba co du fer gal hin jor kel lam mor nes pel quin ras sol tam ur vin wol zet"
WORDS = (*HEARD.split(), *("".join(part) for part in itertools.product(SYLLABLES.split(), repeat=3)))
"""A few words of English and 8,000 made of syllables, so that passages differ as those of reports do."""
WEIGHTS = tuple(itertools.accumulate(1 / (rank + 100) for rank in range(len(WORDS))))
"""Some words are common and most are rare, as Zipf's law has it; the first hundred ranks,
words of grammar and of every day, are left out."""
SOURCES = tuple(f"{place} {name}" for place in ("North", "Harbour", "Delta", "Union", "Frontier", "Civic")
                for name in ("Post", "Courier", "Wire", "Ledger", "Observer", "Tribune"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """What several reports may tell: who did what to whom, where and on what day."""

    day: date
    land: int
    place: int
    act: int
    actor: int
    recipient: int
    dead: int


class Writing:
    """One report while it is written: text that grows, and items that point into it."""

    def __init__(self, key: str, day: date, source: str) -> None:
        self.key, self.day, self.source = key, day, source
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[tuple[int, int, Happening]] = []

    def line(self, words: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(words)
        self.length += len(words) + 1
        return start, start + len(words)


def chatter(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, cum_weights=WEIGHTS, k=count))


def happenings(count: int, dice: random.Random) -> list[Happening]:
    return [
        Happening(FIRST_DAY + timedelta(dice.randrange(DAYS)), dice.randrange(len(LAND)), dice.randrange(3),
                  dice.randrange(len(ACTS)), dice.randrange(len(PARTIES)), dice.randrange(len(PARTIES)),
                  dice.randrange(1, 40))
        for _ in range(count)
    ]  # fmt: skip


def pages(count: int) -> Iterator[Page]:
    """`count` pages: of ten, seven are reports of their own, two are told again elsewhere, one is a copy."""
    dice = random.Random(f"scale {count}")
    told = happenings(3 * count, dice)
    last: Page | None = None
    for number in range(count):
        if last is not None and number % 10 == 9:
            yield copied(last, f"r{number:06}", dice.choice(SOURCES))
            continue
        again = number % 10 in (4, 7)
        first = told[number - 1 if again else number]
        chosen = [first, *(dice.choice(told) for _ in range(2))]
        chosen = [first, *(replace(other, day=first.day, land=first.land) for other in chosen[1:])]
        last = report(f"r{number:06}", chosen, dice)
        yield last


def copied(page: Page, key: str, source: str) -> Page:
    """The same words in another paper a day later, with ids of its own."""
    article = replace(page.article, id=key, source=source, published=_later(page.article.day or "", 1))
    fresh = [replace(event, id=item_id(article, "event", event.trigger.start, event.trigger.end, event.type),
                     actors=tuple(_again(article, a) for a in event.actors),
                     recipients=tuple(_again(article, a) for a in event.recipients), said_by=None)
             for event in page.events]  # fmt: skip
    return replace(page, article=article, events=tuple(fresh), quotes=(), pledges=(), times=(), places=(),
                   actors=tuple(_again(article, actor) for actor in page.actors))  # fmt: skip


def _again(article: Article, actor: Actor) -> Actor:
    return replace(actor, id=item_id(article, "actor", actor.span.start, actor.span.end))


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def report(key: str, chosen: list[Happening], dice: random.Random) -> Page:
    """A report of those happenings with filler between them, a quote, and in one of six a pledge."""
    day = chosen[0].day + timedelta(dice.randrange(2))
    writing = Writing(key, day, dice.choice(SOURCES))
    sentences = [(happening, _sentence(happening, dice)) for happening in chosen]
    at: list[tuple[Happening, int, int]] = []
    for happening, words in sentences:
        at.append((happening, *writing.line(words)))
        for _ in range(3):
            writing.line(f"{chatter(dice, 14)}.".capitalize())
    land = LAND[chosen[0].land]
    quoted = writing.line(f'"{chatter(dice, 9)}," a spokesman of {land[0]} said.')
    due = day + timedelta(dice.randrange(5, 90))
    promised = writing.line(f"{land[0]} will {chatter(dice, 5)} by {in_words(due)}.")
    text = "\n".join(writing.parts)
    title = f"{land[0]}: {chatter(dice, 6)}"
    article = Article(key, text, title=title, published=day.isoformat(), source=writing.source, language="en",
                      genre="news", url=f"https://example.org/{key}", zones=(Zone("body", 0, len(text)),))  # fmt: skip
    return _items(article, at, quoted, promised if dice.randrange(6) == 0 else None, due)


def in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _sentence(happening: Happening, dice: random.Random) -> str:
    act, land = ACTS[happening.act], LAND[happening.land]
    subject, target = (_party(happening, side) for side in ("actor", "recipient"))
    toll = f", killing {happening.dead + dice.randrange(3)} people" if act[6] else ""
    tail = chatter(dice, 4)
    told = f"{subject} {act[5]} {target} in {land[3][happening.place][0]} on {in_words(happening.day)}{toll}, {tail}."
    return told[0].upper() + told[1:]


def _party(happening: Happening, side: str) -> str:
    land = LAND[happening.land]
    return PARTIES[getattr(happening, side)][0].format(people=land[2], name=land[0])


def _items(
    article: Article,
    at: list[tuple[Happening, int, int]],
    quoted: tuple[int, int],
    promised: tuple[int, int] | None,
    due: date,
) -> Page:
    events = tuple(_event(article, happening, article.span(start, end)) for happening, start, end in at)
    actors = {actor.id: actor for event in events for actor in (*event.actors, *event.recipients)}
    evidence = article.span(*quoted)
    content = article.span(quoted[0] + 1, article.text.index(",", quoted[0]))
    speaker = next(iter(actors.values()))
    quote = Quote(item_id(article, "quote", content.start, content.end), (evidence,), BASIS, "direct", speaker, None,
                  (content,))  # fmt: skip
    pledges: tuple[Pledge, ...] = ()
    if promised:
        pledges = (_pledge(article, article.span(*promised), speaker, due),)
    return Page(article, events, (quote,), pledges, actors=tuple(actors.values()), engine=ENGINE)


def _event(article: Article, happening: Happening, sentence: Span) -> Event:
    kind, mode, cameo, quad, score, verb, deadly = ACTS[happening.act]
    land = LAND[happening.land]
    name, lat, lon = land[3][happening.place]

    def find(words: str, after: int = 0) -> Span:
        start = article.text.lower().index(words.lower(), sentence.start + after)
        return article.span(start, start + len(words))

    trigger = find(verb)
    beyond = trigger.end - sentence.start
    sides = [_actor(article, find(_party(happening, side), skip), happening, side, sentence)
             for side, skip in (("actor", 0), ("recipient", beyond))]  # fmt: skip
    day, spot = find(in_words(happening.day)), find(name, beyond)
    when = _time(article, day, happening.day, sentence)
    where = Place(item_id(article, "place", spot.start, spot.end), (sentence,), BASIS, spot, name, land[1], None, lat,
                  lon, None, "city", "clause")  # fmt: skip
    numbers: tuple[tuple[str, Quantity], ...] = ()
    if deadly:
        start = article.text.index("killing ", sentence.start) + len("killing ")
        told = article.span(start, article.text.index(",", start))
        count = float(told.text.split()[0])
        numbers = (("dead", Quantity(count, count, told.text, told)),)
    return Event(
        item_id(article, "event", trigger.start, trigger.end, kind), (sentence,), BASIS, kind, "occurred", trigger,
        (mode,) if mode else (), (), cameo, quad, score, (sides[0],), (sides[1],), when, where, numbers,
    )  # fmt: skip


def _actor(article: Article, span: Span, happening: Happening, side: str, sentence: Span) -> Actor:
    words, sectors, kind = PARTIES[getattr(happening, side)]
    land = LAND[happening.land]
    name = words.format(people=land[2], name=land[0])
    return Actor(item_id(article, "actor", span.start, span.end), (sentence,), BASIS, name, span, land[1], sectors,
                 kind, None, None, "knowledge")  # fmt: skip


def _time(article: Article, span: Span, day: date, sentence: Span) -> Time:
    told = day.isoformat()
    key = item_id(article, "time", span.start, span.end)
    return Time(key, (sentence,), BASIS, span, "DATE", told, told, told, "day", None, "clause")


def _pledge(article: Article, sentence: Span, promiser: Actor, due: date) -> Pledge:
    start = article.text.index(in_words(due), sentence.start)
    day = article.span(start, start + len(in_words(due)))
    content = article.span(article.text.index("will", sentence.start), sentence.end - 1)
    key = item_id(article, "pledge", content.start, content.end)
    return Pledge(key, (sentence,), BASIS, "pledge", promiser, None, "AID", content,
                  due=_time(article, day, due, sentence))  # fmt: skip


def questions(record: Record, middle: str) -> dict[str, Callable[[], object]]:
    """What the desk asks: first screens, one country, one month, words; each answer is a page of LIMIT rows."""
    page = Filters(limit=LIMIT)
    month = Filters(since=middle, until=middle, limit=LIMIT)
    land = Filters(country=("KAZ",), limit=LIMIT)
    return {
        "reports, first page": lambda: query.reports(record, page),
        "timeline, first page": lambda: query.timeline(record, page),
        "timeline, one month": lambda: query.timeline(record, month),
        "timeline, one country": lambda: query.timeline(record, land),
        "timeline, one country and type": lambda: query.timeline(record, replace(land, type=("ASSAULT",))),
        "timeline, one actor": lambda: query.timeline(record, Filters(actor=("Kazakh police",), limit=LIMIT)),
        "incidents, one month": lambda: query.incidents(record, month),
        "incidents, surest": lambda: query.incidents(record, replace(page, min_score=0.85)),
        "disagreements, one month": lambda: query.disagreements(record, month),
        "pledges, first page": lambda: query.pledges(record, page),
        "pledges, open and due": lambda: query.pledges(record, page, due_before=middle, open_only=True),
        "pledges, by country": lambda: query.pledges(record, page, by="KAZ"),
        "actors, first page": lambda: query.actors(record, page),
        "actors, one country": lambda: query.actors(record, land),
        "actors, one month": lambda: query.actors(record, month),
        "memory": lambda: query.memory(record, page),
        "search, a common word": lambda: search(record, "harbour", page),
        "search, two words": lambda: search(record, "Kaduna shelled", page),
        "search, a phrase": lambda: search(record, '"marched against"', land),
    }


def build(path: Path, count: int) -> None:
    began = time.perf_counter()
    making = 0.0
    with Record(path) as record:
        source = pages(count)
        while True:
            start = time.perf_counter()
            page = next(source, None)
            making += time.perf_counter() - start
            if page is None:
                break
            record.add(page)
        added = time.perf_counter() - began - making
        start = time.perf_counter()
        record.refresh()
        derived = time.perf_counter() - start
    print(f"{count:,} reports added in {added:.1f} s ({count / added:.0f} a second), derived in {derived:.1f} s")


def ask(path: Path) -> list[str]:
    """Prints how long each question takes; returns those that are too slow."""
    slow: list[str] = []
    with Record(path, create=False) as record:
        counted = ", ".join(
            f"{record.ask(f'SELECT count (*) AS n FROM {name}')[0]['n']:,} {name}"
            for name in ("reports", "events", "incidents", "quotes", "pledges")
        )
        print(f"{counted}; {path.stat().st_size / 1e6:.0f} MB")
        middle = (FIRST_DAY + timedelta(DAYS // 2)).isoformat()[:7]
        for name, question in questions(record, middle).items():
            spent: list[float] = []
            for _ in range(RUNS):
                start = time.perf_counter()
                question()
                spent.append(time.perf_counter() - start)
            median = statistics.median(spent)
            print(f"  {name:32} {1000 * median:8.1f} ms   (first {1000 * spent[0]:.1f})")
            if median > SLOWEST:
                slow.append(name)
    return slow


def main(words: list[str]) -> int:
    """Exit status 1 when a question takes longer than SLOWEST."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=REPORTS)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "scale.db"
        if not path.exists():
            build(path, given.reports)
        slow = ask(path)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if slow:
        print(f"slower than {SLOWEST} s: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
