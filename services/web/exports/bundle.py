"""The bundle that is being built as a file: ``/export/bundle.csv`` with the query of the tab Baskets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, g
from werkzeug.exceptions import BadRequest

from services.core.refusals import Refusal
from services.serving.rules.builder import Member, Told, tell
from services.web.exports.rules import asked
from services.web.exports.sheets import MARK, Cell, csv_text

if TYPE_CHECKING:
    from services.core.rules.bundle import BreakEven
    from services.desk import Services

HEAD = (
    "product", "product_name", "usual_price", "margin", "orders", "orders_lacking_only_it", "take_up",
    "take_up_low", "take_up_high", "bundle_usual_price", "bundle_price", "bundle_discount", "bundle_orders",
    "bundle_share", "bundle_one_short", "bundle_take_up", "bundle_take_up_low", "bundle_take_up_high",
    "break_even_orders", "break_even_take_up", "bundle_profit", "usual_profit", "break_even_orders_profit",
    "break_even_take_up_profit",
)  # fmt: skip


def install(server: Flask, services: Services) -> None:
    """Add the export of a bundle to ``server``."""

    @server.get("/export/bundle.csv")
    def export_bundle() -> Response:
        release, view, _rules = asked(services)
        try:
            told = tell(release, view.bundle)
        except Refusal as refused:
            raise BadRequest(str(refused)) from None
        g.taken = (release.id, len(told.members), view.bundle.to_query())  # for the audit log
        headers = {"Content-Disposition": 'attachment; filename="bundle.csv"'}
        return Response(written(told), mimetype="text/csv", headers=headers)


def written(told: Told) -> str:
    """Write a bundle as CSV, a row a product: shares 0–1, prices exact, an empty cell if not known."""
    whole = _bundle(told)
    return MARK + csv_text([HEAD, *([*_member(member), *whole] for member in told.members)])


def _member(member: Member) -> list[Cell]:
    up = member.take_up
    named: list[Cell] = [member.code, member.name, member.price, member.margin]
    return [*named, member.orders, member.short, up.share, up.low, up.high]


def _bundle(told: Told) -> list[Cell]:
    terms, up = told.terms, told.take_up
    priced: list[Cell] = [told.usual, *((terms.price, terms.discount) if terms else (None, None))]
    counted: list[Cell] = [told.together, told.together / told.orders, told.short, up.share, up.low, up.high]
    profit: list[Cell] = [told.profit, told.usual_profit]
    return [*priced, *counted, *_even(told.in_sales), *profit, *_even(told.in_profit)]


def _even(even: BreakEven | None) -> list[Cell]:
    return [even.needed, even.share] if even else [None, None]
