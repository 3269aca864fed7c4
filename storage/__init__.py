"""The archive: what a bucket or folder holds, and how it is written and read. docs/formats.md is the whole of it.

    palimpsest.json                                     {"format": 1, "archive": <uuid>, …}; never changed
    <outlet>/log/00000042.json                          commit 42: JSON, RFC 8785
    <outlet>/objects/2026/01/23/<crawl id>/             whatever commits list:
        <crawl id>-00000.warc.gz                            a sealed WARC, one gzip member a record
        <crawl id>-00000.cdxj.gz                            its index
        <crawl id>-00000.captures.parquet                   a row for each exchange or failed attempt
        <crawl id>-00000.readings.parquet                   a row for each reading of a page
        <crawl id>-00000.listings.parquet                   a row for each page of a listing, or feed, that was read
        <crawl id>-announced.jsonl                          a line for each thing that was announced
        crawl.log.gz                                        what the crawl said
        00000042.json                                       a byte-equal copy of the commit
    probes/<store>/…                                    how the store was tried (storage.race)
    anchors/2026-01-23.json                             the heads of all logs (storage.anchors)
    anchors/2026-01-23.tsr                              a time-stamp authority's word on them

Names are made and taken apart in `storage.keys` only. What is true:

* An object is created once and never changed or deleted. A name appears with all its bytes or not at all.
* An object belongs to the archive when a commit lists it, with its size and SHA-256. Others are left-overs.
* A log has the commits 1, 2, 3 … without a gap. `previous` is the SHA-256 of the stored bytes of the commit before, of
  palimpsest.json for commit 1. The end is found by asking for the next number, never by a listing.
* Objects are stored and read back first, the commit last. Who loses a number to another writer takes the next.
* Unknown fields, roles and columns of a known format number are kept and passed over; an archive or a commit of a
  higher number is refused.

Rooms: objects (ObjectStore) → folder_store, s3_store; race; archive → log → commits; verify. For what is in the
objects: warc, warc_reader, warc_index, cdxj, surt, tables, payload. catalog/ is a read model and can be made anew.
"""
