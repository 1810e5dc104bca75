"""A provider of OpenID Connect: its document, its keys, and what it says of people (decision 101)."""
