"""The window: what puts replay and audit before a person. The only room that knows a web framework.

Two hosts, so that nothing archived can reach the window: `web.window` (pages and the JSON API) and
`web.archive_host` (archived content, Memento, CDX). `web.serving` runs both.
"""
