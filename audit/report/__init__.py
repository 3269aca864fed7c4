"""How findings are shown: as text, HTML and Markdown. Pure: strings in, strings out, everything of a page escaped."""
