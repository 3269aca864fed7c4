"""The Scrapy settings of a crawl: one function of its plan, and the reason for each line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from crawlers.handler import capture_settings
from crawlers.plan import Crawl
from crawlers.robots import PRODUCT
from crawlers.urls import LONGEST_URL

CRAWL_LOG: Final = "crawl.log"
MEMORY_LIMIT_MB: Final = 1024
_MOST_AT_ONCE: Final = 32
_MOST_REDIRECTS: Final = 5


def scrapy_settings(crawl: Crawl, folder: Path) -> dict[str, Any]:
    """Return the settings of the crawl whose plan is in `folder`."""
    politeness = crawl.outlet.politeness
    return {
        **capture_settings(),  # our download handler, no way around it, certificates verified
        "BOT_NAME": PRODUCT,
        # Who we are and how to reach us; sites decide about crawlers that say it.
        "USER_AGENT": crawl.user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": crawl.outlet.language,
            # Any WARC reader undoes gzip; br and zstd only some.
            "Accept-Encoding": "gzip",
        },
        "DOWNLOAD_MAXSIZE": int(politeness.max_size),
        "DOWNLOAD_TIMEOUT": politeness.timeout.total_seconds(),
        # The delay is ours (crawlers.politeness): shared with other processes, and kept for robots.txt too.
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS_PER_DOMAIN": politeness.concurrency,
        # Hosts wait for their turns side by side; a slow one must not hold up the others.
        "CONCURRENT_REQUESTS": max(_MOST_AT_ONCE, 2 * politeness.concurrency),
        "SCHEDULER": "crawlers.scheduler.FrontierScheduler",
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the frontier knows what was asked for
        "JOBDIR": None,  # loses requests at a kill; what was left is planned anew from the archive
        "ROBOTSTXT_OBEY": False,  # Scrapy's middleware; crawlers.robots obeys, always
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # requisites may be anywhere
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # see crawlers.robots
            "crawlers.robots.RobotsMiddleware": 100,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "crawlers.redirects.ObservedRedirects": 600,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # we have no passwords
            "crawlers.turns.TurnMiddleware": 890,  # innermost: what waits there is sent next
        },
        "RETRY_TIMES": politeness.retries,  # each attempt is recorded
        "RETRY_PRIORITY_ADJUST": 0,  # a retry keeps its place; its delay doubles
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",  # an outlet's trouble, counted in the result; no error of ours
        "REDIRECT_MAX_TIMES": _MOST_REDIRECTS,
        "REDIRECT_PRIORITY_ADJUST": 0,
        # Scrapy makes as many tasks for each response; ours yield nothing but requests (a fifth of the spider's time).
        "CONCURRENT_ITEMS": 1,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # parses the callback's source at each response
        "METAREFRESH_ENABLED": False,  # 404 shells with a meta refresh are evidence, not ways
        "HTTPERROR_ALLOW_ALL": True,  # 304, 404 and 503 are observations that the spider judges
        "URLLENGTH_LIMIT": LONGEST_URL,
        "REFERER_ENABLED": False,  # nothing about the crawl's path to sites that did not ask
        "COOKIES_ENABLED": False,  # no sessions; and its tldextract calls two hosts that nobody named
        "TELNETCONSOLE_ENABLED": False,  # a shell into the crawl
        "REMOTE_CONTROL_ENABLED": False,  # another, on by default since Scrapy 2.19
        "DNSCACHE_ENABLED": True,
        "DNS_TIMEOUT": min(politeness.timeout, timedelta(seconds=30)).total_seconds(),
        "EXTENSIONS": {"scrapy.extensions.memusage.MemoryUsage": None, "crawlers.memory.OwnMemory": 0},
        "MEMUSAGE_ENABLED": True,
        "MEMUSAGE_LIMIT_MB": MEMORY_LIMIT_MB,  # closes cleanly, where the kernel's killer would not
        "MEMUSAGE_CHECK_INTERVAL_SECONDS": 15,
        "LOG_FILE": str(folder / CRAWL_LOG),
        "LOG_LEVEL": "INFO",  # a line for each request would be larger than its index
        "LOGSTATS_INTERVAL": 300,
        "STATS_DUMP": True,
    }
