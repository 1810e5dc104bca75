"""Settings of signing in with a provider of OpenID Connect, and what is wrong with them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site import setting_values as values
from services.site.people.roles import Role

GROUPS_CLAIM = "groups"
_LONGEST_NAME = 40
_LONGEST_ISSUER = 512


@dataclass(frozen=True)
class OidcSettings:
    """The provider that people can sign in with besides passwords; none without an issuer (decision 101).

    Parameters
    ----------
    oidc_issuer : str or None
        The provider, exactly as it calls itself.
    oidc_client_id, oidc_client_secret : str or None
        What the provider knows this site by.
    oidc_name : str or None
        What people call the provider; the host of its address without it.
    oidc_roles : tuple of (str, Role)
        The role that a group gives; of several the first that stands here.
    oidc_groups_claim : str
        Where the provider's tokens have the groups.
    oidc_password_form : bool
        Whether the sign-in page asks for name and password without being told to.
    """

    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_name: str | None = None
    oidc_roles: tuple[tuple[str, Role], ...] = ()
    oidc_groups_claim: str = GROUPS_CLAIM
    oidc_password_form: bool = True

    @property
    def oidc_called(self) -> str:
        """What the provider is called on pages; where there is none, what accounts of an earlier one need."""
        return self.oidc_name or urlsplit(self.oidc_issuer or "").hostname or _("another service")


def missing(settings: OidcSettings) -> Iterator[Refusal]:
    """Give what is wrong with these settings together, under the name that is missing."""
    needed = {
        "OIDC_CLIENT_ID": (settings.oidc_client_id, "the id that the provider gave this site"),
        "OIDC_CLIENT_SECRET": (settings.oidc_client_secret, "the secret that the provider gave this site"),
        "OIDC_ROLES": (settings.oidc_roles, "the role of each group, such as shop-admins=admin,staff=viewer"),
    }
    if settings.oidc_issuer:
        for name, (given, what) in needed.items():
            if not given:
                yield Refusal(f"OIDC_ISSUER is set: set {name} to {what}.", name)
        return
    alone = [name for name, (given, _what) in needed.items() if given]
    alone += ["OIDC_NAME"] if settings.oidc_name else []
    alone += ["OIDC_GROUPS_CLAIM"] if settings.oidc_groups_claim != GROUPS_CLAIM else []
    alone += [] if settings.oidc_password_form else ["OIDC_PASSWORD_FORM"]
    if alone:
        yield Refusal(f"{alone[0]} is set: name the provider with OIDC_ISSUER.", "OIDC_ISSUER")


def issuer(name: str, given: str) -> str:
    """Take a provider's address, to the letter: a slash at its end is part of the name."""
    usable = values.is_web_address(given) and secure(given) and given.isprintable()
    if not usable or "?" in given or "#" in given or len(given) > _LONGEST_ISSUER:
        raise Refusal(
            f"{name} is not an address such as https://id.example.com/realms/shop: https, without a query. "
            "It is what the provider's own document has as “issuer”.",
            name,
        )
    return given


def secure(address: str) -> bool:
    """Whether nobody on the way reads what goes to an address: https, or this very computer."""
    try:
        parts = urlsplit(address)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return usable and (
        parts.scheme == "https" or (parts.scheme == "http" and values.is_loopback(parts.hostname or ""))
    )


def called(name: str, given: str) -> str:
    """Take what people call the provider."""
    if len(given) > _LONGEST_NAME or not given.isprintable():
        raise Refusal(f"{name} has to be a name of {_LONGEST_NAME} characters at most.", name)
    return given


def roles(name: str, given: str) -> tuple[tuple[str, Role], ...]:
    """Take ``group=role`` pairs with commas between; an equals sign within a group belongs to it."""
    found: dict[str, Role] = {}
    for part in given.split(","):
        group, _equals, role = (word.strip() for word in part.rpartition("="))
        if not group or role not in set(Role):
            raise Refusal(
                f"{name} has “{part.strip()[:80]}”: give a group and its role, such as staff=viewer, "
                f"with commas between. Roles are {', '.join(Role)}.",
                name,
            )
        if group in found:
            raise Refusal(f"{name} names the group {group[:80]} twice: leave one of them out.", name)
        found[group] = Role(role)
    return tuple(found.items())


READERS: dict[str, Callable[[str, str], object]] = {
    "OIDC_ISSUER": issuer,
    "OIDC_CLIENT_ID": values.text,
    "OIDC_CLIENT_SECRET": values.text,
    "OIDC_NAME": called,
    "OIDC_ROLES": roles,
    "OIDC_GROUPS_CLAIM": values.text,
    "OIDC_PASSWORD_FORM": values.switch,
}
