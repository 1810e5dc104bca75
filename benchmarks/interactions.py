"""What a person does: on the site, and the same on the naive dashboard. Equal names are compared."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from benchmarks.recorder import Interaction
from layouts.ids import Baskets, Customers, Shell

TABS = ("Segments", "Customers", "Predict", "Baskets", "Data")
FIGURES = "Look up a customer: the figures"
LOOK_UP = "Look up a customer: the whole page"
PREDICT = "Predict"
FILTER = "Change a filter"
RULES = "Filter rules"
LOADED = (FIGURES, PREDICT)

VALUES = ("30", "5", "1500")
COUNTRIES = ".sd-filters details.sd-add-country"
CONFIDENCE = f"#{Baskets.field('min_confidence')}"
NOOP = Interaction("No-op callback", "/", lambda page: page.click("#count"))


def opened(tab: str) -> str:
    """Return the name of opening a tab."""
    return f"Open {tab}"


def of_site(customer: str) -> list[Interaction]:
    """Return what is done on the site, ``customer`` being one of the release."""
    return [
        *(Interaction(opened(tab), "/data" if tab != "Data" else "/", link(tab)) for tab in TABS),
        Interaction(
            LOOK_UP,
            "/customers",
            lambda page: page.press(f"#{Shell.LOOKUP}", "Enter"),
            prepare=lambda page: page.fill(f"#{Shell.LOOKUP}", customer),
            main=f"{Customers.ID}.children",
            main_name=FIGURES,
        ),
        Interaction(
            PREDICT,
            "/predict",
            lambda page: page.locator("main").get_by_role("button", name=PREDICT).first.click(),
            prepare=_fill,
        ),
        Interaction(FILTER, "/", _choose, prepare=_open_filter),
        Interaction(RULES, "/baskets", lambda page: page.press(CONFIDENCE, "Enter"), prepare=_confidence),
    ]


def of_naive(customer: str) -> list[Interaction]:
    """Return the same, done on the naive dashboard."""
    return [
        *(
            Interaction(opened(tab), "/", _tab(tab), _tab("Data" if tab != "Data" else "Segments"))
            for tab in TABS
        ),
        Interaction(
            LOOK_UP,
            "/",
            lambda page: page.click("#find"),
            prepare=_then(_tab("Customers"), lambda page: page.fill("#customer", customer)),
        ),
        Interaction(
            PREDICT, "/", lambda page: page.click("#predict"), prepare=_then(_tab("Predict"), _fill_naive)
        ),
        Interaction(FILTER, "/", _choose_country, prepare=_tab("Segments")),
        Interaction(RULES, "/", lambda page: page.press("#confidence", "ArrowUp"), prepare=_tab("Baskets")),
    ]


def link(tab: str) -> Callable[[Page], object]:
    return lambda page: page.locator(f"#{Shell.NAVIGATION}").get_by_role("link", name=tab, exact=True).click()


def _tab(tab: str) -> Callable[[Page], object]:
    return lambda page: page.locator("#tabs").get_by_text(tab, exact=True).click()


def _then(*steps: Callable[[Page], object]) -> Callable[[Page], object]:
    return lambda page: [step(page) for step in steps]


def _fill(page: Page) -> None:
    fields = page.locator("main input:not([type=range]):visible")
    for place, value in enumerate(VALUES):
        fields.nth(place).fill(value)


def _open_filter(page: Page) -> None:
    page.click(f"{COUNTRIES} > summary")


def _choose(page: Page) -> None:
    page.locator(f"{COUNTRIES} [data-toggle-filter]").nth(1).click()


def _confidence(page: Page) -> None:
    page.click(f"details:has({CONFIDENCE}) > summary")
    page.fill(CONFIDENCE, "50")


def _fill_naive(page: Page) -> None:
    for axis, value in zip(("recency", "frequency", "monetary"), VALUES, strict=True):
        page.fill(f"#{axis}", value)


def _choose_country(page: Page) -> None:
    page.click("#country")
    page.get_by_role("option").nth(1).click()
