"""Draw terms of office and memberships for a second reader, and count where that reader disagrees.

    python bench/knowledge.py draw [--seed 1] [--count 100]     what to check, without the dates that the files give
    python bench/knowledge.py compare bench/checked/NAME.tsv    the error rate of a filled-in draw

A draw has the columns seed, number, who, what, from, until, held, note; the reader fills in `from` and `until` (a year
or a month; `now` for an end that has not come) and `held` (`no` where nobody of that name held it), from knowledge and
documents and without looking at the files. An entry is wrong when it was not held so, or when a date lies more than a
month off (in another year, where either side gives only the year). A date that the reader leaves empty does not count.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vaka.knowledge.files import read_built

COLUMNS = ("seed", "number", "who", "what", "from", "until", "held", "note")
UNDATED = frozenset({"activist", "warlord"})
"""Roles of no office, whose dates nobody keeps."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the files say: who held what, and when."""

    who: str
    what: str
    since: str
    until: str


def claims() -> list[Claim]:
    """All dated terms of office and memberships, in the order of the built files; terms that somebody served in one
    office are numbered by their dates."""
    found = [*_terms(), *_memberships()]
    times = Counter((claim.who, claim.what) for claim in found)
    seen: Counter[tuple[str, str]] = Counter()
    numbered: list[Claim] = []
    for claim in found:
        key = claim.who, claim.what
        seen[key] += 1
        which = f" (term {seen[key]} of {times[key]})" if times[key] > 1 else ""
        numbered.append(replace(claim, what=claim.what + which))
    return numbered


def _terms() -> Iterator[Claim]:
    for row in read_built("actors"):
        for term in row.get("terms", ()):
            if term.get("from") and term["role"] not in UNDATED:
                of = term.get("org") or term.get("country") or row.get("country") or ""
                yield Claim(row["name"], f"{term['role']} of {of}", term["from"], term.get("until", ""))


def _memberships() -> Iterator[Claim]:
    for row in read_built("actors"):
        for member in row.get("members", ()):
            if member.get("from"):
                how = member.get("status", "member")
                yield Claim(member["code"], f"{how} of {row['name']}", member["from"], member.get("until", ""))


def drawn(seed: int, count: int) -> list[Claim]:
    """A random sample, the same for the same seed and files."""
    return random.Random(seed).sample(claims(), count)


def off(told: str, given: str) -> bool:
    """Whether two dates differ by more than a month, or by more than a year where one is only a year."""
    if not given.strip():
        return False
    if "now" in (told or "now", given):
        return (told or "now") != given
    years = int(told[:4]) - int(given[:4])
    if len(told) < 7 or len(given) < 7:
        return years != 0
    return abs(years * 12 + int(told[5:7]) - int(given[5:7])) > 1


def compare(path: Path) -> int:
    """Print each disagreement and the rate; 1 when more than one in twenty is wrong."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    known = {(claim.who, claim.what): claim for claim in claims()}
    wrong = gone = 0
    for row in rows:
        claim = known.get((row["who"], row["what"]))
        if claim is None:
            print(f"{row['number']:>3} {row['who']}, {row['what']}: the files do not say this any more")
            gone += 1
            continue
        held = row["held"].strip() != "no"
        bad = not held or off(claim.since, row["from"]) or off(claim.until, row["until"])
        wrong += bad
        if bad:
            reader = f"{row['from']} to {row['until']}" if held else "not held"
            told = f"{claim.since} to {claim.until or 'now'}"
            print(f"{row['number']:>3} {row['who']}, {row['what']}: {told}; reader: {reader} {row['note']}")
    asked = len(rows) - gone
    print(f"{asked} entries of {len(known)}, {wrong} wrong: error rate {wrong / asked:.3f}")
    return int(wrong > asked / 20)


def main() -> int:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    does = ask.add_subparsers(dest="does", required=True)
    draw = does.add_parser("draw")
    draw.add_argument("--seed", type=int, default=1)
    draw.add_argument("--count", type=int, default=100)
    does.add_parser("compare").add_argument("file", type=Path)
    args = ask.parse_args()
    if args.does == "compare":
        return compare(args.file)
    out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    out.writerow(COLUMNS)
    for number, claim in enumerate(drawn(args.seed, args.count), 1):
        out.writerow([args.seed, number, claim.who, claim.what, "", "", "", ""])
    return 0


if __name__ == "__main__":
    sys.exit(main())
