"""What the tab Baskets shows for an address, as the tests ask for it."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Flask

from callbacks.baskets import cards, view
from callbacks.baskets.filter_lists import CHOICES
from callbacks.baskets.steps import answer
from layouts.ids import Baskets
from services.serving.release.cache import AnswerCache
from services.serving.rules.address import view_at
from services.serving.rules.find import find


def show(release, search, scope=None):
    asked = view_at(release, search)
    return view.show(release, asked, find(release, asked.filters), scope)


def show_following(release, filters):
    return cards.show_following(release, filters, find(release, filters))


NEW = {"scope": None, "tests": None, "asked": None}


TYPED = {"product": "", "kind": "discount", "value": "", "of": None, "margin": ""}


def answered(release, search, pressed=None, there=NEW, product="", group="all", builder=(), **values):
    cache = AnswerCache()
    cache.install(Flask("test"))
    services = SimpleNamespace(cache=cache)
    choices = dict.fromkeys(CHOICES, "all") | {Baskets.GROUP: group}
    given = {"choices": choices, "point": None, "values": values, "product": product}
    given["builder"] = TYPED | dict(builder)
    return answer(services, release, search, pressed, given, there)
