"""The stage that codes events: readings of each sentence, their type, mode, parties, time, place and size.

Codes title, caption and body only; a future CONSULT, SUPPORT, COOPERATE or AID becomes an AGREE, an announced RETREAT
a CONCEDE (PLOVER's rules); what nobody is told to have done has no actor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vaka.coding import weigh
from vaka.coding.context import at_home
from vaka.coding.fold import fold
from vaka.coding.frames import complements, is_verb, logical_subject
from vaka.coding.magnitude import magnitude_of
from vaka.coding.moments import (
    TOLD_ON,
    clause_span,
    dateline_day,
    going_on,
    has_time,
    simply_past,
    time_above,
    when_of,
)
from vaka.coding.patterns import told_as_future
from vaka.coding.roles import Cast
from vaka.coding.select import JUDGEMENTS, Telling, tellings
from vaka.coding.sites import story_place, where_of
from vaka.coding.status import FINITE, PROMISING, content_is_negated, will_not
from vaka.knowledge.ontology import EventType, Ontology, ontology
from vaka.story import story_country
from vaka.syntax import Sentence
from vaka.types import CODED_ZONES, Basis, Event, Page, item_id

FUTURE_IS_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
REFUSABLE = FUTURE_IS_AGREE | {"RETREAT", "CONCEDE", "AGREE"}
ASKED = {
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
    "CONSULT": "meet",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}
THREATENED = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "SANCTION": "relations",
    "REJECT": "relations",
    "COERCE": "restrict",
}
THREATENED_MODE = {"expel": "expel", "deport": "expel", "arrest": "arrest", "convict": "arrest", "seize": "territory"}
LOCATED = frozenset({"PROTEST", "ASSAULT", "COERCE", "MOBILIZE", "CONDITION", "DISASTER"})
"""Types that always happen somewhere, so that the story's place holds where a sentence tells none."""
DRILLS = frozenset({"mobilize.drill", "mobilize.drill-near", "mobilize.drill-bare", "mobilize.war-games"})
"""Patterns of exercises: of two states a joint one, which is COOPERATE."""
OWN_WORK = frozenset({"arrest", "curfew", "seize"})
"""Modes of COERCE that are police work by their nature."""
PEACE = ("peacekeep", "peace-keep", "stabilisation", "stabilization")
"""How the words of missions begin that make sent soldiers an AID (CAMEO 074)."""
PLEDGING = frozenset({"promise", "pledge", "vow", "undertake", "commit", "assure", "guarantee"})
PLEDGED = {
    "RETREAT": "CONCEDE",
    "CONCEDE": "CONCEDE",
    "ASSAULT": "THREATEN",
    "COERCE": "THREATEN",
    "SANCTION": "THREATEN",
}
"""What a promise is by what it promises (PLOVER): a withdrawal conceded, a punishment threatened."""
SPOKEN = frozenset({"AGREE", "CONCEDE", "THREATEN", "REJECT"})
OWN = frozenset({"its", "his", "her", "their", "our", "my"})
TAKING_PART = frozenset({"participate", "take", "serve", "contribute", "join"})
COMMANDING = frozenset({"order", "command", "instruct", "direct", "tell"})
DRILLED = frozenset({"exercise", "drill", "manoeuvre", "maneuver", "game"})
PLANNING = frozenset({"plan", "schedule", "arrange", "prepare"})
ANNOUNCING = frozenset({"announce", "declare", "order", "unveil", "pledge", "promise", "agree", "offer"})
VERSION = "1"


class EventsStage:
    """Needs the parse, actors, times, places and quotes; gives events."""

    name = "events"
    needs = frozenset({"sentences", "signals", "actors", "times", "places", "quotes"})
    gives = frozenset({"events"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        known = ontology()
        return [replace(page, events=events_of(page, known)) for page in pages]


def events_of(page: Page, known: Ontology) -> tuple[Event, ...]:
    """The page's events in text order, repeats folded into one."""
    cast = Cast.of(page)
    found: list[tuple[Event, Sentence]] = []
    story = story_country(page.article, page.places, page.actors)
    for sentence in page.sentences:
        if sentence.zone in CODED_ZONES:
            for told in tellings(sentence, cast, known, page.signals.get(sentence.index), reasons=False)[0]:
                telling = _own_work(page, _spoken_judgement(page, told))
                if telling.reading.pattern.type in JUDGEMENTS and not (telling.actors or telling.recipients):
                    continue
                event = at_home(build(page, telling, cast, known, story[0]), story)
                found.append((told_on(page, event, telling, found), sentence))
    return fold(page, found)


def told_on(page: Page, event: Event, telling: Telling, before: Sequence[tuple[Event, Sentence]]) -> Event:
    """The event with the day of the story where it has none: that of the sentence before, which it goes on to tell, of
    the dateline that it opens, or of publication for what goes on."""
    sentence, anchor = telling.sentence, telling.reading.anchor
    if event.when is not None or has_time(page, sentence):
        return event
    if event.status == "ongoing":
        return replace(event, when=going_on(page, sentence, anchor))
    if event.status != "occurred" or event.type not in TOLD_ON or not simply_past(sentence, anchor):
        return event
    for other, told in reversed(before):
        if told.index != sentence.index - 1 or told.zone != "body" or sentence.zone != "body":
            continue
        day = other.when
        if other.type in TOLD_ON and other.status == "occurred" and day and day.start and day.start == day.end:
            return replace(event, when=replace(day, origin="story"))
    return replace(event, when=dateline_day(page, sentence))


def build(page: Page, telling: Telling, cast: Cast, known: Ontology, story: str | None) -> Event:
    """The event of one telling."""
    article, sentence, reading = page.article, telling.sentence, telling.reading
    kind, status = type_and_status(telling)
    mode = mode_of(telling, kind, known.types.get(kind))
    anchor = reading.anchor
    near = cast.places.get(sentence.index, [])
    taken = {actor.span.start for actor in telling.actors}
    signal = page.signals.get(sentence.index)
    chances = weigh.place_chances(sentence, signal, reading.trigger, near) if signal else None
    where = where_of(sentence, reading.trigger, anchor, kind, near, taken, chances)
    if where is None and kind in LOCATED and status in {"occurred", "ongoing"}:
        where = story_place(page, sentence, story)
    when = when_of(page, sentence, anchor, status in {"occurred", "ongoing"})
    told = when or time_above(page, sentence, anchor)
    if status in {"occurred", "ongoing"} and told is not None and _long_ago(article.day, told.end):
        status = "historical"
    trigger = article.span(reading.trigger.start, reading.trigger.end)
    of = known.types.get(kind)
    return Event(
        id=item_id(article, "event", trigger.start, trigger.end, kind),
        evidence=(article.span(sentence.start, sentence.end),),
        basis=Basis("events", reading.pattern.id, VERSION, score_of(telling)),
        type=kind,
        status=status,
        trigger=trigger,
        modes=(mode,) if mode else (),
        contexts=tuple(dict.fromkeys((*reading.pattern.contexts, *(of.contexts if of else ())))),
        cameo=_cameo(reading.pattern.cameo, of, mode),
        quad=of.quad if of else None,
        score=_intensity(of, mode),
        actors=telling.actors,
        recipients=telling.recipients,
        when=when,
        where=where,
        magnitude=magnitude_of(article, sentence, reading.trigger, kind, mode),
    )


def _spoken_judgement(page: Page, telling: Telling) -> Telling:
    """ "X said the violence must be condemned" condemns it, in X's name."""
    kind = telling.reading.pattern.type
    if kind not in JUDGEMENTS or telling.actors or telling.status != "demanded":
        return telling
    at = telling.reading.trigger.start
    for quote in page.quotes:
        if quote.speaker is not None and any(span.start <= at < span.end for span in quote.content):
            # The network hears no act in what is only owed; that it is said, the frame and the quote tell.
            score = max(telling.score or 0.0, telling.reading.pattern.score)
            return replace(telling, actors=(quote.speaker,), status="occurred", score=score)
    return telling


def _own_work(page: Page, telling: Telling) -> Telling:
    """ "40 people had been arrested, police said": arrests, seizures and curfews that police tell of are theirs, where
    nobody else is told to have done them."""
    pattern = telling.reading.pattern
    if pattern.type != "COERCE" or pattern.mode not in OWN_WORK or telling.actors or telling.status != "occurred":
        return telling
    at = telling.reading.trigger.start
    for quote in page.quotes:
        if quote.speaker is not None and any(span.start <= at < span.end for span in quote.content):
            return replace(telling, actors=(quote.speaker,)) if "COP" in quote.speaker.sectors else telling
    return telling


def type_and_status(telling: Telling) -> tuple[str, str]:
    """PLOVER's rules for future acts, with the contract's statuses."""
    kind, status = telling.reading.pattern.type, telling.status
    reading = telling.reading
    light = reading.light
    announced = light is not None and light.lemma in ANNOUNCING and reading.pattern.mode != "resign"
    if kind == "RETREAT" and announced and status == "occurred":
        return "CONCEDE", "occurred"
    if kind == "MOBILIZE" and reading.pattern.id in DRILLS and len({a.country or a.name for a in telling.actors}) > 1:
        return "COOPERATE", status  # a drill of two states is a joint exercise
    taking_part = kind == "COOPERATE" and reading.anchor.lemma in TAKING_PART
    if (kind == "MOBILIZE" or taking_part) and _keeps_peace(telling):
        return "AID", status
    if kind == "REJECT" and status == "negated" and telling.retyped in REFUSABLE and telling.actors:
        return kind, "occurred"  # "failed to reach a deal": what the network hears is the failure, and that happened
    if telling.by_network and telling.actors:
        # The network's type is that of the whole clause: "will not yield" is a refusal, "will withdraw" a concession.
        if kind == "REJECT" and status == "negated" and will_not(telling.sentence, reading.anchor):
            return kind, "occurred"
        if kind == "CONCEDE" and status == "planned" and own_future(telling):
            return kind, "occurred"
    if (
        (telling.retyped or kind) in REFUSABLE
        and status == "negated"
        and telling.actors
        and will_not(telling.sentence, reading.anchor)
    ):
        return "REJECT", "occurred"
    if kind == "RETREAT" and status == "planned" and telling.actors and own_future(telling):
        return "CONCEDE", "occurred"
    if kind == "AGREE" and reading.pattern.content == "agree" and reading.trigger.lemma in PLEDGING:
        kind = kind if content_is_negated(telling.sentence, reading.trigger) else PLEDGED.get(reading.act or "", kind)
    if kind == "REQUEST" and _commands(telling):
        return "MOBILIZE", status
    if kind == "AGREE" and status == "expected" and telling.retyped in FUTURE_IS_AGREE:
        return kind, "planned"
    if kind in FUTURE_IS_AGREE and light is not None and light.lemma in PLANNING and status != "negated":
        return "AGREE", "planned"
    if kind in FUTURE_IS_AGREE and status in {"planned", "expected"}:
        # "Will lend" is a promise given; "will meet on Friday" states a schedule only, "said he would visit" an intent.
        promised = status == "planned" and bool(telling.actors) and (kind != "CONSULT" or said_of_oneself(telling))
        return "AGREE", "occurred" if promised else "planned"
    if kind in SPOKEN and telling.by_network and status in {"planned", "hypothetical"} and said_of_oneself(telling):
        return kind, "occurred"  # "said it would leave the government if …": who says so has threatened
    if kind in {"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"} and status == "ongoing":
        return kind, "occurred"
    return kind, status


def _keeps_peace(telling: Telling) -> bool:
    """Whether what is moved, or what it is moved to or for, is a peacekeeping mission: "sent 230 troops to Liberia on a
    peacekeeping mission". Of peacekeepers that are only named beside ("after two peacekeepers died") it is not told."""
    sentence, reading = telling.sentence, telling.reading
    below = [
        reading.trigger,
        *sentence.children(reading.anchor, "dobj", "nsubj", "nsubjpass", "prep", "dative", "xcomp"),
        *(t for t in sentence.children(reading.anchor, "advcl") if t.tag == "VB"),
        *(logical_subject(sentence, reading.anchor) if is_verb(reading.anchor) else ()),
    ]
    while below:
        word = below.pop()
        if word.lemma.startswith(PEACE):
            return True
        if word.i != reading.trigger.i or not is_verb(word):
            below += [child for child in sentence.children(word) if child.dep not in {"relcl", "acl", "advcl", "appos"}]
    return False


def own_future(telling: Telling) -> bool:
    """Whether somebody's own "will" tells it; an act that others expect or schedule keeps its type."""
    verb = telling.reading.anchor
    return telling.reading.pattern.pos == "VERB" and told_as_future(telling.sentence, verb)


def _commands(telling: Telling) -> bool:
    """Whether it is one's own forces that are ordered to move: that moves them, and asks nobody."""
    own = {actor.country for actor in telling.actors}
    armed = [r for r in telling.recipients if r.sector in {"MIL", "COP"} and (r.country is None or r.country in own)]
    clauses = [clause for _, clause in complements(telling.sentence, telling.reading.trigger)]
    drilled = any(t.lemma in DRILLED for clause in clauses for t in telling.sentence.children(clause, "dobj"))
    moved = telling.reading.act == "MOBILIZE" or drilled
    return moved and bool(armed) and armed == list(telling.recipients) and telling.reading.trigger.lemma in COMMANDING


def said_of_oneself(telling: Telling) -> bool:
    """Whether the act is what its actor says that he would do: "South Sudan said it would open its border"."""
    sentence, verb = telling.sentence, telling.reading.anchor
    saying = sentence.head(verb)
    if not is_verb(verb) or verb.dep != "ccomp" or saying.lemma not in PROMISING or saying.tag not in FINITE:
        return False
    subject, speaker = sentence.child(verb, "nsubj"), sentence.child(saying, "nsubj")
    if subject is None or speaker is None:
        return False
    return subject.pos == "PRON" or any(t.lower in OWN for t in sentence.children(subject, "poss"))


def mode_of(telling: Telling, kind: str, of: EventType | None) -> str | None:
    """The mode that the pattern names, else the one of its content, else the one that words of the clause tell."""
    pattern, reading = telling.reading.pattern, telling.reading
    if kind == "REJECT" != pattern.type:
        return ASKED.get(pattern.type, "change")
    if kind != pattern.type:
        return None
    if pattern.mode:
        return pattern.mode
    if pattern.content in {"request", "reject"} and kind in {"REQUEST", "REJECT"}:
        return ASKED.get(reading.act or "", "change")
    if pattern.content == "threaten" and kind == "THREATEN":
        return THREATENED_MODE.get(reading.act_mode or "") or THREATENED.get(reading.act or "")
    if of is None:
        return None
    if kind == "CONSULT" and _many_sided(telling):
        return "multilateral"
    words = _words_near(telling)
    for mode, wanted in of.mode_words:
        if words & wanted:
            return mode
    return None


def _many_sided(telling: Telling) -> bool:
    """Three parties or more, or the ministers of a whole organization."""
    sides = {actor.country or actor.name for actor in telling.actors}
    return len(sides) > 2 or any(
        a.org and a.span.text.lower().endswith("s") and a.kind == "person" for a in telling.actors
    )


def _words_near(telling: Telling) -> set[str]:
    """Lemmas of the trigger's clause, and pairs of neighbouring words, that may tell the means."""
    sentence = telling.sentence
    inside = clause_span(sentence, telling.reading.trigger)
    lemmas = {t.lemma for t in sentence.tokens if t.i in inside}
    pairs = {
        f"{a.lower} {b.lemma}" for a, b in zip(sentence.tokens, sentence.tokens[1:], strict=False) if b.i in inside
    }
    return lemmas | pairs


def _long_ago(day: str | None, end: str | None) -> bool:
    """More than a year before publication."""
    if not day or not end or len(end) < 10:
        return False
    year_before = f"{int(day[:4]) - 1:04d}{day[4:]}"
    return end < year_before


def _cameo(own: str | None, of: EventType | None, mode: str | None) -> str | None:
    if own or of is None:
        return own
    return of.mode_cameo.get(mode or "") or of.cameo


def _intensity(of: EventType | None, mode: str | None) -> float | None:
    if of is None:
        return None
    own = of.modes.get(mode) if mode else None
    return own if own is not None else of.score


def score_of(telling: Telling) -> float:
    """How sure the reading is: the pattern's prior, raised by what its frame demanded and by filled roles."""
    pattern = telling.reading.pattern
    if telling.score is not None:
        return telling.score
    score = pattern.score
    score += 0.02 * min(pattern.constraints, 4)
    score += 0.03 * bool(telling.actors) + 0.03 * bool(telling.recipients)
    if not telling.actors and not telling.recipients:
        score -= 0.2
    if pattern.pos == "NOUN" and telling.reading.light is None:
        score -= 0.1
    if telling.reading.trigger.dep == "dep" or not is_verb(telling.reading.anchor):
        score -= 0.02
    return round(min(0.99, max(0.05, score)), 3)
