"""A language that says each sentence between two marks, and what of a page stands outside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import write_po

OPEN, CLOSE = "⟦", "⟧"
KEYWORDS = parse_keywords(["_", "later", "plural:1,2", "sense:1c,2"])
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
READ = ("alt", "aria-label", "placeholder", "title")
"""Attributes that people read or hear."""
NOT_READ = ("code", "script", "style")
WORD = re.compile(r"[^\W\d_]{2,}")


def marked(text: str) -> str:
    """Return a sentence as the language says it."""
    return f"{OPEN}{text}{CLOSE}"


def write_marks(path: Path, *folders: str) -> None:
    """Write the language's catalogue: every sentence that ``make messages`` finds in these folders.

    Parameters
    ----------
    path : Path
        Named after the language that it counts as.
    *folders : str
        Of the source.
    """
    catalogue = Catalog(locale=path.stem)
    for folder in folders:
        found = extract_from_dir(folder, METHODS, keywords=KEYWORDS, comment_tags=())
        for _file, _line, message, _comments, context in found:
            said = marked(message) if isinstance(message, str) else tuple(map(marked, message))
            catalogue.add(message, said, context=context)
    with path.open("wb") as file:
        write_po(file, catalogue)


class _Page(HTMLParser):
    """The texts of a page, those of attributes each by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[str] = []
        self._not_read = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes, and see whether what follows is read."""
        self.attributes += [value for name, value in attrs if name in READ and value]
        self._not_read += tag in NOT_READ
        self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """See whether what follows is read again."""
        self._not_read -= tag in NOT_READ
        self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self._not_read:
            self.texts.append(data)


def outside(html: str, same: frozenset[str]) -> list[str]:
    """Return the pieces of a page that have words and stand outside the marks.

    Parameters
    ----------
    html : str
    same : frozenset of str
        What is the same in every language, such as names.
    """
    page = _Page()
    page.feed(html)
    texts = ["".join(page.texts), *page.attributes]
    return [piece for text in texts for piece in _unmarked(text) if piece not in same and WORD.search(piece)]


def _unmarked(text: str) -> Iterator[str]:
    """Give what stands outside the marks, in pieces that end at a mark, a line, a dot or two blanks."""
    depth, piece = 0, ""
    for sign in text + OPEN:
        if sign == OPEN and not depth:
            yield from (part.strip(" ,:;.·–") for part in re.split(r"\n|  |·", piece))
            piece = ""
        depth += (sign == OPEN) - (sign == CLOSE)
        if not depth and sign != CLOSE:
            piece += sign
