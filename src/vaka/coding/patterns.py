"""Lays the lexicon's frames on a parse: which patterns fit at a word, and which of them fits best.

A reading is a pattern at a trigger with the words that it uses up; roles, status and time are read elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vaka.coding import frames
from vaka.coding.roles import PARTITIVES
from vaka.knowledge.ontology import Ontology, Pattern
from vaka.syntax import Sentence, Token

LIGHT = frozenset(
    [
        "carry", "conduct", "launch", "make", "hold", "stage", "mount", "undertake", "wage", "begin", "start",
        "continue", "give", "take", "have", "do", "see", "issue", "perform", "commit", "execute", "pursue",
        "intensify", "escalate", "resume", "deliver", "order", "impose", "offer", "express", "voice", "open",
        "step", "lead", "organize", "organise", "host", "renew", "extend", "join", "face", "suffer", "sustain",
        "report", "deploy", "end", "complete", "expand", "announce", "declare", "sign", "provide", "pay",
        "keep", "convene", "use", "plan", "prepare", "schedule", "threaten", "set", "receive", "send",
        "arrange", "demand", "seek", "request", "reject", "refuse", "propose", "consider", "suspend", "halt",
        "stop", "cancel", "postpone", "prevent", "avoid",
    ]
)  # fmt: skip
"""Verbs whose subject does what the event noun under them tells."""
UNDERGOING = frozenset(["face", "suffer", "sustain", "receive", "see", "have", "end"])
"""Verbs whose subject undergoes it instead ("the army suffered an attack")."""
GATHERING = frozenset(
    ["gather", "converge", "assemble", "arrive", "travel", "fly", "meet", "mass", "turn", "sit", "come"]
)
"""Verbs of coming together: "arrived for talks", "converged for a rally"."""
HAPPENING = frozenset(
    [
        "erupt", "occur", "happen", "follow", "take", "break", "continue", "begin", "start", "resume",
        "intensify", "escalate", "kill", "wound", "injure", "leave", "last", "end", "come", "rock", "hit",
        "target", "destroy", "force", "displace", "spread", "turn", "flare", "rage", "mark", "cause", "trigger",
        "prompt", "spark", "go", "enter", "claim", "damage", "strike", "draw", "subside", "ease", "grow",
        "worsen", "disrupt", "paralyze", "paralyse", "shut", "cripple", "bring", "raise", "involve", "show",
        "remain", "ensue", "near",
    ]
)  # fmt: skip
SPELLS = frozenset({"round", "spate", "campaign", "hour", "day", "night", "week", "month", "year", "session"})
"""What an event noun may be a part of: "held two days of talks"."""
OWED = ("must", "should", "ought")
OWING = frozenset({"have", "need", "ought"})
"""Verbs before "to" that say what somebody owes."""
PARTICLES = (
    "prt", "prep", "dobj", "attr", "acomp", "advmod", "oprd", "xcomp", "ccomp", "dative", "agent", "pobj", "npadvmod",
    "pcomp", "amod", "compound", "nmod", "neg", "intj", "acl", "advcl",
)  # fmt: skip
"""Relations in which the further words of a trigger stand to the word before them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A pattern that fits at `trigger`. `light` is the verb above an event noun that carries its subject, `uses` the
    further tokens of the frame, `act` the type of what its content tells, `owed` the words that say what somebody owes
    ("must leave")."""

    pattern: Pattern
    trigger: Token
    light: Token | None
    uses: frozenset[int]
    act: str | None
    act_mode: str | None
    rank: tuple[int, float]
    owed: tuple[Token, ...] = ()

    @property
    def anchor(self) -> Token:
        """The word whose clause gives the status."""
        return self.light or self.trigger


def readings_at(sentence: Sentence, token: Token, ontology: Ontology, depth: int = 0) -> list[Reading]:
    """All patterns that fit at the token, best first."""
    if token.dep in {"aux", "auxpass"}:
        return []
    found = []
    for pos, lemma in dict.fromkeys(_looked_up(sentence, token, ontology)):
        if pos == "VERB" and token.dep in {"amod", "compound"}:
            continue
        for pattern in ontology.candidates(lemma, pos):
            reading = _fit(sentence, token, pattern, ontology, depth, lemma)
            if reading is not None:
                found.append(reading)
    return sorted(found, key=lambda r: (-r.rank[0], -r.rank[1], len(r.pattern.object), r.pattern.id))


def _looked_up(sentence: Sentence, token: Token, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Part of speech and lemma under which the lexicon may hold the token; a participle also as an adjective, a verb
    that the lemmatizer does not know by its regular stems."""
    pos = part_of_speech(token)
    if pos is None:
        return
    if joined := hyphenated(sentence, token):
        yield pos, joined
        yield pos, joined.replace("-", "")
    yield pos, token.lemma
    if pos == "VERB" and token.tag == "VBN":
        yield "ADJ", token.lower
    if pos == "VERB" and not ontology.candidates(token.lemma, pos):
        for ending in ("ed", "ing", "es", "s", "d"):
            if token.lower.endswith(ending) and len(token.text) > len(ending) + 2:
                stem = token.lower[: -len(ending)]
                yield pos, stem
                yield pos, stem + "e"
                if stem[-1] == stem[-2]:
                    yield pos, stem[:-1]


def hyphenated(sentence: Sentence, token: Token) -> str:
    """The lemma with the word before its hyphen ("cease-fire"), or nothing."""
    tokens = sentence.tokens
    if token.i < 2 or tokens[token.i - 1].text != "-" or tokens[token.i - 1].end != token.start:
        return ""
    return f"{tokens[token.i - 2].lower}-{token.lemma}"


def part_of_speech(token: Token) -> str | None:
    """VERB, NOUN or ADJ as the lexicon counts it; participles are verbs, words of a date ("March 1") nothing."""
    if token.ent in {"DATE", "TIME"} and token.pos in {"NOUN", "PROPN"}:
        return None
    if token.pos in {"VERB", "AUX"} or (token.pos == "ADJ" and token.tag in {"VBN", "VBG", "VBD"}):
        return "VERB"
    if token.pos == "NOUN" or (token.pos == "PROPN" and token.text.islower()):
        return "NOUN"
    if token.pos == "PROPN" and token.ent in {"", "EVENT"}:
        return "NOUN"
    return "ADJ" if token.pos in {"ADJ", "ADV"} else None


def _fit(
    sentence: Sentence, token: Token, pattern: Pattern, ontology: Ontology, depth: int, lemma: str
) -> Reading | None:
    uses = _words(sentence, token, pattern, lemma)
    if uses is None:
        return None
    if pattern.pos == "VERB":
        frame = _verb_frame(sentence, token, pattern)
        light = None
    else:
        light = light_verb(sentence, token, pattern) if pattern.pos == "NOUN" else None
        frame = _noun_frame(sentence, token, pattern, light, depth)
    if frame is None:
        return None
    act, mode, clause_ok = _content(sentence, token, pattern, ontology, depth)
    owed = told_as_owed(sentence, token) if pattern.obliged else ()
    if not clause_ok or (pattern.obliged and not owed):
        return None
    rank = (pattern.constraints + 2 * len(uses) + (2 if light is not None else 0), pattern.score)
    return Reading(pattern, token, light, frozenset({token.i, *uses, *frame}), act, mode, rank, owed)


def _words(sentence: Sentence, token: Token, pattern: Pattern, lemma: str) -> list[int] | None:
    """The further words of a trigger such as "carry out", "open fire on" or "death threat"; None when they are not
    there, the longest match where several are."""
    best: list[int] | None = None
    for words in pattern.triggers:
        used = _following(sentence, token, words[1:]) if words[0] == lemma else None
        if used is None and pattern.pos == "NOUN" and len(words) > 1 and words[-1] == lemma:
            used = _preceding(sentence, token, words[:-1])
        if used is not None and (best is None or len(used) > len(best)):
            best = used
    return best


def _following(sentence: Sentence, token: Token, words: tuple[str, ...]) -> list[int] | None:
    used: list[int] = []
    last = token
    for word in words:
        child = next(
            (
                c
                for t in (last, token)
                for c in sentence.children(t, *PARTICLES)
                if word in {c.lower, c.lemma} and c.i > token.i
            ),
            None,
        )
        if child is None:
            return None
        used.append(child.i)
        last = child
    return used


def _preceding(sentence: Sentence, token: Token, words: tuple[str, ...]) -> list[int] | None:
    before = sentence.tokens[max(0, token.i - len(words)) : token.i]
    if len(before) == len(words) and all(w in {t.lower, t.lemma} for w, t in zip(words, before, strict=True)):
        return [t.i for t in before]
    return None


def _verb_frame(sentence: Sentence, verb: Token, pattern: Pattern) -> list[int] | None:
    """The tokens that meet the pattern's demands on object, subject and prepositions; None when one is not met."""
    passive = frames.is_passive(sentence, verb)
    if (pattern.passive == "only" and not passive) or (pattern.passive == "never" and passive):
        return None
    objects = frames.logical_object(sentence, verb)
    heads = [word for t in objects for word in heads_of(sentence, t)]
    if pattern.object_none and objects:
        return None
    uses: list[int] = []
    if pattern.object:
        met = [t.i for t in heads if names(sentence, t, pattern.object)]
        if not met:
            return None
        uses += met
    if pattern.not_object and any(names(sentence, t, pattern.not_object) for t in heads):
        return None
    if pattern.object_actor and not any(t.pos in {"NOUN", "PROPN", "PRON"} for t in objects):
        return None
    subjects = _subject_fits(sentence, verb, pattern)
    return None if subjects is None else _prepositions(sentence, verb, pattern, uses + subjects)


def _subject_fits(sentence: Sentence, verb: Token, pattern: Pattern) -> list[int] | None:
    """The subject's words that the pattern asks for; None when they are not there, or ones that it refuses are."""
    if not (pattern.subject or pattern.not_subject):
        return []
    if frames.is_verb(verb):
        subjects = frames.logical_subject(sentence, verb)
    else:
        subjects = frames.at_position(sentence, verb, "subject")
    words = [word for t in subjects for word in heads_of(sentence, t)]
    if pattern.not_subject and any(names(sentence, t, pattern.not_subject) for t in words):
        return None
    met = [t.i for t in words if names(sentence, t, pattern.subject)]
    return met if met or not pattern.subject else None


def _prepositions(sentence: Sentence, token: Token, pattern: Pattern, uses: list[int]) -> list[int] | None:
    for name, wanted in pattern.prep:
        found = frames.all_prepositional(sentence, token, name)
        met = [t.i for t in found if "*" in wanted or names(sentence, t, wanted)]
        if not met and "*" in wanted:
            met = [
                c.i for p in sentence.children(token, "prep") if p.lower == name for c in sentence.children(p, "pcomp")
            ]
        if not met:
            return None
        if "*" not in wanted:
            uses += met
    if any(frames.all_prepositional(sentence, token, name) for name in pattern.not_prep):
        return None
    return uses


def _noun_frame(sentence: Sentence, noun: Token, pattern: Pattern, light: Token | None, depth: int) -> list[int] | None:
    """Whether the noun tells an event here: under a light verb, with a party of its own, or bare where allowed."""
    subjects = _subject_fits(sentence, noun, pattern)
    if subjects is None:
        return None
    modifiers = sentence.children(noun, "amod", "compound", "nmod")
    if pattern.object and not any(
        names(sentence, t, pattern.object) for t in modifiers + frames.all_prepositional(sentence, noun, "of")
    ):
        return None
    if pattern.not_object and any(
        names(sentence, t, pattern.not_object) for t in modifiers + frames.all_prepositional(sentence, noun, "of")
    ):
        return None
    uses = _prepositions(sentence, noun, pattern, subjects)
    if uses is None or (noun.dep in {"compound", "nmod", "amod"} and sentence.head(noun).i > noun.i):
        return None
    if pattern.pos == "ADJ" and noun.pos in {"VERB", "AUX"} and not frames.is_passive(sentence, noun):
        return None
    if pattern.pos == "ADJ" or light is not None or pattern.bare or noun.dep == "ROOT" or depth:
        return uses  # as the content of another act ("asked for help") a noun needs no parties of its own
    spots = [t for name in (*pattern.actor, *pattern.recipient) for t in frames.at_position(sentence, noun, name)]
    return uses if spots else None


def light_verb(sentence: Sentence, noun: Token, pattern: Pattern) -> Token | None:
    """The verb whose subject does what the noun tells: "launched an attack", "engage in talks"."""
    head, link = sentence.head(noun), noun
    while link.dep in {"conj", "appos"} and head.pos in {"NOUN", "PROPN"}:
        link, head = head, sentence.head(head)
    if link.dep == "pobj" and head.lower == "of" and sentence.head(head).lemma in PARTITIVES | SPELLS:
        link, head = sentence.head(head), sentence.head(sentence.head(head))
    wanted = LIGHT | pattern.lights
    if frames.is_verb(head):
        if link.dep in {"dobj", "nsubjpass", "attr", "oprd"} and head.lemma in wanted:
            return head
        if link.dep == "nsubj" and head.lemma in HAPPENING:
            return None
    if link.dep == "pobj" and head.lower in {"in", "into", "with", "on", "for", "at"}:
        above = sentence.head(head)
        if head.lower in {"for", "at", "in"} and above.lemma in GATHERING and frames.is_verb(above):
            return above
        if above.lemma in {
            "engage",
            "participate",
            "take",
            "enter",
            "join",
            "embark",
        } | pattern.lights and frames.is_verb(above):
            return above
    return None


def heads_of(sentence: Sentence, token: Token) -> list[Token]:
    """The token, and behind a partitive ("a series of", "tons of") what it is a part of."""
    if (
        token.lemma in PARTITIVES
        or token.pos == "NUM"
        or token.lemma
        in {"round", "ton", "tonne", "spate", "package", "piece", "form", "worth", "shipment", "consignment", "batch"}
    ):
        return [token, *frames.with_conjuncts(sentence, frames.prepositional(sentence, token, "of"))]
    return [token]


def names(sentence: Sentence, token: Token, wanted: Iterable[str]) -> bool:
    """Whether the noun, or the noun with the word before it ("house arrest"), is among the wanted ones."""
    if token.lemma in wanted or token.lower in wanted:
        return True
    if joined := hyphenated(sentence, token):
        return joined in wanted or joined.replace("-", "") in wanted
    if token.i:
        before = sentence.tokens[token.i - 1]
        return f"{before.lower} {token.lemma}" in wanted or f"{before.lower} {token.lower}" in wanted
    return False


def _content(
    sentence: Sentence, token: Token, pattern: Pattern, ontology: Ontology, depth: int
) -> tuple[str | None, str | None, bool]:
    """Type and mode of the act in the pattern's content, and whether its demands on the clause are met."""
    if not (pattern.complement or pattern.content or pattern.act):
        return None, None, True
    clauses = list(frames.complements(sentence, token))
    if pattern.pos == "NOUN" and not clauses and token.dep in {"dobj", "attr"}:
        clauses = [c for c in frames.complements(sentence, sentence.head(token)) if c[0] == "to"]
    if pattern.complement and not any(kind in pattern.complement for kind, _ in clauses):
        return None, None, False
    if pattern.future and not any(told_as_future(sentence, clause) for _, clause in clauses):
        return None, None, False
    act, mode = act_told(sentence, token, list(frames.content_clauses(sentence, token)), ontology, depth)
    if pattern.act and act not in pattern.act:
        return None, None, False
    return act, mode, True


def told_as_future(sentence: Sentence, verb: Token) -> bool:
    """ "will resign", "would resign", "is to resign"."""
    auxes = {t.lower for t in sentence.children(verb, "aux")}
    return bool(auxes & {"will", "would", "shall", "'ll", "’ll"}) or (verb.tag == "VB" and "to" in auxes)


def told_as_owed(sentence: Sentence, saying: Token) -> tuple[Token, ...]:
    """ "must leave", "has to leave" in the clause of a verb of saying: the modal and the verb. What one owes oneself or
    nobody ("we must", "it must"), and what must have been, is no demand."""
    for kind, clause in frames.complements(sentence, saying):
        subjects = frames.surface_subject(sentence, clause)
        if kind != "that" or not any(t.pos in {"NOUN", "PROPN"} for t in subjects):
            continue
        auxes = {t.lower: t for t in sentence.children(clause, "aux")}
        if "have" in auxes:
            continue
        for word in OWED:
            if word in auxes:
                return auxes[word], clause
        verb = sentence.child(clause, "xcomp")
        if clause.lemma in OWING and verb is not None and verb.tag == "VB":
            return clause, verb
    return ()


def act_told(
    sentence: Sentence, token: Token, clauses: list[Token], ontology: Ontology, depth: int = 0
) -> tuple[str | None, str | None]:
    """The type and mode of what a clause, an object or a prepositional phrase under the token tells."""
    if depth > 2:
        return None, None
    spots = list(clauses)
    if frames.is_verb(token):
        spots += frames.logical_object(sentence, token)
    for name in ("for", "to", "of", "with", "on", "against", "into"):
        spots += frames.all_prepositional(sentence, token, name)
    spots += [t for spot in spots if spot.pos == "NOUN" for t in frames.prepositional(sentence, spot, "of")]
    for spot in spots:
        if spot.i == token.i:
            continue
        for reading in readings_at(sentence, spot, ontology, depth + 1):
            return reading.pattern.type, reading.pattern.mode
    return None, None
