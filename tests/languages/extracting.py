"""Texts of TOML files for translators, as ``make messages`` asks for them through Babel."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

Found = Iterator[tuple[int, None, str, list[str]]]


def glossary(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Found:
    """Give each word of the glossary and its meaning."""
    for word in tomllib.load(file).values():
        yield from _each(word["word"], word["says"])


def preset(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Found:
    """Give what a preset says of itself, and each segment's name and plan."""
    read = tomllib.load(file)
    yield from _each(read["name"], read["summary"], read["source"])
    for group in read["segments"].get("groups", ()):
        yield from _each(group["name"], group["playbook"])


def strategies(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Found:
    """Give the name and the texts of each strategy that playbooks start from."""
    for texts in tomllib.load(file).values():
        yield from _each(*texts.values())


def layout(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Found:
    """Give what an export's layout says to those who train on it."""
    read = tomllib.load(file)
    yield from _each(*(read[name] for name in ("says", "without_customer") if name in read))


def _each(*texts: str) -> Found:
    yield from ((1, None, text, []) for text in texts)
