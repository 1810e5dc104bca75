"""Files that other tools take: a layout each, as data, with its source."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from services.core.contacts.contact import Contact

TOOLS = ("klaviyo", "mailchimp", "meta", "google-customer-match")
"""In the order of the page."""


@dataclass(frozen=True)
class Column:
    """A column of a file: a contact's ``field``, brought into a ``form`` of ``FORMS``, and hashed or not."""

    header: str
    field: str
    form: str = "plain"
    hashed: bool = False


@dataclass(frozen=True)
class Tool:
    """A tool and the file that it takes.

    Attributes
    ----------
    id, name : str
    note : str
        What one does with the file, a sentence.
    columns : tuple of Column
    needs_email : bool
        Whether a row without an e-mail is refused; else a phone number is enough.
    ascii_before_at : bool
        Whether e-mails with other letters before the @ sign are refused.
    longest_bytes : int or None
        What a text is cut to, in UTF-8.
    """

    id: str
    name: str
    note: str
    columns: tuple[Column, ...]
    needs_email: bool = False
    ascii_before_at: bool = False
    longest_bytes: int | None = None

    @property
    def head(self) -> list[str]:
        """The headers."""
        return [column.header for column in self.columns]

    def usable(self, contact: Contact) -> bool:
        """Whether the tool can find somebody by what a contact holds."""
        return bool(contact.email or (contact.phone and not self.needs_email))

    def takes(self, email: str) -> bool:
        """Whether the tool takes such an e-mail."""
        return not self.ascii_before_at or email.partition("@")[0].isascii()

    def row(self, contact: Contact) -> list[str]:
        """Write a contact as the tool wants it."""
        return [self._cell(column, getattr(contact, column.field) or "") for column in self.columns]

    def _cell(self, column: Column, text: str) -> str:
        written = FORMS[column.form](text)
        if self.longest_bytes is not None:
            written = written.encode()[: self.longest_bytes].decode(errors="ignore")
        return hashlib.sha256(written.encode()).hexdigest() if column.hashed and written else written


def _letters(text: str) -> str:
    kept = (sign for sign in text.lower() if not unicodedata.category(sign).startswith(("P", "S")))
    return " ".join("".join(kept).split())


FORMS: Mapping[str, Callable[[str], str]] = {
    "plain": str.strip,
    "small": lambda text: text.strip().lower(),
    "digits": lambda text: text.removeprefix("+"),
    "letters": _letters,
    "packed": lambda text: re.sub(r"[\s-]+", "", text.lower()),
    "tight": lambda text: re.sub(r"\s+", "", text.lower()),
}


@cache
def tools() -> Mapping[str, Tool]:
    """Return the tools by id."""
    return {name: _tool(name) for name in TOOLS}


def _tool(name: str) -> Tool:
    told: dict[str, Any] = tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
    columns = tuple(Column(**each) for each in told.pop("columns"))
    return Tool(id=name, columns=columns, **told)
