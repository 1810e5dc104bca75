"""Colour names. The values stand once, in ``assets/tokens.css``, for both themes.

Everything, figures too, says ``var(--…)``; the browser resolves the name for the theme it shows, also
inside figures (``assets/charts.js``), so that one figure serves both themes.
"""

from __future__ import annotations

STANDARD = (
    "champions",
    "loyal",
    "potential-loyalists",
    "new",
    "promising",
    "need-attention",
    "about-to-sleep",
    "at-risk",
    "cant-lose",
    "hibernating",
    "lost",
)

# Segments of other presets take the colour of the standard segment that they resemble.
ALIASES = {
    "vip": "champions",
    "cannot-lose": "cant-lose",
    "top-tier": "champions",
    "loyal-customers": "loyal",
    "high-spenders": "potential-loyalists",
    "inactive-but-potentially-returning": "at-risk",
    "inactive-and-unlikely-to-return": "hibernating",
    "other": "lost",
    "core": "champions",
    "slipping": "at-risk",
    "faithful": "loyal",
}

CLUSTERS = 10


def segment(segment_id: str | None, colour: int | None = None) -> str:
    """Return the colour of a segment.

    One that no preset of ours names takes a cluster's, by the number that its release gives it; grey
    where there is none.

    Examples
    --------
    >>> segment("vip", 3), segment("my-own", 3), segment(None)
    ('var(--seg-champions)', 'var(--cluster-3)', 'var(--sd-bar)')
    """
    named = ALIASES.get(segment_id or "", segment_id)
    if named in STANDARD:
        return f"var(--seg-{named})"
    return cluster(colour) if colour else "var(--sd-bar)"


def cluster(colour: int) -> str:
    """Return the colour of a cluster, by the number that it keeps from release to release: 1 is the first.

    Examples
    --------
    >>> cluster(1), cluster(11)
    ('var(--cluster-1)', 'var(--cluster-1)')
    """
    return f"var(--cluster-{(colour - 1) % CLUSTERS + 1})"


SEQUENTIAL = [f"var(--seq-{step})" for step in range(1, 8)]
DIVERGING = [f"var(--div-{step})" for step in range(1, 8)]
