"""Parts of every page, in one look: values in, components out.

How a tab is built, in ten lines
--------------------------------
1.  ``layouts/ids.py``: add an enum of the tab's ids, ``<tab>-<what>-<kind>``.
2.  ``layouts/<tab>.py``: ``layout(**query)`` returns ``html.Div([page_head(…), grid([card(…), …])])``: the frame with
    skeletons, no data, defaults for every argument; it is called without arguments once, and for every visit.
3.  One function per state (``before()``, ``found(answer)``, ``nothing(…)``) turns values into components; all text of
    numbers, money and dates comes from ``layouts.words``.
4.  Figures: ``layouts/figures/<tab>.py`` returns plain dicts; colours are ``layouts.palette`` names (``var(--…)``), long
    arrays ``figures.theme.packed``; place them with ``figures.theme.graph(id, label, height)``. No template inside.
5.  ``callbacks/<tab>.py``: ``register(app, services)``. Data callbacks take ``Input(ids.Shell.ADDRESS, "search")`` or a
    control of the tab, and ``State(ids.Shell.RELEASE, "data")`` → ``services.releases.at(id)``. The page's content
    appears after the address, so initial calls run by themselves.
6.  Filters are written with ``Output(ids.Shell.ADDRESS, "search", allow_duplicate=True)``; to change the page use
    ``dcc.Link`` (or ``html.A`` for downloads).
7.  What a click starts has ``prevent_initial_call=True`` and ``running=[(Output(button, "disabled"), True, False)]``.
8.  Refusals: catch ``Refusal``, put ``refusal(str(error))`` into the field's error line, clear the old result. Nothing to
    show: ``empty(…)``. Defects: let them rise; the shell tells the reader and resets the outputs.
9.  Grids: ``dag.AgGrid(className="sd-ag", dashGridOptions={"theme": {"function": "themeQuartz"}}, …)``; functions
    ``money(params.value)``, ``moneySum``, ``number(v, decimals)``, ``share(v, decimals)``, ``day``; renderers
    ``SegmentCell``, ``ClusterCell``, ``CustomerLink``, ``ProductCell`` (see ``assets/grid.js``); purge with
    ``ClientsideFunction("desk", "purge")``.
10. CSS that only the tab needs: ``assets/<tab>.css``, classes with the prefix ``sd-``; colours by token name only.
"""

from layouts.components.badges import (
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
from layouts.components.cards import (
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
from layouts.components.forms import field
from layouts.components.states import alert, banner, caution, empty, failure, refusal, skeleton, toast
from layouts.components.tables import Cell, Column, bars, table

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
    "toast",
    "track",
    "unseen",
]
