"""The figures of weighing: what adds how much to the score, and what raises the weight of the whole."""

from __future__ import annotations

from audit.edit import Weight

COSMETIC, MINOR, SUBSTANTIVE, MAJOR = Weight

POINTS = {COSMETIC: 0, MINOR: 1, SUBSTANTIVE: 10, MAJOR: 30}
"""What an edit adds to the score by its weight: three substantive edits sort like a major one."""

LONG_TEXT = 40
"""Words of an added or removed text for which it gets one point more, up to `LONG_TEXT_MOST` points."""
LONG_TEXT_MOST = 10
MINOR_MOST = 9
"""All minor edits together never weigh as much as one substantive edit."""
ESCALATION = 70
"""A score from which a comparison is major, if at least `ESCALATION_EDITS` edits are substantive."""
ESCALATION_EDITS = 4
REPLACED_BELOW = 0.2
"""Where less than this part of the old body is left, its text was replaced: major."""
REPLACED_POINTS = 30
REPLACED_LENGTH = 200
"""Characters of an old body below which that is not asked."""
MOVED_FAR = 10
"""Paragraphs over which a paragraph must move to be substantive: its place in the article is another."""
