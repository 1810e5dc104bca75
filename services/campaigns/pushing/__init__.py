"""Audiences that go to another tool: asked for on a page or by a command, written and sent by a worker."""
