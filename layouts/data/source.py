"""Which file a release was made from, how fresh it is, what was detected in it, where its rows went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.data.left_out import left_out
from layouts.data.words import (
    DATE_ORDERS,
    DECIMALS,
    ENCODINGS,
    FORMS,
    MONEY,
    NO_PURCHASES,
    ROLES,
    SEPARATORS,
    ago,
    as_written,
    facts,
    lacking,
    row_count,
    sentences,
    size,
)
from layouts.parts import Column, bars, card, kpi, kpis, table, term, track
from layouts.parts.cards import Content
from layouts.parts.late_tables import written
from services.core.how_read import how_read
from services.core.language.again import again
from services.core.language.messages import _, later, plural
from services.core.left_out import words_of

if TYPE_CHECKING:
    from services.serving.release.provenance import Provenance

_DIGITS = 12


def sub(found: Provenance, time_zone: str) -> str:
    """Say which data and which release the page describes."""
    manifest = found.manifest
    return _(
        "Data to {day}. Release {release}, preset {preset}, made {made} ({time_zone}).",
        day=words.date(manifest.data_to),
        release=manifest.id,
        preset=manifest.preset_definition["name"],
        made=words.date_time(manifest.made_at),
        time_zone=time_zone,
    )


def figures(found: Provenance) -> html.Dl:
    """Return the strip of key figures."""
    manifest = found.manifest
    rows, countries = manifest.rows, len(found.overview.countries)
    of_file = _("of {n} in the file", n=words.number(rows.read))
    spread = plural("in {n} country", "in {n} countries", countries, n=words.number(countries))
    cells = [
        kpi(_("Data to"), words.date_short(manifest.data_to), base=ago(found.age_today)),
        kpi(_("Rows used"), words.number(rows.kept), base=of_file),
        kpi(_("Customers"), words.number(manifest.customers), base=spread if countries else ""),
    ]
    if found.of_customers:
        spend = kpi(_("Spend"), words.money_sum(found.revenue), base=_("as the table gives it"))
        return kpis([*cells, spend])
    returned, share = found.overview.glance.returns, found.returned_share
    return kpis(
        [
            *cells,
            kpi(
                words.revenue_name(after_returns=returned.matched is not None),
                words.money_sum(found.revenue),
                base=plural("from {n} order", "from {n} orders", found.orders, n=words.number(found.orders)),
            ),
            kpi(
                _("Returned"),
                words.money_sum(returned.amount),
                base=_("{share} of revenue", share=words.share(share, 1)) if share else "",
            ),
        ]
    )


def freshness(when_made: int, today: int) -> str:
    """Say how old the newest order was, and is.

    Parameters
    ----------
    when_made, today : int
        Days from the newest order; below 0 where it lies in the future.
    """
    if today < 0:
        return _(
            "The newest order is dated {days} after today: check the dates in the file.",
            days=words.days(-today),
        )
    old = words.days(today)
    if when_made < 0:
        return _(
            "The newest order is {days} old, but was dated in the future when the release was made.", days=old
        )
    if when_made == today:
        return _("The newest order is {days} old, as it was when the release was made.", days=old)
    return _(
        "The newest order is {days} old; it was {then} when the release was made.",
        days=old,
        then=words.days(when_made),
    )


def source(found: Provenance, time_zone: str) -> html.Section:
    """Return the card that names the file."""
    manifest = found.manifest
    file = manifest.source
    digest = html.Details(
        [html.Summary(html.Code(f"{file.sha256[:_DIGITS]}…"), title=file.sha256), html.Code(file.sha256)],
        className="sd-data-digest",
    )
    days = _("{start} to {end}", start=words.date(manifest.data_from), end=words.date(manifest.data_to))
    body = facts(
        [
            *_files(found),
            (_("Form"), f"{FORMS.get(file.form, file.form)}, {size(file.bytes)}"),
            ("SHA-256", digest),
            (_("Orders"), days),
            (term("as-of"), words.date_time(manifest.as_of)),
            (term("release"), html.Code(manifest.id)),
            (_("Made"), f"{words.date_time(manifest.made_at)} ({time_zone})"),
        ]
    )
    return card(_("Source"), freshness(found.age_when_made, found.age_today), body, width=5)


def _files(found: Provenance) -> list[tuple[str, Content]]:
    """Name the file, or each of several with its rows."""
    files = found.manifest.source.files
    if len(files) < 2:
        return [(_("File"), as_written(found.manifest.source.name))]
    listed = [
        html.Div([as_written(file.name), f": {row_count(file.rows)}"], title=file.sha256) for file in files
    ]
    return [(_("Files"), listed)]


def rows(found: Provenance) -> html.Section:
    """Return the card that says where every row went."""
    counted = found.manifest.rows
    gone = counted.read - counted.kept
    used = _("Used")
    lines = [(used, _("All figures are based on these rows."), counted.kept)]
    for rule, count in found.rejected.items():
        name, why = words_of(rule)
        lines.append((name, _("This preset does not use it.") if rule in found.switched_off else why, count))
    picture = bars(
        [
            [
                html.Span(name),
                track(count / counted.read, None if place else "var(--sd-ink-2)"),
                html.Span(words.number(count), className="sd-num"),
                html.Span(words.share(count / counted.read, 1), className="sd-num sd-muted"),
            ]
            for place, (name, _why, count) in enumerate(lines)
        ],
        "minmax(96px, 1.1fr) minmax(12px, 1.4fr) 52px 46px",
    )
    listed = written(
        [_("Row"), _("What it means"), Column(_("Rows"), True), Column(_("Share"), True)],
        [[name, why, words.number(count), words.share(count / counted.read, 1)] for name, why, count in lines]
        + [
            [
                _("In the file"),
                _("Used and left out together."),
                words.number(counted.read),
                words.share(1, 1),
            ]
        ],
        _("What happened to the rows"),
    )
    note = _(
        "{used} used + {out} left out = {read} in the file. A row counts under the first rule that applies; "
        "the table explains each rule.",
        used=words.number(counted.kept),
        out=words.number(gone),
        read=words.number(counted.read),
    )
    details = left_out(found.overview.left_out, found.manifest.source.form)
    body = html.Div([picture, *details])
    return card(later("Rows"), _rows_finding(found), body, table=listed, note=note, width=7, term="left-out")


def _rows_finding(found: Provenance) -> str:
    counted = found.manifest.rows
    if counted.kept == counted.read:
        return plural(
            "All {n} row of the file are used.",
            "All {n} rows of the file are used.",
            counted.read,
            n=words.number(counted.read),
        )
    worst = max(found.rejected, key=lambda rule: found.rejected[rule])
    return _(
        "{share} of the rows are used; the largest group of those left out is “{group}” ({rows}).",
        share=words.share(counted.kept / counted.read),
        group=words_of(worst).name,
        rows=words.number(found.rejected[worst]),
    )


def detected(found: Provenance) -> html.Section:
    """Return the card that says how the file was read, and what it lacks."""
    seen = found.manifest.detected
    order = DATE_ORDERS.get(seen.date_order or "")
    known = [
        (_("Encoding"), ENCODINGS.get(seen.encoding or "", seen.encoding)),
        (_("Separator"), SEPARATORS.get(seen.separator or "", seen.separator)),
        (_("Decimal sign"), DECIMALS.get(seen.decimal or "", seen.decimal)),
        (_("Dates"), f"{order[0]}: {order[1]}" if order else _("not needed")),
        (_("Amount of each row"), MONEY.get(seen.money or "", seen.money)),
        (_("Currency"), seen.currency),
    ]
    reasons = {role: again(why) for role, why in (seen.reasons or {}).items()}
    ordered = [role for role in ROLES if role in seen.columns]
    others = [role for role in seen.columns if role not in ROLES]
    columns = table(
        [_("Read as"), _("Column of the file"), _("Why")],
        [
            [
                str(ROLES.get(role, role)),
                as_written(seen.columns[role]),
                as_written(again(reasons.get(role, "–"))),
            ]
            for role in [*ordered, *others]
        ],
        _("Columns that are used"),
    )
    parts: list[Component] = [facts([(name, str(value)) for name, value in known if value]), columns]
    if seen.ignored:
        listed: list[Component | str] = [_("Not used:"), " "]
        for place, name in enumerate(seen.ignored):
            listed += [", "] * bool(place) + [as_written(name)]
        parts.append(html.P([*listed, "."], className="sd-note"))
    lacks = [NO_PURCHASES()] if found.of_customers else lacking(found.lacks)
    if lacks:
        parts.append(html.H3(_("What is missing from the file"), className="sd-data-sub"))
        parts.append(sentences(lacks))
    kind = found.manifest.source.form.removesuffix(".gz")
    form = str(FORMS.get(kind, kind))
    said = how_read(seen.columns, seen.ignored, found.manifest.layout)
    return card(_("What was detected"), [f"{form}. ", as_written(said)], html.Div(parts), width=6)
