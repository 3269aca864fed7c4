"""The host where archived pages run their scripts, rewritten in the browser by wabac.js. Nothing else is here.

    app.py      the first page in the frame, the service worker, wabac, and raw captures for the worker
    policy.py   what an archived page may do, as headers that the worker puts on every answer
    static/     boot.js and worker.js

The page around the frame is on the archive's host: web.archive_host.full_replay. What holds and what does not is told
in docs/replay.md.
"""
