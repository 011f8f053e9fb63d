"""What became of each promise, as later reports tell; silence keeps and breaks nothing, it only lets time run out.

A later event keeps a pledge when the same side does the promised act, to the promised party or in the words of the
promise. A pledge without a material act (None, AGREE and other words) needs its own verb or most of its words told as
done. A sentence that says outright what became of it ("took back the offer") counts where it speaks in its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from vaka.knowledge.deeds import deeds
from vaka.record.parties import Party, same_side
from vaka.record.words import stems, tells

WORDS_SHARED = 2
"""Content words that act and promise share when nothing says for whom it was done."""
LOOSE_SHARED, LOOSE_SHARE = 3, 0.6
"""Words, and share of the promise's words, that an event of any material type must repeat to keep a loose pledge."""
ENOUGH = 0.9
"""Share of a promised amount that counts as all of it: reports round."""
MATERIAL = frozenset({"COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "OFFICE"})
SPOKEN = frozenset({"CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT"})
"""Words that can themselves be promised (a visit, a recognition) and then kept by being said."""
FOLLOWED = frozenset({"open", "partly-kept", "overdue"})
SAME_SHARE = 0.7
"""Share of all words of two promises from which a copy or an update repeats the earlier one."""

_STILL = re.compile(
    r"(?i)^(?:that |to |will |would |shall |it |he |she |they |we |its? \w+ )*(?:not|never|no longer|no"
    r"|keep|maintain|remain|stay|continue|respect|observe|honou?r|refrain|abstain|desist|spare"
    r"|hold (?:its|their|his|her|our) (?:fire|hand))\b"
    r"|\b(?:cease-?fire|truce|moratorium|refrain|abstain|not one|not a single)\b"
)
"""A promise to hold still or to leave be: its last day is no deadline, and a deed breaks it."""

_COUNTING = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty"""
_TENS = "thirty forty fifty sixty seventy eighty ninety hundred"
NUMBERS = {word: at for at, word in enumerate(_COUNTING.split(), 1)}
NUMBERS |= {word: 10 * at for at, word in enumerate(_TENS.split(), 3)}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "bn": 10**9, "m": 10**6}
_NUMBER = re.compile(
    rf"(?i)(?<![\w.,])(\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
    rf"(?:[\s-]?({'|'.join(SCALES)})\b)?(?![\w%])"
)
MONTHS = r"january|february|march|april|may|june|july|august|september|october|november|december"
DATES = re.compile(rf"\b\d{{1,2}} (?:{MONTHS})\b|\b(?:{MONTHS}) \d{{1,2}}\b|\b(?:1[89]|20)\d\d\b", re.I)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the report that the row around it names."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A pledge with what is needed to follow it. `day` is when it was made; `due` the last day to keep it; `doers` are
    whom its words name, since a president promises what an alliance's troops will do."""

    id: str
    report: str
    copy_group: str
    day: str | None
    kind: str
    promiser: Party | None
    beneficiary: Party | None
    act: str | None
    content: Passage
    words: frozenset[str]
    amount: float | None
    due: str | None
    due_passage: Passage | None
    coded_status: str
    doers: tuple[Party, ...] = ()

    @property
    def sides(self) -> tuple[Party, ...]:
        """Who may keep it."""
        return (self.promiser, *self.doers) if self.promiser else self.doers


@dataclass(frozen=True, slots=True)
class Deed:
    """An event that may show what became of a promise; told on `told`, done on `day`."""

    event: str
    report: str
    told: str
    day: str
    type: str
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    country: str | None
    words: frozenset[str]
    amounts: tuple[float, ...]
    passage: Passage
    core: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence that says what became of the promise `of`, told on `told`."""

    report: str
    told: str
    status: str
    passage: Passage
    of: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a pledge's history."""

    status: str
    date: str | None
    report: str
    event: str | None
    passage: Passage


def follow(
    promises: Iterable[Promise], deeds: Iterable[Deed], as_of: str | None, verdicts: Iterable[Verdict] = ()
) -> dict[str, list[Change]]:
    """The history of each promise by id, from the day it was made to `as_of`, the record's latest day."""
    index = _index(deeds)
    said: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        said[verdict.of].append(verdict)
    return {promise.id: _history(promise, _candidates(promise, index), said[promise.id], as_of) for promise in promises}


def same_promises(promises: Iterable[Promise]) -> dict[str, str]:
    """Promises that a copy or an update of an earlier report repeats, each with the one that stands for it."""
    firsts: dict[tuple[str, str, str | None], list[Promise]] = defaultdict(list)
    same: dict[str, str] = {}
    for promise in sorted(promises, key=_standing):
        known = firsts[promise.copy_group, promise.kind, promise.act]
        before = next((first for first in known if _repeats(promise, first)), None)
        if before is None:
            known.append(promise)
        else:
            same[promise.id] = before.id
    return same


def _standing(promise: Promise) -> tuple[bool, str, bool, str]:
    """The earliest first, and of one day the one that names its promiser ("Tokayev", not "the state")."""
    named = promise.promiser is not None and promise.promiser.name[:1].isupper()
    return (promise.day is None, promise.day or "", not named, promise.id)


def _repeats(promise: Promise, first: Promise) -> bool:
    """Whether both say the same for the same side; one report does not promise one thing twice in the same words."""
    a, b = promise.promiser, first.promiser
    if a and b and a.key != b.key and not same_side(a, b):
        return False
    if promise.content.text.lower().split() == first.content.text.lower().split():
        return True
    words = promise.words | first.words
    shared = len(promise.words & first.words)
    return promise.report != first.report and shared >= WORDS_SHARED and shared >= SAME_SHARE * len(words)


def _side_keys(party: Party) -> set[str]:
    """What two parties share when `same_side` holds: org, country or name."""
    return {f"name:{party.key[0]}", f"country:{party.country}", f"org:{party.org}"} - {"country:None", "org:None"}


Index = dict[tuple[str, str], list[Deed]]
"""Deeds in order of time by what names a doer, and by their type (or by telling that something was taken back)."""


def _index(deeds: Iterable[Deed]) -> Index:
    index: Index = defaultdict(list)
    for deed in sorted(deeds, key=_by_time):
        kinds = (deed.type, "taken back") if tells("withdrawn", deed.passage.text) else (deed.type,)
        for name in {key for actor in deed.actors for key in _side_keys(actor)}:
            for kind in kinds:
                index[name, kind].append(deed)
    return index


def _by_time(deed: Deed) -> tuple[str, str, str]:
    return (deed.day, deed.told, deed.event)


def _candidates(promise: Promise, index: Index) -> list[Deed]:
    """Deeds of the promiser's side, since the promise, that could say something of it."""
    if promise.day is None:
        return []
    act = promise.act
    kinds = {act} if act in MATERIAL or act in SPOKEN else MATERIAL
    found: dict[str, Deed] = {}
    for name in {key for side in promise.sides for key in _side_keys(side)}:
        for kind in (*kinds, "taken back"):
            listed = index.get((name, kind or ""), [])
            for deed in listed[bisect_left(listed, promise.day, key=lambda deed: deed.day) :]:
                found[deed.event] = deed
    deeds = [d for d in found.values() if any(same_side(side, actor) for side in promise.sides for actor in d.actors)]
    return sorted(deeds, key=_by_time)


def _history(promise: Promise, deeds: Sequence[Deed], verdicts: Sequence[Verdict], as_of: str | None) -> list[Change]:
    history = [Change(promise.coded_status, promise.day, promise.report, None, promise.content)]
    due = None if holds_still(promise.content.text) else promise.due
    read = {verdict.report for verdict in verdicts}  # what its sentences say is surer than one event of the report
    news: list[Deed | Verdict] = [*(deed for deed in deeds if deed.report not in read), *verdicts]
    for told in sorted(news, key=_in_time):
        if history[-1].status not in FOLLOWED:
            break
        day = told.day if isinstance(told, Deed) else told.told
        if isinstance(told, Deed) and not _later(promise, told):
            continue
        if due and day > due and history[-1].status == "open":
            history.append(_overdue(promise, due))
        status = _outcome(promise, told) if isinstance(told, Deed) else told.status
        again = status == history[-1].status == "partly-kept" and due and (history[-1].date or "") <= due < day
        if status and (status != history[-1].status or again):
            event = told.event if isinstance(told, Deed) else None
            history.append(Change(status, day, told.report, event, told.passage))
    if history[-1].status == "open" and due and as_of and as_of > due:
        history.append(_overdue(promise, due))
    return history


@cache
def _same_things() -> dict[str, str]:
    """Stems of words that name one thing, each with the first one's."""
    return {stem: min(stems(group[0])) for group in deeds().same for word in group for stem in stems(word)}


def things_of(text: str) -> frozenset[str]:
    """The content words of a passage, one word for one thing."""
    same = _same_things()
    return frozenset(same.get(word, word) for word in stems(text))


def numbers_of(text: str) -> list[tuple[float, int, int]]:
    """The numbers told in figures or words ("1,700", "fourteen", "14 million") with their offsets; no dates."""
    found = []
    for match in _NUMBER.finditer(DATES.sub(lambda date: " " * len(date.group()), text)):
        word, scale = match.group(1).lower(), (match.group(2) or "").lower()
        value = NUMBERS[word] if word in NUMBERS else float(word.replace(",", ""))
        found.append((float(value * SCALES.get(scale, 1)), match.start(), match.end()))
    return found


def holds_still(content: str) -> bool:
    """Whether it is promised to refrain from something or to let it last, so that its end is no deadline."""
    return tells("lasting", content) or _STILL.search(content) is not None


def on_day(pledge: dict[str, Any], day: str) -> dict[str, Any]:
    """A pledge as a question to the record gives it, with status and history as they stood, or stand, on that day.

    What came later is left out; a deadline that has passed since the record's latest report makes it overdue.
    """
    history = [change for change in pledge["history"] if not change["date"] or change["date"] <= day]
    history = history or pledge["history"][:1]
    due = pledge["due"] or {}
    end = (due.get("end") or "")[:10]
    made = history[0]["date"] or ""
    still = holds_still(pledge["content"]["text"])
    if history[-1]["status"] == "open" and made <= end < day and end and not still:
        late = history[0] | {"status": "overdue", "date": _day_after(end), "event": None}
        history = [*history, late | {"evidence": [due["span"]] if due.get("span") else late["evidence"]}]
    return pledge | {"status": history[-1]["status"], "history": history}


def _in_time(told: Deed | Verdict) -> tuple[str, str, bool, str]:
    """On one day what was done stands before what was said of it."""
    if isinstance(told, Deed):
        return (told.day, told.told, False, told.event)
    return (told.told, told.told, True, f"{told.report}:{told.passage.start:09}")


def _later(promise: Promise, deed: Deed) -> bool:
    """Whether the deed follows the promise; within one report it must be dated after it."""
    if promise.day is None or deed.day < promise.day or deed.told < promise.day:
        return False
    return deed.day > promise.day if deed.report == promise.report else True


def _overdue(promise: Promise, due: str) -> Change:
    return Change("overdue", _day_after(due), promise.report, None, promise.due_passage or promise.content)


def _day_after(day: str) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except ValueError:
        return day


def _outcome(promise: Promise, deed: Deed) -> str | None:
    """What the deed makes of the promise, or None where it says nothing of it."""
    if promise.kind == "ultimatum":
        return None  # An ultimatum is met by the one who is threatened, which no event here says surely.
    shared = len(promise.words & deed.words)
    served = _serves(promise, deed)
    about = shared >= WORDS_SHARED or (served and shared > 0)
    if about and deed.status == "occurred" and tells("withdrawn", deed.passage.text):
        return "withdrawn"
    named = bool(deed.core & promise.words)
    if not _is_act(promise, deed, shared) or not (served or named or shared >= WORDS_SHARED):
        return None
    if deed.status == "negated":
        return "broken" if promise.due and deed.told > promise.due else None
    if deed.status not in ("occurred", "ongoing"):
        return None
    return "partly-kept" if _in_part(promise, deed) else "kept"


def _is_act(promise: Promise, deed: Deed, shared: int) -> bool:
    if promise.act in MATERIAL or promise.act in SPOKEN:
        return deed.type == promise.act
    if deed.type not in MATERIAL:
        return False
    return bool(deed.core & promise.words) or shared >= max(LOOSE_SHARED, LOOSE_SHARE * len(promise.words))


def _serves(promise: Promise, deed: Deed) -> bool:
    beneficiary = promise.beneficiary
    if beneficiary is None:
        return False
    if any(same_side(beneficiary, recipient) for recipient in deed.recipients):
        return True
    return not deed.recipients and beneficiary.country is not None and beneficiary.country == deed.country


def _in_part(promise: Promise, deed: Deed) -> bool:
    text = deed.passage.text
    if promise.amount and deed.amounts:
        return max(deed.amounts) < ENOUGH * promise.amount
    if tells("begun", promise.content.text):
        return False  # It was only promised to begin.
    if tells("ended", text):
        return False
    return deed.status == "ongoing" or tells("begun", text)
