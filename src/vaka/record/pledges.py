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

_DEEDS = """
withdraw* pull_out pull_back leave leaves leaving quit* evacuat* vacat* pullout pull-out bring_home recall* depart*
> withdrew withdrawn pulled_out pulled_back left quit evacuated vacated departed recalled brought_home flown+home
flew+home went+home gone crossed+back marched+out marched+off rolled_out rolled_back rolled_across rolled_over sailed
lowered_flag lowered_flags last_crossed last_boarded last_drove last_passed last_climbed

free freeing freed releas* liberat* let_go amnest* pardon* hand_over
> freed released liberated let_go let_out walked_out walked+free walked_through stepped emerged pardoned amnestied
came+home returned+home flown+home went+home back+home handed_over left_prison left_jail left_cells left_camp reunited
embraced set_free at+liberty

pay* give giving buy hold provid* donat* grant* deliver* suppl* ship* contribut* hand_over transfer* disburs*
compensat* fund*
financ* lend send sends sending spend* refund* repay* reimburs* receiv* donation aid assistance distribut*
> paid bought held gave given provided donated granted delivered supplied shipped contributed handed_over handed_out
transferred
disbursed compensated funded financed lent sent spent refunded repaid reimbursed received got credited wired arrived
reached came+in come+in landed unloaded distributed docked turned_over moored

send sends sending deploy* dispatch* station* contribut* provide field
> sent deployed dispatched stationed arrived landed reached stand stands stood flew disembarked in+place on+the+ground
joined took+up moved+in began_patrols set+up+camp pitched

build* construct* repair* rebuild* re-build* restor* reconstruct* erect* set*+up establish* install* connect* creat*
found pave launch* complet* finish* switch*_on renovat* dredg* electrif* lay drill* dig
> built constructed repaired rebuilt restored reconstructed erected set+up established installed connected created
founded paved launched completed finished renovated dredged electrified laid drilled dug opened inaugurated
switched_on in+use in+service in+operation cut+the+ribbon came+into+being sat_first lights_on

reopen* re-open* open* unblock* resum* restart* let_through
> reopened opened unblocked resumed restarted open+again is+open are+open was+open were+open stands+open swung+open
first_crossed first_passed let_through raised_barrier raised_barriers

clos* shut* decommission* mothball* dismantl* switch*_off seal*
> closed shut decommissioned mothballed dismantled switched_off went+dark went+cold sealed locked off+the+grid

publish* publication mak*_public disclos* reveal* declassif* release_report release_findings release_files
release_list release_figures lay*_open open_files open_archives open_books
> published made+public disclosed revealed declassified posted put+online printed released laid+open appeared unsealed
may_read can_read

sign* ratif* acced* join* approv* adopt* pass enact* recogni* endors* introduc* submit* tabl* present*
> signed ratified acceded joined admitted approved adopted passed enacted recognised recognized endorsed introduced
submitted tabled presented initialled promulgated put_name put_signature voted_for voted_through deposited became+law
in+force took+effect laid+before

election elections poll polls vote referendum ballot plebiscite
> voted went+to+the+polls cast_ballots cast_votes stations_opened stations_closed held took+place queued elected

resign* step*_down step*_aside leav*_office leav*_power hand*_power retir* quit* give_power relinquish* stand_down
abdicat*
> resigned stepped+down stepped+aside left+office left+power handed_power retired quit gave+up relinquished stood+down
took_uniform sworn+in abdicated moved+out

lift* abolish* scrap* end ending repeal* remov* eas* waiv* rescind* annul* drop* cancel* forgiv* write_off
> lifted abolished scrapped ended repealed removed eased waived rescinded annulled dropped cancelled canceled forgiven
forgave written_off wrote_off away+with expired lapsed no+longer struck+down struck+out came+down

cut* lower* reduc* slash* halv* trim*
> cut cuts lowered reduced slashed halved trimmed shrank fell fallen dropped came+down cheaper went+down

rais* increas* doubl* trebl* tripl* lift*_wages lift*_pay put*_up expand*
> raised increased doubled trebled tripled rose risen went+up gone+up put_up dearer climbed expanded grew grown

disarm* hand*_in hand*_over surrender* give_up lay*_down dismantl* destroy* demobili* disband* decommission*
> disarmed handed_in handed_over surrendered gave_up given_up laid_down dismantled destroyed demobilised demobilized
disbanded burned burnt blown+up collected crushed decommissioned scrapped piled

tak*_in admit* accept* resettl* receiv* allow* let lets permit* shelter* welcom* host*
> took_in taken_in admitted accepted resettled received allowed let_in permitted sheltered arrived landed entered
came+in inspected toured hosted moved+into

visit* travel* go fly attend* meet* talks summit negotiat* come
> visited travelled traveled went flew attended met sat+down talks+began talks+opened arrived landed received came

extradit* surrender* deport*
> extradited handed_over surrendered delivered transferred flown+to turned_over deported

investigat* prosecut* try punish* inquir* justice trial appoint* charg* arrest* dismiss* sack*
> investigated prosecuted tried punished opened_inquiry appointed named charged indicted arraigned convicted sentenced
arrested dismissed sacked

return* giv*_back hand*_back restor* send*_back repatriat*
> returned gave_back given_back handed_back came+back come+back restored sent_back repatriated went+back got_back
drove_home

stop* halt* suspend* freez* ceas* break_off discontinu* phas*_out moratorium
> stopped halted suspended frozen froze ceased ended broke_off discontinued phased_out fell+silent came+to+an+end

"""
"""Deeds in families: what a promise calls them, and after > what reports call them when done, for a report does not
repeat the verb. "*" is any ending, "_" up to four words between, "+" nothing but a space."""
_BREACHES = """
hold*_fire cease-fire ceasefire truce armistice not_attack* not_fire not_shell* not_bomb* not_strike not_shoot
from_attack* from_violence from_fir* stop*_attack* stop*_shelling stop*_fighting halt*_attack* shot+would spare
> shelled fired attacked raided ambushed bombed bombarded stormed struck shot overran mined clashed rocketed
machine-gunned seized killed

not_candidate not_run not_stand not_seek not_contest step_aside
> registered filed ran nominated put_name entered+the+race declared submitted accepted stood sought launched lodged

keep*_open keep*_running remain*_open stay*_open keep*_service not_clos* not_shut*
> closed shut shuttered locked mothballed scrapped

keep*_jobs keep*_posts keep*_workers keep*_staff no_layoffs no_lay-offs no_dismiss* no_redundanc* no_job+cuts
not_dismiss* not_sack* not_lay+off not_cut_jobs no_dismissed
> dismissed sacked laid+off cut axed lost+their+jobs dismissal+notices dismissal+letters redundant

not_sell not_privati* keep*_public
> sold privatised privatized auctioned

not_price* no_price* not_tax* not_fare* not_fee* not_tariff* not_rent* not_rais* not_increas* freez*_price*
hold_price* no_tax* no_rise*
> raised rose increased went+up gone+up dearer put+up doubled introduced imposed
"""
"""What breaks a promise to hold still: to hold fire, to keep a thing open, not to stand for office."""
_SAME = """
soldier troop force battalion contingent peacekeeper garrison regiment brigade; prisoner inmate detainee captive
hostage convict internee; money dollar euro pound franc mark krona kroner crown yen rupee sum fund grant loan donation
assistance payment credit; election poll vote ballot referendum plebiscite; law bill legislation statute; lorry
lorries truck; wage salary salaries pay; job post worker workforce employee; refugee asylum migrant; house home
dwelling flat; road highway motorway; weapon arms gun rifle; ship vessel boat; grain wheat maize rice corn; crossing
border frontier; inquiry investigation commission probe; file archive document paper; vaccine dose jab; candidate
candidacy; ban prohibition embargo; tax levy duty
"""
"""Words that name one thing."""


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
def deed_families(breaches: bool = False) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What promises call each deed (or each promise to hold still), and the regex of words that tell it as done."""
    pairs = [block.split(">") for block in (_BREACHES if breaches else _DEEDS).strip().split("\n\n")]
    return tuple((re.compile(words_pattern(promised), re.I), words_pattern(done)) for promised, done in pairs)


def words_pattern(words: str) -> str:
    gap = r"(?:\s+[\w'’-]+){0,4}?\s+"
    parts = (re.escape(w).replace(r"\*", r"\w*").replace("_", gap).replace(r"\+", r"\s+") for w in words.split())
    return rf"\b(?:{'|'.join(parts)})\b"


@cache
def _same_things() -> dict[str, str]:
    """Stems of words that name one thing, each with the first one's."""
    groups = [group.split() for group in _SAME.split(";")]
    return {stem: min(stems(group[0])) for group in groups for word in group for stem in stems(word)}


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
