"""Who signs in in the tests of accounts, from where, and when."""

PASSWORD = "four words and umlauts: äöü"
KEY = "k" * 32
HERE = "10.0.0.1"


class Clock:
    """Seconds that a test sets."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def sign_in(sessions, name="ana@example.org", password=PASSWORD, address=HERE, device=None):
    """Sign in, and return the session."""
    return sessions.sign_in(name, password, address, device=device)
