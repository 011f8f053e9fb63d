"""Where the parties of a verb or an event noun stand in the parse: logical subject and object through passives,
control, relative and reduced clauses and conjunction. It finds words; who they are is roles.py.

Sources of the rules: the grammar of English as in Huddleston and Pullum (2002), spaCy's label scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaka.syntax import Sentence, Token

RELATIVES = frozenset({"who", "which", "that", "whom"})
CLAUSES = frozenset({"VERB", "AUX"})
OBJECT_CONTROL = frozenset(
    [
        "accuse",
        "advise",
        "allow",
        "appeal",
        "appoint",
        "ask",
        "authorize",
        "authorise",
        "beg",
        "call",
        "cause",
        "charge",
        "command",
        "compel",
        "convince",
        "demand",
        "deploy",
        "dispatch",
        "direct",
        "dissuade",
        "empower",
        "enable",
        "encourage",
        "expect",
        "forbid",
        "force",
        "get",
        "help",
        "implore",
        "instruct",
        "invite",
        "lead",
        "lobby",
        "oblige",
        "order",
        "permit",
        "persuade",
        "pledge",
        "press",
        "pressure",
        "prevent",
        "prod",
        "prompt",
        "push",
        "request",
        "require",
        "send",
        "summon",
        "tell",
        "tempt",
        "train",
        "urge",
        "want",
        "warn",
        "challenge",
        "coerce",
        "beseech",
        "suspect",
        "blame",
        "convict",
        "condemn",
        "criticize",
        "criticise",
        "praise",
        "thank",
        "fault",
        "denounce",
        "sue",
        "prosecute",
        "indict",
        "arrest",
        "detain",
        "jail",
        "sentence",
        "try",
    ]
) - {"pledge", "demand", "try"}
"""Verbs whose object, where there is one, does what the embedded clause tells ("urged Iran to stop")."""
DEPTH = 6
"""Clauses climbed in search of a missing subject: real sentences nest no deeper, broken parses may loop."""


def is_verb(token: Token) -> bool:
    return token.pos in CLAUSES


def is_passive(sentence: Sentence, verb: Token) -> bool:
    """Passive voice, also of participles that follow their noun ("troops sent by France")."""
    if sentence.child(verb, "nsubjpass", "auxpass", "csubjpass") is not None:
        return True
    if verb.tag != "VBN":
        return False
    if verb.dep == "conj" and is_verb(sentence.head(verb)) and sentence.child(verb, "aux", "dobj") is None:
        return is_passive(sentence, sentence.head(verb))  # "17 were killed and 20 others wounded"
    if sentence.child(verb, "nsubj", "aux") is not None:
        return False
    if verb.dep in {"acl", "amod", "relcl"}:
        return True
    return verb.dep in {"advcl", "ROOT", "xcomp", "ccomp"} and sentence.child(verb, "dobj") is None


def with_conjuncts(sentence: Sentence, tokens: Iterable[Token]) -> list[Token]:
    """The tokens with all that is joined to them by "and", "or", commas."""
    found: list[Token] = []
    todo = list(tokens)
    while todo:
        token = todo.pop(0)
        if token not in found:
            found.append(token)
            todo += [t for t in sentence.children(token, "conj") if not is_verb(t) or token.pos == t.pos]
    return found


def surface_subject(sentence: Sentence, verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, inherited where the clause has none of its own."""
    own = sentence.children(verb, "nsubj", "nsubjpass", "expl")
    if own:
        return _resolve_relative(sentence, verb, own)
    if depth > DEPTH or verb.head == verb.i:
        return []
    return _inherited(sentence, verb, depth + 1)


def _resolve_relative(sentence: Sentence, verb: Token, tokens: list[Token]) -> list[Token]:
    """ "who", "which", "that": the noun that the relative clause hangs on."""
    if tokens[0].lower not in RELATIVES or (tokens[0].tag == "DT" and verb.dep != "relcl"):
        return tokens
    clause = verb
    while clause.dep in {"conj", "xcomp"} and is_verb(sentence.head(clause)):
        clause = sentence.head(clause)
    return [sentence.head(clause)] if clause.dep in {"relcl", "acl"} else tokens


def _inherited(sentence: Sentence, verb: Token, depth: int) -> list[Token]:
    head = sentence.head(verb)
    if verb.dep == "conj" and is_verb(head):
        above = sentence.head(head)
        while above.i != head.i and not is_verb(above) and above.head != above.i:
            above = sentence.head(above)
        if verb.tag in {"VBD", "VBZ", "VBP"} and head.tag == "VB" and is_verb(above):
            return surface_subject(sentence, above, depth)
        return surface_subject(sentence, head, depth)
    if verb.dep in {"xcomp", "ccomp"} and is_verb(head):
        return _controller(sentence, head, depth)
    if verb.dep == "xcomp" and head.pos in {"ADJ", "NOUN"}:
        return surface_subject(sentence, sentence.head(head), depth) if is_verb(sentence.head(head)) else []
    if verb.dep == "relcl":
        return [head] if not sentence.children(verb, "dobj") and is_passive(sentence, verb) else []
    if verb.dep == "acl":
        return _of_noun_clause(sentence, verb, head, depth)
    if verb.dep == "advcl" and is_verb(head):
        objects = sentence.children(head, "dobj")
        if verb.tag == "VB" and head.lemma in OBJECT_CONTROL and objects:
            return objects
        return surface_subject(sentence, head, depth)
    if verb.dep == "pcomp":
        return _of_preposition(sentence, head, depth)
    if verb.dep in {"prep", "advcl", "parataxis", "dep"} and is_verb(head):
        return surface_subject(sentence, head, depth)
    return []


def _controller(sentence: Sentence, governor: Token, depth: int) -> list[Token]:
    """Who does what the embedded clause tells: the governor's object or its subject."""
    if is_passive(sentence, governor):
        return surface_subject(sentence, governor, depth)
    objects = sentence.children(governor, "dobj", "dative")
    if objects and governor.lemma in OBJECT_CONTROL:
        return objects
    if governor.lemma in {"appeal", "call"}:
        called = prepositional(sentence, governor, "on") or prepositional(sentence, governor, "to")
        if called:
            return called
    return surface_subject(sentence, governor, depth)


def _of_noun_clause(sentence: Sentence, verb: Token, noun: Token, depth: int) -> list[Token]:
    """ "soldiers guarding the airport" (the noun), "a plan to send troops" (who plans)."""
    if verb.tag in {"VBG", "VBN"}:
        return [noun]
    owners = sentence.children(noun, "poss") or prepositional(sentence, noun, "by")
    if owners:
        return owners
    above = sentence.head(noun)
    if noun.dep in {"dobj", "pobj", "attr", "oprd"}:
        while above.pos == "ADP" and above.head != above.i:
            above = sentence.head(above)
        if is_verb(above):
            return surface_subject(sentence, above, depth)
    return []


def _of_preposition(sentence: Sentence, prep: Token, depth: int) -> list[Token]:
    """ "accused Sudan of arming rebels" (Sudan), "left after meeting Putin" (who left)."""
    above = sentence.head(prep)
    if is_verb(above):
        if is_passive(sentence, above):
            return surface_subject(sentence, above, depth)
        objects = sentence.children(above, "dobj")
        if (
            objects
            and prep.lower in {"of", "for", "from", "into"}
            and above.lemma in OBJECT_CONTROL | {"stop", "ban", "bar", "keep"}
        ):
            return objects
        return surface_subject(sentence, above, depth)
    owners = sentence.children(above, "poss")
    if owners or not is_verb(sentence.head(above)):
        return owners
    return surface_subject(sentence, sentence.head(above), depth)


def logical_subject(sentence: Sentence, verb: Token) -> list[Token]:
    """Who does it: the subject of an active, the by-phrase of a passive."""
    if is_passive(sentence, verb):
        agents = [pobj for agent in sentence.children(verb, "agent") for pobj in sentence.children(agent, "pobj")]
        return with_conjuncts(sentence, agents or prepositional(sentence, verb, "by"))
    return with_conjuncts(sentence, surface_subject(sentence, verb))


def logical_object(sentence: Sentence, verb: Token) -> list[Token]:
    """To whom or what it is done: the object of an active, the subject of a passive."""
    if is_passive(sentence, verb):
        return with_conjuncts(sentence, surface_subject(sentence, verb))
    own = sentence.children(verb, "dobj")
    if own and own[0].lower not in RELATIVES:
        return with_conjuncts(sentence, own)
    if not own and (counted := _up_to(sentence, verb)):
        return with_conjuncts(sentence, counted)
    for clause in sentence.children(verb, "ccomp"):
        if (
            clause.tag == "VB" and any(t.lower == "to" for t in sentence.children(clause, "aux"))
        ) or verb.lemma == "let":
            return with_conjuncts(sentence, sentence.children(clause, "nsubj", "nsubjpass"))
    if verb.dep == "relcl" and (own or not _has_gap_elsewhere(sentence, verb)):
        return (
            with_conjuncts(sentence, [sentence.head(verb)])
            if sentence.child(verb, "nsubj") is not None and not _subject_gap(sentence, verb)
            else []
        )
    if verb.dep == "conj" and is_verb(sentence.head(verb)) and not sentence.children(verb, "prep", "xcomp", "ccomp"):
        head = sentence.head(verb)
        if not is_passive(sentence, head) and not sentence.children(verb, "nsubj") and head.i < verb.i:
            return []
    later = [t for t in sentence.children(verb, "conj") if is_verb(t)]
    if not own and later and not sentence.children(verb, "prep", "prt", "xcomp", "ccomp", "nsubjpass"):
        return with_conjuncts(sentence, sentence.children(later[-1], "dobj"))
    return []


def _up_to(sentence: Sentence, verb: Token) -> list[Token]:
    """ "kidnapped up to 16 advisers": the parser hangs the object under "to"."""
    return [
        t
        for t in prepositional(sentence, verb, "to")
        if sentence.children(t, "nummod") and any(w.lower == "up" for w in sentence.tokens[max(0, t.i - 5) : t.i])
    ]


def _subject_gap(sentence: Sentence, verb: Token) -> bool:
    return any(t.lower in RELATIVES for t in sentence.children(verb, "nsubj", "nsubjpass"))


def _has_gap_elsewhere(sentence: Sentence, verb: Token) -> bool:
    return any(not sentence.children(prep, "pobj", "pcomp") for prep in sentence.children(verb, "prep"))


def prepositional(sentence: Sentence, token: Token, name: str) -> list[Token]:
    """Objects of the preposition `name` under the token, also of "to" marked as dative or by-phrases."""
    found: list[Token] = []
    for child in sentence.children(token, "prep", "dative", "agent", "prt"):
        if child.lower == name:
            found += sentence.children(child, "pobj")
            found += [
                t
                for inner in sentence.children(child, "prep")
                for t in sentence.children(inner, "pobj")
                if name in {"out", "along", "together"}
            ]
    return found


def all_prepositional(sentence: Sentence, token: Token, name: str) -> list[Token]:
    """The same, looking also below the object and the particle, where parsers often hang the phrase."""
    found = prepositional(sentence, token, name)
    if not found:
        for child in sentence.children(
            token, "dobj", "prt", "advmod", "xcomp", "oprd", "nsubjpass", "acomp", "attr", "prep"
        ):
            if child.dep == "xcomp" and is_verb(child):
                continue
            found += prepositional(sentence, child, name)
            for inner in sentence.children(child, "pobj") if child.dep == "prep" and name not in {"of"} else ():
                found += (
                    prepositional(sentence, inner, name)
                    if child.lower in {"in", "during", "after", "at", "with", "of", "on"}
                    else []
                )
    return with_conjuncts(sentence, found)


def at_position(
    sentence: Sentence, trigger: Token, position: str, noun: Token | None = None, adjective: bool = False
) -> list[Token]:
    """The words at a role position of lexicon entries. `noun` is the event noun under a light verb; `adjective` reads a
    participle as a predicate ("is prepared"), so that its grammatical subject is its bearer."""
    if position == "subject":
        return (
            logical_subject(sentence, trigger)
            if is_verb(trigger) and not adjective
            else _predicate_subject(sentence, trigger)
        )
    if position == "object":
        return logical_object(sentence, trigger) if is_verb(trigger) else []
    if position == "dative":
        plain = [t for t in sentence.children(trigger, "dative") if t.pos != "ADP"]
        return with_conjuncts(sentence, plain)
    if adjective and position not in {"poss", "modifier"} and is_verb(sentence.head(trigger)):
        own = all_prepositional(sentence, trigger, position)
        return own or all_prepositional(sentence, sentence.head(trigger), position)
    owner = noun or trigger
    if position == "poss":
        return with_conjuncts(sentence, sentence.children(owner, "poss"))
    if position == "modifier":
        near = sentence.children(owner, "amod", "compound", "nmod")
        return near + [t for n in near for t in sentence.children(n, "amod", "compound", "nmod", "npadvmod")]
    found = all_prepositional(sentence, owner, position)
    if not found and noun is not None:
        found = all_prepositional(sentence, trigger, position)
    if not found and noun is None and not is_verb(trigger) and position == "by":
        found = with_conjuncts(sentence, prepositional(sentence, trigger, "by"))
    return found


def _predicate_subject(sentence: Sentence, trigger: Token) -> list[Token]:
    """ "X is ready": the subject of the copula above a predicate adjective or noun."""
    if trigger.tag == "VBN" and sentence.children(trigger, "nsubjpass", "nsubj"):
        return with_conjuncts(sentence, sentence.children(trigger, "nsubjpass", "nsubj"))
    above = sentence.head(trigger)
    if trigger.dep in {"acomp", "attr", "oprd"} and is_verb(above):
        return with_conjuncts(sentence, surface_subject(sentence, above))
    if trigger.dep == "conj":
        return _predicate_subject(sentence, above) if above.i != trigger.i and not is_verb(above) else []
    if trigger.dep in {"amod", "appos", "relcl", "acl"}:
        return [above]
    if is_verb(trigger) or trigger.dep == "ROOT":
        return with_conjuncts(sentence, sentence.children(trigger, "nsubj"))
    if trigger.dep == "advcl" and is_verb(above):
        return with_conjuncts(sentence, surface_subject(sentence, above))
    return []


def complements(sentence: Sentence, trigger: Token) -> Iterator[tuple[str, Token]]:
    """Clauses that the trigger governs: ("to", verb), ("that", verb), ("ing", verb)."""
    yield from _own_complements(sentence, trigger)


def content_clauses(sentence: Sentence, trigger: Token) -> Iterator[Token]:
    """Verbs of the trigger's clauses, also of those under its object ("dismissed an appeal to lay down arms")."""
    for _, clause in _own_complements(sentence, trigger):
        yield clause
    for noun in sentence.children(trigger, "dobj", "nsubjpass"):
        for kind, clause in _own_complements(sentence, noun):
            if kind != "that" or clause.dep != "relcl":
                yield clause


def _own_complements(sentence: Sentence, trigger: Token) -> Iterator[tuple[str, Token]]:
    for child in sentence.children(
        trigger, "xcomp", "ccomp", "acl", "advcl", "relcl", "prep", "attr", "acomp", "dobj", "csubj"
    ):
        if child.dep == "prep":
            also = [other for other in sentence.children(child, "conj") if other.lower == child.lower]
            for clause in (c for prep in (child, *also) for c in sentence.children(prep, "pcomp")):
                yield ("ing" if clause.tag == "VBG" else "that"), clause
        elif is_verb(child):
            marks = {t.lower for t in sentence.children(child, "mark", "aux")}
            if child.tag == "VB" and "to" in marks:
                yield "to", child
            elif child.tag == "VBG" and child.dep != "advcl":
                yield "ing", child
            elif child.dep == "ccomp" or (child.dep in {"acl", "relcl"} and "that" in marks):
                yield "that", child
