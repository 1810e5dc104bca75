"""A digest as a mail, plain and HTML, as a message to Slack, and as JSON for any program."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from layouts.parts.woven import gap

if TYPE_CHECKING:
    from callbacks.digests.told import Link, Section, Told

PAGE = "/digest"
"""Where people ask for digests and end them."""
_ADDRESS = gap("address")
# what Slack takes of one block, and a line of a heading
_LONGEST_BLOCK, _LONGEST_HEAD = 3_000, 150
_FONT = "font-family:Arial,Helvetica,sans-serif"
_BODY = f"margin:0;padding:24px;background:#f6f7f9;color:#1b2430;{_FONT};font-size:15px;line-height:1.5"
_SHEET = "max-width:640px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #d8dde4"
_TITLE = "margin:0 0 12px;font-size:20px;line-height:1.3"
_HEADING = "margin:24px 0 8px;font-size:16px;line-height:1.3"
_LIST = "margin:0 0 8px;padding:0 0 0 20px"
_LINK = "color:#0b5cad"
_FOOT = "margin:28px 0 0;padding:12px 0 0;border-top:1px solid #d8dde4;color:#4a5563;font-size:13px"


def plain(told: Told, site: str) -> str:
    """Return the text of a mail.

    Parameters
    ----------
    told : Told
    site : str
        Where the site is, without a slash at the end.
    """
    parts = ["\n".join(told.opening)] * bool(told.opening)
    for section in told.sections:
        lines = [section.heading.upper(), *(f"- {each}" for each in section.sentences)]
        parts.append("\n".join([*lines, *(f"{each.name}: {site}{each.path}" for each in section.links)]))
    parts.append(f"{told.closing}\n{told.ending.replace(_ADDRESS, site + PAGE)}")
    return "\n\n".join(parts) + "\n"


def html(told: Told, site: str) -> str:
    """Return the same as a page without anything that would have to be fetched. As :func:`plain`."""
    parts = [f'<p style="margin:0 0 8px">{escape(each)}</p>' for each in told.opening]
    parts += [_section(each, site) for each in told.sections]
    page = f'<a href="{escape(site + PAGE)}" style="{_LINK}">{escape(site + PAGE)}</a>'
    foot = f"{escape(told.closing)}<br>{escape(told.ending).replace(_ADDRESS, page)}"
    title = escape(told.subject)
    return (
        f'<!DOCTYPE html>\n<html lang="{told.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n</head>\n"
        f'<body style="{_BODY}">\n<div style="{_SHEET}">\n<h1 style="{_TITLE}">{title}</h1>\n'
        + "\n".join(parts)
        + f'\n<p style="{_FOOT}">{foot}</p>\n</div>\n</body>\n</html>\n'
    )


def slack(told: Told, site: str) -> str:
    """Return the body of a message to Slack, or to what takes its format. As :func:`plain`."""
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": told.subject[:_LONGEST_HEAD]}}
    ]
    blocks += [_block("\n".join(map(_slack, told.opening)))] * bool(told.opening)
    for section in told.sections:
        lines = [f"*{_slack(section.heading)}*", *(f"• {_slack(each)}" for each in section.sentences)]
        blocks.append(_block("\n".join(lines)))
        blocks += [_block(" · ".join(_slack_link(each, site) for each in section.links))] * bool(
            section.links
        )
    ending = _slack(told.ending).replace(_ADDRESS, f"<{_slack(site + PAGE)}>")
    foot = f"{_slack(told.closing)} {ending}"
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": foot}]})
    return json.dumps({"text": told.subject, "blocks": blocks}, ensure_ascii=False)


def as_json(told: Told, site: str) -> str:
    """Return the body of a webhook's message, as docs/contract.md has it. As :func:`plain`."""
    return json.dumps(
        {
            "kind": "digest",
            "language": told.language,
            "subject": told.subject,
            "release": told.release or None,
            "data_to": told.data_to and told.data_to.isoformat(),
            "opening": told.opening,
            "sections": [
                {
                    "heading": each.heading,
                    "sentences": each.sentences,
                    "links": [{"name": link.name, "url": site + link.path} for link in each.links],
                }
                for each in told.sections
            ],
            "closing": told.closing,
            "page": site + PAGE,
        },
        ensure_ascii=False,
    )


def _section(section: Section, site: str) -> str:
    items = "\n".join(f"<li>{escape(each)}</li>" for each in section.sentences)
    links = " · ".join(
        f'<a href="{escape(site + each.path)}" style="{_LINK}">{escape(each.name)}</a>'
        for each in section.links
    )
    below = f'\n<p style="margin:0">{links}</p>' if links else ""
    return (
        f'<h2 style="{_HEADING}">{escape(section.heading)}</h2>\n<ul style="{_LIST}">\n{items}\n</ul>{below}'
    )


def _block(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:_LONGEST_BLOCK]}}


def _slack(text: str) -> str:
    """Write the three signs that Slack reads as its own otherwise."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _slack_link(link: Link, site: str) -> str:
    return f"<{_slack(site + link.path)}|{_slack(link.name).replace('|', '/')}>"
