"""Parts of every page, in one look: values in, components out.

How a tab is built, in ten lines
--------------------------------
1.  ``layouts/<tab>/ids.py``: an enum of the tab's ids, ``<tab>-<what>-<kind>``.
2.  ``layouts/<tab>/frame.py``: ``layout(**query)`` returns ``html.Div([page_head(…), grid([card(…), …])])``:
    the frame with skeletons, no data; Dash calls it once without arguments and again for every visit.
3.  One function per state (``before()``, ``found(answer)``, ``nothing(…)``) turns values into components.
    All text of numbers, money and dates comes from ``layouts.words``.
4.  ``layouts/<tab>/figures.py`` returns plain dicts without a template: colours are names from
    ``layouts.palette`` (``var(--…)``), long arrays ``theme.packed(…)``; ``theme.graph(id, label, height)``
    places them in a card.
5.  ``callbacks/<tab>/wiring.py``: ``register(app, services)``. Data callbacks have ``Input(Shell.ADDRESS,
    "search")`` or a control of the tab, and ``State(Shell.RELEASE, "data")`` for
    ``services.releases.at(id)``; the State is set before any callback runs, and callbacks whose outputs are
    on the page run by themselves when it opens.
6.  Filters: ``Output(Shell.ADDRESS, "search", allow_duplicate=True)``. Another page: ``dcc.Link``. Files:
    ``html.A``.
7.  What a click starts has ``prevent_initial_call=True`` and ``running=[(Output(button, "disabled"), True,
    False)]``.
8.  A field's refusal: catch ``Refusal``, put ``refusal(str(error))`` into its error line, clear the old
    result. Nothing to show: ``empty(…)``. Whatever else is raised, the shell tells the reader and resets
    the outputs; a ``Refusal`` that rises is shown as an empty state with its sentence.
9.  Grids: ``dag.AgGrid(className="sd-ag", dashGridOptions=grid_options(rowHeight=36))``, of ``grids``;
    functions ``money(params.value)``, ``moneySum``, ``number(v, decimals)``, ``share(v, decimals)``,
    ``day(v)``; renderers ``SegmentCell``, ``ClusterCell``, ``CustomerLink``, ``ProductCell``
    (``assets/grid.js``). On a filter of the page: ``ClientsideFunction("desk", "purge")``, whose last
    argument is the grid's id.
10. CSS that only the tab needs: ``assets/<tab>/``, classes with the prefix ``sd-``, colours by token
    only.
"""

from layouts.parts.badges import (
    cluster_cells,
    cluster_chip,
    customer_address,
    customer_link,
    glyph_style,
    icon,
    score_dots,
    segment_badge,
    segment_cells,
    spark,
    track,
    unseen,
)
from layouts.parts.cards import (
    Content,
    breadcrumb,
    button,
    card,
    chip,
    copy_link_button,
    filter_bar,
    grid,
    kpi,
    kpis,
    link_button,
    page_head,
    stack,
)
from layouts.parts.forms import field
from layouts.parts.states import (
    alert,
    banner,
    caution,
    empty,
    failure,
    refusal,
    skeleton,
    toast,
    without_release,
)
from layouts.parts.tables import Cell, Column, bars, table
from layouts.parts.terms import term

__all__ = [
    "Cell",
    "Column",
    "Content",
    "alert",
    "banner",
    "bars",
    "breadcrumb",
    "button",
    "card",
    "caution",
    "chip",
    "cluster_cells",
    "cluster_chip",
    "copy_link_button",
    "customer_address",
    "customer_link",
    "empty",
    "failure",
    "field",
    "filter_bar",
    "glyph_style",
    "grid",
    "icon",
    "kpi",
    "kpis",
    "link_button",
    "page_head",
    "refusal",
    "score_dots",
    "segment_badge",
    "segment_cells",
    "skeleton",
    "spark",
    "stack",
    "table",
    "term",
    "toast",
    "track",
    "unseen",
    "without_release",
]
