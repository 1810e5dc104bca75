"""One's own digests: who signs in asks for them, sees what became of the last, and ends them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from flask import Flask, Response, g, make_response, render_template_string, request
from werkzeug.exceptions import BadRequest

from services.core.language.again import again
from services.core.language.catalogues import in_language, names, of_locale
from services.core.language.messages import _, language, later
from services.core.refusals import NotFound, Refusal
from services.site.digests.due import Standing, standings
from services.site.digests.receivers import offered
from services.site.digests.sendings import Stage
from services.site.digests.subscriptions import Subscriptions
from services.site.digests.when import LAST_DAY, rhythm_of
from services.site.settings import Settings
from services.site.state import State, StateUnusable
from services.web.pages.moments import day, moment

TEMPLATE = (Path(__file__).parent / "digest.html").read_text(encoding="utf-8")
MOST_BYTES = 10_000
CHANNELS = {"mail": later("Mail"), "slack": later("Slack"), "webhook": later("Webhook")}
STATES = {
    Stage.SENDING: later("That of {day} is being sent"),
    Stage.WAITING: later("That of {day} was not accepted yet and is tried again"),
    Stage.SENT: later("That of {day} was sent"),
    Stage.FAILED: later("That of {day} was not accepted and is not tried again"),
    Stage.UNKNOWN: later("That of {day} may not have arrived; it is not sent twice"),
}
"""What became of the last digest."""
WEEK = (
    later("Monday"),
    later("Tuesday"),
    later("Wednesday"),
    later("Thursday"),
    later("Friday"),
    later("Saturday"),
    later("Sunday"),
)


def install(server: Flask, settings: Settings, state: State, head: str) -> None:
    """Add ``/digest`` to ``server``.

    Parameters
    ----------
    server : Flask
    settings : Settings
    state : State
    head : str
        The style sheets and the theme script.
    """

    def page(*, status: int = 200, done: str = "", refused: str = "") -> Response:
        name = g.person.name
        own = [each for each in standings(settings, state) if each.subscription.account == name]
        shown = render_template_string(
            TEMPLATE,
            head=head,
            own=own,
            channels={each: CHANNELS[each]() for each in offered(settings)},
            named=CHANNELS,
            written_in=written_in,
            next_at=_next,
            last=_last,
            days=_days(),
            zones=sorted(available_timezones()),
            asked=request.form if refused else {},
            zone=settings.time_zone,
            address=name if "@" in name else "",
            done=done,
            refused=refused,
        )
        return make_response(shown, status)

    def written_in(code: str | None) -> str:
        return names()[of_locale(in_language(settings.locale, code)).code]

    @server.get("/digest")
    def digest_page() -> Response:
        return page()

    @server.post("/digest")
    def change_digest() -> Response:
        request.max_content_length = MOST_BYTES
        change, name = request.form.get("change", ""), g.person.name
        if change not in ("add", "remove"):
            raise BadRequest(_("The form names no change that can be made here."))
        try:
            if change == "remove":
                Subscriptions(state).remove(_number(request.form.get("id", "")), name, name)
                return page(done=_("The digest has ended."))
            said = _added(settings, state, name)
        except StateUnusable as refusal:
            return page(status=503, refused=str(refusal))
        except NotFound as refusal:
            return page(status=404, refused=str(refusal))
        except Refusal as refusal:
            return page(status=400, refused=str(refusal))
        return page(done=said)


def _added(settings: Settings, state: State, name: str) -> str:
    """Keep what the form asks for, and say when the first digest comes."""
    given = {field: request.form.get(field, "") for field in ("channel", "address", "days", "hour", "zone")}
    every, _dash, on = given["days"].partition("-")
    rhythm = rhythm_of(every, _number(on), _number(given["hour"]), given["zone"])
    link = request.host_url.rstrip("/")
    made = Subscriptions(state).add(
        name, given["channel"], given["address"], rhythm, link, settings, language=language().code
    )
    first = _local(rhythm.next(made.made_at).at, rhythm.zone)
    return _("You get a digest {when}. The first one comes on {first}.", when=rhythm.said, first=first)


def _days() -> dict[str, dict[str, str]]:
    """Return what can be chosen, by what stands above it: the form's value and its words."""
    return {
        _("Every week"): {f"weekly-{place}": said() for place, said in enumerate(WEEK, 1)},
        _("Every month"): {
            **{f"monthly-{n}": _("day {n} of the month", n=n) for n in range(1, LAST_DAY)},
            f"monthly-{LAST_DAY}": _("last day of the month"),
        },
    }


def _next(standing: Standing) -> str:
    rhythm = standing.subscription.rhythm
    return _local(rhythm.next(datetime.now(UTC)).at, rhythm.zone)


def _last(standing: Standing) -> str:
    """Say what became of the last digest; nothing before there was one."""
    latest = standing.latest
    if latest is None:
        return ""
    said = STATES[latest.state](day=day(date.fromisoformat(latest.period)))
    if not latest.reason:
        return said
    return _("{what_became}: {reason}", what_became=said, reason=again(latest.reason))


def _local(at: datetime, zone: str) -> str:
    return moment(at.astimezone(ZoneInfo(zone)))


def _number(text: str) -> int:
    """Return a number that a form's menu gave; −1 for anything else, which nothing has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1
