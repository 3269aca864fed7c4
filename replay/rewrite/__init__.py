"""The safe view: archived HTML and CSS made to stay in the archive, with nothing in them that runs.

What goes out is made of tokens that every browser reads alike, whatever tree it builds of them: no comment, no CDATA
section, no raw text but style sheets in a form of their own, each tag written anew or of a kind that is known to be
plain. So no difference between this parser and a browser's can bring something to life (docs/decisions/0012).
"""
