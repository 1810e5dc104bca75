"""The process in which a training runs for the worker: ``python -m services.worker.training``.

One line of JSON on stdin says what to do; stdin then stays open as long as the worker lives. Stdout takes
lines of JSON: ``{"step", "share"}`` when a step starts, at the end ``{"release"}`` or ``{"refused"}``. What
is printed besides, a traceback among it, goes to stderr.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn

from services.core.language.messages import _
from services.site.parents import end_with_parent

if TYPE_CHECKING:
    from services.site.state import State
    from services.training.options import TrainOptions

Report = Callable[[dict[str, Any]], None]
NICE = 10
"""How much the process stands back behind those that answer people."""


def main() -> None:
    """Train as the line on stdin says."""
    order = json.loads(sys.stdin.buffer.readline())
    report = stdout_for_messages()
    end_with_the_worker()
    os.nice(NICE)
    limit_memory(order["memory_mb"])
    _train(order, report)


def limit_memory(memory_mb: int) -> None:
    """Have the system refuse what is far beyond ``memory_mb`` megabytes of the process's own memory.

    The worker ends a training that goes beyond them step by step. Whoever is refused many small pieces may
    try for ever, so the system's limit is a quarter higher and meets only what asks for much at once.
    """
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = memory_mb * 1024 * 1024 * 5 // 4
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _train(order: dict[str, Any], report: Report) -> None:
    # only now: the libraries start threads and take memory when they are loaded
    from services.core.presets import Preset
    from services.core.refusals import Refusal
    from services.releases import WORK, working_folder
    from services.site.customers.forgotten import Forgotten
    from services.site.state import State
    from services.training.options import TrainOptions
    from services.training.run import train

    asked, state_dir = order["asked"], Path(order["state_dir"])
    state = State(state_dir, order["database_url"])
    try:
        options = TrainOptions.of(Preset.model_validate(asked["preset"]), asked["options"], activate=False)
        with working_folder(state_dir / WORK) as scratch:
            files, options = _gathered(order, options, state, scratch)
            manifest = train(
                files,
                Path(order["models_dir"]),
                options,
                work=state_dir / WORK,
                tell=lambda step, share: report({"step": step, "share": share}),
                erased=Forgotten(state).among,
                memory_mb=order["engine_memory_mb"],
            )
        report({"release": manifest.id})
    except Refusal as refusal:
        _decline(report, str(refusal), refusal.field, refusal.option)
    except OSError as fault:
        if not fault.filename:
            raise
        sentence = _(
            "“{file}” cannot be read or written: {why}. Nothing was changed.",
            file=fault.filename,
            why=fault.strerror,
        )
        _decline(report, sentence)
    finally:
        state.close()


def _gathered(
    order: dict[str, Any], options: TrainOptions, state: State, scratch: Path
) -> tuple[list[Path], TrainOptions]:
    """Give the files that were asked for, or those that the ledger has now, and what is said of each."""
    from services.brought.training import gather_ledger
    from services.site.ledger import Ledger
    from services.site.ledger.retention import expire
    from services.site.people.audit import Audit, What

    if not order["asked"].get("ledger"):
        return [Path(file) for file in order["asked"]["files"]], options
    ledger = Ledger(Path(order["state_dir"]))
    if ledger.entries() and order["ledger_months"] is not None:
        with ledger.changing():
            gone = expire(ledger, order["ledger_months"])
        for entry in gone:
            Audit(state).add(order["who"], What.LEDGER, entry.name, rows=entry.rows, result="expired")
    return gather_ledger(ledger, options, scratch)


def _decline(report: Report, sentence: str, field: str | None = None, option: str | None = None) -> None:
    report({"refused": {"message": sentence, "field": field, "option": option}})


def stdout_for_messages() -> Report:
    """Keep stdout for messages: what any library prints goes to stderr from now on."""
    messages = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def report(message: dict[str, Any]) -> None:
        try:
            print(json.dumps(message), file=messages, flush=True)
        except BrokenPipeError:
            _end_with_all()

    return report


def end_with_the_worker() -> None:
    """Have the end of the worker be this process's: Linux sees to it, the end of stdin elsewhere."""
    end_with_parent(os.getppid())
    Thread(target=_wait_for_the_end_of_stdin, daemon=True).start()


def _wait_for_the_end_of_stdin() -> None:
    os.read(sys.stdin.fileno(), 1)
    _end_with_all()


def _end_with_all() -> NoReturn:
    """End this process with all that it started, where the worker made it a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
