"""The catalog: an SQL read model of an archive. It holds nothing that the archive does not, and can be made anew.

    catalog.py        opening, bringing up to date (`Catalog.sync`), making anew (`Catalog.rebuild`)
    schema.py         the tables, gathered        database.py    connections and transactions
    database_errors.py  what goes wrong with them, in words
    many_rows.py      many rows at a time
    metadata.py       what they all belong to; described in commit_tables.py, url_tables.py, capture_tables.py,
                      reading_tables.py, listing_tables.py, history_tables.py
    noted.py          what it notes of itself
    column_types.py   times and JSON in columns
    fetch.py          commits and their rows      apply.py       one commit into the tables
    kept.py           tables that deriving anew leaves alone: findings, the indexes of phrases, texts alike
    found_tables.py   tables of what several URLs tell together: re-posts, replaced images
    found_reposts.py  finding re-posts            found_images.py  finding replaced images
    near.py           texts that are alike, which are kept (audit.near_texts says what that is)
    prepared.py       queries that are asked at every request
    url_ids.py        numbers of URLs             newest.py      newest answer and body of every URL
    capture_counts.py captures by time
    looks.py          what one look at a URL showed                      pure
    listed.py         what listings ceased to name                       pure
    absent.py         absences of one URL                                pure
    derive.py         states, changes and absences of one URL            pure
    lines.py          which URLs are spellings of one, and so one history
    listings.py       taking up what listings named
    derivation.py     deriving the URLs that commits touched

Questions, each a function that takes the catalog:

    due.py            what to look at again now   urgency.py     how urgently                         pure
    plan_facts.py     what a crawl must know beforehand: seen URLs, originals of revisits, requisites, sources
    unread.py         captures that no current reader has read           captured.py    captures with their originals
    unread_listings.py  listings and feeds that none has                 behind.py      what stands behind a sighting
    history.py        everything about one article
    url_states.py     the states of one URL, some at a time
    changes.py        what was changed            edited.py      the same in short, by the edits that they hold
    absences.py       what did not show itself    moved.py       what became of it at another URL
    findings.py       what comparing states came to
    happened.py       what happened to articles, page by page
    phrases.py        phrases in states and changes  phrase_index.py  their indexes    phrase_hits.py  what is found
    phrase_candidates.py what may hold one, by time  vanishing.py     how one went
    phrase.py         what a phrase is               terms.py    several of them    tokens.py    words      pure
    reposts.py        the same text again         articles.py    the articles, searched
    images.py         images that became others   announced.py   what was announced, and what was not yet
    disappeared.py    whether suspiciously many articles are gone
    calendar.py       when a URL was captured, and what came
    heads.py          how far logs were taken up  unapplied.py   which logs have gone on since
    readers.py        which readers are current
    mementos.py       which capture is shown for a moment, and those around it
    index_walk.py     captures as an index has them, page by page
    known.py          what is known of a URL without captures
    crawls.py         the crawls                  status.py      how an outlet is
    by_time.py        what came day by day

States, changes and absences are derived from all observations of a URL *by capture time*, so the order in which commits
arrive makes no difference: a spool that was recovered late, an import or a better reader corrects the history.
"""
