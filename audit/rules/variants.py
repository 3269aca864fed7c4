"""Spellings of one word that are both right: British and American, old and new."""

from __future__ import annotations

VARIANTS: tuple[tuple[str, str], ...] = (
    (r"is(e[drs]?|ers|ing|ations?|ational|able)$", r"iz\1"),
    (r"lys(e[drs]?|ers|ing)$", r"lyz\1"),
    (
        r"(arm|lab|fav|hon|col|rum|hum|vig|rig|sav|vap|val|flav|savi|harb|tum|clam|splend|neighb|endeav|behavi)our",
        r"\1or",
    ),
    (r"([bt])re(s?)$", r"\1er\2"),
    (r"(..[aeo])ll(ed|ing|ers?|ors?|ations?)$", r"\1l\2"),
    (r"(defen|offen|licen|preten|practi)c", r"\1s"),
    (r"^(f|h|p|an|gyn|di|...+)[ao]e(..)", r"\1e\2"),
    (r"dgement", "dgment"),
    (r"^(fulfi|insti|insta|enro|distil|ski|wi)ll(ment|ments|s|ful|)$", r"\1l\2"),
    (r"^(focu|bia)ss", r"\1s"),
    (r"(benefi|targe|budge|comba)tt", r"\1t"),
    (r"^despatch", "dispatch"),
    (r"^programme$", "program"),
    (r"^tyre", "tire"),
    (r"^grey", "gray"),
    (r"^(c|s)y(pher|phon)", r"\1i\2"),
    (r"^flyer", "flier"),
    (r"^(advis|protest|convey)or(s?)$", r"\1er\2"),
    (r"^connexion", "connection"),
    (r"^artefact", "artifact"),
    (r"^(ag|us|siz)e(ing|able)$", r"\1\2"),
)
"""What is written on the left, in lower case, may as well be written as on the right."""
