"""What the HTTP API answers about saved campaigns, as types."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from services.web.api.answers import Answer


class CampaignGroup(Answer):
    """Those who got a campaign, or those held out, as far as they are in the release."""

    customers: int
    buyers: int
    revenue: float


class CampaignResult(Answer):
    """Purchases of both groups within the campaign's days, as far as the release's data reaches."""

    treated: CampaignGroup
    held_out: CampaignGroup
    difference: float = Field(description="Of the purchase rates, campaign minus holdout, -1 to 1.")
    low: float | None = Field(description="Of its 95 % interval; null where the groups are too small.")
    high: float | None
    verdict: Literal["higher", "lower", "cannot-tell", "too-few"] | None = Field(
        description="Null before the last day."
    )


class CampaignPush(Answer):
    """What became of an audience that was sent to another tool, in customers."""

    id: int
    receiver: str
    asked_at: datetime
    state: Literal["waiting", "sending", "done"]
    queued: int
    accepted: int
    refused: int = Field(description="Certainly not accepted.")
    unsure: int = Field(description="Possibly accepted: no clear answer came.")
    left_out: int = Field(description="Who opted out, or has no address any more, before they were sent.")
    ended_at: datetime | None
    reason: str | None = Field(description="Why a try was not accepted, the last that was not.")


class Campaign(Answer):
    """A saved audience with its campaign."""

    id: int
    name: str
    state: Literal["draft", "planned", "running", "ended"] = Field(
        description="By the days that the release's data covers."
    )
    archived: bool
    owner: str
    playbook: str = Field(description="What the customers get.")
    described: str = Field(description="The view that it was saved from.")
    made_at: datetime
    release: str = Field(description="The release that it was saved from.")
    starts_on: date = Field(description="For a draft, the first day that it was planned for.")
    ends_on: date
    treated: int
    held_out: int
    spend_anyway: float | None = Field(
        description="What all its customers would spend without it, as of saving; null where unknown."
    )
    point_worth: float | None = Field(description="What each further point of buyers is worth; as above.")
    result: CampaignResult | None = Field(description="Null where nothing can be compared.")
    pushes: list[CampaignPush] = Field(description="To another tool, the latest first.")
