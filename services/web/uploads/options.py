"""What a request says of how a file is to be read, as options of the commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from werkzeug.exceptions import BadRequest

from services.core.language.messages import _

#: Options of ``inspect`` that a request may give, once or several times.
ONCE = (
    *("layout", "date_order", "encoding", "separator", "decimal", "only_currency", "header_row", "sheet"),
    *("cancel_prefix", "accept_unreadable"),
)
SEVERAL = ("columns", "keep_status", "drop_status", "keep_customer", "drop_customer")


def options_of(query: Mapping[str, Sequence[str]]) -> list[str]:
    """Give parameters as options of the command.

    Parameters
    ----------
    query : mapping of str to sequence of str
        Names of ``ONCE`` and ``SEVERAL`` with their values. Each of ``columns`` is ``role=NAME``, or several
        of these parted by commas.

    Raises
    ------
    BadRequest
        If a value is none that an option takes from a request.
    """
    options = []
    for name, values in sorted(query.items()):
        option = f"--{name.replace('_', '-')}"
        if name == "accept_unreadable":
            if list(values) != ["1"]:
                raise BadRequest(_("accept_unreadable takes 1."))
            options.append(option)
            continue
        if name == "layout" and not values[0].replace("-", "").isalnum():
            raise BadRequest(_("layout takes the id of a known export, or none."))
        given = [",".join(values)] if name == "columns" else values
        options += [f"{option}={value}" for value in given]
    return options
