"""What became of each promise, as later reports tell; silence keeps and breaks nothing, it only lets time run out.

A later event keeps a pledge when the same side does the promised act, to the promised party or in the words of the
promise. A pledge without a material act (None, AGREE and other words) needs its own verb or most of its words told as
done. A sentence that says outright what became of it ("took back the offer") counts where it speaks in its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vaka.record.parties import Party, same_side
from vaka.record.words import tells

WORDS_SHARED = 2
"""Content words that act and promise share when nothing says for whom it was done."""
LOOSE_SHARED = 3
LOOSE_SHARE = 0.6
"""Words, and share of the promise's words, that an event of any material type must repeat to keep a loose pledge."""
ENOUGH = 0.9
"""Share of a promised amount that counts as all of it: reports round."""
MATERIAL = frozenset({"COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "OFFICE"})
SPOKEN = frozenset({"CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT"})
"""Words that can themselves be promised (a visit, a recognition) and then kept by being said."""
FOLLOWED = frozenset({"open", "partly-kept", "overdue"})
VERDICT_SHARE = 0.5
"""Share of the promise's words in the paragraph of a sentence that says outright what became of it."""
SAME_SHARE = 0.7
"""Share of all words of two promises from which a copy or an update repeats the earlier one."""
CAUTION = ("withdrawn", "broken", "partly-kept", "kept")
"""Where one paragraph says several things, the least favourable stands."""


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
    """A sentence that says what became of a promise; `words` are its paragraph's, `own_words` its own."""

    report: str
    told: str
    status: str
    words: frozenset[str]
    own_words: frozenset[str]
    parties: tuple[Party, ...]
    paragraph: tuple[int, int]
    passage: Passage


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
    said = _by_word(verdicts)
    return {
        promise.id: _history(promise, _candidates(promise, index), _judged(promise, said), as_of)
        for promise in promises
    }


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
    keys = {"name:" + party.key[0]}
    if party.country:
        keys.add("country:" + party.country)
    if party.org:
        keys.add("org:" + party.org)
    return keys


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


def _by_word(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    """Verdicts by the words of their own sentence, of which a promise must share one."""
    index: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in sorted(verdicts, key=lambda v: (v.told, v.report, v.passage.start)):
        for word in verdict.own_words:
            index[word].append(verdict)
    return index


def _judged(promise: Promise, said: dict[str, list[Verdict]]) -> list[Verdict]:
    """What reports say of this promise outright, one verdict a paragraph: the least favourable."""
    found: dict[tuple[str, tuple[int, int]], Verdict] = {}
    for verdict in {id(v): v for word in promise.words for v in said.get(word, ())}.values():
        if promise.kind == "ultimatum" or not _speaks_of(verdict, promise):
            continue
        key = (verdict.report, verdict.paragraph)
        if key not in found or CAUTION.index(verdict.status) < CAUTION.index(found[key].status):
            found[key] = verdict
    return sorted(found.values(), key=lambda v: (v.told, v.report, v.passage.start))


def _speaks_of(verdict: Verdict, promise: Promise) -> bool:
    if promise.day is None or verdict.told < promise.day:
        return False
    if verdict.report == promise.report:
        first, last = verdict.paragraph
        own = first <= promise.content.start < last and promise.content.end <= verdict.passage.start
        return own and verdict.status == "withdrawn"
    if not any(same_side(side, party) for side in promise.sides for party in verdict.parties):
        return False
    shared = len(verdict.words & promise.words)
    return shared >= WORDS_SHARED and shared >= VERDICT_SHARE * len(promise.words)


def _history(promise: Promise, deeds: Sequence[Deed], verdicts: Sequence[Verdict], as_of: str | None) -> list[Change]:
    history = [Change(promise.coded_status, promise.day, promise.report, None, promise.content)]
    due = None if tells("lasting", promise.content.text) else promise.due
    news: list[Deed | Verdict] = [*deeds, *verdicts]
    for told in sorted(news, key=_in_time):
        if history[-1].status not in FOLLOWED:
            break
        day = told.day if isinstance(told, Deed) else told.told
        if isinstance(told, Deed) and not _later(promise, told):
            continue
        if due and day > due and history[-1].status == "open":
            history.append(_overdue(promise, due))
        status = _outcome(promise, told) if isinstance(told, Deed) else told.status
        if status and status != history[-1].status:
            event = told.event if isinstance(told, Deed) else None
            history.append(Change(status, day, told.report, event, told.passage))
    if history[-1].status == "open" and due and as_of and as_of > due:
        history.append(_overdue(promise, due))
    return history


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
    try:
        day = (date.fromisoformat(due) + timedelta(days=1)).isoformat()
    except ValueError:
        day = due
    return Change("overdue", day, promise.report, None, promise.due_passage or promise.content)


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
