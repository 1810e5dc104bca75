"""The words of the list of campaigns, of their intervals and of what is done with one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from layouts import words
from layouts.audiences.words import STAGES, customers
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.campaigns.measuring import Result
    from services.campaigns.revenue import Revenue
    from services.campaigns.standings import Standing
    from services.core.campaigns.effects import Verdict
    from services.site.customers.audiences import Audience

STATES = {"": later("All"), **STAGES, "archived": later("Archived")}
VERDICTS: dict[Verdict, later] = {
    "higher": later("Worked"),
    "lower": later("Harmed"),
    "cannot-tell": later("Cannot tell"),
    "too-few": later("Too few"),
}
TOO_EARLY = later("Too early")
#: What has to be typed before a campaign is deleted.
WORD = "delete"
_NONE_IN = {
    "": later("All campaigns are archived"),
    "draft": later("No campaign is draft"),
    "planned": later("No campaign is planned"),
    "running": later("No campaign is running"),
    "ended": later("No campaign is done"),
    "archived": later("No campaign is archived"),
}
#: By the verdicts on the purchase rate and on revenue; "cannot-tell" stands for "too-few", too.
_OUTCOMES = {
    ("higher", "higher"): later("More people ordered; revenue per customer rose."),
    ("higher", "lower"): later("More people ordered; revenue per customer fell."),
    ("higher", "cannot-tell"): later("More people ordered; whether revenue rose cannot be told."),
    ("lower", "higher"): later("Fewer people ordered; revenue per customer rose."),
    ("lower", "lower"): later("Fewer people ordered; revenue per customer fell."),
    ("lower", "cannot-tell"): later("Fewer people ordered; whether revenue rose cannot be told."),
    ("cannot-tell", "higher"): later(
        "Whether more people ordered cannot be told; revenue per customer rose."
    ),
    ("cannot-tell", "lower"): later("Whether more people ordered cannot be told; revenue per customer fell."),
    ("cannot-tell", "cannot-tell"): later(
        "Whether more people ordered cannot be told; whether revenue rose cannot be told."
    ),
}


def of_finished(listed: Sequence[Standing]) -> str:
    """Say how many of the listed campaigns are done, and what came of them."""
    done = [each for each in listed if each.stage == "ended"]
    if not done:
        return plural(
            "{n} campaign, none of them done yet.",
            "{n} campaigns, none of them done yet.",
            len(listed),
            n=words.number(len(listed)),
        )
    return plural(
        "{n} campaign done: {outcomes}.",
        "{n} campaigns done: {outcomes}.",
        len(done),
        n=words.number(len(done)),
        outcomes=words.listing(_outcomes([each.verdict for each in done])),
    )


def _outcomes(verdicts: Sequence[Verdict | None]) -> list[str]:
    worked, harmed, unclear = (verdicts.count(each) for each in ("higher", "lower", "cannot-tell"))
    few = len(verdicts) - worked - harmed - unclear
    said = []
    if worked:
        said.append(plural("{n} worked", "{n} worked", worked, n=words.number(worked)))
    if harmed:
        said.append(plural("{n} did harm", "{n} did harm", harmed, n=words.number(harmed)))
    if unclear:
        said.append(
            plural(
                "{n} cannot be told from chance",
                "{n} cannot be told from chance",
                unclear,
                n=words.number(unclear),
            )
        )
    if few:
        said.append(
            plural(
                "{n} had too few customers or buyers to tell",
                "{n} had too few customers or buyers to tell",
                few,
                n=words.number(few),
            )
        )
    return said


def none_in(state: str) -> str:
    """Say that no campaign is in a state."""
    return _NONE_IN[state]()


def of_state(audience: Audience, found: Standing) -> tuple[str, str]:
    """Name the state: ``Day 26 of 30``; and say what comes next, where something does."""
    if audience.archived:
        return STATES["archived"](), STAGES[found.stage]()
    name = STAGES[found.stage]()
    if found.stage == "running":
        name = _("Day {day} of {days}", day=words.number(found.day), days=words.number(_length(audience)))
    if found.stage in ("planned", "running"):
        return name, ready_on(audience)
    return name, ""


def ready_on(audience: Audience) -> str:
    """Say when the result can be read: on the day after the last one."""
    day = audience.draft.ends_on + timedelta(days=1)
    return _("Result ready on {day}", day=words.date_short(day.isoformat()))


def of_days(audience: Audience) -> str:
    """Say on which days it runs; of a draft, how many."""
    draft = audience.draft
    if not audience.started:
        return words.days(_length(audience))
    return f"{words.date_short(draft.starts_on.isoformat())} – {words.date_short(draft.ends_on.isoformat())}"


def of_customers(audience: Audience) -> str:
    """Say how many customers are in it, and how many of them are held out."""
    both = audience.treated + audience.holdout
    held_out = words.number(audience.holdout)
    return _("{customers}, {held_out} held out", customers=words.number(both), held_out=held_out)


def of_amount(amount: float | None) -> str:
    """Write what was worked out when it was saved; a dash where it was not known."""
    return words.NOTHING if amount is None else words.money_short(amount)


def of_difference(found: Standing) -> str:
    """Say a difference of purchase rates with its interval: ``+11.1 points (2.3 to 19.9)``."""
    if found.difference is None or found.low is None or found.high is None:
        return words.NOTHING
    middle, low, high = (words.change(100 * each, 1) for each in (found.difference, found.low, found.high))
    return _("{difference} points ({low} to {high})", difference=middle, low=low, high=high)


def of_result(found: Standing) -> str:
    """Name the verdict on the purchase rate; a dash before the campaign runs."""
    if found.stage == "ended":
        return VERDICTS[found.verdict or "too-few"]()
    return TOO_EARLY() if found.stage == "running" else words.NOTHING


def of_outcomes(result: Result, revenue: Revenue | None) -> str:
    """Say of both outcomes which way they went."""
    if result.stage != "ended":
        return _("The verdict is given after the last day.")
    rate, spend = (
        "cannot-tell" if each is None or each.verdict == "too-few" else each.verdict
        for each in (result.rate, revenue)
    )
    return _OUTCOMES[rate, spend]()


def of_look(result: Result, *, grey: bool) -> str:
    """Say what dashes, dark lines and grey mean in the pictures of intervals."""
    ended = result.stage == "ended"
    told = [_("A dark one excludes zero.") if ended else _("They are dashed until the last day.")]
    if grey:
        told.append(_("Grey: differences too small for groups like these to detect."))
    return " ".join(told)


def of_interval(name: str, low: str, difference: str, high: str, verdict: str) -> str:
    """Say a picture of an interval to those who cannot see it."""
    return _(
        "{outcome}: {difference}, 95 % interval {low} to {high}. {verdict}.",
        outcome=name,
        difference=difference,
        low=low,
        high=high,
        verdict=verdict,
    )


def of_start(audience: Audience, days: tuple[str, str]) -> str:
    """Say on which days a draft would run."""
    return _(
        "Started now, it runs from {first_day} to {last_day}: {days}, after the last day of the data.",
        first_day=words.date(days[0]),
        last_day=words.date(days[1]),
        days=words.days(_length(audience)),
    )


def of_deleting(audience: Audience) -> str:
    """Say what is deleted for good, and what stays."""
    return _(
        "Deleting permanently removes the list of {customers}, the record of who was held out and, with it, "
        "the result. The log still shows that there was a campaign with this number. Files already exported "
        "and contacts already sent to another tool stay where they are; what is still to be sent is not "
        "sent.",
        customers=customers(audience.treated + audience.holdout),
    )


def started(name: str) -> str:
    """Say that a draft has been started."""
    return _("“{name}” is started. Export its list and send the campaign to those customers only.", name=name)


def renamed(name: str) -> str:
    """Say that a campaign has another name; the groups were drawn by the first one."""
    return _("This campaign is now called “{name}”. Everyone stays in the same group.", name=name)


def archived(name: str, *, back: bool) -> str:
    """Say that a campaign is out of the list, or in it again."""
    if back:
        return _("“{name}” is in the list again.", name=name)
    return _("“{name}” is archived: nothing is lost, and it is listed under Archived.", name=name)


def deleted(name: str, customers: int) -> str:
    """Say that a campaign is gone."""
    return plural(
        "“{name}” and its {n} customer are deleted.",
        "“{name}” and its {n} customers are deleted.",
        customers,
        n=words.number(customers),
        name=name,
    )


def _length(audience: Audience) -> int:
    return (audience.draft.ends_on - audience.draft.starts_on).days + 1
