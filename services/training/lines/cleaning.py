"""The cleaning rules: which lines are left out, each by the first rule that takes it.

Nothing is deleted here. ``clean`` only names the rule beside the line, so kept and rejected lines
always add up to the lines read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import narwhals as nw

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.training.lines.cancellations import cancelled

RETURNED = "returned"
"""Takes purchases of which nothing is left: after all others, by ``services.training.lines.returns``."""

NO_LINE = "not an order line"
"""How the reason ``unreadable`` begins where an export has rows beside its lines."""

RULES = (
    "no_line",
    "unreadable",
    "no_customer",
    "future",
    "status",
    "overlap",
    "duplicate",
    "cancellation",
    "refund",
    "quantity",
    "price",
    RETURNED,
)
"""Every rule, in the order in which they are asked; all but ``SOME`` are always counted."""

SOME = ("no_line", "overlap")
"""Rules that are asked and counted only of an export that has other rows too, and of several files."""

LINES_OF_A_FILE = 1 << 40
"""More lines than any file has: those of the n-th further file are numbered from n times this on."""

FORGOTTEN = "forgotten"
"""Takes the lines of customers who were erased, before ``future``; asked only where there are such lines."""

CURRENCY = "currency"
"""Takes the lines in other currencies, after ``unreadable``: what later rules take can be added up."""

BEFORE_OVERLAP = (*RULES[: RULES.index("overlap")], CURRENCY, FORGOTTEN)
"""Rules that are asked before a row is looked for in a later file."""

DEFAULT_RULES = ("duplicate", "cancellation", "refund", "quantity")
"""The rules of the ``standard`` preset beyond those that always apply; free lines stay."""

RETURNS = ("cancellation", "refund")
"""Rules that take what came back."""

TELLS_COPIES = ("invoice", "quantity")
"""Roles that a ledger needs for equal lines to be copies: without them a line may be a piece of several."""


def rules_for(ledger: Mapping[str, bool], *, price: bool, some: Collection[str] = ()) -> tuple[str, ...]:
    """Choose the rules beyond those that always apply.

    Parameters
    ----------
    ledger : mapping
        Role to whether the file has such a column.
    price : bool
        Whether the preset leaves free lines out.
    some : collection of str
        Those of ``SOME`` that are to be asked.

    Returns
    -------
    tuple of str
        Without ``duplicate`` where equal lines may be two pieces: without an order number or a quantity.
    """
    rules = (*DEFAULT_RULES, "price") if price else DEFAULT_RULES
    rules = (*some, *rules)
    told = all(ledger.get(role) for role in TELLS_COPIES)
    return rules if told else tuple(rule for rule in rules if rule != "duplicate")


def clean(
    frame: nw.LazyFrame,
    rules: Collection[str] = DEFAULT_RULES,
    as_of: datetime | None = None,
    forgotten: Collection[str] = (),
    cancel_prefix: str | None = None,
    statuses: Collection[str] = (),
    only_currency: str | None = None,
) -> nw.LazyFrame:
    """Name the rule that takes each line.

    Parameters
    ----------
    frame : LazyFrame, shape (n_lines, >=12)
        The ``read_lines`` table: ``line``, ``customer_id``, ``invoice``, ``bought_at``, ``quantity``,
        ``price``, ``amount``, ``row_key``, ``unreadable`` and others.
    rules : collection of str
        The rules wanted beyond ``unreadable``, ``no_customer``, ``future`` and ``status``, which always
        apply.
    as_of : datetime, optional
        Lines bought after it are ``future``; without it none are.
    forgotten : collection of str
        Ids of customers whose lines are left out.
    cancel_prefix : str, optional
        What the invoices of cancellations begin with, in capitals or not; ``NO_PREFIX`` for nothing. Without
        it the lines decide: see ``services.training.lines.cancellations``.
    statuses : collection of str
        Those that are no sale, as they stand in the column ``status``.
    only_currency : str, optional
        Lines that are in another, or in none, are left out.

    Returns
    -------
    LazyFrame, shape (n_lines, one column more)
        ``rule`` (str) is null for a kept line.

    Raises
    ------
    Refusal
        If a rule has an unknown name.

    Notes
    -----
    ``no_line`` takes rows whose ``unreadable`` begins with ``NO_LINE``.
    ``overlap`` takes what a later file repeats, as the column ``overlap`` says.
    ``duplicate`` keeps one of several equal lines; those an earlier rule took are not counted as
    the first. ``cancellation`` never takes a line without an invoice of its own. ``refund`` takes a
    negative amount or price that stands with a positive quantity, or with none. ``quantity`` takes
    quantities of zero and below. ``price`` takes prices of zero and below, and for a line without a
    price amounts of zero and below.
    """
    unknown = sorted(set(rules) - set(RULES))
    if unknown:
        raise Refusal(
            _(
                "There is no cleaning rule “{rule}”. Choose from {rules}.",
                rule=unknown[0],
                rules=", ".join(RULES),
            ),
            "rules",
        )

    early = _early_rules(rules, as_of, forgotten, statuses, only_currency)
    named = frame.with_columns(rule=first_match(early))
    if "duplicate" in rules:
        named = name_duplicates(named, ["row_key"])
    tests = _late_rules()
    if "cancellation" in rules:
        tests = {"cancellation": cancelled(frame, cancel_prefix), **tests}
    late = {name: test for name, test in tests.items() if name in rules}
    return named.with_columns(rule=nw.coalesce("rule", first_match(late)))


def count_rules(cleaned: nw.LazyFrame, rules: Sequence[str] = RULES) -> dict[str, int]:
    """Count the lines each rule took.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``clean`` gives.
    rules : sequence of str
        Those that were asked.

    Returns
    -------
    dict
        Every rule in order, 0 where it took nothing, then ``kept``; the sum of the
        values is the number of lines.
    """
    counted = cleaned.group_by("rule").agg(lines=nw.len()).collect("pandas").to_native()
    by_rule = {
        rule if isinstance(rule, str) else "kept": int(lines)
        for rule, lines in zip(counted["rule"], counted["lines"], strict=True)
    }
    return {name: by_rule.get(name, 0) for name in (*rules, "kept")}


def count_repeats(cleaned: nw.LazyFrame) -> int:
    """Count the kept lines that equal an earlier kept line."""
    kept = cleaned.filter(nw.col("rule").is_null())
    copies = kept.group_by("row_key").agg(rows=nw.len()).filter(nw.col("rows") > 1)
    counted = copies.select(rows=nw.col("rows").sum(), keys=nw.len()).collect("pandas")
    return int(counted["rows"][0]) - keys if (keys := int(counted["keys"][0])) else 0


def names_of_rules(
    rules: Sequence[str], forgotten: Collection[str], only_currency: str | None = None
) -> tuple[str, ...]:
    """Return the rules that were asked, ``FORGOTTEN`` and ``CURRENCY`` in their place where they were."""
    further = {"no_customer": FORGOTTEN} if forgotten else {}
    if only_currency is not None:
        further["unreadable"] = CURRENCY
    return tuple(name for rule in rules for name in (rule, further.get(rule)) if name)


def _early_rules(
    rules: Collection[str],
    as_of: datetime | None,
    forgotten: Collection[str],
    statuses: Collection[str],
    only_currency: str | None,
) -> dict[str, nw.Expr]:
    no_line = {"no_line": nw.col("unreadable").str.starts_with(NO_LINE)} if "no_line" in rules else {}
    tests = no_line | {"unreadable": ~nw.col("unreadable").is_null()}
    if only_currency is not None:
        tests[CURRENCY] = nw.col("currency").is_null() | (nw.col("currency") != only_currency)
    tests["no_customer"] = nw.col("customer_id").is_null()
    if forgotten:
        tests[FORGOTTEN] = nw.col("customer_id").is_in(sorted(forgotten))
    if as_of is not None:
        tests["future"] = nw.col("bought_at") > nw.lit(as_of)
    if statuses:
        tests["status"] = nw.col("status").is_in(sorted(statuses))
    if "overlap" in rules:
        tests["overlap"] = nw.col("overlap")
    return tests


def _late_rules() -> dict[str, nw.Expr]:
    quantity, price, amount = (nw.col(c) for c in ("quantity", "price", "amount"))
    return {
        "refund": ((amount < 0) | (price < 0)) & (quantity.is_null() | (quantity > 0)),
        "quantity": quantity <= 0,
        "price": (price <= 0) | (price.is_null() & (amount <= 0)),
    }


def first_match(tests: dict[str, nw.Expr]) -> nw.Expr:
    """Give the name of the first test that holds, null where none does."""
    chosen = nw.lit(None, dtype=nw.String)
    for name, test in reversed(tests.items()):
        chosen = nw.when(test).then(nw.lit(name)).otherwise(chosen)
    return chosen


def name_duplicates(named: nw.LazyFrame, keys: list[str]) -> nw.LazyFrame:
    """Give the rule ``duplicate`` to all but the first line of those with equal keys and without a rule."""
    # Grouped rather than windowed: six times faster, and the grouping can spill to disk.
    repeated = (
        named.filter(nw.col("rule").is_null())
        .group_by(*keys)
        .agg(kept_line=nw.col("line").min(), copies=nw.len())
        .filter(nw.col("copies") > 1)
        .select(*keys, "kept_line")
    )
    later = nw.col("rule").is_null() & (nw.col("line") > nw.col("kept_line"))
    return (
        named.join(repeated, on=keys, how="left")
        .with_columns(rule=nw.when(later).then(nw.lit("duplicate")).otherwise("rule"))
        .drop("kept_line")
    )
