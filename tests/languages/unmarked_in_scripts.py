"""What scripts say and nobody marked for translators: ``python -m tests.languages.unmarked_in_scripts``.

A string counts if it has two words or begins with a capital letter, and is no name of an element, a style, a
key, a method or a header. Only ``say``, ``sayCount`` and ``saySense`` of ``assets/messages.js`` mark it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.jslexer import Token, tokenize, unquote_string

SCRIPTS = Path("assets")
MARKS = {"say": 1, "sayCount": 2, "saySense": 2}
"""The functions that say a sentence, and how many texts each takes first."""

NOT_SAID = {
    "baskets/cards.js": {"M", "L"},
    "charts.js": {"Plotly"},
    "churn/churn.js": {"`churn-${name}-slider.value`"},
    "customers/customers.js": {" · Segment Desk"},
    "grid.js": {"GBP"},
    "movement/movement.js": {"M0,", "C50,"},
    "predict/answer.js": {"No output is called "},
}
"""By script, what is the same in every language or what nobody reads; templates as they are written."""

CALLED = re.compile(r"html|closest|matches|querySelector(All)?")
"""Functions whose first text is a name or a selector."""
SAME = re.compile(
    r"use strict|UTC|T?00:00:00Z|Z|POST|DELETE|X-\w+|Content-Type|Enter|Escape|Tab"
    r"|A|B|P|Code|Button|Div|Link|Span"
    r"|( ?\bsd-[\w-]*)+ ?"  # classes
    r"|.*(\[data-|input\[|#|\[href|, select).*|\.sd-.*"  # selectors
    r"|%3C.*|(color-mix|minmax|rgba)\(.*|\(prefers-color-scheme: dark\)"  # pictures and styles
)
PLACE = re.compile(r"\$\{[^{}]*\}")


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """Give the line and the text of each string that a person may read and that is not marked."""
    tokens = _tokens(source)
    marked = {place for place, _texts in _said(tokens)}
    for place, token in enumerate(tokens):
        text = _text(token)
        called = place > 1 and tokens[place - 1].value == "(" and CALLED.fullmatch(tokens[place - 2].value)
        if text is not None and place not in marked and not called and _is_read(text):
            yield token.lineno, token.value if token.type == "template_string" else text


def said(source: str) -> list[tuple[str, ...]]:
    """Return the texts of each call that says a sentence, without the context of a sense."""
    return [texts for _place, texts in _said(_tokens(source)) if texts]


def of_scripts() -> list[str]:
    """Return what is unmarked in all scripts, as ``path:line text``."""
    return [
        f"{path}:{line} {text!r}"
        for path in sorted(SCRIPTS.rglob("*.js"))
        for line, text in unmarked(path.read_text(encoding="utf-8"))
        if text not in NOT_SAID.get(path.relative_to(SCRIPTS).as_posix(), ())
    ]


def _tokens(source: str) -> list[Token]:
    return [token for token in tokenize(source) if not token.type.endswith("comment")]


def _said(tokens: list[Token]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the place of each marked text; all texts of its call with the first, and none with the others."""
    for place, token in enumerate(tokens[:-1]):
        if token.value not in MARKS or tokens[place + 1].value != "(":
            continue
        places = [place + 2 + 2 * each for each in range(MARKS[token.value])]
        if all(tokens[each].type == "string" for each in places):
            texts = tuple(unquote_string(tokens[each].value) for each in places)
            yield places[0], texts[1:] if token.value == "saySense" else texts
            yield from ((each, ()) for each in places[1:])


def _text(token: Token) -> str | None:
    if token.type == "string":
        return unquote_string(token.value)
    return PLACE.sub("", token.value[1:-1]) if token.type == "template_string" else None


def _is_read(text: str) -> bool:
    bare = text.strip()
    if not re.search(r"[^\W\d_]", bare) or SAME.fullmatch(bare):
        return False
    return bare[0].isupper() or bool(re.search(r"\w.* .*\w", bare))


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in of_scripts())
