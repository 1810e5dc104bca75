"""What the program says when it declines: sentences for people, never tracebacks."""

from __future__ import annotations

from collections.abc import Sequence


class Refusal(Exception):
    """An input that cannot be used, with a sentence that says what to do.

    Parameters
    ----------
    sentence : str
        Shown to the reader as it stands.
    field : str, optional
        The input the sentence belongs to, so that it can stand beside it.
    option : str, optional
        The option of the command line that answers the sentence, such as ``--date-order``.
    choices : sequence of str
        What that option takes, where it is one of a few.
    """

    exit_code = 2

    def __init__(
        self,
        sentence: str,
        field: str | None = None,
        *,
        option: str | None = None,
        choices: Sequence[str] = (),
    ) -> None:
        super().__init__(sentence)
        self.field = field
        self.option = option
        self.choices = tuple(choices)


class NotFound(Refusal):
    """Something named does not exist: a customer, a release, a preset."""

    exit_code = 1


class ReleaseUnusable(Refusal):
    """A release that is missing, damaged or not ours."""

    exit_code = 3
