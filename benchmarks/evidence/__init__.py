"""Trials of what the product says of its data: how often each claim holds where the answer is known."""
