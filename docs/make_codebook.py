"""Writes docs/reference/codebook.md from the compiled event types, so that the codebook cannot differ from the code.

    python docs/make_codebook.py            writes the file

`tests/test_codebook.py` fails where the file is out of date. It states what the compiled knowledge holds and adds
nothing but the meaning of each status; it refuses to write when a status has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vaka.knowledge.compile_actors import SECTORS
from vaka.knowledge.files import read_built
from vaka.types import EVENT_TYPES, EXTENSION_TYPES, STATUSES

CODEBOOK = Path(__file__).parent / "reference" / "codebook.md"
MEANINGS = {
    "occurred": "It is told as done, also when the report is not sure of every detail.",
    "ongoing": "It is told as going on when the report was written.",
    "planned": "Those who act intend it or have it on their schedule.",
    "expected": "Others, or the writer, say that it will come.",
    "threatened": "Somebody warns that it will be done.",
    "demanded": "Somebody asks, urges or orders that it be done.",
    "hypothetical": "It hangs on a condition, a possibility, a suspicion or an attempt.",
    "negated": "It is told as not done: denied, refused, prevented, called off.",
    "historical": "It belongs to an earlier story, or its date is more than a year before the day of publication.",
}
"""What each status says of the told act."""
SECTOR_NAMES = {
    "AGR": "farming and fishing", "BUS": "companies and trade", "COP": "police", "CRM": "criminals",
    "CVL": "civilians", "EDU": "schools and universities", "ELI": "elites", "GOV": "government and its officials",
    "JRN": "press", "JUD": "courts and prosecutors", "LAB": "workers and unions", "LEG": "parliaments",
    "MED": "health workers", "MIL": "armed forces of a state", "OPP": "opposition, mostly as second sector",
    "PRE": "partly recognised state, as second sector", "PRM": "paramilitary forces", "PTY": "political parties",
    "REB": "rebels", "REF": "refugees", "REL": "religious bodies", "SOC": "civil society",
    "SPY": "intelligence services", "UAF": "armed force that nobody claims", "UNK": "unknown",
}  # fmt: skip
OPENING = """\
# Codebook

This file is written by `docs/make_codebook.py` from the compiled ontology; change `data/ontology/`, run `make data`
and `python docs/make_codebook.py`, and never edit it by hand.

An event has a **type**, often a **mode** that makes the type finer, and a **status** that says whether it happened.
Names of types and modes are those of PLOVER 2.0; the three extensions are Vaka's own and have neither quad class
nor score. The score runs from -10 (most conflict) to 10 (most cooperation) and is that of the mode where the event
has a mode with a score of its own, else that of the type. The CAMEO code is the one written on the event unless the
[lexicon entry](lexicon.md) that found it names a finer code. Where *recipient needed* says yes, PLOVER asks for an
event with both sides; the column is there for users who filter, and the coder keeps an event without one.
"""


def codebook() -> str:
    """The whole document."""
    types = {row["type"]: row for row in read_built("types")}
    lines = [OPENING, *_statuses(), *_overview(types)]
    for name in EVENT_TYPES + EXTENSION_TYPES:
        lines += _type(types[name])
    return "\n".join([*lines, *_contexts(types), *_sectors()])


def _statuses() -> Iterator[str]:
    yield "## Statuses\n"
    yield "Only `occurred` and `ongoing` count as happening. How a status is read: [status](../design/status.md).\n"
    yield "| status | meaning |\n| --- | --- |"
    for status in STATUSES:
        yield f"| `{status}` | {MEANINGS[status]} |"


def _overview(types: dict[str, Any]) -> Iterator[str]:
    yield "\n## Types\n"
    yield "| type | quad class | score | CAMEO | recipient needed | modes |\n| --- | --- | --- | --- | --- | --- |"
    for name in EVENT_TYPES + EXTENSION_TYPES:
        row = types[name]
        needed = "yes" if row.get("recipient_needed") == "yes" else "no"
        cells = (row.get("quad", "–"), row.get("score", "–"), row.get("cameo", "–"), needed, len(row.get("modes", {})))
        yield f"| [{name}](#{name.lower()}) | " + " | ".join(map(str, cells)) + " |"


def _type(row: dict[str, Any]) -> Iterator[str]:
    yield f"\n### {row['type']}\n"
    yield " ".join(row["sense"].split())
    if contexts := row.get("contexts"):
        yield "\nEvery event of this type has the context " + ", ".join(f"`{name}`" for name in contexts) + "."
    modes = row.get("modes", {})
    if not modes:
        yield "\nIt has no modes."
        return
    yield "\n| mode | score | CAMEO | sense |\n| --- | --- | --- | --- |"
    for name, mode in modes.items():
        sense = " ".join(mode.get("sense", "").split())
        yield f"| `{name}` | {mode.get('score', '–')} | {mode.get('cameo', '–')} | {sense} |"


def _contexts(types: dict[str, Any]) -> Iterator[str]:
    """The contexts that a pattern or a type gives today, with the types in which they turn up."""
    found: dict[str, set[str]] = {}
    for row in [*types.values(), *read_built("patterns")]:
        for context in row.get("contexts", ()):
            found.setdefault(context, set()).add(row["type"])
    yield "\n## Contexts\n"
    yield "Contexts come from the type and from the lexicon entry. Those that some entry gives, and in which types:\n"
    yield "| context | types |\n| --- | --- |"
    for context in sorted(found):
        yield f"| `{context}` | {', '.join(sorted(found[context]))} |"


def _sectors() -> Iterator[str]:
    yield "\n## Sectors of actors\n"
    yield "| code | sector |\n| --- | --- |"
    for code in sorted(SECTORS):
        yield f"| {code} | {SECTOR_NAMES[code]} |"
    yield ""


if __name__ == "__main__":
    CODEBOOK.write_text(codebook(), encoding="utf-8")
