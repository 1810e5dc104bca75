"""The process in which a source is renewed for the worker: ``python -m services.worker.renewing``.

One line of JSON on stdin says which source, and of a folder which files; the settings are the worker's own.
Stdout takes lines of JSON: ``{"file"}`` before a file is read, at the end ``{"changed", "held"}`` or
``{"refused"}``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from services.core.language.messages import _
from services.worker.training import NICE, Report, end_with_the_worker, limit_memory, stdout_for_messages


def main() -> None:
    """Renew the source that the line on stdin names."""
    order = json.loads(sys.stdin.buffer.readline())
    report = stdout_for_messages()
    end_with_the_worker()
    os.nice(NICE)
    limit_memory(order["memory_mb"])
    _renew(order, report)


def _renew(order: dict[str, Any], report: Report) -> None:
    # only now: the libraries start threads and take memory when they are loaded
    from services.brought.asking import preset_of
    from services.brought.renewing import Renewing
    from services.core.refusals import Refusal
    from services.site.settings import Settings
    from services.site.sources import FOLDER, configured
    from services.site.sources.folder import Found
    from services.site.state import State

    settings = Settings.from_environment()
    state = State(settings.state_dir, settings.database_url)
    try:
        (source,) = (each for each in configured(settings) if each.name == order["source"])
        if settings.source_train:
            preset_of(settings, state)  # one that is missing is said before anything changes
        renewing = Renewing(settings, state)
        if source.name == FOLDER:
            files = [Found(Path(path), size, changed) for path, size, changed in order["files"]]
            renewed = renewing.folder(source, files, lambda file: report({"file": files.index(file)}))
        else:
            renewed = renewing.database(source)
        report({"changed": renewed.done.changed, "held": renewed.done.held})
    except Refusal as refusal:
        report({"refused": str(refusal)})
    except OSError as fault:
        if not fault.filename:
            raise
        sentence = _("“{file}” cannot be read or written: {why}.", file=fault.filename, why=fault.strerror)
        report({"refused": sentence})
    finally:
        state.close()


if __name__ == "__main__":
    main()
