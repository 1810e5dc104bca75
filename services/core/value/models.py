"""Which models of repeat buying a base is fitted with, which of them counts, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.core.language.messages import later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.value.base import Base, rank_correlation
from services.core.value.bgnbd import CHANCE, BgNbd, fit_bgnbd
from services.core.value.gamma_gamma import GammaGamma, fit_gamma_gamma
from services.core.value.nbd import Nbd, fit_nbd
from services.core.value.paretonbd import ParetoNbd, fit_paretonbd

#: Customers with a repeat purchase that a base needs.
ENOUGH = 30
#: Stored with releases in English, and said when shown: so without a place for the number.
FEW = later("Fewer than 30 customers have ordered on more than one day, too few to expect orders from.").text
_SPEND_MORE = later(
    "Customers who order more often spend more on an order (rank correlation {size}), but expected spend "
    "assumes that the two are unrelated."
)
_SPEND_LESS = later(
    "Customers who order more often spend less on an order (rank correlation {size}), but expected spend "
    "assumes that the two are unrelated."
)
_RELATED = 0.3
Model = BgNbd | ParetoNbd | Nbd | GammaGamma
#: Of purchases, by name: the first counts unless another is clearly more likely.
DROPPING_OUT: dict[str, Callable[[Base], BgNbd | ParetoNbd]] = {
    "bg_nbd": lambda base: fit_bgnbd(base.histories),
    "mbg_nbd": lambda base: fit_bgnbd(base.histories, from_first=True),
    "pareto_nbd": lambda base: fit_paretonbd(base.histories),
}
#: All models, by name.
FITS: dict[str, Callable[[Base], Model]] = {
    **DROPPING_OUT,
    "nbd": lambda base: fit_nbd(base.histories),
    "gamma_gamma": lambda base: fit_gamma_gamma(base.x, base.spend),
}


@dataclass(frozen=True)
class Fit:
    """A model, or the sentence that says why there is none."""

    model: Model | None
    refused: str | None


def fit(name: str, base: Base) -> Fit:
    """Fit one of ``FITS``."""
    if base.repeaters < ENOUGH:
        return Fit(None, FEW)
    try:
        return Fit(FITS[name](base), None)
    except Refusal as refused:
        return Fit(None, str(refused))


@dataclass(frozen=True)
class Chosen:
    """What is said of a base.

    Attributes
    ----------
    name : str or None
        The model of purchases that counts, of ``DROPPING_OUT``; None where value is refused.
    refused : str or None
        Why no customer's value is given.
    law_name : str or None
        The model of ``FITS`` that purchases are expected by.
    law : BgNbd, ParetoNbd, Nbd or None
        The same: the model that counts, or NBD, by which customers can still be scored
        where nothing shows when they stop. None where too few have ordered again.
    """

    name: str | None
    refused: str | None
    law_name: str | None
    law: BgNbd | ParetoNbd | Nbd | None


def choose(fits: Mapping[str, Fit]) -> Chosen:
    """Choose the model that counts.

    Parameters
    ----------
    fits : mapping of str to Fit
        Of each of ``FITS``.

    Notes
    -----
    They have as many parameters each, so likelihoods compare. BG/NBD counts unless one is more likely by more
    than chance alone gives: on CDNOW MBG/NBD is, by 0.3, and predicts worse.
    """
    fitted = {name: fits[name].model for name in DROPPING_OUT}
    found = {name: model for name, model in fitted.items() if isinstance(model, BgNbd | ParetoNbd)}
    plain = fits["nbd"].model
    if not found:
        law = plain if isinstance(plain, Nbd) else None
        return Chosen(None, fits["bg_nbd"].refused, "nbd" if law else None, law)
    spend = fits["gamma_gamma"]
    counts, *others = found
    for name in others:
        if found[name].log_likelihood > found[counts].log_likelihood + CHANCE:
            counts = name
    if spend.model is None:
        return Chosen(None, spend.refused, counts, found[counts])
    return Chosen(counts, None, counts, found[counts])


def doubts(base: Base, fits: Mapping[str, Fit]) -> list[str]:
    """Return, in sentences, what the models take for granted and this base does not keep to."""
    spend = fits["gamma_gamma"].model
    if not isinstance(spend, GammaGamma):
        return []
    found: list[str] = []
    if none := spend.left_out:
        found.append(
            plural(
                "{n} customer spent nothing on repeat orders; how much people spend was learned without "
                "them.",
                "{n} customers spent nothing on repeat orders; how much people spend was learned without "
                "them.",
                none,
                n=number(none),
            )
        )
    spent = (base.x > 0) & (base.spend > 0)
    related = rank_correlation(base.x[spent], base.spend[spent])
    if related is not None and abs(related) >= _RELATED:
        size = number(related, 2).replace("-", "−")
        found.append(_SPEND_MORE(size=size) if related > 0 else _SPEND_LESS(size=size))
    return found
