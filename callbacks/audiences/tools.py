"""The card "Files for other tools" of an audience: how many are in each, and who is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layouts.audiences import tools as view
from layouts.plain import plain
from services.campaigns.tool_files import file_of, left_out, reached
from services.core.contacts.tools import tools
from services.site.customers.contacts import Contacts
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded
    from services.site.customers.audiences import Audience, Audiences


def files_for_tools(services: Services, release: Loaded, store: Audiences, audience: Audience) -> Any:
    """Return the card of an audience; people opt out and contacts come after it is saved.

    Parameters
    ----------
    services : Services
    release : Loaded
    store : Audiences
    audience : Audience

    Raises
    ------
    StateUnusable
    """
    contacts = Contacts(services.state)
    if not contacts.standing().contacts:
        return plain(view.no_contacts())
    found = reached(release, store.members(audience.id), OptOuts(services.state), contacts)
    files = [file_of(tool, found) for tool in tools().values()]
    listed = [view.Listed(each.tool.id, each.tool.name, each.tool.note, len(each.contacts)) for each in files]
    return plain(view.files(audience.id, release.id, listed, len(found.contacts), left_out(found)))
