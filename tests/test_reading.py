"""Reading: every format gives its articles, every bad input gives an InputError and costs nothing but itself."""

from __future__ import annotations

import gzip
import io
import json
import os
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaka.errors import InputError, UsageError
from vaka.knowledge.files import LINE, rows_of
from vaka.reading import genre, language, streams
from vaka.reading.articles import Given, Reading, build, from_text
from vaka.reading.dates import iso_date
from vaka.reading.sources import read, read_with_issues
from vaka.reading.zones import ZonesStage, mark
from vaka.types import ZONE_KINDS, Article, Page

CASES = rows_of(Path(__file__).parent / "cases" / "zones.yml", "cases")
TEXT = "Soldiers reopened the road to Goma on Monday after the rebels left their last post above the town."
HTML = (
    "<html><head><title>Road to Goma open again</title><meta property='og:site_name' content='Lake Post'>"
    "<meta property='article:published_time' content='2012-12-03T08:00:00Z'></head><body><nav><a "
    "href='/'>Home</a></nav>"
    f"<article><h1>Road to Goma open again</h1><p>{TEXT}</p><h2>Who left</h2><p>The last fighters of the movement were "
    "seen walking north before dawn, and traders began to return with their lorries in the afternoon.</p><p>The "
    "governor asked for patience, since the bridge at the edge of the town is still mined and will be closed at "
    "night.</p>"
    "</article><footer>Copyright 2022</footer></body></html>"
)
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Lake Post</title>
<item><title>Road to Goma open again</title><link>https://news.example/goma</link><guid>goma-1</guid>
<pubDate>Mon, 03 Dec 2012 08:00:00 GMT</pubDate><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item>
<item><title>Second</title><description>Traders returned.</description></item></channel></rss>"""


def articles(*inputs: Path | str, published: str | None = None) -> list[Article]:
    found = list(read(inputs, published=published))
    assert not [item for item in found if isinstance(item, InputError)], found
    return [item for item in found if isinstance(item, Article)]


def one(path: Path, data: bytes | str, published: str | None = None) -> Article:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (article,) = articles(path, published=published)
    return article


def refusal(path: Path, data: bytes | str) -> str:
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    (item,) = read([path])
    assert isinstance(item, InputError), item
    assert str(path) in item.where
    return item.message


def issues_of(path: Path, data: bytes | str) -> list[str]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (item,) = read_with_issues([path], published="2022-01-01")
    assert isinstance(item, Reading), item
    return [issue.message for issue in item.issues]


def warc_record(number: int, page: bytes, headers: bytes = b"", kind: bytes = b"text/html; charset=utf-8") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n" + headers + b"\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:012d}>\r\n"
        f"WARC-Date: 2022-01-11T00:00:00Z\r\nWARC-Target-URI: https://news.example/world/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


# ---------------------------------------------------------------- zones


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_zones_of_cases(case: dict[str, Any]) -> None:
    reading = from_text(case["text"], title=case.get("title"), published="2022-01-11")
    assert isinstance(reading, Reading)
    (page,) = ZonesStage().run([Page(reading.article)])
    text = page.article.text
    assert text[page.article.body_start :] == case["text"]
    told = [next((k, w) for k, w in zone.items() if k != LINE) for zone in case["zones"]]
    found = [(zone.kind, text[zone.start : zone.end]) for zone in page.article.zones]
    assert [kind for kind, _ in found] == [kind for kind, _ in told], found
    for (_, words), (_, expected) in zip(found, told, strict=True):
        head, _, tail = expected.partition(" | ")
        assert words.startswith(head) and words.endswith(tail)


PARTS = st.sampled_from(
    [
        "READ MORE: Talks go on", "AFP", "Loading...", "By Ana Souza", "Route 6", "Title: A day", "Date: 2022-01-01",
        "LIMA, May 2 (AP) -", "He said so.", "Dozens were hurt when a wall fell in the old market.", "Who paid?",
        "FILE PHOTO: A bridge. REUTERS/Ana Souza", "\r\n", "\n\n", "\n", " ", "\t", "\u2028", "\x85", "é", "\u200b",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS | st.text(max_size=12), max_size=14).map("".join), st.none() | st.sampled_from(["A day", "AFP"]))
def test_zones_are_sorted_apart_and_cover_all_words(text: str, title: str | None) -> None:
    article = Article("x", text, title=title)
    zones = mark(article)
    covered: set[int] = set()
    last = 0
    for zone in zones:
        assert zone.kind in ZONE_KINDS
        assert last <= zone.start < zone.end <= len(text)
        assert text[zone.start : zone.end].strip()
        covered.update(range(zone.start, zone.end))
        last = zone.end
    assert not [text[at] for at in range(len(text)) if at not in covered and not text[at].isspace()]


def test_stage_keeps_zones_that_a_reader_marked_and_pickles(tmp_path: Path) -> None:
    article = one(tmp_path / "a.html", HTML)
    stage = pickle.loads(pickle.dumps(ZonesStage()))
    assert article.zones
    assert stage.run([Page(article)])[0].article.zones == article.zones
    assert stage.needs == frozenset() and stage.gives == {"zones"}


# ---------------------------------------------------------------- formats


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60).filter(str.strip), st.sampled_from([None, "A day in Lima", " x "]))
def test_text_is_given_back_character_for_character(text: str, title: str | None) -> None:
    reading = build(Given(where="x", name="x", text=text, title=title), any_language=True)
    if isinstance(reading, InputError):
        assert "surrogate" in reading.message
        return
    assert reading.article.text[reading.article.body_start :] == text


def test_plain_text_keeps_line_ends_and_reads_its_headers(tmp_path: Path) -> None:
    text = f"Title: Road open\r\nDate: 3 December 2012\r\nSource: Lake Post\r\nURL: https://news.example/1\r\n\r\n{TEXT}\r\n"
    article = one(tmp_path / "a.txt", text)
    assert article.text == text and article.body_start == 0
    assert (article.title, article.published, article.source) == ("Road open", "2012-12-03", "Lake Post")
    assert article.url == "https://news.example/1" and article.language == "en"


def test_html_gives_title_date_source_and_headings(tmp_path: Path) -> None:
    article = one(tmp_path / "page", HTML)
    assert article.text.startswith("Road to Goma open again\n\n" + TEXT)
    assert (article.title, article.published, article.source) == ("Road to Goma open again", "2012-12-03", "Lake Post")
    assert "Copyright" not in article.text
    assert [(z.kind, article.text[z.start : z.end]) for z in article.zones if z.kind != "body"] == [
        ("title", "Road to Goma open again"),
        ("heading", "Who left"),
    ]


def test_html_date_is_not_taken_from_a_copyright_line(tmp_path: Path) -> None:
    page = HTML.replace("<meta property='article:published_time' content='2012-12-03T08:00:00Z'>", "")
    assert one(tmp_path / "page.html", page).published is None


def test_feeds_give_an_article_an_item(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS)
    first, second = articles(path)
    assert first.text == f"Road to Goma open again\n\n{TEXT}" and first.body_start == len("Road to Goma open again\n\n")
    assert (first.id, first.published, first.source) == ("goma-1", "2012-12-03T08:00:00Z", "Lake Post")
    assert second.text == "Second\n\nTraders returned."


def test_atom_in_utf16_with_xhtml_content(tmp_path: Path) -> None:
    atom = (
        '<?xml version="1.0" encoding="utf-16"?><feed xmlns="http://www.w3.org/2005/Atom">'
        "<title>Lake Post</title><entry>"
        "<title>Bukavu café reopens</title><id>e1</id><updated>2013-01-02T10:00:00+02:00</updated>"
        '<content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;script&gt;no()&lt;/script&gt;'
        "&lt;p&gt;Two &lt;b&gt;bold&lt;/b&gt;."
        "&lt;/p&gt;</content></entry></feed>"
    )
    article = one(tmp_path / "feed", atom.encode("utf-16"))
    assert article.text == "Bukavu café reopens\n\nOne.\n\nTwo bold."
    assert article.published == "2013-01-02T10:00:00+02:00"


def test_json_lines_rows(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "a", "text": TEXT, "published": "2012-12-03", "title": "Road open", "source": "S", "extra": 1},
        {"id": 7, "html": HTML, "url": "https://news.example/opinion/goma"},
        {"text": f"Road open\n\n{TEXT}", "title": "Road open"},
    ]
    path = tmp_path / "rows"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n")
    first, second, third = articles(path, published="2020-02-02")
    assert first.text == f"Road open\n\n{TEXT}" and first.body_start == 11 and first.published == "2012-12-03"
    assert second.id == "7" and second.genre == "opinion" and second.zones
    assert third.body_start == 0 and third.published == "2020-02-02" and len(third.id) == 16


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_quoted_line_breaks(tmp_path: Path, delimiter: str) -> None:
    table = (
        delimiter.join(["id", "Title", "text"])
        + "\n"
        + delimiter.join(["r1", "", f'"{TEXT}\n\nHe said ""no""."'])
        + "\n"
    )
    article = one(tmp_path / "table", table)
    assert article.id == "r1" and article.text == f'{TEXT}\n\nHe said "no".'


def test_warc_reads_html_answers_only(tmp_path: Path) -> None:
    archive = (
        warc_record(1, HTML.encode())
        + warc_record(2, b"\x00\x01", kind=b"image/png")
        + warc_record(3, gzip.compress(HTML.encode()), b"Content-Encoding: gzip\r\n")
    )
    for name, data in (("a.warc", archive), ("a.warc.gz", gzip.compress(archive))):
        path = tmp_path / name
        path.write_bytes(data)
        first, second = articles(path)
        assert first.url == "https://news.example/world/1" and first.genre == "news"
        assert first.text == second.text


@pytest.mark.parametrize("data", [TEXT, HTML, RSS, json.dumps({"text": TEXT}), f"id,text\n1,{TEXT}\n"])
def test_gzip_of_each_reads_the_same(tmp_path: Path, data: str) -> None:
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    plain.write_text(data)
    packed.write_bytes(gzip.compress(data.encode()))
    assert [a.text for a in articles(plain)] == [a.text for a in articles(packed)]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(TEXT.encode())))
    monkeypatch.setattr(sys, "stdin", stdin)
    (article,) = articles("-")
    assert article.text == TEXT


def test_folders_globs_and_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text(f"Report {name}.")
    names = [article.text for article in articles(tmp_path)]
    assert names == ["Report a.txt.", "Report b/1.txt.", "Report b/2.txt."]
    globbed = [article.text for article in articles(str(tmp_path / "b" / "*.txt"), tmp_path / "a.txt")]
    assert globbed == [*names[1:], names[0]]
    assert [article.text for article in articles(str(tmp_path / "**" / "*.txt"))] == names
    assert len(list(read(str(tmp_path / "a.txt")))) == 1


def test_ids_do_not_depend_on_the_folder(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    assert one(tmp_path / "r.txt", TEXT).id == one(tmp_path / "x" / "r.txt", TEXT).id
    assert one(tmp_path / "r.txt", TEXT).id != one(tmp_path / "s.txt", TEXT).id


# ---------------------------------------------------------------- encodings and damage


def test_encodings(tmp_path: Path) -> None:
    text = "The café in Zürich reopened. “Come in,” the owner said on Monday."
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"):
        assert one(tmp_path / encoding, text.encode(encoding)).text == text
    assert any("Windows-1252" in issue for issue in issues_of(tmp_path / "a", text.encode("cp1252")))
    mended = issues_of(tmp_path / "b", (text * 3).encode().replace(b"reopened", b"re\xffopened", 1))
    assert any("damaged" in issue for issue in mended)
    rows = "id,text\n1,Zürich voted on Sunday.\n".encode("utf-16")
    assert one(tmp_path / "t.csv", rows).text == "Zürich voted on Sunday."


def test_damaged_characters_and_a_missing_date_are_issues(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The mayor said \ufffd and \x07 no more on Monday.")
    (reading,) = read_with_issues([path])
    assert isinstance(reading, Reading)
    assert reading.article.text == path.read_text()
    damage = next(issue for issue in reading.issues if "damaged" in issue.message)
    assert damage.span is not None and damage.span.text == "\ufffd"
    assert any("no publication date" in issue.message for issue in reading.issues)
    assert any("soonish" in issue for issue in issues_of(tmp_path / "b.txt", f"Date: soonish\n\n{TEXT}"))


def test_a_report_of_five_megabytes_is_read_with_an_issue(tmp_path: Path) -> None:
    assert any("million characters" in issue for issue in issues_of(tmp_path / "a.txt", f"{TEXT}\n\n" * 50_000))


BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
    "pdf": (b"%PDF-1.4 ...", "PDF"),
    "binary": (bytes(range(256)) * 8, "binary"),
    "nested.gz": (gzip.compress(gzip.compress(TEXT.encode())), "gzip within"),
    "cut.gz": (gzip.compress(os.urandom(4000).hex().encode())[:-900], "cut short"),
    "damaged.gz": (gzip.compress(TEXT.encode())[:12] + b"\xff" * 40, "damaged"),
    "french": (
        "Le président a annoncé mardi que les élections seront reportées dans tout le pays.".encode(),
        "language fr",
    ),
    "russian": ("Президент объявил, что войска покинут страну в течение десяти дней.".encode(), "language ru"),
    "page.html": (
        b"<html><head><title>x</title></head><body><nav>Home</nav><script>1</script></body></html>",
        "no article",
    ),
    "bomb.xml": (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel/></rss>',
        "entities",
    ),
    "feed.xml": (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "no items"),
    "map.xml": (b"<?xml version='1.0'?><kml><Document/></kml>", "neither RSS"),
    "list.json": (b'[\n {"text": "One."}\n]', "JSON Lines"),
    "table.csv": (b"a,b\n1,2\n", "no column named text"),
    "archive.warc": (warc_record(1, b"x", kind=b"image/png"), "no HTML"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_say_what_is_wrong(tmp_path: Path, name: str) -> None:
    data, expected = BAD[name]
    good = tmp_path / "good.txt"
    good.write_text(TEXT)
    assert expected in refusal(tmp_path / name, data)
    assert len([item for item in read([tmp_path / name, good]) if isinstance(item, Article)]) == 1


def test_bad_rows_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = [json.dumps({"id": str(number), "text": TEXT}) for number in range(9)]
    rows[6] = '{"id": "6", "text": '
    rows[7] = '{"id": "7", "title": ""}'
    rows[8] = '{"id": "8", "text": "half \\ud83d of a sign"}'
    rows += ['{"text": 5}', "[1]", "[" * 3000, "", json.dumps({"id": "last", "text": TEXT})]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(rows))
    found = list(read([path]))
    bad = {item.where.rsplit(" ", 1)[1]: item.message for item in found if isinstance(item, InputError)}
    assert list(bad) == ["7", "8", "9", "10", "11", "12"]
    assert "broken JSON" in bad["7"] and "neither text" in bad["8"] and "surrogate" in bad["9"]
    assert isinstance(found[-1], Article) and found[-1].id == "last"


def test_a_boundless_line_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LONGEST_LINE", 5000)
    row = json.dumps({"text": TEXT})
    path = tmp_path / "rows.jsonl"
    path.write_text(f'{row}\n{{"text": "{"a" * 3_000_000}"}}\n{row}\n')
    first, second, third = read([path])
    assert isinstance(first, Article) and isinstance(third, Article)
    assert isinstance(second, InputError) and "row 2" in second.where


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BOMB_FLOOR", 1_000_000)
    assert "bomb" in refusal(tmp_path / "a.gz", gzip.compress(b"a" * 5_000_000))
    monkeypatch.setattr(streams, "LONGEST_DOCUMENT", 1000)
    assert "split it" in refusal(tmp_path / "b.txt", "a word " * 1000)


def test_rows_before_the_cut_of_a_gzip_are_kept(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": TEXT + os.urandom(300).hex()}) + "\n" for _ in range(900))
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(rows.encode())[:-2000])
    found = list(read([path]))
    assert len(found) > 700 and isinstance(found[-1], InputError) and "cut short" in found[-1].message


def test_a_cut_warc_keeps_the_pages_before(tmp_path: Path) -> None:
    archive = warc_record(1, HTML.encode()) + warc_record(2, HTML.encode())
    for name, data in (("a.warc", archive[:-200]), ("b.warc.gz", gzip.compress(archive)[:-20])):
        path = tmp_path / name
        path.write_bytes(data)
        found = list(read([path]))
        assert isinstance(found[0], Article) and isinstance(found[-1], InputError)


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "up").mkdir()
    (tmp_path / "up" / "again").symlink_to(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.txt").write_text(TEXT)
    os.mkfifo(tmp_path / "pipe")
    found = list(read([tmp_path]))
    assert [type(item) for item in found] == [Article, InputError, InputError, InputError]
    for missing in (tmp_path / "gone.txt", str(tmp_path / "*.none"), tmp_path / "empty", "a\0b"):
        (item,) = read([missing])
        assert isinstance(item, InputError)


def test_a_default_date_must_be_a_date() -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        read(["x"], published="next week")


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"{", b"<rss>", b"<html><p>", b"WARC/1.0\r\n", b"\x1f\x8b", b"id,text\n"]),
)
def test_no_bytes_raise(data: bytes, head: bytes) -> None:
    from vaka.reading.sources import _read_opened
    from vaka.reading.streams import _open

    try:
        source = _open("x", io.BytesIO(head + data))
        found = list(_read_opened(source))
    except OSError:
        return  # what reading a path turns into an InputError
    for item in found:
        if not isinstance(item, InputError):
            assert isinstance(build(item), Reading | InputError)


# ---------------------------------------------------------------- dates, language, genre


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2022-01-11", "2022-01-11"),
        ("2022-01-11T10:05:00Z", "2022-01-11T10:05:00Z"),
        ("2022-01-11 10:05:00.250+03:00", "2022-01-11T10:05:00+03:00"),
        ("Tue, 11 Jan 2022 10:05:00 +0300", "2022-01-11T10:05:00+03:00"),
        ("January 6, 2022", "2022-01-06"),
        ("Thursday, Jan. 6, 2022", "2022-01-06"),
        ("6th January 2022", "2022-01-06"),
        ("6 Sept. 1994, 18:30 GMT", "1994-09-06T18:30:00Z"),
        ("January 6, 2022 at 5:07 p.m. EST", "2022-01-06T17:07:00"),
        ("25/12/1999", "1999-12-25"),
        ("20220111", "2022-01-11"),
        ("2022/01/11", "2022-01-11"),
        ("03/04/2022", None),
        ("February 30, 2022", None),
        ("January 2022", None),
        ("last Tuesday", None),
        ("2022", None),
        ("99 January 2022", None),
        ("", None),
    ],
)
def test_publication_dates(words: str, expected: str | None) -> None:
    assert iso_date(words) == expected


@given(st.dates())
def test_written_dates_come_back(day: Any) -> None:
    assert iso_date(day.isoformat()) == day.isoformat()


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_date_raises(words: str) -> None:
    iso_date(words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, None),
        ("Kobani Tal Abyad Ras al-Ayn Manbij Jarabulus Qamishli Hasakah Raqqa Deir Ezzor", None),
        ("El presidente de la república dijo que no habrá elecciones en el país hasta el próximo año.", "es"),
        ("Die Regierung hat am Montag mit den Gewerkschaften über einen neuen Vertrag gesprochen.", "de"),
        ("Cumhurbaşkanı bu hafta için yeni bir karar aldı ve çok sayıda bakan ile görüştü.", "tr"),
        ("Präsident tritt ab", None),
        ("a mob of some two hundred men came to the lane at night and the police did not fire a shot", None),
        ("“Liberté pour tous les prisonniers de la région,” said a banner that the crowd carried to the court.", None),
        (
            "大统领表示，军队将在十天之内离开这个国家，各国部长对此表示欢迎，并呼吁各方保持克制，尽快恢复当地的和平与秩序。",
            "zh",
        ),
    ],
)
def test_languages(text: str, expected: str | None) -> None:
    assert language.refused(text, None) == expected


def test_a_stated_language_decides_except_in_short_texts(tmp_path: Path) -> None:
    assert "language fr" in refusal(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "language": "fr"}))
    path = tmp_path / "b.jsonl"
    path.write_text(json.dumps({"text": "Démission à Dakar", "language": "fr"}))
    assert articles(path)[0].language == "fr"
    path.write_text(json.dumps({"text": TEXT, "language": "fr"}))
    (item,) = read_with_issues([path], any_language=True)
    assert isinstance(item, Reading) and any("language fr" in issue.message for issue in item.issues)


@pytest.mark.parametrize(
    ("text", "title", "url", "expected"),
    [
        (TEXT, "Opinion: The road to Goma", None, "opinion"),
        (TEXT, "The road to Goma", "https://www.paper.example/commentisfree/2012/dec/goma", "opinion"),
        (TEXT, "Explainer: Who holds Goma", None, "analysis"),
        (TEXT, "Goma: live updates as rebels leave", None, "live"),
        (TEXT, "Road open", "https://paper.example/world/africa/live/road", "live"),
        (TEXT, "Road open", "https://paper.example/world/road", "news"),
        (TEXT, "Opinion polls put Goma's mayor ahead", None, None),
        (TEXT, "Road open", None, None),
        (TEXT, "Road open", "https://[broken", None),
        ("Kenya won 3-1 in the semi-final after their striker scored from a penalty in the season's last fixture.",
         "Kenya through", None, "sport"),
        ("Police said nine people were killed in a crush after the side won 2-0; the coach and the goalkeeper of the "
         "premier league team wept.", "Crush", None, None),
        ("10:15 GMT\nPolls open in Accra.\n\n11:40 GMT\nQueues.\n\n13:05 GMT\nA box is gone.", "Vote", None, "live"),
        (TEXT + "\n\n(Reporting by the Kinshasa office)", "Road open", None, "news"),
        (TEXT + "\n\nThe views expressed in this article are the author's own.", "Road open", None, "opinion"),
    ],
)  # fmt: skip
def test_genres(text: str, title: str, url: str | None, expected: str | None) -> None:
    assert genre.guess(text, title, url) == expected
