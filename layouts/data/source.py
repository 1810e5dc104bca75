"""Which file a release was made from, how fresh it is, what was detected in it, where its rows went."""

from __future__ import annotations

from collections.abc import Sequence
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
    PLACES,
    ROLES,
    SEPARATORS,
    as_written,
    facts,
    lacking,
    sentences,
    size,
)
from layouts.parts import Column, bars, card, empty, kpi, kpis, table, term, track
from layouts.parts.cards import Content
from layouts.parts.late_tables import written
from services.core.how_read import how_read
from services.core.left_out import words_of

if TYPE_CHECKING:
    from services.serving.release.provenance import Provenance

_DIGITS = 12


def sub(found: Provenance, time_zone: str) -> str:
    """Say which data and which release the page describes."""
    manifest = found.manifest
    made = f"made {words.date_time(manifest.made_at)} ({time_zone})"
    name = manifest.preset_definition["name"]
    return f"Data to {words.date(manifest.data_to)}. Release {manifest.id}, preset {name}, {made}."


def figures(found: Provenance) -> html.Dl:
    """Return the strip of key figures."""
    manifest = found.manifest
    rows, countries = manifest.rows, len(found.overview.countries)
    cells = [
        kpi("Data to", words.date_short(manifest.data_to), base=_ago(found.age_today)),
        kpi("Rows used", words.number(rows.kept), base=f"of {words.number(rows.read)} in the file"),
        kpi(
            "Customers",
            words.number(manifest.customers),
            base=f"in {words.count(countries, 'country', 'countries')}" if countries else "",
        ),
    ]
    if found.of_customers:
        return kpis([*cells, kpi("Spend", words.money_sum(found.revenue), base="as the table gives it")])
    returned, share = found.overview.glance.returns, found.returned_share
    return kpis(
        [
            *cells,
            kpi(
                words.revenue_name(after_returns=returned.matched is not None),
                words.money_sum(found.revenue),
                base=f"from {words.count(found.orders, 'order')}",
            ),
            kpi(
                "Returned",
                words.money_sum(returned.amount),
                base=f"{words.share(share, 1)} of revenue" if share else "",
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
        return f"The newest order is dated {words.days(-today)} after today: check the dates in the file."
    old = f"The newest order is {words.days(today)} old"
    if when_made < 0:
        return f"{old}, but was dated in the future when the release was made."
    if when_made == today:
        return f"{old}, as it was when the release was made."
    return f"{old}; it was {words.days(when_made)} when the release was made."


def source(found: Provenance, time_zone: str) -> html.Section:
    """Return the card that names the file."""
    manifest = found.manifest
    file = manifest.source
    digest = html.Details(
        [html.Summary(html.Code(f"{file.sha256[:_DIGITS]}…"), title=file.sha256), html.Code(file.sha256)],
        className="sd-data-digest",
    )
    body = facts(
        [
            *_files(found),
            ("Form", f"{FORMS.get(file.form, file.form)}, {size(file.bytes)}"),
            ("SHA-256", digest),
            ("Orders", f"{words.date(manifest.data_from)} to {words.date(manifest.data_to)}"),
            (term("as-of"), words.date_time(manifest.as_of)),
            (term("release"), html.Code(manifest.id)),
            ("Made", f"{words.date_time(manifest.made_at)} ({time_zone})"),
        ]
    )
    return card("Source", freshness(found.age_when_made, found.age_today), body, width=5)


def _files(found: Provenance) -> list[tuple[str, Content]]:
    """Name the file, or each of several with its rows."""
    files = found.manifest.source.files
    if len(files) < 2:
        return [("File", as_written(found.manifest.source.name))]
    listed = [
        html.Div([as_written(file.name), f": {words.count(file.rows, 'row')}"], title=file.sha256)
        for file in files
    ]
    return [("Files", listed)]


def _place(line: int, file: str | None) -> Component | str:
    """Say where a row stands: its line, and of several files which."""
    number = words.number(line)
    return number if file is None else html.Span([number, " of ", as_written(file)])


def rows(found: Provenance) -> html.Section:
    """Return the card that says where every row went."""
    counted = found.manifest.rows
    gone = counted.read - counted.kept
    lines = [("Used", "All figures are based on these rows.", counted.kept)]
    for rule, count in found.rejected.items():
        name, why = words_of(rule)
        lines.append((name, "This preset does not use it." if rule in found.switched_off else why, count))
    picture = bars(
        [
            [
                html.Span(name),
                track(count / counted.read, "var(--sd-ink-2)" if name == "Used" else None),
                html.Span(words.number(count), className="sd-num"),
                html.Span(words.share(count / counted.read, 1), className="sd-num sd-muted"),
            ]
            for name, _why, count in lines
        ],
        "minmax(120px, 1.1fr) minmax(40px, 1.4fr) 70px 56px",
    )
    listed = written(
        ["Row", "What it means", Column("Rows", True), Column("Share", True)],
        [[name, why, words.number(count), words.share(count / counted.read, 1)] for name, why, count in lines]
        + [["In the file", "Used and left out together.", words.number(counted.read), words.share(1, 1)]],
        "What happened to the rows",
    )
    note = (
        f"{words.number(counted.kept)} used + {words.number(gone)} left out = {words.number(counted.read)} "
        "in the file. A row counts under the first rule that applies; the table explains each rule."
    )
    details = left_out(found.overview.left_out, found.manifest.source.form)
    body = html.Div([picture, *details])
    return card("Rows", _rows_finding(found), body, table=listed, note=note, width=7, term="left-out")


def _rows_finding(found: Provenance) -> str:
    counted = found.manifest.rows
    if counted.kept == counted.read:
        return f"All {words.count(counted.read, 'row')} of the file are used."
    worst = max(found.rejected, key=lambda rule: found.rejected[rule])
    name = words_of(worst).name
    return (
        f"{words.share(counted.kept / counted.read)} of the rows are used; the largest group of those left "
        f"out is “{name}” ({words.number(found.rejected[worst])})."
    )


def unreadable(found: Provenance) -> list[html.Section]:
    """Return the card that says why rows cannot be read, where there are such rows and the release tells."""
    listed = found.manifest.unreadable
    if not listed:
        return []
    lost = found.rejected["unreadable"]
    first = f"; the first {words.small(len(listed))} are listed." if lost > len(listed) else "."
    finding = (
        f"{words.count(lost, 'row')} could not be read and {'was' if lost == 1 else 'were'} left out{first}"
    )
    place = PLACES.get(found.manifest.source.form, "Line of the file")
    body = table(
        [Column(place), "Why"],
        [[_place(each.line, each.file), as_written(words.capital(each.reason))] for each in listed],
        "Lines and why",
    )
    return [card("Rows that cannot be read", finding, body)]


def detected(found: Provenance) -> html.Section:
    """Return the card that says how the file was read, and what it lacks."""
    seen = found.manifest.detected
    order, example = DATE_ORDERS.get(seen.date_order or "", ("not needed", ""))
    known = [
        ("Encoding", ENCODINGS.get(seen.encoding or "", seen.encoding)),
        ("Separator", SEPARATORS.get(seen.separator or "", seen.separator)),
        ("Decimal sign", DECIMALS.get(seen.decimal or "", seen.decimal)),
        ("Dates", f"{order}: {example}" if example else order),
        ("Amount of each row", MONEY.get(seen.money or "", seen.money)),
        ("Currency", seen.currency),
    ]
    reasons = seen.reasons or {}
    ordered = [role for role in ROLES if role in seen.columns]
    others = [role for role in seen.columns if role not in ROLES]
    columns = table(
        ["Read as", "Column of the file", "Why"],
        [
            [ROLES.get(role, role), as_written(seen.columns[role]), as_written(reasons.get(role, "–"))]
            for role in [*ordered, *others]
        ],
        "Columns that are used",
    )
    parts: list[Component] = [facts([(name, value) for name, value in known if value]), columns]
    if seen.ignored:
        listed: list[Component | str] = ["Not used: "]
        for place, name in enumerate(seen.ignored):
            listed += [", "] * bool(place) + [as_written(name)]
        parts.append(html.P([*listed, "."], className="sd-note"))
    lacks = [NO_PURCHASES] if found.of_customers else lacking(found.lacks)
    if lacks:
        parts.append(html.H3("What is missing from the file", className="sd-data-sub"))
        parts.append(sentences(lacks))
    form = FORMS.get(found.manifest.source.form, found.manifest.source.form).partition(",")[0]
    said = how_read(seen.columns, seen.ignored, found.manifest.layout)
    return card("What was detected", [f"{form}. ", as_written(said)], html.Div(parts), width=6)


def warnings(found: Sequence[str]) -> html.Section:
    """Return the card of warnings: a sentence each, or that there is none."""
    if not found:
        nothing = empty("No warnings", "No warnings from the file or the training.")
        return card("Warnings", None, nothing)
    finding = f"Training gave {words.small(len(found))} {'warning' if len(found) == 1 else 'warnings'}."
    return card("Warnings", finding, sentences([as_written(each) for each in found]))


def _ago(days: int) -> str:
    if days == 0:
        return "today"
    return f"{words.days(days)} ago" if days > 0 else f"{words.days(-days)} ahead"
