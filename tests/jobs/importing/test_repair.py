"""Text that was decoded wrongly is repaired when it comes in, and no other text is touched."""

from __future__ import annotations

import time

import pytest

from jobs.importing.fields import read_fields
from jobs.importing.html_text import read_description
from jobs.importing.repair import repaired


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("CafÃ© cherche boulanger", "Café cherche boulanger"),
        ("Weâ€™re hiring â€“ now", "We’re hiring – now"),
        ("3.000 â‚¬ bruto", "3.000 € bruto"),
        ("prÃªt Ã  partir", "prêt à partir"),
        ("good: café\nbad: cafÃ©", "good: café\nbad: café"),
    ],
)
def test_garbled_text_is_what_was_meant(garbled: str, meant: str) -> None:
    assert repaired(garbled) == meant
    assert read_description(garbled).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "Âge minimum : 18 ans. Être prêt à partir.",
        "São Paulo, Ångström, Ärzte, Öl, Łódź",
        "“Quotes” – dashes… and ﬁne ligatures",
        "Мы ищем пекаря",
        "我们正在寻找一位面包师",
        "NOTRE CAFÉ” EST GRAND",
        "🥐 bread 👩🏽‍🍳",
        "",
    ],
)
def test_good_text_stays_as_it_is(text: str) -> None:
    assert repaired(text) == text


def test_title_is_repaired_and_the_id_is_that_of_what_came() -> None:
    row = {"title": "BÃ¤cker", "description": "Brot fÃ¼r alle"}
    read = read_fields(row)

    assert read.values["title"] == "Bäcker"
    assert read.values["description"] == "Brot für alle"
    assert read.external_id != read_fields(read.values).external_id


def test_long_text_takes_no_time() -> None:
    started = time.process_time()
    repaired("cafÃ© " * 20_000)
    repaired("cafÃ©\n" * 20_000)

    assert time.process_time() - started < 20
