"""Our SURT equals that of the package `surt`, which cdxj-indexer and pywb use, oddities included."""

from __future__ import annotations

import socket
import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storage.surt import canonical_key, surt
from tests.processor_time import at_most

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # invalid escapes in its regular expressions
    from surt import surt as package_surt


def without_dns(host: bytes) -> tuple[str, list[str], list[str]]:
    """What `socket.gethostbyname_ex` says of an address. The package asks the DNS for what is none."""
    try:
        return "", [], [socket.inet_ntoa(socket.inet_aton(host.decode()))]
    except OSError:
        raise socket.gaierror from None


@pytest.fixture(autouse=True, scope="module")
def no_dns() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "gethostbyname_ex", without_dns)
        yield


def oracle(url: str) -> str | None:
    try:
        return package_surt(url)
    except (ValueError, AttributeError):  # no port, no scheme
        return None


TOKENS = [
    *("http://", "https://", "HTTP://", "ftp://", "dns:", "mailto:", "urn:", "www.", "www2.", "WWW.", "filedesc"),
    *("Example", "com", "a", "B", "xn--", "é", "例", "ß", "☃", ".", "..", "/", "//", "?", "&", "=", "#", "@", ":"),
    *(":80", ":443", ":8080", ":99999", ":x", "[::1]", "[", "]", "%", "%20", "%25", "%2525", "%41", "%zz", "%C3%A9"),
    *(
        "%E4",
        "%00",
        "%2e",
        "%2f",
        "%3f",
        "%23",
        " ",
        "\t",
        "\n",
        "\r",
        "\x0b",
        "\x7f",
        "\x01",
        ";",
        "|",
        "\\",
        "{",
        "'",
    ),
    *('"', "~", "-", "_", "1.2.3.4", "0x7f", "127.1", "010.8.8.8", "3627734734", "99999999999", "1.2.3.256", "00"),
    *("sid=", "jsessionid=", "phpsessid=", "cfid=1", "&cftoken=2", "aspsessionidABCDEFGH=", "x.aspx", "/(", ")/"),
    *("0123456789abcdef0123456789ABCDEF", "(a(0123456789abcdef01234567))/", "(0123456789abcdef01234567)/"),
    *("abcdefghijklmnopqrstuvwx", "index.html", "+", "a=1", "b=", "b"),
]
urls = st.tuples(
    st.sampled_from(["", "http://", "http://a.com", "http://www.b.org/", "https://c.d.e:8080/x?"]),
    st.lists(st.sampled_from(TOKENS), max_size=9).map("".join),
).map("".join)


@settings(max_examples=1500)
@given(urls)
@example("http://127.0.0.1:8080/a/../b//c/?z=1&a=2#f")
@example("http://user:pass@www.Example.com:80/A%2541?B")
@example("http:////////www.vikings.com")
@example("http://https/order.1and1.com")
@example("http://http://a.com/")
@example("http://[::1]:80/")
@example("http://.../")
@example("http:///")
@example("example.com:80/a")
@example("   ")
@example("http://www.a-b.example/c/d.html")
@example("http://www1./a/")
@example("http://a..b/c/")
@example("http://./c")
@example("https://a.example//")
@example("https://a.example/.b/c")
@example("http://1.2.a/")
def test_the_key_is_that_of_the_package(url: str) -> None:
    assert canonical_key(url) == oracle(url)


@given(st.text(max_size=40))
def test_the_key_of_any_text_is_that_of_the_package(text: str) -> None:
    for url in (text, f"http://{text}", f"http://a.example/{text}", f"http://a.example/?{text}"):
        assert canonical_key(url) == oracle(url)


@pytest.mark.parametrize("depth", [1, 3, 4, 5, 6, 50, 3000])
def test_escapes_of_escapes_are_undone_to_the_last(depth: int) -> None:
    url = "http://a.example/%" + "25" * depth + "41%%34" + "1"
    assert surt(url) == "example,a)/aa"
    if depth < 100:
        assert oracle(url) == surt(url)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://a.example:port/", "http://a.example:port/"),
        ("http://a.example:99999/", "http://a.example:99999/"),
        ("http://a.example:99999/ x\ty", "http://a.example:99999/%20x%09y"),
        ("  ", "%20%20"),
        ("http://a.example/" + "x" * 70_000, "http://a.example/" + "x" * 70_000),
    ],
)
def test_what_has_no_key_is_its_own_on_one_line(url: str, key: str) -> None:
    assert surt(url) == key


def test_a_host_of_digits_that_is_no_address_is_a_name_and_nobody_is_asked() -> None:
    assert surt("http://1.2.3.256/") == "256,3,2,1)/"


@given(urls)
def test_a_key_is_printable_ascii(url: str) -> None:
    key = canonical_key(url)
    if key is not None and not url.startswith("filedesc"):
        assert key.isascii()
        assert key.isprintable()
        assert " " not in key


SESSION = "(" + "a" * 24 + ")"


@pytest.mark.parametrize(
    "url",
    [
        "http://" + "b" * 60_000 + "!/x",
        "http://" + "1." * 30_000 + "!/x",
        "http://a.example/" + "b/" * 30_000 + "!",
        "http://a.example/" + "b" * 60_000 + "!",
        "http://A.example/" + f"{SESSION}/" * 2_000 + "?.aspx",
        "http://A.example/(" + f"a{SESSION}" * 2_000,
        "http://A.example/?" + "cfid=" * 12_000 + "&sid=",
        "http://A.example/?" + "cfid=1&cftoken=1&" * 3_000 + "!",
        "http://A.example/?" + "cftoken=" * 8_000,
        "http://A.example/?" + ("jsessionid=" + "a" * 32) * 1_400,
        "http://A.example/" + "../" * 20_000,
        "http://A.example/%" + "25" * 30_000,
        "http://é" + "é." * 20_000,
    ],
    ids=lambda url: url[:40],
)
def test_no_url_takes_long(url: str) -> None:
    """A stranger asks for any: 10,000 letters before a `!` once stopped the whole process for 10 s."""
    with at_most(5):  # of the processor, for 20 that take 60 ms each at most; the first took minutes for one
        for number in range(20):
            canonical_key(f"{url}{number}")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"http://a.example/{SESSION}/x.aspx", "example,a)/x.aspx"),
        (f"http://a.example/{SESSION}/{SESSION}/x.aspx", f"example,a)/{SESSION}/x.aspx"),
        (f"http://a.example/{SESSION}/{SESSION}/.aspx", f"example,a)/{SESSION}/.aspx"),
        (f"http://a.example/{SESSION}/x%3f{SESSION}/x.aspx", f"example,a)/{SESSION}/x?{SESSION}/x.aspx"),
        (f"http://a.example/{SESSION}/x.aspx%3f/{SESSION}/", f"example,a)/x.aspx?/{SESSION}"),
        (f"http://a.example/(b{SESSION}c{SESSION})/x.aspx", "example,a)/x.aspx"),
        ("http://a.example/?cfid=1&cftoken=2&cfid=3&cftoken=4", "example,a)/?&cfid=1&cftoken=2"),
        ("http://a.example/?cfid=1cfid=2&cftoken=2&a", "example,a)/?cfid=1a"),
        ("http://a.example/?cfid=cfid=&cftoken=2&a", "example,a)/?a"),
    ],
)
def test_sessions_go_as_those_of_the_package(url: str, key: str) -> None:
    assert (surt(url), oracle(url)) == (key, key)
