"""Audiences that are sent to another tool: asked for, taken by a worker, and what became of each."""
