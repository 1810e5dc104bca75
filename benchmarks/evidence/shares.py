"""How the document writes a share."""

from __future__ import annotations


def percent(share: float, decimals: int = 1, *, signed: bool = False) -> str:
    """Write a share in per cent: a blank before the sign, a true minus before the number.

    Parameters
    ----------
    share : float
        0–1, or a difference of shares.
    decimals : int
    signed : bool
        Whether a plus is written as well.

    Examples
    --------
    >>> percent(0.051), percent(0.5, 0), percent(-0.0013, 2, signed=True)
    ('5.1 %', '50 %', '−0.13 %')
    """
    written = f"{100 * share:{'+' if signed else ''}.{decimals}f} %"
    return written.replace("-", "−")
