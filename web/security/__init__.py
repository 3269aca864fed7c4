"""What stands before the hosts, as plain ASGI middleware, and what it asks. No page is made here but the step.

    names.py       only requests for our own names are answered (DNS rebinding)
    fetched.py     what another site's page fetches or embeds is refused, and addresses without end
    doorstep.py    the same for the archive's hosts, where a visit from another site's page is let in by a step of ours
    refusals.py    how they say no
    headers.py     what is sent with every answer, at the least
    exposure.py    which addresses need a token, and what the hosts are called                       pure
    gate.py        the token, the sessions that it opened, and tickets for the archive's host
    shown_token.py the token in a header, as programs show it
    window_gate.py before the window: a session, or the token in a header where programs ask
    archive_gate.py before the archive's host: a session that the window handed over
    cookies.py     the cookies of both
    limits.py      so much a client and minute, and so much at once, of what is expensive

The hand-over. Cookies do not cross hosts, so that a session of the window is none on the archive's host. A link there
leads first to the window's `/handover?to=PATH`, which has the session and makes a ticket: 256 random bits, good for one
use within a minute, kept in this process. It answers 303 to `/enter?ticket=…&to=PATH` on the archive's host, which
takes the ticket back, opens a session of its own in a cookie of its own, and answers 303 to PATH. The token crosses in
no address; a ticket in a history or a log is void. The session of the archive's host ends with that of the window.
"""
