"""When and where an event took place and how large it was: from its own clause, its sentence, the story, the dateline.

Refuses to guess: without a date or place in reach the field stays empty; the day of publication counts only for what
the text tells as news of the day.
"""

from __future__ import annotations

import re
from dataclasses import replace

from vaka.coding.frames import is_verb
from vaka.knowledge.actors import agents
from vaka.syntax import Sentence, Token
from vaka.types import Article, Page, Place, Quantity, Span, Time

CLAUSE_DEPS = frozenset({"ROOT", "conj", "advcl", "ccomp", "relcl", "acl", "parataxis"})
LOCATIVES = frozenset(
    [
        "in",
        "at",
        "near",
        "on",
        "inside",
        "outside",
        "around",
        "across",
        "throughout",
        "within",
        "into",
        "to",
        "over",
        "through",
        "from",
        "along",
        "toward",
        "towards",
        "off",
        "above",
        "by",
        "of",
    ]
)
AT_REST = frozenset(
    [
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "around",
        "across",
        "throughout",
        "within",
        "along",
        "off",
        "above",
        "over",
        "on",
    ]
)
NUMBER_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a": 1, "an": 1,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
    "several": (3, 9),
    "tens of thousands": (20000, 99999),
    "hundreds of thousands": (200000, 999999),
}
SEVERAL = {"several": (3, 9), "few": (2, 5), "many": (4, 9)}
SOME = re.compile(r"(?:a )?(several|few|many) (dozen|hundred|thousand|million)s?")
HUMANS = frozenset({"people", "person", "man", "woman", "child", "family", "crowd", "other", "member"})
AT_LEAST = re.compile(r"\b(at least|more than|over|no fewer than|no less than|upwards of)\s*$", re.I)
AT_MOST = re.compile(r"\b(at most|up to|fewer than|less than|no more than|as many as|nearly|almost|under)\s*$", re.I)
DEAD = frozenset(["kill", "die", "slay", "massacre", "execute", "murder", "assassinate", "perish", "lynch", "behead"])
HURT = frozenset(["injure", "wound", "hurt", "maim"])
HELD = frozenset(["arrest", "detain", "imprison", "jail", "round", "apprehend"])
MONEY = re.compile(
    r"(?:US)?[$€£¥]\s?\d[\d.,]*\s?(?:million|billion|trillion|bn|m)?\b|\b\d[\d.,]*\s?(?:million|billion|trillion)?\s?(?:dollars|euros|pounds|yen|roubles|rubles|rupees|tenge|lira|yuan)\b",
    re.I,
)


def clause_of(sentence: Sentence, token: Token) -> Token:
    """The verb (or root) of the clause that the token stands in."""
    while token.head != token.i and not (token.dep in CLAUSE_DEPS and is_verb(token)):
        token = sentence.head(token)
    return token


def clause_span(sentence: Sentence, token: Token) -> set[int]:
    """Positions of the words of the token's own clause, without the clauses embedded in it."""
    top = clause_of(sentence, token)
    inside, todo = {top.i}, [top]
    while todo:
        for child in sentence.children(todo.pop()):
            if not (child.dep in CLAUSE_DEPS and is_verb(child)):
                inside.add(child.i)
                todo.append(child)
    return inside


def when_of(page: Page, sentence: Sentence, token: Token, happened: bool) -> Time | None:
    """The event's date with where it was taken from. What `happened` is never dated after publication: "agreed to
    leave by Friday" was agreed before, and Friday is the pledge's due date."""
    here = [
        t
        for t in page.times
        if t.span and sentence.start <= t.span.start < sentence.end and t.type in {"DATE", "TIME"} and t.start
        and not (happened and _to_come(t, page.article.day))
    ]  # fmt: skip
    inside = clause_span(sentence, token)
    near = [t for t in here if _in_tokens(sentence, t, inside)]
    chosen = _nearest(near, token)
    if chosen is not None:
        return replace(chosen, origin="clause")
    spread = [t for t in here if _shares_clause(sentence, t, token)]
    chosen = _nearest(spread, token)
    if chosen is not None:
        return replace(chosen, origin="sentence")
    return None


def _to_come(time: Time, day: str | None) -> bool:
    """Whether the time begins after the day of publication, or on it and goes on."""
    if day is None or time.start is None:
        return False
    return time.start > day or (time.start == day and (time.end or day) > day)


def _in_tokens(sentence: Sentence, time: Time, inside: set[int]) -> bool:
    assert time.span is not None
    head = sentence.head_of(time.span.start, time.span.end)
    return head is not None and head.i in inside


def _shares_clause(sentence: Sentence, time: Time, token: Token) -> bool:
    """A date that governs the event's clause from above: "On Monday officials said that troops had …" does not date
    what was said, "On Monday, after shelling X, troops took Y" dates both."""
    assert time.span is not None
    head = sentence.head_of(time.span.start, time.span.end)
    if head is None:
        return False
    top, clause = clause_of(sentence, head), clause_of(sentence, token)
    if top.dep == "advcl" and top.tag == "VBG" and top.head == clause.i and top.i < clause.i:
        return True  # "Meeting in Oslo on 14 December, they promised …"
    while clause.head != clause.i:
        if clause.i == top.i:
            return True
        if clause.dep not in {"conj", "advcl", "relcl", "acl", "xcomp"}:
            return False
        clause = clause_of(sentence, sentence.head(clause)) if clause.dep != "conj" else sentence.head(clause)
    return clause.i == top.i


def _nearest(times: list[Time], token: Token) -> Time | None:
    return min(times, key=lambda t: (t.span is None, abs((t.span.start if t.span else 0) - token.start)), default=None)


def where_of(sentence: Sentence, token: Token, places: list[Place], taken: set[int]) -> Place | None:
    """The place of the event: a locative phrase of its clause, else of its sentence. `taken` are starts of places that
    stand as parties."""
    inside = clause_span(sentence, token)
    ranked: list[tuple[tuple[int, int, int, int], Place]] = []
    for place in places:
        head = sentence.head_of(place.span.start, place.span.end)
        if head is None or place.span.start in taken:
            continue
        grade = _locative(sentence, head, token)
        if grade is None:
            continue
        own = head.i in inside
        if not own and not _governs(sentence, head, token):
            continue
        ranked.append(((not own, grade, PRECISION.get(place.precision or "", 5), abs(head.i - token.i)), place))
    if not ranked:
        return None
    best = min(ranked, key=lambda row: row[0])
    return replace(best[1], origin="clause" if not best[0][0] else "sentence")


def story_place(page: Page, sentence: Sentence, country: str | None) -> Place | None:
    """The place of the story for an act whose sentence names none: its country, as first named, in a report of three
    sentences or more."""
    if country is None or len(page.sentences) < LEAST_STORY:
        return None
    if any(sentence.start <= place.span.start < sentence.end for place in page.places):
        return None
    fitting = [place for place in page.places if place.country == country]
    best = min(fitting, key=lambda p: (p.precision != "country", p.span.start), default=None)
    return replace(best, origin="story") if best else None


LEAST_STORY = 3
PRECISION = {"point": 0, "city": 1, "admin1": 2, "region": 3, "country": 4}


def _governs(sentence: Sentence, head: Token, token: Token) -> bool:
    """Whether the place stands in a clause above the event's that it holds for as well."""
    top = clause_of(sentence, head)
    clause = clause_of(sentence, token)
    while clause.head != clause.i:
        if clause.dep not in {"conj", "advcl", "xcomp", "relcl", "acl"}:
            return False
        clause = (
            clause_of(sentence, sentence.head(clause)) if not is_verb(sentence.head(clause)) else sentence.head(clause)
        )
        if clause.i == top.i:
            return True
    return False


def _locative(sentence: Sentence, head: Token, token: Token) -> int | None:
    """0 for a place at rest under the event, 1 elsewhere in a locative phrase, None for another use of the name."""
    link = head
    while link.dep in {"compound", "nmod", "conj", "appos"} and sentence.head(link).pos in {"PROPN", "NOUN"}:
        link = sentence.head(link)
    prep = sentence.head(link)
    if link.dep == "npadvmod" or (link.dep == "ROOT" and link.i == head.i):
        return None
    if link.dep != "pobj" or prep.lower not in LOCATIVES:
        return None
    above = sentence.head(prep)
    direct = above.i == token.i or token.i in {t.i for t in sentence.ancestors(prep)}
    if prep.lower in AT_REST:
        return 0 if direct else 1
    if prep.lower == "of":
        return (
            2
            if above.lemma
            in {
                "city",
                "town",
                "village",
                "province",
                "region",
                "capital",
                "district",
                "outskirt",
                "suburb",
                "port",
                "north",
                "south",
                "east",
                "west",
                "centre",
                "center",
                "area",
                "state",
                "island",
                "part",
            }
            or above.i == token.i
            else None
        )
    if prep.lower in {"to", "into", "through", "toward", "towards", "from"}:
        return 2 if direct and token.lemma in MOVES else None
    return None


MOVES = frozenset(
    [
        "visit",
        "arrive",
        "travel",
        "fly",
        "go",
        "march",
        "advance",
        "enter",
        "cross",
        "deploy",
        "send",
        "move",
        "withdraw",
        "retreat",
        "deport",
        "return",
        "expel",
        "pull",
        "flee",
        "invade",
        "storm",
        "fire",
        "evacuate",
        "ship",
        "deliver",
        "break",
        "drive",
    ]
)


def magnitude_of(
    article: Article, sentence: Sentence, token: Token, kind: str, mode: str | None
) -> tuple[tuple[str, Quantity], ...]:
    """Dead, injured, arrested, crowd size and money told in the event's sentence."""
    found: dict[str, Quantity] = {}
    for verb in sentence.tokens:
        name = _count_kind(verb)
        if (
            name is None
            or (kind in {"COERCE"} and name != "arrested")
            or (kind not in {"COERCE", "ASSAULT", "DISASTER", "PROTEST", "CONDITION"})
        ):
            continue
        if name == "arrested" and kind != "COERCE":
            continue
        number = _number_under(article, sentence, verb)
        if number is not None:
            found.setdefault(name, number)
    if kind in {"PROTEST", "MOBILIZE", "AID", "RETREAT"} or mode == "demo":
        size = _crowd(article, sentence, token)
        if size is not None:
            found.setdefault("size", size)
    if kind in {"AID", "AGREE", "SANCTION", "COOPERATE", "CONDITION"}:
        money = MONEY.search(article.text, sentence.start, sentence.end)
        if money:
            found["money"] = _money(article, money.start(), money.end())
    return tuple(sorted(found.items()))


def _count_kind(token: Token) -> str | None:
    if token.lemma in DEAD or token.lower in {"dead", "deaths"}:
        return "dead"
    if token.lemma in HURT or token.lower in {"injured", "wounded", "injuries"}:
        return "injured"
    return "arrested" if token.lemma in HELD else None


def _number_under(article: Article, sentence: Sentence, token: Token) -> Quantity | None:
    """The number of the people that the verb of killing, wounding or arresting is about."""
    from vaka.coding.frames import logical_object, logical_subject

    spots = [*sentence.children(token, "nummod")]
    if is_verb(token):
        spots += logical_object(sentence, token)
        if token.lemma in {"die", "perish"}:
            spots += logical_subject(sentence, token)
    elif token.pos in {"ADJ", "NOUN"}:
        head = sentence.head(token)
        spots += sentence.children(head, "nsubj") if is_verb(head) else [head]
        spots += sentence.children(head, "dobj") if is_verb(head) else []
    for spot in spots:
        number = quantity(article, sentence, spot)
        if number is not None:
            return number
    return None


def _crowd(article: Article, sentence: Sentence, token: Token) -> Quantity | None:
    from vaka.coding.frames import at_position

    for position in ("subject", "object", "by", "of"):
        for spot in at_position(sentence, token, position):
            if not counts_people(spot):
                continue
            if (number := quantity(article, sentence, spot)) is not None:
                return number
    return None


def counts_people(noun: Token) -> bool:
    """Whether the word can be the size of a crowd or force: people and roles, not regions and hours."""
    if noun.pos == "NUM" or noun.lower in VAGUE:
        return True
    return noun.pos == "NOUN" and (noun.lower in agents() or noun.lemma in agents() or noun.lemma in HUMANS)


def quantity(article: Article, sentence: Sentence, noun: Token) -> Quantity | None:
    """The number that counts the noun ("at least 164 people", "dozens of protesters"), or None."""
    words = [noun] if noun.pos == "NUM" or noun.lower in VAGUE else sentence.children(noun, "nummod")
    words += [t for t in sentence.children(noun, "amod") if t.lower in VAGUE]
    if not words and noun.lower in VAGUE:
        words = [noun]
    for word in words:
        tree = [t for t in sentence.subtree(word) if t.i <= word.i] if word.lower not in VAGUE else [word]
        told = article.text[tree[0].start : word.end]
        value = read_number(" ".join(t.text for t in tree if t.pos == "NUM" or t.lower in SCALES or t.lower in VAGUE))
        if value is None:
            continue
        low: float | None
        high: float | None
        low, high = value
        before = article.text[sentence.start : word.start]
        lead = article.text[max(sentence.start, tree[0].start - 16) : tree[0].start] + told[: -len(word.text)]
        if AT_LEAST.search(before.rstrip() + " ") or AT_LEAST.search(lead):
            high = None
        elif AT_MOST.search(before.rstrip() + " ") or AT_MOST.search(lead):
            low = None if not re.search(r"nearly|almost", before[-16:], re.I) else low
        return Quantity(low, high, article.text[tree[0].start : word.end], article.span(tree[0].start, word.end))
    return None


def read_number(words: str) -> tuple[float, float | None] | None:
    """Low and high of a number in digits or words; vague words give a range."""
    text = words.lower().replace(",", "").strip()
    if some := SOME.fullmatch(text):
        low, high = SEVERAL[some.group(1)]
        return low * SCALES[some.group(2)], high * SCALES[some.group(2)]
    if text in VAGUE:
        return VAGUE[text]
    total, current, seen = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", text):
        if re.fullmatch(r"\d+(\.\d+)?", word):
            current, seen = float(word), True
        elif word in NUMBER_WORDS:
            current, seen = current + NUMBER_WORDS[word], True
        elif word in SCALES and seen:
            if word == "hundred":
                current *= 100
            else:
                total, current = total + current * SCALES[word], 0.0
        elif word in VAGUE:
            return VAGUE[word]
        else:
            return None
    return (total + current, total + current) if seen else None


def _money(article: Article, start: int, end: int) -> Quantity:
    text = article.text[start:end]
    digits = re.search(r"\d[\d.,]*", text)
    assert digits is not None
    value = float(digits.group().rstrip(".,").replace(",", ""))
    scale = re.search(r"million|billion|trillion|bn|m\b", text, re.I)
    factor = (
        {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}[scale.group().lower()] if scale else 1.0
    )
    return Quantity(value * factor, value * factor, text, Span(start, end, text))
