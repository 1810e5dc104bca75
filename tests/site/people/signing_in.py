"""Who signs in in the tests of accounts, and from where."""

PASSWORD = "four words and umlauts: äöü"
KEY = "k" * 32
HERE = "10.0.0.1"


def sign_in(sessions, name="ana@example.org", password=PASSWORD, address=HERE, device=None):
    """Sign in, and return the session."""
    return sessions.sign_in(name, password, address, device=device)
