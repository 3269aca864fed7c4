"""What a page says, as typed fields. Pure: bytes and facts in, values out; no network, no store, no clock.

    page.py       a saved response, as every reader is given it
    reading.py    the door: `read(pages, outlet)` never raises, `part_urls`, `current_reader_ids`
    article.py    the fields, and their JSON
    canonical.py  identity: canonical JSON, content id, text id, field hashes
    written_times.py  what is beside it: the words of a page's own times
    readers/      one template a file; `registry` lists them, `reader` says what one is, `outlet_facts` what it is told

On the way from bytes to fields: `charset` and `markup` (hostile input ends here), `document` (a page cut and parsed
once), `flow` (what a body shows), `body` (what that means), `people`, `moments`, `notes`, `credits` (single lines),
`unclaimed` (what a page is that no reader knows), with `not_found` (lines that say so) and `leads` (where a redirect
leads).
"""
