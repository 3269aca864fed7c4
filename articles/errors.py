"""What can go wrong in reading, other than with a page: a page's own trouble is a reading, never an error.

PalimpsestError
└── ArticlesError
    ├── ArticleInvalid     JSON that is no article
    ├── ArticleMissing     a saved page that is no article: a challenge, or what a server sends for a missing one
    ├── EncodingUnknown    a file of which nothing says how its characters are written
    ├── ReaderUnknown      an outlet file names a reader that is not there
    └── UrlUnclaimed       a URL that is no article's of any outlet
"""

from __future__ import annotations

from config.errors import PalimpsestError


class ArticlesError(PalimpsestError):
    """Something is wrong in the room of articles."""


class ArticleInvalid(ArticlesError):
    """A JSON document that should be an article is none: a damaged table, or another program's file."""


class ArticleMissing(ArticlesError):
    """A saved page that should hold an article holds none, so there is nothing to compare."""


class EncodingUnknown(ArticlesError):
    """Nothing says in which encoding a file is, or it is not in the one that was said."""

    exit_code = 2


class ReaderUnknown(ArticlesError):
    """An outlet file names a reader that does not exist."""

    exit_code = 2


class UrlUnclaimed(ArticlesError):
    """No outlet has articles at the URL that was given, so no reader can be chosen."""

    exit_code = 2
