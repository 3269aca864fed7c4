"""What every WARC of a crawl says of the crawl: the lines of its warcinfo record."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import version

from storage.warc_fields import Fields


def warcinfo_fields(
    *,
    crawl_id: str,
    outlet: str,
    software: str,
    user_agent: str,
    clock_offset: timedelta = timedelta(0),
    robots: str = "obey",
    egress: str = "direct",
) -> Fields:
    """Return the lines. `egress` says how the crawl reached the network: directly, or by which exit.

    A clock that is not the machine's own makes `simulated-clock: true`, so that nobody takes such an archive for
    observations of those days.

    >>> dict(warcinfo_fields(crawl_id="c", outlet="demo", software="p/1", user_agent="p"))["clock-offset-seconds"]
    '0.000'
    """
    offset = clock_offset.total_seconds()
    fields = [
        ("software", f"{software} scrapy/{version('scrapy')} twisted/{version('twisted')}"),
        ("isPartOf", crawl_id),
        ("robots", robots),
        ("http-header-user-agent", user_agent),
        ("outlet", outlet),
        ("egress", egress),
        ("clock-offset-seconds", f"{offset:.3f}"),
    ]
    if offset:
        fields.append(("simulated-clock", "true"))
    return tuple(fields)
