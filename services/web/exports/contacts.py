"""An audience as a file that another tool takes: ``/export/contacts.csv?audience=3&tool=klaviyo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, g
from werkzeug.exceptions import BadRequest, NotFound

from services.campaigns.tool_files import file_of, left_out, reached
from services.core.contacts.tools import TOOLS, tools
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.customers.audiences import Audiences
from services.site.customers.contacts import Contacts
from services.site.customers.opt_outs import OptOuts
from services.site.state import StateUnusable
from services.web.access.parameters import given, release_of, understood
from services.web.exports.sheets import csv_text

if TYPE_CHECKING:
    from services.desk import Services

ROUTE = "/export/contacts.csv"


def install(server: Flask, services: Services) -> None:
    """Add the files for other tools to ``server``."""

    @server.get(ROUTE)
    def export_contacts() -> Response:
        query = given("audience", "tool", "release")
        number, wanted = (query.get(name, [""])[0] for name in ("audience", "tool"))
        release = release_of(services)
        if wanted not in TOOLS:
            raise BadRequest(
                _(
                    "There is no layout “{name}”. There are {layouts}.",
                    name=wanted[:60],
                    layouts=", ".join(TOOLS),
                )
            )
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise BadRequest(_("An audience is a number, such as 3."))
        try:
            store = Audiences(services.state)
            audience = store.one(int(number))
            members = store.members(audience.id)
            found = reached(release, members, OptOuts(services.state), Contacts(services.state))
        except StateUnusable:
            raise
        except Refusal as refused:
            raise NotFound(str(refused)) from None
        file = file_of(tools()[wanted], found)
        reasons = left_out(found, file.unusable)
        out = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
        without = [("without", out)] if out else []
        asked = understood([("audience", audience.id), ("tool", wanted), *without])
        g.taken = (release.id, len(file.contacts), asked)  # for the audit log
        # no mark before the text and no columns of our own: the file is as the tool documents it
        headers = {"Content-Disposition": f'attachment; filename="{wanted}-audience-{audience.id}.csv"'}
        return Response(csv_text(file.rows()), mimetype="text/csv", headers=headers)
