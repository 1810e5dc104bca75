"""Values of options in a sentence, quoted so that a person can paste them into a shell."""

from __future__ import annotations

import re
import shlex

#: Characters that no shell reads as anything but themselves.
_PLAIN = re.compile(r"[\w@%+=:,./#-]*")
#: Those that a shell reads as something else even within double quotes.
_READ_IN_QUOTES = re.compile(r'["$`\\!]')


def quoted(value: str) -> str:
    r"""Quote a value where a shell would part it or read a sign of it.

    Examples
    --------
    >>> quoted("amount=Total"), quoted("amount=Net Sales"), quoted('amount="Net, all"')
    ('amount=Total', '"amount=Net Sales"', '\'amount="Net, all"\'')
    """
    plain = _PLAIN.fullmatch(value) and value and not value.startswith("#")
    return value if plain else in_quotes(value)


def in_quotes(value: str) -> str:
    """Quote a value, whatever it is: doubly where that does, since every shell knows it.

    Examples
    --------
    >>> in_quotes("open"), in_quotes("US$")
    ('"open"', "'US$'")
    """
    return shlex.quote(value) if _READ_IN_QUOTES.search(value) else f'"{value}"'


class Pair(str):
    """A value of ``--columns``: as it is among the choices of a refusal, quoted within its sentence."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Write the value as a shell takes it."""
        return format(quoted(str(self)), spec)
