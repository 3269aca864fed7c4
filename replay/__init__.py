"""How captures are shown again: lookup by time (RFC 7089), the CDX server, pages rewritten to stay in the archive.

No web framework: functions from the archive and its catalog to values, which `web` sends.
"""
