"""The words of the list of campaigns, of their intervals and of what is done with one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from layouts import words
from layouts.audiences.words import STAGES

if TYPE_CHECKING:
    from services.campaigns.measuring import Result
    from services.campaigns.revenue import Revenue
    from services.campaigns.standings import Standing
    from services.site.customers.audiences import Audience

STATES = {"": "All", **STAGES, "archived": "Archived"}
VERDICTS = {"higher": "Worked", "lower": "Harmed", "cannot-tell": "Cannot tell", "too-few": "Too few"}
#: What has to be typed before a campaign is deleted.
WORD = "delete"


def of_finished(listed: Sequence[Standing]) -> str:
    """Say how many of the listed campaigns are done, and what came of them."""
    done = [each for each in listed if each.stage == "ended"]
    if not done:
        return f"{words.count(len(listed), 'campaign')}, none of them done yet."
    told = {
        "worked": sum(each.verdict == "higher" for each in done),
        "did harm": sum(each.verdict == "lower" for each in done),
        "cannot be told from chance": sum(each.verdict == "cannot-tell" for each in done),
        "had too few customers or buyers to tell": sum(each.verdict in ("too-few", None) for each in done),
    }
    said = [f"{words.number(count)} {what}" for what, count in told.items() if count]
    return f"{words.count(len(done), 'campaign')} done: {words.listing(said)}."


def none_in(state: str) -> str:
    """Say that no campaign is in a state."""
    return f"No campaign is {STATES[state].lower()}" if state else "All campaigns are archived"


def of_state(audience: Audience, found: Standing) -> tuple[str, str]:
    """Name the state: ``Day 26 of 30``; and say what comes next, where something does."""
    if audience.archived:
        return STATES["archived"], STAGES[found.stage]
    name = STAGES[found.stage]
    if found.stage == "running":
        name = f"Day {words.number(found.day)} of {words.number(_length(audience))}"
    if found.stage in ("planned", "running"):
        return name, ready_on(audience)
    return name, ""


def ready_on(audience: Audience) -> str:
    """Say when the result can be read: on the day after the last one."""
    day = audience.draft.ends_on + timedelta(days=1)
    return f"Result ready on {words.date_short(day.isoformat())}"


def of_days(audience: Audience) -> str:
    """Say on which days it runs; of a draft, how many."""
    draft = audience.draft
    if not audience.started:
        return words.days(_length(audience))
    return f"{words.date_short(draft.starts_on.isoformat())} – {words.date_short(draft.ends_on.isoformat())}"


def of_customers(audience: Audience) -> str:
    """Say how many customers are in it, and how many of them are held out."""
    both = audience.treated + audience.holdout
    return f"{words.number(both)}, {words.number(audience.holdout)} held out"


def of_amount(amount: float | None) -> str:
    """Write what was worked out when it was saved; a dash where it was not known."""
    return words.NOTHING if amount is None else words.money_short(amount)


def of_difference(found: Standing) -> str:
    """Say a difference of purchase rates with its interval: ``+11.1 points (2.3 to 19.9)``."""
    if found.difference is None or found.low is None or found.high is None:
        return words.NOTHING
    middle, low, high = (words.change(100 * each, 1) for each in (found.difference, found.low, found.high))
    return f"{middle} points ({low} to {high})"


def of_result(found: Standing) -> str:
    """Name the verdict on the purchase rate; a dash before the campaign runs."""
    if found.stage == "ended":
        return VERDICTS[found.verdict or "too-few"]
    return "Too early" if found.stage == "running" else words.NOTHING


def of_outcomes(result: Result, revenue: Revenue | None) -> str:
    """Say of both outcomes which way they went."""
    if result.stage != "ended":
        return "The verdict is given after the last day."
    rate = result.rate.verdict if result.rate else "too-few"
    first = {"higher": "More people ordered", "lower": "Fewer people ordered"}.get(
        rate, "Whether more people ordered cannot be told"
    )
    spend = revenue.verdict if revenue else "too-few"
    second = {"higher": "revenue per customer rose", "lower": "revenue per customer fell"}.get(
        spend, "whether revenue rose cannot be told"
    )
    return f"{first}; {second}."


def of_look(result: Result, *, grey: bool) -> str:
    """Say what dashes, dark lines and grey mean in the pictures of intervals."""
    told = "A dark one excludes zero." if result.stage == "ended" else "They are dashed until the last day."
    return f"{told} Grey: differences too small for groups like these to detect." if grey else told


def of_interval(name: str, low: str, difference: str, high: str, verdict: str) -> str:
    """Say a picture of an interval to those who cannot see it."""
    return f"{name}: {difference}, 95 % interval {low} to {high}. {verdict}."


def of_start(audience: Audience, days: tuple[str, str]) -> str:
    """Say on which days a draft would run."""
    return (
        f"Started now, it runs from {words.date(days[0])} to {words.date(days[1])}: "
        f"{words.days(_length(audience))}, after the last day of the data."
    )


def of_deleting(audience: Audience) -> str:
    """Say what is deleted for good, and what stays."""
    both = words.count(audience.treated + audience.holdout, "customer")
    return (
        f"Deleting permanently removes the list of {both}, the record of who was held out and, with it, the "
        "result. The log still shows that there was a campaign with this number. Files already exported and "
        "contacts already sent to another tool stay where they are; what is still to be sent is not sent."
    )


def started(name: str) -> str:
    """Say that a draft has been started."""
    return f"“{name}” is started. Export its list and send the campaign to those customers only."


def renamed(name: str) -> str:
    """Say that a campaign has another name; the groups were drawn by the first one."""
    return f"This campaign is now called “{name}”. Everyone stays in the same group."


def archived(name: str, *, back: bool) -> str:
    """Say that a campaign is out of the list, or in it again."""
    if back:
        return f"“{name}” is in the list again."
    return f"“{name}” is archived: nothing is lost, and it is listed under Archived."


def deleted(name: str, customers: int) -> str:
    """Say that a campaign is gone."""
    return f"“{name}” and its {words.count(customers, 'customer')} are deleted."


def _length(audience: Audience) -> int:
    return (audience.draft.ends_on - audience.draft.starts_on).days + 1
