"""Names that only look like times: persons called Friday or April, films, movements, streets; it finds no time.

`is_name` is asked about words that a rule has read as a time. Only words with a capital can be a name, and in
headlines, where every word may have one, only persons are looked for.
"""

from __future__ import annotations

import re

from vaka.language.calendar_names import MONTHS, SHORT_MONTHS, WEEKDAYS, words
from vaka.syntax import Sentence, Token

TIME_SUBJECTS = words(
    "be see mark bring begin end come pass witness prove become remain follow arrive feature start go look have "
    "give turn happen include record show appear feel fall close open promise offer produce loom near approach dawn"
)
"""Verbs that a day or a month can be the subject of (Friday marks …, April saw …); others make it a person."""
OF_GROUPS = words(
    "claim say vow threaten bomb kidnap warn deny promise demand attack kill murder shoot abduct assassinate admit "
    "declare denounce condemn pledge agree refuse reject"
)
"""Verbs that a group may be the subject of and a date may not: November 17 claimed the attack."""
OF_PERSONS = words("have thank marry love arrest name call")
WORK = re.compile(
    r"\b(?:films?|movies?|novels?|plays?|books?|albums?|songs?|bands?|operas?|paintings?|poems?|series|sitcom|musical|"
    r"trawler|tanker|frigate|yacht|entitled|titled)\s+[\"“‘']?(?:The\s+)?$"
)
KIN = re.compile(
    r"\b(?:daughter|son|wife|husband|sister|brother|mother|father|cousin|niece|nephew|aunt|girlfriend|granddaughter|actress|"
    r"singer|named|called|nicknamed)\s+$"
)
ADDRESS = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Miss|Sgt|Capt|Lt|Col|Maj|Prof|Rev)\b\.?\s+$")
RANK = re.compile(
    r"(?<!Attorney )(?<!Secretary )(?<!the )(?<!The )\b(?:General|President|Captain|Colonel|Major|Judge|Justice|"
    r"Senator|Minister|Uncle|Aunt|Chief|Bishop|Professor|Sergeant)\s+$|\b(?:Man|Girl)\s+$"
)
BODY = re.compile(
    r"\b(?:Movement|Front|Party|Army|Forces|Coalition|Brigades?|Battalion|Alliance|League|Guerrillas|"
    r"Organi[sz]ation|Group|Fraction|Street|Square|Avenue|Bridge|Plaza|Stadium|University|Hospital)\s+of\s+(?:the\s+)?$"
)
GROUPS_AS = re.compile(
    r"\b(?:groups?|organi[sz]ations?|movements?|militias?|guerrillas?|factions?|parties)\s+(?:such\s+as|like|called|known\s+as|"
    r"including)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
BODY_AFTER = re.compile(
    r"\s+(?:Youth\s+|Student\s+|Revolutionary\s+)?(?:Movement|Front|Party|Army|Forces|Coalition|Brigades?|Battalion|"
    r"Alliance|League|Organi[sz]ation|Group|Street|Square|Avenue|Bridge|Plaza|Stadium|University|Hospital|Club|Road|Foundation"
    r"|Agreement|Accords?|Islands?|Rising|Institute|Studios|Fox|Palace|Olympics|Games|Airport|District)\b"
)
CAPITALS = frozenset({"spelled year", "century", "duration", "weekday", "day beside today", "part of a day", "ago"})
"""Rules whose words have one capital at most where they are a time."""
NAMED = frozenset({"WORK_OF_ART", "PRODUCT", "ORG", "FAC", "EVENT", "LAW"})
LEADS = words("on in until till since during through last next this every each early late mid")
"""Words after which a day or a month is a time, whatever follows."""
NO_SURNAME = re.compile(r"\s+(?:Mass|Prayers?|Services?|Mosque|Night|Morning|Evening|Afternoon|Vote|Election|[IVX]+)\b")
PLACES = frozenset({"GPE", "NORP", "LOC"})
NOT_PERSONS = frozenset({"GPE", "NORP", "LOC", "DATE", "TIME", "FAC"})
ORDERS = words("last next this past coming previous following early late first second third fourth every each")
CALENDAR = frozenset({*MONTHS, *SHORT_MONTHS, *WEEKDAYS})
DESCRIBED = re.compile(r",\s+(?:(?:the|an?|her|his|their)\s+[^,;.]{2,40}|\d{1,2}),\s+")


def is_name(sentence: Sentence, text: str, start: int, end: int, kind: str) -> bool:
    """Whether the words at start to end of the sentence's text, read by the rule `kind`, are a name and no time."""
    said = re.sub(r"^[Tt]he\s+", "", text[start:end])
    if (not said[:1].isupper() and not said[:1].isdigit()) or text.isupper():
        return False
    before, after = text[max(0, start - 40) : start], text[end : end + 60]
    headline = sentence.zone == "title"
    if sum(word[0].isupper() for word in said.split()) and person(sentence, text, start, end, headline):
        return True
    if headline:
        return False
    if WORK.search(before) and not calendar_day(said):
        return True
    if BODY_AFTER.match(after) or BODY.search(before):
        return True
    if kind == "date" and grouped(sentence, before, start, end):
        return True
    if kind == "feast" and any(
        t.ent == "PERSON" for t in sentence.children(inside(sentence, start, end)[-1], "compound")
    ):
        return True
    return titled(sentence, said, start, end, kind)


def grouped(sentence: Sentence, before: str, start: int, end: int) -> bool:
    """Whether a day of the calendar is what a group is called."""
    if GROUPS_AS.search(before):
        return True
    for token in inside(sentence, start, end):
        verb = sentence.head(token)
        if token.dep == "nsubj" and verb.pos == "VERB" and verb.lemma in OF_GROUPS and not before.strip():
            return True
    return False


def calendar_day(said: str) -> bool:
    """A weekday (the film opened … the series Monday): it may stand as adverb right behind a noun."""
    return said.lower() in WEEKDAYS


def titled(sentence: Sentence, said: str, start: int, end: int, kind: str) -> bool:
    """Words written with capitals that a time would not have: Nineteen Eighty-Four, Monday Morning, the Six-Day War."""
    parts = [part for part in re.split(r"[\s-]+", said) if part]
    capitals = [part[0].isupper() for part in parts]
    counted = kind in {"duration", "ago"} and parts[0][0].isdigit() and any(capitals) and all(capitals[1:])
    if kind not in CAPITALS or len(parts) < 2 or not (all(capitals) or counted):
        return False
    tail = {part.lower() for part in parts}
    if kind == "weekday" and not tail & {"morning", "afternoon", "evening", "night"}:
        return False
    return kind != "century" or bool({token.ent for token in inside(sentence, start, end)} & NAMED)


def inside(sentence: Sentence, start: int, end: int) -> list[Token]:
    return sentence.within(sentence.start + start, sentence.start + end)


def person(sentence: Sentence, text: str, start: int, end: int, headline: bool) -> bool:
    """Whether one word, a month or a weekday, is what a person is called."""
    said = text[start:end]
    if said.lower() not in CALENDAR and said.lower().rstrip("s") not in WEEKDAYS:
        return False
    found = inside(sentence, start, end)
    if len(found) != 1:
        return False
    token, before, after = found[0], text[max(0, start - 40) : start], text[end : end + 60]
    month = said.lower() not in WEEKDAYS
    if surname(sentence, token, text, end, headline) or ADDRESS.search(before):
        return True
    if headline:
        return False
    if coined(sentence, token):
        return True
    if RANK.search(before) or (month and KIN.search(before)):
        return True
    if token.dep == "oprd" and sentence.head(token).dep == "acl":
        return True
    if token.dep == "appos" and not month and KIN.search(before):
        return True
    return acts(sentence, token, before, after)


def surname(sentence: Sentence, token: Token, text: str, end: int, headline: bool) -> bool:
    """Whether a surname follows: Sunday Oliseh, the Tuesday Weld film; not Friday Prayers or Sunday Russia."""
    if not re.match(r"\s+[A-Z]['’]?[A-Za-z]+", text[end:]) or NO_SURNAME.match(text[end:]):
        return False
    if headline and not re.search(r"\b[a-z]{5,}", text):
        return False
    if token.i + 1 >= len(sentence.tokens) or token.dep != "compound":
        return False
    follows = sentence.tokens[token.i + 1]
    led = token.i and sentence.tokens[token.i - 1].lower in LEADS
    return (
        follows.pos == "PROPN"
        and not led
        and (follows.ent not in NOT_PERSONS or follows.ent == token.ent not in PLACES)
    )


def coined(sentence: Sentence, token: Token) -> bool:
    """Whether a word with a capital makes a name of the weekday: Freaky Friday, the Happy Mondays."""
    if token.i < 2 or token.lower.rstrip("s") not in WEEKDAYS:
        return False
    first = sentence.tokens[token.i - 1]
    if first.head != token.i or first.dep not in {"amod", "compound"} or not first.text[0].isupper():
        return False
    return first.pos in {"ADJ", "PROPN"} and first.ent in {"", "WORK_OF_ART", "EVENT"} and first.lower not in ORDERS


def acts(sentence: Sentence, token: Token, before: str, after: str) -> bool:
    """Whether the word does what only persons do, or is described as one: June said, April, the nurse, carried."""
    verb = sentence.head(token)
    opens = (
        not before.strip()
        or before.rstrip()[-1:] in {",", ";", "“", '"'}
        or re.search(r"\b(?:and|that|but)\s+$", before)
    )
    alone = not sentence.children(token, "compound", "amod", "det", "poss", "nummod")
    if token.dep == "nsubj" and verb.pos == "VERB" and opens and alone:
        return verb.lemma not in TIME_SUBJECTS and verb.i > token.i
    if token.dep == "nsubjpass" and opens and alone:
        return verb.lemma in {"bear", "arrest", "wound", "kill", "marry", "sentence", "rescue", "name"}
    if token.dep in {"dobj", "oprd"} and verb.lemma in OF_PERSONS:
        return verb.i == token.i - 1 and re.match(r"\s*(?:[;.]|,\s+who|and\b)", after) is not None
    if not before.strip() and (match := DESCRIBED.match(after)):
        place = token.end + match.end()
        follows = next((each for each in sentence.tokens if each.start >= place), None)
        return follows is not None and follows.tag in {"VBD", "VBZ", "MD"}
    return re.match(r",\s+who\b", after) is not None and not before.strip()
