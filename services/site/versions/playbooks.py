"""Playbooks that staff wrote: a version each time one is saved, and the way back.

Versions are only ever added: going back to one makes a new version equal to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Row

from services.core.language.messages import _, later, plural
from services.core.refusals import NotFound, Refusal
from services.site.people.audit import NOBODY, What
from services.site.state import State
from services.site.state.tables import playbooks
from services.site.versions.numbered import Numbered, Overtaken

TEXTS = ("goal", "message", "offer")
KINDS = ("segment", "cluster")
LONGEST = 600
LONGEST_AUTHOR = 64
_SAVED, _BACK_TO = later("saved"), later("back to version {version}")
"""What the log says of a version."""
_EMPTY = {
    "goal": later("Write a sentence for the goal; you can keep the default text."),
    "message": later("Write a sentence for the message; you can keep the default text."),
    "offer": later("Write a sentence for the offer; you can keep the default text."),
}
_TOO_LONG = {
    "goal": later("The goal has {n} characters; up to {most} are allowed."),
    "message": later("The message has {n} characters; up to {most} are allowed."),
    "offer": later("The offer has {n} characters; up to {most} are allowed."),
}


@dataclass(frozen=True)
class Subject:
    """Whose playbook it is.

    Attributes
    ----------
    preset : str
        Id; the versions of a preset share their playbooks.
    kind : str
        ``segment`` or ``cluster``.
    id : str
        Of the segment or cluster.
    """

    preset: str
    kind: str
    id: str


@dataclass(frozen=True)
class Written:
    """A version.

    Attributes
    ----------
    version : int
        From 1.
    goal, message, offer : str
    author : str
    saved_at : datetime
        UTC.
    origin : int or None
        The version that it brought back.
    """

    version: int
    goal: str
    message: str
    offer: str
    author: str
    saved_at: datetime
    origin: int | None


class SavedPlaybooks:
    """The playbooks of one site; a version is kept together with its row of the audit log, or neither is.

    Parameters
    ----------
    state : State
    who : str
        Who saves, for the audit log.
    """

    def __init__(self, state: State, who: str = NOBODY) -> None:
        self._kept = Numbered(state, playbooks, What.PLAYBOOK)
        self._who = who

    def latest(self, preset: str, kind: str) -> dict[str, Written]:
        """Return the newest version of each playbook that was ever edited, by the id of its group.

        Raises
        ------
        StateUnusable
        """
        return {row.subject: _read(row) for row in self._kept.latest(preset=preset, kind=kind)}

    def versions(self, subject: Subject) -> list[Written]:
        """Return the versions of a playbook, newest first; none where the starting text stands.

        Raises
        ------
        StateUnusable
        """
        found = self._kept.versions(preset=subject.preset, kind=subject.kind, subject=subject.id)
        return [_read(row) for row in found]

    def save(self, subject: Subject, texts: Mapping[str, object], author: object, seen: int) -> Written:
        """Keep a new version.

        Parameters
        ----------
        subject : Subject
        texts : mapping
            ``goal``, ``message`` and ``offer``.
        author : object
            Who saves.
        seen : int
            The newest version that the author knows, 0 for none.

        Raises
        ------
        Overtaken
            If there is a newer one; nothing is kept then.
        Refusal
            If a text or the author is missing or too long; ``field`` says which.
        StateUnusable
        """
        kept = {name: _text(name, texts.get(name)) for name in TEXTS}
        return self._add(subject, kept, _author(author), seen, None)

    def go_back(self, subject: Subject, version: int, author: object, seen: int) -> Written:
        """Make a new version equal to an earlier one.

        Raises
        ------
        NotFound
            If there is no such version.
        Overtaken, Refusal, StateUnusable
            As for :meth:`save`.
        """
        signed = _author(author)
        for each in self.versions(subject):
            if each.version == version:
                texts = {name: getattr(each, name) for name in TEXTS}
                return self._add(subject, texts, signed, seen, version)
        raise NotFound(_("There is no version {version} of this playbook.", version=version), "save")

    def _add(
        self, subject: Subject, texts: Mapping[str, str], author: str, seen: int, origin: int | None
    ) -> Written:
        versions = self.versions(subject)
        if versions and versions[0].version != seen:
            raise _overtaken(versions[0])
        version, now = versions[0].version + 1 if versions else 1, int(datetime.now(UTC).timestamp())
        kept: dict[str, object] = {
            "version": version,
            **texts,
            "author": author,
            "saved_at": now,
            "origin": origin,
        }
        kept |= {"preset": subject.preset, "kind": subject.kind, "subject": subject.id}
        name = f"{subject.preset}/{subject.kind}/{subject.id}@{version}"
        how = _SAVED.text if origin is None else _BACK_TO.text.format(version=origin)
        if not self._kept.add(kept, self._who, name, how):
            raise _overtaken(self.versions(subject)[0])
        saved_at = datetime.fromtimestamp(now, UTC)
        return Written(version, **texts, author=author, saved_at=saved_at, origin=origin)


def _overtaken(latest: Written) -> Overtaken:
    return Overtaken(
        _(
            "{author} saved version {version} of this playbook in the meantime.",
            author=latest.author,
            version=latest.version,
        ),
        latest,
    )


def _read(row: Row) -> Written:
    return Written(
        row.version,
        row.goal,
        row.message,
        row.offer,
        row.author,
        datetime.fromtimestamp(row.saved_at, UTC),
        row.origin,
    )


def _text(name: str, given: object) -> str:
    text = _tidy(given)
    if not text:
        raise Refusal(_EMPTY[name](), name)
    if len(text) > LONGEST:
        raise Refusal(_TOO_LONG[name](n=len(text), most=LONGEST), name)
    return text


def _author(given: object) -> str:
    author = _tidy(given)
    if not author:
        raise Refusal(_("Type your name; it is shown beside the version."), "author")
    if len(author) > LONGEST_AUTHOR:
        said = plural(
            "A name has {n} character at most.", "A name has {n} characters at most.", LONGEST_AUTHOR
        )
        raise Refusal(said, "author")
    return author


def _tidy(given: object) -> str:
    """Return one line of printable text."""
    if not isinstance(given, str):
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in given).split())
