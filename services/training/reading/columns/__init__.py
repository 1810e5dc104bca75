"""Which column plays which role, told by its name and by what it holds."""
