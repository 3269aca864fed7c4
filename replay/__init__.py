"""How captures are shown again: lookup by time (RFC 7089), the CDX server, pages rewritten to stay in the archive.

No web framework: functions from the archive and its catalog to values, which `web` sends.

    targets.py, timestamps.py  what a replay URL says       lookup.py       which capture it stands for
    raw.py                     its stored bytes             headers.py      what is sent of its head    ranges.py
    held.py                    those asked for by range
    memento_links.py           `Link` and URLs              timemap.py      all mementos of a URL
    cdx_query.py               what a CDX query asks        cdx_filters.py  what it leaves out
    cdx_fields.py              a capture in a line          cdx_answer.py   the lines, as the catalog is read
    rewrite/, safe_view.py     pages in which nothing runs  composition.py  what a page is put together from
"""
