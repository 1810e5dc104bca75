"""Of Bootstrap's style sheet the rules that pages use: for elements, and for the controls of its components.

Everything else of ours has classes and rules of its own; a test looks at which classes pages name.
"""

from __future__ import annotations

import re

USED = ("form-", "is-valid", "is-invalid")
"""Beginnings of the classes that ``dbc``'s inputs, selects and boxes to tick have."""
_CLASS = re.compile(r"\.(-?[A-Za-z][\w-]*)")
_BEFORE = re.compile(r'@charset "[^"]*";|/\*.*?\*/', re.DOTALL)
_LICENCE = re.compile(r"/\*!.*?\*/", re.DOTALL)
_COMMA = re.compile(r",(?![^(]*\))")
# A rule, or a block of rules: nothing in a style sheet of today's Bootstrap is deeper.
_RULE = re.compile(r"(?P<head>[^{}]+)\{(?P<body>(?:[^{}]|\{[^{}]*\})*)\}")


def pruned(sheet: str) -> str:
    """Return ``sheet`` without the rules that nothing on a page is meant by, and without its motion."""
    licence = _LICENCE.search(sheet)
    kept = (_kept(rule) for rule in _RULE.finditer(_BEFORE.sub("", sheet)))
    return "".join([licence[0] if licence else "", *kept])


def _kept(rule: re.Match[str]) -> str:
    head, body = rule["head"], rule["body"]
    if head.lstrip().startswith("@media"):
        within = pruned(body)
        return f"{head}{{{within}}}" if within else ""
    if head.lstrip().startswith("@"):
        return ""  # movements of what no page has, such as Bootstrap's spinners
    meant = [each for each in _COMMA.split(head) if _used(each)]
    return f"{','.join(meant)}{{{body}}}" if meant else ""


def _used(selector: str) -> bool:
    return all(name.startswith(USED) for name in _CLASS.findall(selector))
