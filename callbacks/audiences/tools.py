"""The card "Files for other tools" of an audience: how many are in each, and who is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layouts.audiences import tools as view
from layouts.plain import plain
from services.campaigns.pushing.composing import reached_now
from services.campaigns.tool_files import file_of, left_out
from services.core.contacts.tools import tools
from services.site.customers.contacts import Contacts

if TYPE_CHECKING:
    from services.campaigns.tool_files import Reached
    from services.desk import Services
    from services.serving.release.loaded import Loaded
    from services.site.customers.audiences import Audience


def reachable_in(services: Services, release: Loaded, audience: int) -> Reached | None:
    """Find whose contacts may leave the site; None where there are no contacts at all.

    Raises
    ------
    StateUnusable
    """
    if not Contacts(services.state).standing().contacts:
        return None
    return reached_now(release, services.state, audience)


def files_for_tools(release: Loaded, audience: Audience, found: Reached | None) -> Any:
    """Return the card of an audience; people opt out and contacts come after it is saved."""
    if found is None:
        return plain(view.no_contacts())
    files = [file_of(tool, found) for tool in tools().values()]
    listed = [view.Listed(each.tool.id, each.tool.name, each.tool.note, len(each.contacts)) for each in files]
    return plain(view.files(audience.id, release.id, listed, len(found.contacts), left_out(found)))
