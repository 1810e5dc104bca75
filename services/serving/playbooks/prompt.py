"""What a language model is told of a group, and what is taken of its answer.

Only averages and totals of the group are told, its predictions among them, what several of its customers
bought, and the starting text:
nothing of one customer, and nothing that staff wrote. All of it is in the language of who asks, which the
task names, and so is the answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from services.core.language.messages import _, later
from services.core.refusals import Refusal
from services.serving.playbooks.plans import Group
from services.site.language_model import LanguageModel, ModelUnusable
from services.site.versions.playbooks import LONGEST, TEXTS

_TASK = later(
    "You write plans for the marketing staff of a shop. Write in British English, plainly, one or two "
    "sentences a field, without exclamation marks, addressed to staff. Use only the facts given; invent no "
    "figures, names, discounts or dates. Answer with one JSON object with exactly the fields goal, message "
    "and offer, each a text."
)


def suggest(model: LanguageModel, group: Group, facts: Sequence[str]) -> dict[str, str]:
    """Ask for another wording of a group's plan.

    Parameters
    ----------
    model : LanguageModel
    group : Group
    facts : sequence of str
        Sentences about the group: averages, products, prices, times, and predictions.

    Returns
    -------
    dict
        ``goal``, ``message``, ``offer``.

    Raises
    ------
    Refusal
        If the group is so small that its averages would tell of single customers.
    ModelUnusable
    """
    if group.few:
        raise Refusal(
            _("No text was requested: averages of fewer than five customers would reveal individuals."),
            "suggest",
        )
    return taken(model.ask(messages(group, facts)))


def messages(group: Group, facts: Sequence[str]) -> list[dict[str, str]]:
    """Return the conversation that asks for a plan."""
    strategy = group.strategy.shown()
    told = [
        _("Situation: {strategy}.", strategy=strategy.name),
        *facts,
        _("Goal so far: {text}", text=strategy.goal),
        _("Message so far: {text}", text=strategy.message),
        _("Offer so far: {text}", text=strategy.offer),
        _("Channel: {channel}.", channel=strategy.channel),
    ]
    return [{"role": "system", "content": _TASK()}, {"role": "user", "content": "\n".join(told)}]


def taken(answer: str) -> dict[str, str]:
    """Return the three texts of a model's answer; what stands around its JSON object is left out.

    Raises
    ------
    ModelUnusable
        If one is missing, empty or too long.
    """
    try:
        found = json.loads(answer[answer.index("{") : answer.rindex("}") + 1])
        texts = {name: " ".join(found[name].split()) for name in TEXTS}
    except (ValueError, KeyError, AttributeError, RecursionError) as error:
        why = _("the language model wrote something other than a goal, a message and an offer")
        raise ModelUnusable(why) from error
    if not all(0 < len(text) <= LONGEST for text in texts.values()):
        raise ModelUnusable(_("the language model left a text empty or wrote too much"))
    return texts
