"""A page that was written to break out of the archive, kept and served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.clock import Clock
from storage.exchange import Exchange
from tests.browser.chromium import Canary
from tests.browser.served import Served, serving
from tests.replay.kept import answered, catalog_of, keep, new_archive, redirected
from web.holdings import Holdings
from web.origins import Origins

HERE = Path(__file__).parent
URL = "http://news.example/hostile.html"
CHAINED = "http://news.example/chained.html"
AT = "20260123080000"
OUTSIDE = "outside.example"

HEADS = """\
Set-Cookie: archived=1; Path=/; Domain=localhost
Set-Cookie: archived=2; Path=/
Strict-Transport-Security: max-age=31536000; includeSubDomains
Content-Security-Policy: default-src *; report-uri http://report.outside.example/
Content-Security-Policy-Report-Only: default-src 'none'; report-uri http://report.outside.example/
Report-To: {"group": "default", "max_age": 9, "endpoints": [{"url": "http://report.outside.example/"}]}
Reporting-Endpoints: default="http://report.outside.example/"
NEL: {"report_to": "default", "max_age": 9}
Clear-Site-Data: "cache", "cookies", "storage"
Refresh: 1; url=http://refresh.outside.example/
Link: <http://linked.outside.example/a.css>; rel=preload; as=style, <http://linked.outside.example/>; rel=preconnect
Service-Worker-Allowed: /
SourceMap: http://map.outside.example/
Speculation-Rules: "http://rules.outside.example/"
X-Frame-Options: DENY
Access-Control-Allow-Origin: *
Origin-Agent-Cluster: ?0
Content-Location: http://located.outside.example/
Accept-CH: Sec-CH-UA-Model
""".replace("\n", "\r\n")


def attacks(origins: Origins, canary: int) -> str:
    """The attacks, against these origins."""
    code = (HERE / "attacks.js").read_text(encoding="utf-8")
    for name, value in {
        "OUTSIDE": OUTSIDE,
        "WINDOW": origins.window,
        "ARCHIVE_HOST": urlsplit(origins.archive).hostname or "",
        "ARCHIVE": origins.archive,
        "TIMESTAMP": AT,
        "CANARY": str(canary),
    }.items():
        code = code.replace(name, value)
    return code


def hostile(origins: Origins, canary: int) -> list[Exchange]:
    """What to keep: the page, in which the attacks run twice, and what it asks for.

    Once where wombat, the part of wabac.js in the page, has replaced what the browser offers; and once in a frame that
    it does not reach.
    """
    code = attacks(origins, canary).replace("</script", "<\\/script")
    page = (HERE / "hostile.html").read_text(encoding="utf-8")
    page = page.replace("WINDOW", origins.window).replace("CODE", code)
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>parent.ranIn = "SVG"</script></svg>'
    xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><body><script>parent.ranIn = "XHTML"</script></body></html>'
    javascript = "Content-Type: text/javascript\r\n"
    return [
        answered(page, url=URL, head=HEADS),
        answered(svg, url="http://news.example/plain.svg", head="Content-Type: image/svg+xml\r\n"),
        answered(xhtml, url="http://news.example/plain.xhtml", head="Content-Type: application/xhtml+xml\r\n"),
        answered("self.onfetch = null", url="http://news.example/evil.js", head=javascript),
        answered("<h1>Peaceful</h1>", url="http://news.example/peaceful.html"),
        answered(
            '<meta http-equiv="refresh" content="0; url=http://refresh.outside.example/">',
            url="http://news.example/refresh.html",
        ),
        answered(
            "<script>location.href = 'http://moved.outside.example/'</script>", url="http://news.example/location.html"
        ),
        redirected("http://redirected.outside.example/", url="http://news.example/redirect.html"),
        redirected(f"{origins.window}/", url="http://news.example/home.html"),
        *_chains(origins),
    ]


def _chains(origins: Origins) -> list[Exchange]:
    """A page that embeds what is led on, in one step or in two, to where nothing archived may come."""
    places = [
        f"http://chained.{OUTSIDE}/",
        f"//chained.{OUTSIDE}/",
        f"{origins.window}/",
        f"{origins.archive}/web/*/{URL}",  # from here the archive's host itself leads to the window
        f"/web/*/{URL}",
        f"{origins.replay}/boot",
        "javascript:parent.ranIn = 'a redirect'",
        "data:text/html,<script>parent.ranIn = 'a redirect'</script>",
    ]
    site = "http://news.example/chain"
    embedding = "<link rel=stylesheet href={0}><img src={0}><iframe src={0}></iframe><video src={0}></video>"
    ahead = "<meta http-equiv=refresh content='0; url={0}'>" + "".join(
        f"<link rel={rel} href={{0}}>"
        for rel in ("prefetch", "prerender", "preload as=image", "modulepreload", "manifest")
    )
    return [
        answered(
            "<h1>Chained</h1>"
            + ahead.format(
                f"/web/*/{URL}"
            )  # what the archive's host itself leads on, as it is asked for by the raw page
            + "".join(embedding.format(f"{site}/{n}/two") for n in range(len(places))),
            url=CHAINED,
        ),
        *(redirected(f"{site}/{n}/one", url=f"{site}/{n}/two") for n in range(len(places))),
        *(redirected(place, url=f"{site}/{n}/one") for n, place in enumerate(places)),
    ]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, bird: Canary) -> Iterator[Served]:
    """The hosts over an archive with the hostile page, which knows their addresses."""
    folder = tmp_path_factory.mktemp("hostile")
    archive = new_archive(folder / "archive")
    catalog = catalog_of(archive, folder)
    with serving(Holdings(archive, catalog, {}, Clock())) as served:
        keep(archive, *hostile(served.origins, bird.port))
        catalog.sync(archive)
        yield served
    catalog.close()
