"""``python -m services <command>``."""

from services.cli import main

main()
