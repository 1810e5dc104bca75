"""The four figures that decide whom contacting pays for: what can be given, and what stands there first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.core.language.messages import later
from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_number


@dataclass(frozen=True)
class Costs:
    """What a campaign costs and saves.

    Attributes
    ----------
    contact, offer : float
        Money: of a contact; of an offer that is taken up. At least 0.
    success : float
        Share of those who would not have ordered that do after a contact, 0 to 1.
    margin : float
        Share of what they then spend that is kept, 0 to 1.
    """

    contact: float
    offer: float
    success: float
    margin: float

    @property
    def typed(self) -> list[float]:
        """The figures in the order of :data:`FIGURES` as a page has them: shares in per cent."""
        return [self.contact, self.offer, *(round(100 * share, 6) for share in (self.success, self.margin))]


@dataclass(frozen=True)
class Figure:
    """One of them.

    Attributes
    ----------
    name : str
        Of its parameter, and of the attribute of :class:`Costs`.
    label : later
    wrong : later
        The refusal of another ``{text}``; the figure goes up to ``{limit}``.
    unit : {"money", "share"}
        Shares are written from 0 to 1 in addresses, in per cent on the page.
    usual : float
        What stands there until somebody gives their own.
    reach : float
        The upper end of its slider; more can be typed.
    step : float
        Of the slider and its arrow keys.
    """

    name: str
    label: later
    wrong: later
    unit: Literal["money", "share"]
    usual: float
    reach: float
    step: float

    @property
    def most(self) -> float:
        """The highest that can be given."""
        return 1.0 if self.unit == "share" else 1_000_000.0

    def read(self, text: str) -> float:
        """Return what an address says.

        Raises
        ------
        Refusal
            If it is no number from 0 to :attr:`most`; without a full stop.
        """
        try:
            number = plain_number(text)
        except Refusal:
            number = -1.0
        if not 0 <= number <= self.most:
            limit = "1" if self.unit == "share" else "1000000"
            raise Refusal(self.wrong(text=text[:60], limit=limit), self.name)
        return number


FIGURES = (
    Figure(
        "contact",
        later("Contact cost"),
        later("“{text}” cannot be the contact cost: it is a number from 0 to {limit}"),
        "money",
        usual=0.8,
        reach=5,
        step=0.1,
    ),
    Figure(
        "offer",
        later("Offer cost"),
        later("“{text}” cannot be the offer cost: it is a number from 0 to {limit}"),
        "money",
        usual=5,
        reach=20,
        step=1,
    ),
    Figure(
        "success",
        later("Success rate"),
        later("“{text}” cannot be the success rate: it is a number from 0 to {limit}"),
        "share",
        usual=0.12,
        reach=0.3,
        step=0.01,
    ),
    Figure(
        "margin",
        later("Margin"),
        later("“{text}” cannot be the margin: it is a number from 0 to {limit}"),
        "share",
        usual=0.3,
        reach=0.6,
        step=0.01,
    ),
)
