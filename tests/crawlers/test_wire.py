"""The archive holds what crossed the wire, byte for byte, in both directions, over HTTP and HTTPS."""

from __future__ import annotations

from base64 import b64decode

import pytest

from tests.crawlers.conftest import OddCrawl
from tests.crawlers.odd_answers import ODD, Odd

pytestmark = pytest.mark.xdist_group("odd crawl")  # two crawls in all, and not two a worker

SCHEMES = ("http", "https")
over_both = pytest.mark.parametrize("odd_crawl", SCHEMES, indirect=True)
every_odd_exchange = pytest.mark.parametrize(
    ("odd_crawl", "odd"),
    [
        pytest.param(scheme, odd, id=f"{scheme}-{odd.name}")
        for scheme in SCHEMES
        for odd in ODD
        if odd.only in (None, scheme)
    ],
    indirect=["odd_crawl"],
)


def url_of(crawl: OddCrawl, odd: Odd) -> str:
    return f"{crawl.server.url}/{odd.name}"


@every_odd_exchange
def test_the_request_is_the_bytes_that_the_server_received(odd_crawl: OddCrawl, odd: Odd) -> None:
    url = url_of(odd_crawl, odd)
    (request,) = odd_crawl.crawled.of(url, "request")
    assert request.block == odd_crawl.server.of(f"/{odd.name}")[-1].request


@every_odd_exchange
def test_the_response_is_the_bytes_that_the_server_sent(odd_crawl: OddCrawl, odd: Odd) -> None:
    url = url_of(odd_crawl, odd)
    responses = odd_crawl.crawled.of(url, "response")
    sent = bytes(odd_crawl.server.of(f"/{odd.name}")[-1].sent)
    assert len(responses) == bool(odd.response)
    if not responses:
        return
    (response,) = responses
    if odd.truncated == "length":  # we cut the connection, so the server's last bytes may not have come
        assert odd.response.startswith(response.block)
        assert len(response.block) > 8000
    else:
        assert response.block == odd.response
        assert odd.interim + response.block + odd.surplus == sent


@every_odd_exchange
def test_how_an_attempt_ended_is_recorded_once_and_last_in_its_group(odd_crawl: OddCrawl, odd: Odd) -> None:
    url = url_of(odd_crawl, odd)
    group = [record for record in odd_crawl.crawled.records if record.url == url]
    assert [record.type for record in group] == ["request", *(["response"] if odd.response else []), "metadata"]
    facts = group[-1].facts
    assert facts["outcome"] == odd.outcome
    assert facts.get("truncated") == odd.truncated
    assert facts["attempts"] == str(odd.attempts)
    assert facts["complete"] == ("yes" if odd.outcome == "response" else "no")
    assert b64decode(facts.get("interim", "")) == odd.interim
    assert facts.get("bytes-after-the-end") == (str(len(odd.surplus)) if odd.surplus else None)
    assert all(record.get("WARC-IP-Address") == "127.0.0.1" for record in group)
    if odd.response:
        assert group[1].get("WARC-Truncated") == odd.truncated


@every_odd_exchange
def test_the_spider_sees_what_scrapy_makes_of_it_and_knows_the_record(odd_crawl: OddCrawl, odd: Odd) -> None:
    url = url_of(odd_crawl, odd)
    saw = odd_crawl.crawled.saw[odd.name]
    assert saw.get("status") == odd.status
    assert ("error" in saw) == (odd.status is None)
    standing = odd_crawl.crawled.of(url, "response" if odd.response else "metadata")[0]
    assert f"<{saw['record_id']}>" == standing.get("WARC-Record-ID")


def test_there_are_more_than_25_odd_exchanges() -> None:
    assert len(ODD) > 50


@over_both
def test_a_kept_connection_is_used_again_and_its_exchanges_are_kept_apart(odd_crawl: OddCrawl) -> None:
    numbers = [odd_crawl.server.of(f"/{name}")[0].connection for name in ("plain", "odd-case", "duplicates", "folded")]
    assert len(set(numbers)) == 1


@over_both
def test_a_stale_connection_is_replaced_silently_and_only_the_answered_request_is_kept(odd_crawl: OddCrawl) -> None:
    for name in ("stale", "stale-reset"):
        first, second = odd_crawl.server.of(f"/{name}")
        assert first.connection != second.connection
        assert len(odd_crawl.crawled.of(f"{odd_crawl.server.url}/{name}", "request")) == 1


@over_both
def test_a_connection_with_surplus_bytes_is_not_used_again(odd_crawl: OddCrawl) -> None:
    for name in ("surplus", "surplus-chunked", "surplus-empty"):
        connection = odd_crawl.server.of(f"/{name}")[0].connection
        assert [seen.path for seen in odd_crawl.server.seen if seen.connection == connection][-1] == f"/{name}"


@over_both
def test_the_tls_connection_is_noted_and_its_certificates_once_for_the_host(odd_crawl: OddCrawl) -> None:
    metadata = [record for record in odd_crawl.crawled.records if record.type == "metadata"]
    with_certificate = [record for record in metadata if "certificate" in record.facts]
    if odd_crawl.server.url.startswith("http:"):
        assert not with_certificate
        assert not any("tls" in record.facts for record in metadata)
        return
    assert with_certificate == metadata[:1]
    assert b64decode(metadata[0].facts["certificate"]).startswith(b"\x30")  # DER: a SEQUENCE
    plain = odd_crawl.crawled.of(f"{odd_crawl.server.url}/plain", "response")[0]
    assert ("WARC-Protocol", "tls/1.3") in plain.fields
    assert plain.get(
        "WARC-Cipher-Suite",
    ).startswith("TLS_")


@over_both
def test_each_record_says_how_its_url_was_found(odd_crawl: OddCrawl) -> None:
    facts = odd_crawl.crawled.of(f"{odd_crawl.server.url}/plain", "metadata")[0].facts
    assert (facts["role"], facts["purpose"], facts["via"]) == ("article", "new", "http://via.example/")
    assert odd_crawl.crawled.of(f"{odd_crawl.server.url}/not-modified", "metadata")[0].facts["conditional"] == "yes"
