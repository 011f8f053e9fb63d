"""A quote while it is put together: who speaks to whom, by which word, and the edges of what is said.

It reads the parse only; what stands between quotation marks is found in quotation.py.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field

from vaka.coding import frames
from vaka.coding.quotation import Quoted
from vaka.knowledge.cues import Cue
from vaka.syntax import Sentence, Token

MIND = frozenset({"belief", "intention"})
EDGES = frozenset(['"', "“", "”", "'", "‘", "’", "«", "»", "„", "``", "''", ",", ";", ":", "-", "–", "—", "(", ")"])
MARKERS = frozenset({"that", "because"})
TOLD = frozenset(
    [
        "tell",
        "inform",
        "assure",
        "remind",
        "notify",
        "warn",
        "urge",
        "ask",
        "advise",
        "brief",
        "ask",
        "beg",
        "beseech",
        "implore",
        "order",
        "instruct",
        "command",
        "encourage",
        "exhort",
        "press",
        "pressure",
        "persuade",
        "convince",
        "reassure",
        "invite",
        "challenge",
        "thank",
        "congratulate",
        "promise",
        "caution",
        "text",
        "email",
        "message",
        "alert",
        "forbid",
        "direct",
    ]
)
"""Verbs whose object is the one spoken to."""
HEARS = frozenset(["tell", "inform", "assure", "reassure", "remind", "notify", "brief", "apprise", "update"])
"""Those among them whose object is somebody, whatever noun it is."""
HEARERS = frozenset({"NOUN", "PROPN", "PRON"})
FIRST_PERSON = frozenset({"i", "we", "you"})
NOBODY = frozenset({"there", "what", "whatever", "this", "that"})
LONGEST_SPEAKER = 6
"""Tokens left of a head noun that are shown as the speaker's own words."""


@dataclass(slots=True)
class Draft:
    """A quote in the making. `marked` says that quotation marks and not a clause gave the content; `nested` is the
    stretch inside which the cue itself stands."""

    sentence: Sentence
    cue: Token | None
    speaker: Token | None
    content: list[tuple[int, int]]
    rule: str
    addressee: Token | None = None
    who: Token | None = None
    marked: bool = False
    nested: Quoted | None = None
    after: Draft | None = None
    stretches: list[Quoted] = field(default_factory=list)

    @property
    def reach(self) -> tuple[int, int]:
        return self.content[0][0], self.content[-1][1]


@dataclass(slots=True)
class Reading:
    """The tokens of a page in text order, to be asked by offset."""

    sentences: list[Sentence]
    text: str
    tokens: list[tuple[Sentence, Token]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tokens = [(sentence, token) for sentence in self.sentences for token in sentence.tokens]
        self.starts = [token.start for _, token in self.tokens]

    def between(self, start: int, end: int) -> list[tuple[Sentence, Token]]:
        """The tokens that begin at start or later and before end."""
        return self.tokens[bisect.bisect_left(self.starts, start) : bisect.bisect_left(self.starts, end)]

    def sentence_at(self, offset: int) -> Sentence | None:
        here = self.tokens[: bisect.bisect_right(self.starts, offset)]
        return here[-1][0] if here else None


def speaker_of(sentence: Sentence, cue: Token) -> Token | None:
    """The logical subject of the cue, also after it ("said the minister")."""
    found = frames.logical_subject(sentence, cue)
    if not found or found[0].lower in NOBODY or found[0].dep == "expl" or found[0].i == cue.i:
        return None
    return found[0]


def quoted_one(sentence: Sentence, cue: Token) -> Token | None:
    """Who speaks in "quoted a diplomat as saying": the one who is quoted."""
    above = sentence.head(cue)
    if cue.dep not in {"pcomp", "advcl", "xcomp"} or cue.tag != "VBG":
        return None
    quoting = sentence.head(above) if above.lower == "as" else above
    if quoting.lemma not in {"quote", "cite", "report"} or frames.is_passive(sentence, quoting):
        return None
    return next(iter(sentence.children(quoting, "dobj")), None)


def relative_of(sentence: Sentence, cue: Token) -> Token | None:
    """The "who" or "which" that stands as the cue's own subject."""
    own = sentence.child(cue, "nsubj", "nsubjpass")
    return own if own is not None and own.lower in {"who", "which"} else None


def addressee_of(sentence: Sentence, cue: Token, of: Cue) -> Token | None:
    """Who is spoken to: the object of "told", the phrase with "to" elsewhere."""
    if of.lemma in TOLD:
        if frames.is_passive(sentence, cue):
            found = frames.surface_subject(sentence, cue)
        else:
            found = sentence.children(cue, "dative", "dobj")
            for clause in sentence.children(cue, "ccomp", "xcomp"):
                # "urged both sides to step back": the parser hangs the one spoken to below the infinitive.
                if clause.tag == "VB" and not found and any(t.lower == "to" for t in sentence.children(clause, "aux")):
                    found = [t for t in sentence.children(clause, "nsubj") if t.i > cue.i]
    else:
        found = frames.prepositional(sentence, cue, "to")
        if of.lemma in {"call", "appeal"}:
            found = found or frames.prepositional(sentence, cue, "on")
    return found[0] if found and found[0].pos in HEARERS and found[0].ent != "DATE" else None


def trimmed(content: Iterable[Token]) -> list[tuple[int, int]]:
    """Content tokens as spans, without marks and commas at their edges and without the first "that"."""
    runs: list[list[Token]] = []
    for token in content:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans: list[tuple[int, int]] = []
    for run in runs:
        first, last = 0, len(run)
        if len(run) > 1 and run[0].lower in {"only", "merely"} and _is_marker(run[1]) and not spans:
            first = 1  # said only that
        while first < last and (run[first].text in EDGES | {"."} or (_is_marker(run[first]) and not spans)):
            first += 1
        while last > first and (run[last - 1].text in EDGES or run[last - 1].text == "."):
            last -= 1
        if any(token.pos != "PUNCT" for token in run[first:last]):
            spans.append((run[first].start, run[last - 1].end))
    return spans if sum(end - start for start, end in spans) > 3 else []


def _is_marker(token: Token) -> bool:
    return token.lower in MARKERS and (token.dep == "mark" or token.tag in {"IN", "WDT"})


def speaker_start(sentence: Sentence, token: Token) -> int:
    """Where the speaker's own words begin, articles and modifiers included."""
    left = [t for t in sentence.subtree(token) if t.i <= token.i and t.dep not in {"relcl", "acl", "punct"}]
    return left[0].start if left and left[0].i >= token.i - LONGEST_SPEAKER else token.start


def is_negated(sentence: Sentence, cue: Token) -> bool:
    """Whether the cue stands under "not" or "never", or under a verb of declining."""
    if sentence.child(cue, "neg") is not None:
        return True
    above = sentence.head(cue)
    yet = above.lemma == "have" and any(t.lower == "yet" for t in sentence.children(above, "advmod"))
    return cue.dep == "xcomp" and (yet or above.lemma in {"decline", "refuse", "fail", "stop", "avoid"})
