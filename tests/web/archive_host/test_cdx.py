"""The CDX server: pywb's parameters, the lines of cdxj-indexer, answers that can be gone on with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from storage.exchange import Outcome
from storage.warc_index import index_warc
from tests.replay.kept import URL, answered, keep, redirected
from tests.storage.exchanges import PAGE, RESPONSES, exchange, failure
from tests.web.archive_host.conftest import Host

URLS = [
    "http://news.example/",
    "http://news.example/a/",
    "http://news.example/a/1.html",
    "http://news.example/a/10.html?x=1",
    "http://news.example:8080/a/1.html",
    "http://sub.news.example/a/1.html",
    "http://newsier.example/a/1.html",
    "http://example/",
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Host:
    host = Host(tmp_path_factory.mktemp("cdx"))
    rows = [answered(f"{url} {hours}", url=url, hours=hours) for hours in (0, 3, 6, 9) for url in URLS]
    keep(host.archive, *rows)
    keep(
        host.archive,
        answered(PAGE, url="http://odd.example/", hours=20),
        answered(PAGE, url="http://odd.example/", hours=21),
        exchange(RESPONSES["not modified"], url="http://odd.example/", started_at=answered(hours=22).started_at),
        redirected("/x", url="http://odd.example/", hours=23),
        failure(Outcome.DNS, url="http://odd.example/", started_at=answered(hours=24).started_at),
        revisits=True,
    )
    host.sync()
    return host


def lines(host: Host, query: str) -> list[str]:
    got = host.get(f"/cdx?{query}")
    assert got.status == 200, got.text
    return got.text.splitlines()


def told(host: Host, query: str) -> list[tuple[str, str]]:
    """URL and hour of each line."""
    return [
        (url, int(timestamp[8:10]) - 8 + 24 * (int(timestamp[6:8]) - 23))
        for timestamp, url in (line.split(" ") for line in lines(host, f"{query}&output=text&fl=timestamp,url"))
    ]


def test_the_lines_are_those_of_the_archives_own_index(filled: Host) -> None:
    """All but the name of the WARC, which is the whole of it here."""
    expected = []
    for path in (filled.folder / "archive").rglob("*.warc.gz"):
        key = path.relative_to(filled.folder / "archive").as_posix()
        expected += [line.replace(path.name, key) for line in index_warc(path, warc_key=key, crawl_id="c").cdxj]
    found = lines(filled, "url=example&matchType=domain")
    assert len(found) == len(expected) == len(URLS) * 4 + 4
    assert sorted(found) == sorted(expected)
    assert [line.split(" ")[:2] for line in found] == sorted(line.split(" ")[:2] for line in found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("url=news.example/a/1.html", [2]),
        ("url=https://www.news.example:443/a/1.html%23top", [2]),
        ("url=news.example/a&matchType=prefix", [1, 2, 3]),
        ("url=news.example/a/*", [2, 3]),  # the SURT of `a/` itself has no slash at its end
        ("url=news.example/a/1&matchType=prefix", [2, 3]),
        ("url=news.example/a/10.html?&matchType=prefix", [3]),
        ("url=http://news.example/whatever&matchType=host", [0, 1, 2, 3]),
        ("url=news.example:8080&matchType=host", [4]),
        ("url=news.example&matchType=domain", [0, 1, 2, 3, 5]),
        ("url=*.news.example", [0, 1, 2, 3, 5]),
        ("url=nothing.example", []),
    ],
)
def test_a_match_type_is_a_range_of_urls(filled: Host, query: str, expected: list[int]) -> None:
    assert {url for url, _ in told(filled, query)} == {URLS[n] for n in expected}
    assert len(told(filled, query)) == 4 * len(expected)


@pytest.mark.parametrize(
    ("query", "hours"),
    [
        ("", [0, 3, 6, 9]),
        ("from=2026012310&to=20260123140000", [3, 6]),
        ("to=20260123", [0, 3, 6, 9]),
        ("from=2027", []),
        ("sort=reverse", [9, 6, 3, 0]),
        ("reverse=true&limit=2", [9, 6]),
        ("limit=1", [0]),
        ("closest=20260123113000", [3, 6, 0, 9]),
        ("closest=20260123124500&sort=closest&limit=3", [6, 3, 9]),
        ("closest=&sort=closest", [0, 3, 6, 9]),  # as pywb asks when it looks for a prefix
        ("filter=timestamp:2026012311", [3]),
        ("filter=!timestamp:2026012311", [0, 6, 9]),
        ("filter==timestamp:20260123110000", [3]),
        ("filter=~timestamp:.*1[14]0000", [3, 6]),
        ("filter=!~timestamp:.*1[14]0000", [0, 9]),
        ("filter=mime:html&filter=~timestamp:.*1[14]0000$&limit=1", [3]),
        ("filter=status:404", []),
        ("collapse=timestamp:9", [0, 3]),
        ("collapse=urlkey", [0]),
        ("collapse=digest", [0, 3, 6, 9]),
        ("collapseTime=9", [0, 3]),
        ("page=0&pageSize=5&showNumPages=false&gzip=false", [0, 3, 6, 9]),  # as cdx_toolkit asks
        ("limit=1000&fastLatest=true&showResumeKey=true&resolveRevisits=true", [0, 3, 6, 9]),  # as EDGI's wayback does
        ("allowFuzzy=0&nosource=true&nosuch=", [0, 3, 6, 9]),
    ],
)
def test_a_query_of_one_url(filled: Host, query: str, hours: list[int]) -> None:
    assert told(filled, f"url={URL}&{query}") == [(URL, hour) for hour in hours]


def test_what_an_output_looks_like(filled: Host) -> None:
    query = f"url={URL}&limit=1"
    (line,) = lines(filled, query)
    surt, timestamp, said = line.split(" ", 2)
    fields = json.loads(said)
    assert (surt, timestamp) == ("example,news)/a/1.html", "20260123080000")
    assert list(fields) == ["url", "mime", "status", "digest", "length", "offset", "filename"]
    assert lines(filled, f"{query}&output=text") == [line]
    assert json.loads(lines(filled, f"{query}&output=json")[0]) == {"urlkey": surt, "timestamp": timestamp, **fields}
    assert lines(filled, f"{query}&output=json&fl=status,url") == [f'{{"status": "200", "url": "{URL}"}}']
    assert lines(filled, f"{query}&fields=status") == [f'{surt} {timestamp} {{"status": "200"}}']
    # With its fraction, as another of its second may stand in another page of the answer.
    link = f'<http://archive.localhost:8766/web/{timestamp}123456mp_/{URL}>; rel="memento"'
    assert lines(filled, f"{query}&output=link") == [f'{link}; datetime="Fri, 23 Jan 2026 08:00:00 GMT"']
    assert filled.get(f"/cdx?url={URL}&output=link").text.count(",\n<http://archive.localhost:8766/web/") == 3


def test_revisits_are_marked_and_failures_are_left_out(filled: Host) -> None:
    query = "url=odd.example&output=text&fl=mime,status,digest"
    found = [line.split(" ") for line in lines(filled, query)]
    assert [(mime, status) for mime, status, _ in found] == [
        ("text/html", "200"), ("warc/revisit", "200"), ("warc/revisit", "304"), ("text/html", "301")
    ]  # fmt: skip
    assert found[0][2] == found[1][2]


@pytest.mark.parametrize("order", ["", "&sort=reverse"])
@pytest.mark.parametrize("more", ["", "&filter=!timestamp:2026012311", "&collapse=urlkey", "&collapse=timestamp:9"])
@pytest.mark.parametrize("limit", [1, 5, 8])
def test_an_answer_is_gone_on_with_to_its_end(filled: Host, limit: int, more: str, order: str) -> None:
    query = f"url=example&matchType=domain{more}{order}"
    whole = lines(filled, query)
    found: list[str] = []
    key = ""
    while True:
        got = lines(filled, f"{query}&limit={limit}&showResumeKey=true&resumeKey={key}")
        if "" not in got:
            found += got
            break
        end = got.index("")
        assert end == limit
        found += got[:end]
        (key,) = got[end + 1 :]
    assert found == whole


def test_the_resume_key_in_json_is_an_object_of_its_own(filled: Host) -> None:
    got = lines(filled, f"url={URL}&output=json&limit=2&showResumeKey=true")
    assert list(json.loads(got[2])) == ["resumeKey"]
    assert "resumeKey" not in filled.get(f"/cdx?url={URL}&output=json&showResumeKey=true").text


def test_long_answers_are_streamed(tmp_path: Path) -> None:
    host = Host(tmp_path)
    keep(host.archive, *(answered("x", url=f"http://many.example/{n:05}?{'y' * 100}", hours=n) for n in range(1200)))
    host.sync()
    got = host.get("/cdx?url=many.example&matchType=host")
    assert len(got.text.splitlines()) == 1200
    assert got["content-length"] is None
    assert got.pieces > 1
    host.catalog.close()


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("", "url= is missing"),
        ("url=", "url= is missing"),
        ("url=%20", "there is no URL"),
        ("url=a&matchType=regex", "matchType=regex is not known"),
        ("url=a&output=xml", "output=xml is not known"),
        ("url=a&sort=up", "sort=up is not known"),
        ("url=a&limit=-1", "limit=-1 is no number"),
        ("url=a&limit=%D9%A3", "is no number"),
        ("url=a&from=x", "is no timestamp"),
        ("url=a&fl=url,nothing", "there is no field 'nothing'"),
        ("url=a&fl=url,u", "a field twice"),
        ("url=a&fl=u" + ",u" * 10_000, "more than 9 fields"),
        ("url=a&filter=nothing:1", "there is no field 'nothing'"),
        ("url=a&filter=~(", "regular expression cannot be used"),
        ("url=a&filter=~url:(?=a)", "regular expression cannot be used"),
        ("url=a&filter=~url:" + "a" * 1001, "is too long"),
        ("url=a" + "&filter=a" * 30, "more than 20 filters"),
        ("url=a" + "&x=a" * 200, "more than 100 parameters"),
        ("url=a&page=1", "showResumeKey=true"),
        ("url=a&showNumPages=true", "showResumeKey=true"),
        (
            "url=a&offset=5",
            "'offset' is no parameter of the CDX server: there are url, matchType, from, to, closest, sort",
        ),
        ("url=a&Filter=status:200", "'Filter' is no parameter"),
        ("url=a&%1b%0a=x", "'\\x1b\\n' is no parameter"),
        ("url=a&collapse=timestamp:x", "names no number of characters"),
        ("url=a*&closest=2026", "closest= is for one URL"),
        ("url=a&output=link&showResumeKey=true", "no place for a resume key"),
        ("url=a&resumeKey=x", "the resume key is none"),
        ("url=a&resumeKey=WyJiIiwxLDJd", "the resume key is that of another query"),
        ("url=a&resumeKey=WyJcdWQ4MDAiLDEsMl0", "the resume key is none"),
        ("url=a&closest=2026&showResumeKey=true", "cannot be gone on with"),
    ],
)
def test_what_means_nothing_is_told(filled: Host, query: str, word: str) -> None:
    got = filled.get(f"/cdx?{query}")
    assert got.status == 400
    assert word in got.text


@pytest.mark.parametrize("pattern", ["(a+)+$", "(.*)*z", "(a|a)*b", "(((a*)*)*)*c", r"(\w+\s?)*\$"])
def test_no_expression_takes_long(tmp_path: Path, pattern: str) -> None:
    """Each would take Python's own expressions longer than this machine will last."""
    host = Host(tmp_path)
    keep(host.archive, *(answered("x", url=f"http://long.example/{n}/{'a' * 2000}!") for n in range(50)))
    host.sync()
    assert lines(host, f"url=long.example&matchType=host&filter=~url:.*{quote(pattern)}") == []
    assert len(lines(host, f"url=long.example&matchType=host&filter=!~url:.*{quote(pattern)}")) == 50
    host.catalog.close()


def test_a_head_request_is_answered(filled: Host) -> None:
    got = filled.get(f"/cdx?url={URL}", method="HEAD")
    assert got.status == 200
    assert re.fullmatch(r"\d+", got["content-length"] or "")
