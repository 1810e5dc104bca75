"""What the sample's shop sells: collections of gifts, each a motif on many objects, all invented."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.training.sample.draws import Draws, Real, Whole

WINTER = ("Holly", "Mistletoe", "Reindeer", "Robin", "Snowfall", "Starry night")
MOTIFS = (
    *WINTER,
    "Acorn", "Amber", "Anchor", "Apricot", "Badger", "Bamboo", "Bluebell", "Brass", "Bumblebee",
    "Buttercup", "Chalk", "Cherry", "Clover", "Copper", "Cornflower", "Damson", "Driftwood", "Elderflower",
    "Fern", "Foxglove", "Gingham", "Hare", "Hawthorn", "Heather", "Heron", "Indigo", "Ivory", "Juniper",
    "Kingfisher", "Lavender", "Lemon grove", "Lighthouse", "Linen", "Magpie", "Meadow", "Mint stripe",
    "Moss", "Nettle", "Oak leaf", "Otter", "Paisley", "Pebble", "Peony", "Pewter", "Plum", "Poppy",
    "Rosehip", "Saffron", "Sage", "Sailcloth", "Slate", "Thistle", "Toadstool", "Willow",
)  # fmt: skip

OBJECTS = {  # pence
    "lantern small": 395, "lantern large": 795, "tealight holder": 145, "candlestick": 325, "candle": 265,
    "mug": 375, "teapot": 1295, "egg cup": 125, "jug": 595, "cake tin": 695, "cake stand": 1495,
    "lunch bag": 165, "shopping bag": 195, "tote bag": 425, "apron": 850, "tea towel": 295, "oven glove": 495,
    "napkins pack of 20": 85, "coasters set of 4": 295, "placemat": 225, "tray": 645, "storage jar": 345,
    "cushion cover": 795, "doorstop": 995, "bunting": 495, "garland": 385, "wreath": 1250, "photo frame": 425,
    "wall clock": 1695, "hook": 145, "drawer knob": 125, "key ring": 95, "notebook": 145, "gift wrap": 42,
    "gift bag": 65, "ribbon": 125, "greetings card": 85, "jewellery box": 850, "alarm clock": 695,
    "hot water bottle": 495,
}  # fmt: skip

PER_COLLECTION = 25
FIRST_CODE = 21_000
POSTAGE = "POST"


@dataclass(frozen=True)
class Catalogue:
    """The products, collection by collection, the best sellers of each first.

    Attributes
    ----------
    codes, names : list of str, length n_products
    pence : ndarray, shape (n_products,)
        Price in the first year.
    collection_weights, winter_weights : ndarray, shape (n_collections,)
        How often a collection is bought, in most of the year and from September to December.
    """

    codes: list[str]
    names: list[str]
    pence: Whole
    collection_weights: Real
    winter_weights: Real

    @classmethod
    def drawn(cls, draws: Draws) -> Catalogue:
        """Draw which objects each collection has, their order, and prices."""
        objects, prices = list(OBJECTS), np.array(list(OBJECTS.values()))
        codes: list[str] = []
        names: list[str] = []
        pence = []
        for number, motif in enumerate(MOTIFS):
            taken = draws.shuffled(len(objects))[:PER_COLLECTION]
            codes += [str(FIRST_CODE + 50 * number + place) for place in range(PER_COLLECTION)]
            names += [f"{motif} {objects[position]}" for position in taken.tolist()]
            pence.append(prices[taken] * draws.between(85, 130, PER_COLLECTION) // 100)
        weights = 1 / (draws.shuffled(len(MOTIFS)) + 5.0)
        is_winter = np.arange(len(MOTIFS)) < len(WINTER)
        usual = np.where(is_winter, weights / 5, weights)
        return cls(codes, names, np.concatenate(pence), usual, np.where(is_winter, 0.045, weights))
