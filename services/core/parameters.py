"""What is wrong with an address whatever it asks for: names that are none, values missing or given twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.core.language.messages import _, plural

LOOKS = ("table", "hide")
"""In a page's address, for the browser: cards that show their table, columns that its list leaves out."""
_SHOWN = 60


@dataclass(frozen=True)
class LeftOut:
    """A part of an address that cannot be followed.

    Attributes
    ----------
    name : str
        Of its parameter.
    why : str
        Without the full stop.
    how : str
        What can be written instead, as a sentence; empty where there is nothing to say.
    page : str
        What a page does about it, which shows all else: “so …” comes before it.
    """

    name: str
    why: str
    how: str = ""
    page: str = field(default_factory=lambda: _("it was left out"))

    @property
    def refused(self) -> str:
        """The sentences for what cannot say that a part was left out: a file, a program."""
        return f"{self.why}. {self.how}".rstrip()

    @property
    def noted(self) -> str:
        """The sentences for a page."""
        return self.so(self.page)

    def so(self, consequence: str) -> str:
        """Say why, what comes of it, and what can be written instead."""
        said = _("{why}, so {consequence}.", why=self.why, consequence=consequence)
        return f"{said} {self.how}".rstrip()


def odd_parameters(
    query: Mapping[str, Sequence[str]], once: Iterable[str], several: Iterable[str] = ()
) -> list[LeftOut]:
    """Return what of a query is no parameter, has no value, or is given several times for one value.

    Parameters
    ----------
    query : mapping
        Names to their values, blank ones too.
    once, several : iterable of str
        The parameters that take one value, and those that may be repeated.
    """
    single, known = set(once), [*once, *several]
    found = []
    for name, values in query.items():
        if name not in known:
            names = _("There are {names}.", names=", ".join(known)) if known else _("There are none.")
            why = _("There is no parameter “{name}” here", name=name[:_SHOWN])
            found.append(LeftOut(name[:_SHOWN], why, names))
        elif not all(value.strip() for value in values):
            why, how = _("{name} has no value", name=name), _("Give it one, or remove it from the address.")
            found.append(LeftOut(name, why, how))
        elif name in single and len(values) > 1:
            why = plural("{name} is given {n} time", "{name} is given {n} times", len(values), name=name)
            found.append(LeftOut(name, why, _("Give it once."), _("the last one counts")))
    return found


def odd_on_page(
    query: Mapping[str, Sequence[str]], once: Iterable[str], several: Iterable[str] = ()
) -> list[LeftOut]:
    """Return the same for the address of a page, which may also say how it looks, and name its release."""
    asked = {name: values for name, values in query.items() if name not in LOOKS}
    return odd_parameters(asked, dict.fromkeys((*once, "release")), several)


def with_values(query: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return a query without values that are blank."""
    kept = {name: [value for value in values if value.strip()] for name, values in query.items()}
    return {name: values for name, values in kept.items() if values}


def texts_of(value: Sequence[str] | str) -> list[str]:
    """Return the values of a parameter, which is one text or several."""
    return [value] if isinstance(value, str) else [str(each) for each in value]
