"""Ids of the tab Clusters."""

from __future__ import annotations

from enum import StrEnum


class Clusters(StrEnum):
    """The tab Clusters."""

    SUB = "clusters-sub-text"
    K = "clusters-k-select"
    STEP = "clusters-step-store"
    """What leads to the view to be shown: ``assets/steps.js``."""
    CHOICE_BAR = "clusters-choice-bar"
    NOTES = "clusters-notes-div"
    TRAIN = "clusters-train-button"
    TRAIN_BAR = "clusters-train-bar"
    TRAINED = "clusters-trained-div"
    TRIED = "clusters-tried-div"
    SERVED = "clusters-served-div"

    @staticmethod
    def graph(name: str) -> str:
        """Id of a chart, such as ``inertia`` or ``snake``."""
        return f"clusters-{name}-graph"

    @staticmethod
    def draw(release: object) -> dict[str, object]:
        """Id of the button that draws three axes."""
        return {"type": "clusters-draw-button", "index": release}

    @staticmethod
    def space(release: object) -> dict[str, object]:
        """Id of the place where they are drawn."""
        return {"type": "clusters-space-div", "index": release}
