"""Quotes that no verb of saying brings: "according to", "in the words of", nouns such as claim, and headlines.

A measure ("according to plan") is nobody's words, and a label before a colon ("Analysis:") is no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaka.coding import frames
from vaka.coding.attribution import Draft, addressee_of, speaker_of, trimmed
from vaka.coding.reported import is_finite
from vaka.coding.roles import Cast
from vaka.knowledge.cues import Cue, cues, verb_cue
from vaka.syntax import Sentence, Token

MEASURES = frozenset(
    [
        "plan",
        "schedule",
        "age",
        "sex",
        "gender",
        "size",
        "number",
        "weight",
        "height",
        "length",
        "need",
        "merit",
        "ability",
        "rank",
        "type",
        "kind",
        "custom",
        "tradition",
        "colour",
        "color",
        "grade",
        "income",
        "language",
        "date",
        "order",
        "degree",
        "season",
        "taste",
        "want",
        "requirement",
        "timetable",
        "protocol",
        "script",
        "price",
        "value",
        "distance",
        "speed",
        "severity",
        "seniority",
        "religion",
        "race",
    ]
)
"""What things are sorted or done by: "according to age" tells nobody's words."""
VIEWS = frozenset({"view", "opinion", "eyes", "words", "telling", "account", "estimation", "judgment", "judgement"})
GIVING = frozenset(
    [
        "make",
        "issue",
        "give",
        "repeat",
        "deliver",
        "offer",
        "send",
        "have",
        "release",
        "publish",
        "put",
        "raise",
        "reiterate",
        "renew",
        "pose",
        "post",
        "submit",
        "file",
        "get",
    ]
)
"""Verbs whose subject is the one who makes the claim, gives the warning, has the view."""
LABELS = frozenset(
    [
        "live",
        "analysis",
        "opinion",
        "video",
        "explainer",
        "watch",
        "update",
        "updates",
        "editorial",
        "photos",
        "interview",
        "profile",
        "factbox",
        "timeline",
        "comment",
        "exclusive",
        "breaking",
        "review",
        "podcast",
        "fact",
        "report",
        "study",
        "poll",
        "q&a",
        "obituary",
        "gallery",
        "listen",
    ]
)
SPEECH = frozenset({"speech", "assertion", "writing"})
LONGEST_NAME = 5
"""Tokens of a speaker beside the colon of a headline."""
OURS = frozenset({"we", "us", "our", "i", "my"})


def by_according(sentence: Sentence) -> Iterator[Draft]:
    """ "According to X, …"."""
    for token in sentence.tokens:
        if token.lower != "according":
            continue
        nouns = frames.prepositional(sentence, token, "to")
        if not nouns or nouns[0].lemma in MEASURES or nouns[0].pos in {"VERB", "NUM"}:
            continue
        phrase = {t.i for t in sentence.subtree(token)}
        rest = [t for t in sentence.tokens if t.i not in phrase]
        top = sentence.head(token)
        while top.dep in {"prep", "pobj", "pcomp"} and top.head != top.i:
            top = sentence.head(top)
        clause = [t for t in rest if t.i == top.i or top in sentence.ancestors(t)] or rest
        if spans := trimmed(clause):
            yield Draft(sentence, token, nouns[0], spans, "according-to")


def by_view(sentence: Sentence) -> Iterator[Draft]:
    """ "In the words of X, …", "in his view, …"."""
    for token in sentence.tokens:
        if token.lower not in VIEWS or token.dep != "pobj" or sentence.head(token).lower not in {"in", "by"}:
            continue
        owner = frames.prepositional(sentence, token, "of") or sentence.children(token, "poss")
        prep = sentence.head(token)
        top = sentence.head(prep)
        if not owner or not frames.is_verb(top):
            continue
        phrase = {t.i for t in sentence.subtree(prep)}
        rest = [t for t in sentence.subtree(top) if t.i not in phrase]
        if spans := trimmed(rest):
            yield Draft(sentence, token, owner[0], spans, "in-the-words-of")


def by_noun(sentence: Sentence) -> Iterator[Draft]:
    """ "his claim that …", "the promise to …", "fears that …"."""
    table = cues()
    for token in sentence.tokens:
        cue = table.get(("NOUN", token.lemma)) if token.pos == "NOUN" else None
        if cue is None or _told_by_verb(sentence, token):
            continue
        for clause in sentence.children(token, "acl", "ccomp", "relcl"):
            marks = {t.lower for t in sentence.children(clause, "mark")} | _misread(sentence, clause)
            is_to = clause.tag == "VB" and any(t.lower == "to" for t in sentence.children(clause, "aux"))
            fits = "that" in cue.frames and "that" in marks and is_finite(sentence, clause)
            if not (fits or ("to" in cue.frames and is_to and clause.dep != "relcl")):
                continue
            speaker = _owner(sentence, token)
            if speaker is None and is_to:
                continue
            if spans := trimmed(sentence.subtree(clause)):
                yield Draft(sentence, token, speaker, spans, "noun", addressee_of(sentence, token, cue))
                break
        else:
            yield from _noun_of(sentence, token, cue)


def _noun_of(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Draft]:
    """ "repeated its call for calm", "his criticism of the court": only where it is told whose it is."""
    speaker = _owner(sentence, token)
    for prep in sentence.children(token, "prep") if speaker is not None else ():
        tree = [t for t in sentence.subtree(prep) if t.i != prep.i]
        if prep.lower in cue.frames and tree and (spans := trimmed(tree)):
            yield Draft(sentence, token, speaker, spans, "noun-of")
            return


def _misread(sentence: Sentence, clause: Token) -> set[str]:
    """A "that" which the parser takes for a relative pronoun: "a warning that the dam might overflow". "The claim that
    he made" is a relative clause indeed."""
    that = [t for t in sentence.children(clause, "dobj") if t.lower == "that" and t.i < clause.i]
    real = clause.lemma in GIVING or verb_cue(clause.lemma, clause.lower) is not None
    return {"that"} if that and not real and sentence.child(clause, "nsubj", "nsubjpass") is not None else set()


def _told_by_verb(sentence: Sentence, noun: Token) -> bool:
    """Whether a cue above brings the noun as its own content ("expressed fears that …")."""
    above = verb_cue(sentence.head(noun).lemma, sentence.head(noun).lower)
    return noun.dep == "dobj" and above is not None and "object" in above.frames and above.kind != "judgement"


def _owner(sentence: Sentence, noun: Token) -> Token | None:
    """Whose claim it is."""
    own = sentence.children(noun, "poss") or [
        t for name in ("by", "from", "among") for t in frames.prepositional(sentence, noun, name)
    ]
    if own:
        return own[0]
    above = sentence.head(noun)
    if noun.dep == "dobj" and above.lemma in GIVING and not frames.is_passive(sentence, above):
        return speaker_of(sentence, above)
    return None


def by_headline(sentence: Sentence, cast: Cast) -> Iterator[Draft]:
    """ "Kenyatta: wall to go ahead", "Deal will be renewed: Erdogan", "Strait to stay open, says minister"."""
    if sentence.zone != "title":
        return
    colons = [t for t in sentence.tokens if t.text == ":"]
    if len(colons) == 1:
        at = colons[0].i
        left, right = list(sentence.tokens[:at]), list(sentence.tokens[at + 1 :])
        if _speaks(sentence, left, right, cast):
            yield Draft(sentence, colons[0], _head(sentence, left), _span(right), "headline-colon")
        elif _speaks(sentence, right, left, cast):
            yield Draft(sentence, colons[0], _head(sentence, right), _span(left), "headline-colon")


def by_headline_tail(sentence: Sentence) -> Iterator[Draft]:
    """ "…, says Panama's president": asked only where nothing else was found in the headline."""
    commas = [t.i for t in sentence.tokens if t.text == ","]
    if sentence.zone != "title" or not commas:
        return
    left, right = list(sentence.tokens[: commas[-1]]), list(sentence.tokens[commas[-1] + 1 :])
    for token in right[:4]:
        cue = verb_cue(token.lemma, token.lower)
        if cue is not None and cue.kind in SPEECH and len(left) >= 3:
            others = [t for t in right if t is not token and t.pos in {"NOUN", "PROPN", "PRON"}]
            if others:
                speaker = speaker_of(sentence, token)
                inside = speaker is not None and speaker.i > commas[-1]
                yield Draft(sentence, token, speaker if inside else others[-1], _span(left), "headline-tail")
                return


def _span(tokens: list[Token]) -> list[tuple[int, int]]:
    spans = trimmed(tokens)
    return [(spans[0][0], spans[-1][1])] if spans else [(tokens[0].start, tokens[-1].end)]


def _head(sentence: Sentence, tokens: list[Token]) -> Token:
    found = sentence.head_of(tokens[0].start, tokens[-1].end)
    return found if found is not None and found.pos in {"PROPN", "NOUN"} else tokens[-1]


def _speaks(sentence: Sentence, name: list[Token], words: list[Token], cast: Cast) -> bool:
    """Whether the words beside the colon name somebody, and the others are what was said."""
    if not 0 < len(name) <= LONGEST_NAME or len(words) < 3 or name[0].lower in LABELS or name[-1].lower in LABELS:
        return False
    if words[0].lower in {"what", "why", "how", "who", "when", "where"} or any(t.pos == "VERB" for t in name):
        return False
    actor = cast.at(sentence, _head(sentence, name))
    if actor is None:
        return False
    if (
        actor.kind == "government"
        and actor.role is None
        and actor.sectors[:1] == ("GOV",)
        and actor.basis.rule in {"name", "capital"}
    ):
        return any(t.lower in OURS for t in words)
    tells = any(t.pos in {"VERB", "AUX"} for t in words)
    return tells or actor.kind == "person"
