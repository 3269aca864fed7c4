"""Words of one kind in a line: where one of them became another, a number became another. Alone they may be none."""

from __future__ import annotations

NUMBER_WORDS = """
    first second third fourth fifth sixth seventh eighth ninth tenth
    half third quarter fourth fifth sixth seventh eighth ninth tenth
    double triple
    doubled tripled
"""
