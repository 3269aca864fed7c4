"""What can go wrong in reading, other than with a page: a page's own trouble is a reading, never an error.

PalimpsestError
└── ArticlesError
    ├── ArticleInvalid     JSON that is no article
    └── ReaderUnknown      an outlet file names a reader that is not there
"""

from __future__ import annotations

from config.errors import PalimpsestError


class ArticlesError(PalimpsestError):
    """Something is wrong in the room of articles."""


class ArticleInvalid(ArticlesError):
    """A JSON document that should be an article is none: a damaged table, or another program's file."""


class ReaderUnknown(ArticlesError):
    """An outlet file names a reader that does not exist."""

    exit_code = 2


class UrlUnclaimed(ArticlesError):
    """No outlet has articles at the URL that was given, so no reader can be chosen."""

    exit_code = 2
