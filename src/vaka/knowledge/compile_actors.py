"""Checks `data/actors`, `data/lexicon/agents.yml` and `titles.yml` and turns them into the rows of `built/`.

Refuses unknown keys, sectors and kinds, impossible dates and keys that stand twice; each fault names file and line.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, rows_of, without_lines
from vaka.knowledge.offices import overlaps

SECTORS = frozenset(
    [
        "GOV",
        "MIL",
        "COP",
        "JUD",
        "LEG",
        "SPY",
        "PTY",
        "PRM",
        "REB",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "OPP",
        "PRE",
        "REL",
        "SOC",
    ]
)
KINDS = frozenset({"person", "government", "organization", "armed-group", "population", "other"})
NON_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
DATE = re.compile(r"(1[0-9]|20)\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?$")

STATE_KEYS = frozenset(
    [
        "code",
        "key",
        "kind",
        "name",
        "names",
        "adjectives",
        "people",
        "capital",
        "capitals",
        "government",
        "bodies",
        "region",
        "epithets",
        "sovereign",
        "sector",
        "ambiguous",
        "from",
        "until",
        "sure",
        "source",
        "note",
    ]
)
ORG_KEYS = frozenset(
    [
        "key",
        "name",
        "names",
        "acronyms",
        "code",
        "sector",
        "also",
        "kind",
        "epithets",
        "founded",
        "ended",
        "members",
        "observers",
        "sure",
        "source",
        "country",
        "from",
        "until",
        "ambiguous",
        "note",
    ]
)
GROUP_KEYS = frozenset(
    [
        "key",
        "name",
        "names",
        "acronyms",
        "country",
        "sector",
        "also",
        "kind",
        "from",
        "until",
        "government_of",
        "government_spells",
        "ambiguous",
        "epithets",
        "sure",
        "source",
        "note",
        "code",
    ]
)
PERSON_KEYS = frozenset(
    [
        "name",
        "names",
        "country",
        "terms",
        "sector",
        "also",
        "sure",
        "source",
        "org",
        "key",
        "from",
        "until",
        "ambiguous",
        "note",
        "kind",
        "died",
    ]
)
TERM_KEYS = frozenset(["role", "from", "until", "org", "country", "acting", "beside", "sure", "source", "note"])
SURE = ("high", "medium", "low")
RECALL = "recall"
"""The source of what was written from general knowledge, without a document."""


def compile_actors(data: Path) -> list[dict[str, Any]]:
    """All actor entries, sorted by key.

    Raises KnowledgeError on the first fault.
    """
    rows: list[dict[str, Any]] = []
    for path in sorted((data / "actors").glob("*.yml")):
        what = path.stem.split("-")[0]
        make = {"states": _state, "organizations": _organization, "groups": _group, "people": _person}.get(what)
        if make is None:
            raise KnowledgeError(str(path), None, "the name must open with states, organizations, groups or people")
        for row in rows_of(path, what):
            rows += make(path, row)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        # A state and a group may share three letters (BRA); organizations and groups share one space of keys.
        space = "state" if row["category"] in {"state", "body"} else "actor"
        if (space, row["key"]) in seen:
            raise KnowledgeError(row["file"], row["line"], f"the key {row['key']!r} stands twice")
        seen.add((space, row["key"]))
    if fault := next(overlaps(rows), None):
        raise KnowledgeError(str(data / "actors"), None, f"{fault}; mend the dates, or mark a term `beside: yes`")
    for row in rows:
        row["at"] = f"{Path(row.pop('file')).name}:{row.pop('line')}"
    return sorted(rows, key=lambda row: (str(row["category"]), str(row["key"])))


def _state(path: Path, row: dict[str, Any]) -> list[dict[str, Any]]:
    check_keys(path, row, STATE_KEYS, {"code", "name"})
    plain = without_lines(row)
    key = plain.get("key", plain["code"])
    vague = set(plain.get("ambiguous", ()))
    names = _names("name", [plain["name"], *plain.get("names", ())], vague)
    names += _names("adjective", plain.get("adjectives", ()), vague)
    names += _names("people", plain.get("people", ()), vague | set(plain.get("adjectives", ())))
    names += _names("capital", [plain["capital"]] if plain.get("capital") else (), vague)
    for capital in plain.get("capitals", ()):
        names += [n | _spell(capital) for n in _names("capital", [capital["name"]], vague)]
    names += _names("government", plain.get("government", ()), vague)
    country = plain.get("sovereign", plain["code"])
    sectors = [plain["sector"]] if plain.get("sector") else []
    found = [
        _row(path, row, key, plain["name"], "state", "government", country, sectors, names, plain)
        | {"region": plain.get("region", ""), "epithets": plain.get("epithets", [])}
    ]
    for body in row.get("bodies", ()) or ():
        check_keys(
            path, body, {"name", "names", "sector", "also", "kind", "from", "until", "acronyms", "ambiguous"}, {"name"}
        )
        small = without_lines(body)
        listed = [small["name"], *small.get("names", ()), *small.get("acronyms", ())]
        found.append(
            _row(
                path, body, f"{key}/{small['name']}", small["name"], "body", small.get("kind", "organization"), country,
                _sectors(path, body), _names("name", listed, vague | set(small.get("ambiguous", ()))), small,
            )
        )  # fmt: skip
    return found


def _organization(path: Path, row: dict[str, Any]) -> list[dict[str, Any]]:
    check_keys(path, row, ORG_KEYS, {"key", "name"})
    plain = without_lines(row)
    vague = set(plain.get("ambiguous", ()))
    names = _names("name", [plain["name"], *plain.get("names", ())], vague)
    names += _names("acronym", plain.get("acronyms", ()), vague)
    names += _names("epithet", [e.removeprefix("the ").removeprefix("The ") for e in plain.get("epithets", ())], vague)
    spell = {"from": plain.get("founded", ""), "until": plain.get("ended", "")}
    made = _row(
        path, row, plain["key"], plain["name"], "organization", "organization",
        plain.get("code") or plain.get("country"), _sectors(path, row), names,
        plain | {k: v for k, v in spell.items() if v},
    )  # fmt: skip
    for member in row.get("members", ()) or ():
        check_keys(path, member, {"code", "from", "until", "status"}, {"code"})
        _check_dates(path, member)
    if plain.get("members"):
        made["members"] = plain["members"]
    return [made]


def _group(path: Path, row: dict[str, Any]) -> list[dict[str, Any]]:
    check_keys(path, row, GROUP_KEYS, {"key", "name"})
    plain = without_lines(row)
    vague = set(plain.get("ambiguous", ()))
    names = _names("name", [plain["name"], *plain.get("names", ())], vague)
    names += _names("acronym", plain.get("acronyms", ()), vague)
    names += _names("epithet", [e.removeprefix("the ") for e in plain.get("epithets", ())], vague)
    made = _row(
        path, row, plain["key"], plain["name"], "group", plain.get("kind", "armed-group"), plain.get("country"),
        _sectors(path, row), names, plain,
    )  # fmt: skip
    if plain.get("government_of"):
        spells = plain.get("government_spells", [{}])
        made["governs"] = [{"code": plain["government_of"]} | _spell(spell) for spell in spells]
    return [made]


def _person(path: Path, row: dict[str, Any]) -> list[dict[str, Any]]:
    check_keys(path, row, PERSON_KEYS, {"name"})
    for term in row.get("terms", ()) or ():
        check_keys(path, term, TERM_KEYS, {"role"})
        _check_dates(path, term)
    plain = without_lines(row)
    key = plain.get("key") or f"person/{plain['name']}/{plain.get('country') or plain.get('org', '')}"
    made = _row(
        path, row, key, plain["name"], "person", "person", plain.get("country"), _sectors(path, row),
        _names("person", [plain["name"], *plain.get("names", ())], set(plain.get("ambiguous", ()))), plain,
    )  # fmt: skip
    terms = [
        {k: v for k, v in term.items() if k in {"role", "from", "until", "org", "country", "beside"}}
        for term in plain.get("terms", ())
    ]
    made["terms"] = sorted(terms, key=lambda term: (term.get("from", ""), term["role"]))
    for field in ("from", "until"):
        made.pop(field, None)
    return [made]


def _row(
    path: Path, row: dict[str, Any], key: str, name: str, category: str, kind: str, country: str | None,
    sectors: list[str], names: list[dict[str, Any]], plain: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    _check_dates(path, row)
    if kind not in KINDS:
        raise KnowledgeError(str(path), row.get(LINE), f"the kind {kind!r} is not one of {', '.join(sorted(KINDS))}")
    if country is not None and not re.fullmatch(r"[A-Z]{3}", country):
        raise KnowledgeError(str(path), row.get(LINE), f"the country {country!r} is no code of three letters")
    sure, source = plain.get("sure", "medium"), plain.get("source", RECALL)
    if sure not in SURE:
        raise KnowledgeError(str(path), row.get(LINE), f"sure is one of {', '.join(SURE)}, not {sure!r}")
    if sure == "high" and source == RECALL:
        fault = "sure: high needs a document as its source; recall is medium at most"
        raise KnowledgeError(str(path), row.get(LINE), fault)
    unique = {(n["text"], n["form"], n.get("from", ""), n.get("until", "")): n for n in names}
    made: dict[str, Any] = {
        "key": key, "name": name, "category": category, "kind": kind, "country": country, "sectors": sectors,
        "names": list(unique.values()), "sure": sure, "source": source, "file": str(path), "line": row.get(LINE),
    }  # fmt: skip
    return made | {k: plain[k] for k in ("from", "until", "epithets") if plain.get(k)}


def _names(form: str, texts: Any, vague: set[str]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for text in texts:
        made.append({"text": text, "form": form} | ({"ambiguous": True} if text in vague else {}))
    return made


def _spell(row: dict[str, Any]) -> dict[str, str]:
    return {k: row[k] for k in ("from", "until") if row.get(k)}


def _sectors(path: Path, row: dict[str, Any]) -> list[str]:
    plain = without_lines(row)
    also = plain.get("also", [])
    sectors = [s for s in [plain.get("sector"), *(also if isinstance(also, list) else [also])] if s]
    for sector in sectors:
        if sector not in SECTORS:
            raise KnowledgeError(str(path), row.get(LINE), f"the sector {sector!r} is not one of PLOVER's")
    return sectors


def _check_dates(path: Path, row: dict[str, Any]) -> None:
    dates = [str(row[k]) for k in ("from", "until", "founded", "ended") if row.get(k) and row[k] not in ("null", "~")]
    for date in dates:
        if not DATE.fullmatch(date):
            raise KnowledgeError(str(path), row.get(LINE), f"{date!r} is no date like 2014, 2014-08 or 2014-08-21")
    since, until = row.get("from") or "", row.get("until") or ""
    if since not in ("", "null", "~") and until not in ("", "null", "~"):
        short = min(len(since), len(until))
        if until[:short] < since[:short]:
            raise KnowledgeError(str(path), row.get(LINE), f"ends {until} before it begins {since}")


def compile_agents(data: Path) -> list[dict[str, Any]]:
    """Role nouns, a row a form."""
    path = data / "lexicon" / "agents.yml"
    rows: dict[str, dict[str, Any]] = {}
    for row in rows_of(path, "agents"):
        check_keys(path, row, {"noun", "plural", "sector", "also", "kind", "country", "weak"}, {"noun", "kind"})
        plain = without_lines(row)
        for form, plural in ((plain["noun"], False), (plain.get("plural", ""), True)):
            if form:
                rows.setdefault(
                    form,
                    {"noun": form, "plural": plural, "sectors": _sectors(path, row), "kind": plain["kind"]}
                    | {k: plain[k] for k in ("country", "weak") if plain.get(k)},
                )
    return sorted(rows.values(), key=lambda row: str(row["noun"]))


def compile_titles(data: Path) -> list[dict[str, Any]]:
    """Titles, a row a form in lower case."""
    path = data / "lexicon" / "titles.yml"
    rows: dict[str, dict[str, Any]] = {}
    for row in rows_of(path, "titles"):
        check_keys(
            path,
            row,
            {"title", "role", "sector", "also", "kind_of", "names", "plural", "weak", "country", "note"},
            {"title", "role"},
        )
        plain = without_lines(row)
        for form in [plain["title"], *plain.get("names", ())]:
            rows.setdefault(
                form.lower().rstrip("."),
                {"text": form.lower().rstrip("."), "role": plain["role"], "kind_of": plain.get("kind_of", "")}
                | ({"sector": plain["sector"]} if plain.get("sector") else {}),
            )
    return sorted(rows.values(), key=lambda row: str(row["text"]))
