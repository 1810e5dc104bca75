"""Stands for a training in tests: leaves the same things behind, speaks the same way, takes no time.

Started with nothing but the standard library, as a program of its own.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

RELEASE = "20261121T224500Z-3fa9c1"


def main():
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=end_with_the_worker, daemon=True).start()
    models, work = Path(order["models_dir"]), Path(order["state_dir"]) / "work" / "rows"
    wanted = order["asked"]["options"]
    taken = []
    partial = models / "releases" / f"{RELEASE}.partial"
    with (models / ".training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        work.mkdir(parents=True)
        with (work / ".lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            partial.mkdir(parents=True)
            deeper = subprocess.Popen(["sleep", "60"])
            (models / "pids").write_text(f"{os.getpid()} {deeper.pid}")
            for step in range(wanted.get("steps", 1)):
                say(step="rules", share=step / 10)
                time.sleep(0.02)
            for _ in range(wanted.get("tens_of_megabytes", 0)):
                taken.append(bytearray(10 * 1024 * 1024))
                time.sleep(0.02)
            if "hang" in wanted:
                time.sleep(60)
            if "refuse" in wanted:
                told = {"message": "Say how dates are written.", "field": "date_order"}
                say(refused={**told, "option": "--date-order"})
            if "crash" in wanted:
                raise ZeroDivisionError(wanted["crash"])
            deeper.kill()
            deeper.wait()
            for folder in (partial, *work.iterdir(), work):
                folder.rmdir() if folder.is_dir() else folder.unlink()
    if "refuse" not in wanted:
        say(release=RELEASE)


def say(**message):
    try:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.killpg(0, signal.SIGKILL)


def end_with_the_worker():
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL)


main()
