"""What the cards of a prediction find: the changes, the distances, and the customers nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from layouts import words
from layouts.predict.words import name_of
from services.core.language.messages import _, plural, sense


def changes_finding(found: Sequence[Any]) -> str:
    """Say what the list of changes lists."""
    return (
        _("The smallest change to one value; the other two stay the same.")
        if found
        else _("No change to a single value leads to another segment.")
    )


def distances_finding(names: Sequence[str], distances: Sequence[float]) -> str:
    """Say how much nearer the first cluster is than the next; both sorted."""
    if len(names) < 2 or distances[0] <= 0:
        return _("Closest to {cluster}.", cluster=names[0])
    times = distances[1] / distances[0]
    if times < 1.05:
        return _("Closest to {cluster}, but the next is about as near.", cluster=names[0])
    return _(
        "Closest to {cluster}; the next is {n} times as far.", cluster=names[0], n=words.number(times, 1)
    )


def people_finding(answer: Any, names: Sequence[str], start: str | None) -> str:
    """Say who is nearest, and whether the form and the stored answers agree where they must.

    Parameters
    ----------
    answer : services.serving.predictions.what_if.Answer
    names : sequence of str
        Of the segments.
    start : str or None
        Id of the customer whose values the form began with.
    """
    first = answer.people[0]
    if first.values == answer.prediction.values:
        alike = (first.cluster, first.segment) == (answer.cluster, answer.segment)
        return _of_the_same(first.customer_id, started=first.customer_id == start, alike=alike)
    same = sum(person.segment == answer.segment for person in answer.people)
    name = name_of(names, answer.segment)
    if len(answer.people) == 1 and same:
        return _("The only customer is in {segment}.", segment=name)
    if len(answer.people) == 1:
        return _("The only customer is not in {segment}.", segment=name)
    return plural(
        "{n} of the {all} nearest is in {segment} too.",
        "{n} of the {all} nearest are in {segment} too.",
        same,
        n=_first_number(same),
        all=words.small(len(answer.people)),
        segment=name,
    )


def _of_the_same(customer: str, *, started: bool, alike: bool) -> str:
    """Say of a customer with the very values whether it stands where the answer does."""
    if started and alike:
        return _(
            "{customer}, the customer you started from, has exactly these values and is in the same segment "
            "and cluster.",
            customer=customer,
        )
    if started:
        return _(
            "{customer}, the customer you started from, has exactly these values and is in another segment "
            "or cluster.",
            customer=customer,
        )
    if alike:
        return _(
            "{customer} has exactly these values and is in the same segment and cluster.", customer=customer
        )
    return _("{customer} has exactly these values and is in another segment or cluster.", customer=customer)


def _first_number(number: int) -> str:
    """Write a count of customers that opens a sentence."""
    said = (
        sense("first word", "None"),
        sense("first word", "One"),
        sense("first word", "Two"),
        sense("first word", "Three"),
        sense("first word", "Four"),
        sense("first word", "Five"),
        sense("first word", "Six"),
    )
    return said[number] if number < len(said) else words.number(number)
