"""A bundle for an archive: every table in CSV and Parquet, a codebook, counts, licence, citation and checksums.

Everything in it follows from the record, so that the same record (and version of pyarrow) gives the same bytes; no
clock is read. The texts of the reports are not in it: they belong to who wrote them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import orjson

from vaka.errors import UsageError
from vaka.frames.tables import Column, Row, Table
from vaka.knowledge.ontology import ontology
from vaka.record.items import engines_of
from vaka.record.query import Filters
from vaka.record.store import Record
from vaka.reports.exports.files import csv_lines, parquet
from vaka.reports.exports.vaka import TABLES

ALL = Filters(genre=("all",))
"""Every report; the column genre says which are news."""
CODEBOOK = (Column("table"), Column("column"), Column("kind"), Column("hxl"), Column("about"))
TYPES = (Column("type"), Column("mode"), Column("quad"), Column("score", "number"), Column("cameo"))
LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
            "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/"}  # fmt: skip
SUMS = "SHA256SUMS"


def release(
    record: Record, folder: Path, *, title: str | None = None, authors: Sequence[str] = (), licence: str = "CC-BY-4.0"
) -> list[str]:
    """Writes the bundle and returns the names of its files; the folder appears when all is written.

    Raises UsageError when the folder holds something already, ExtraError when Parquet needs what is not installed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: is there already and not empty; name a new folder for the bundle")
    if not folder.resolve().parent.is_dir():
        raise UsageError(f"{folder}: there is no folder {folder.resolve().parent}; make it first")
    part = folder.resolve().with_name(f".{folder.resolve().name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        names = _write(record, part, title or f"Coded record {record.path.stem}", authors, licence)
        if folder.exists():
            folder.rmdir()
        part.rename(folder.resolve())
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return names


def _write(record: Record, folder: Path, title: str, authors: Sequence[str], licence: str) -> list[str]:
    counts: dict[str, int] = {}
    described: list[tuple[str, Sequence[Column]]] = []
    told: dict[str, list[Row]] = {}
    for name in TABLES:
        table = TABLES[name](record, ALL)
        rows = list(table.rows)
        counts[name] = len(rows)
        described.append((name, table.columns))
        if name in {"incidents", "reports"}:
            told[name] = rows
        _put(folder, name, Table(table.columns, rows))
    _put(folder, "types", Table(TYPES, list(_types())), both=False)
    _put(folder, "codebook", Table(CODEBOOK, list(_codebook(described))), both=False)
    engines = engines_of(record, [row["id"] for row in told["reports"]])
    texts = {
        "README.md": _readme(title, counts, told, engines, licence),
        "LICENSE.txt": _licence(title, licence),
        "CITATION.cff": _citation(title, authors, licence, told["reports"]),
        "datapackage.json": _package(title, licence, described),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    names = sorted(path.name for path in folder.iterdir())
    sums = "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / SUMS).write_text(sums, encoding="utf-8")
    return [*names, SUMS]


def _put(folder: Path, name: str, table: Table, both: bool = True) -> None:
    with (folder / f"{name}.csv").open("wb") as file:
        file.writelines(line.encode("utf-8", "replace") for line in csv_lines(table))
    if both:
        (folder / f"{name}.parquet").write_bytes(parquet(table))


def _types() -> Iterator[Row]:
    for kind in sorted(ontology().types.values(), key=lambda kind: kind.type):
        yield {"type": kind.type, "mode": None, "quad": kind.quad, "score": kind.score, "cameo": kind.cameo}
        for mode, score in kind.modes.items():
            cameo = kind.mode_cameo.get(mode) or kind.cameo
            yield {"type": kind.type, "mode": mode, "quad": kind.quad, "score": score, "cameo": cameo}


def _codebook(described: Sequence[tuple[str, Sequence[Column]]]) -> Iterator[Row]:
    for table, columns in described:
        for column in columns:
            yield {"table": table, "column": column.name, "kind": column.kind, "hxl": column.hxl or None,
                   "about": column.about or None}  # fmt: skip


def _readme(
    title: str, counts: dict[str, int], told: dict[str, list[Row]], engines: dict[str, Row], licence: str
) -> str:
    days = sorted(row["published"][:10] for row in told["reports"] if row["published"])
    made = Counter(
        (engine["version"], engine["knowledge"], "; ".join(f"{m['name']} {m['version']}" for m in engine["models"]))
        for engine in engines.values()
    )
    kinds = Counter((row["type"], row["status"]) for row in told["incidents"])
    lines = [
        f"# {title}",
        "",
        "Events, quotations, pledges and told causes read from news reports by Vaka; every row names its report and",
        "the offsets of the passage that bears it. Nobody has checked every row: read the passages before you rely",
        "on one.",
        "",
        f"Reports published {days[0]} to {days[-1]}." if days else "No report has a date.",
        "",
        "| table | rows |",
        "| --- | ---: |",
        *(f"| {name} | {count} |" for name, count in counts.items()),
        "",
        "| coded by | knowledge | models | reports |",
        "| --- | --- | --- | ---: |",
        *(
            f"| Vaka {v or '?'} | {k or '?'} | {models or 'none'} | {count} |"
            for (v, k, models), count in sorted(made.items())
        ),
        "",
        f"Put together by Vaka {version('vaka')}.",
        "",
        "| type | status | happenings |",
        "| --- | --- | ---: |",
        *(f"| {kind} | {status} | {count} |" for (kind, status), count in sorted(kinds.items())),
        "",
        "`codebook.csv` explains every column, `types.csv` lists the types and modes, `SHA256SUMS` has the checksums",
        "(`sha256sum -c SHA256SUMS`), `datapackage.json` describes the tables for Frictionless tools. The CSV files",
        "are UTF-8 by RFC 4180; a text that begins like a formula has an apostrophe before it there, not in Parquet.",
        f"Licence: {licence}, see `LICENSE.txt`.",
        "",
    ]
    return "\n".join(lines)


def _licence(title: str, licence: str) -> str:
    address = LICENCES.get(licence, f"https://spdx.org/licenses/{licence}.html")
    return (
        f"{title}\n\nThe coded data (all columns but the passages and titles quoted from reports) are under {licence}:"
        "\n"
        f"{address}\n\nPassages and titles are quoted from the reports that `reports.csv` names and remain the"
        " property\nof whoever published them.\n"
    )


def _citation(title: str, authors: Sequence[str], licence: str, reports: Sequence[Row]) -> str:
    days = sorted(row["published"][:10] for row in reports if row["published"])
    quoted = orjson.dumps  # A JSON string is a YAML string.
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this data set, please cite it as below.",
        "type: dataset",
        f"title: {quoted(title).decode()}",
        "authors:",
        *(f"  - name: {quoted(name).decode()}" for name in authors or ("The makers of this record",)),
        f"license: {licence}",
        *([f'version: "{days[-1]}"'] if days else []),
        "references:",
        "  - type: software",
        "    title: Vaka",
        f"    version: {version('vaka')}",
        "    authors:",
        "      - name: The Vaka authors",
    ]
    return "\n".join(lines) + "\n"


def _package(title: str, licence: str, described: Sequence[tuple[str, Sequence[Column]]]) -> str:
    kinds = {"text": "string"}
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {"name": column.name, "type": kinds.get(column.kind, column.kind), "description": column.about}
                    for column in columns
                ]
            },
        }
        for name, columns in described
    ]
    name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in title.lower())
    package = {"name": name, "title": title, "licenses": [{"name": licence}], "resources": resources}
    return orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
