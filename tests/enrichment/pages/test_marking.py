"""The text comes out whole, cut along its marks; each fact leads to one place."""

from __future__ import annotations

from typing import Any

from enrichment import places
from enrichment.llm.posting import PostingText
from enrichment.pages import marking
from enrichment.pages.marking import Block, Caption, MarkedText

CAPTIONS = {
    "tools": Caption(group="asked", label="Tools"),
    "must_have_skills": Caption(group="asked", label="Must have"),
    "title": Caption(group="job", label="Title"),
    "seniority": Caption(group="job", label="Seniority"),
}


def marked(description: str, title: str = "Baker", **facts: Any) -> MarkedText:
    posting = PostingText(title=title, company="", location="", description=description)
    found = places.find(posting, facts)
    return marking.mark(posting, found, captions=CAPTIONS)


def lines(block: Block) -> list[str]:
    """Marks in brackets."""
    return [
        "".join(f"[{one.text}]" if one.mark else one.text for one in line)
        for line in block.lines
    ]


def shape(description: str) -> list[tuple[str, list[str]]]:
    return [(block.kind, lines(block)) for block in marked(description).blocks]


def test_paragraphs_lists_and_leads_are_told_apart() -> None:
    text = "We bake.\nDaily.\n\nYou have\n- an oven\n* flour\r\n\r\nWrite us."

    assert shape(text) == [
        ("text", ["We bake.", "Daily."]),
        ("lead", ["You have"]),
        ("list", ["an oven", "flour"]),
        ("text", ["Write us."]),
    ]


def test_short_last_line_leads_nothing_in() -> None:
    assert shape("We bake") == [("text", ["We bake"])]


def test_text_without_words_has_no_blocks() -> None:
    assert shape(" \n\n\r\n -") == [("text", [" -"])]
    assert shape("") == []


def test_every_place_is_marked_and_the_first_is_led_to() -> None:
    text = marked("An oven. The oven!", tools=["oven"])

    (block,) = text.blocks
    assert lines(block) == ["An [oven]. The [oven]!"]
    assert text.anchors == {"tools-0": "description-0"}
    anchors = [piece.anchor for piece in block.lines[0] if piece.mark]
    assert anchors == ["description-0", "description-1"]


def test_overlapping_places_are_one_mark_of_several_facts() -> None:
    text = marked("A stone oven.", tools=["stone oven"], must_have_skills=["oven"])

    (mark,) = [piece.mark for piece in text.blocks[0].lines[0] if piece.mark]
    assert (mark.keys, mark.labels) == (
        ("tools-0", "must_have_skills-0"),
        ("Tools", "Must have"),
    )
    assert set(text.anchors.values()) == {"description-0"}


def test_mark_over_two_lines_has_its_anchor_once() -> None:
    text = marked("A stone\noven.", tools=["stone oven"])

    (block,) = text.blocks
    assert lines(block) == ["A [stone]", "[oven]."]
    anchors = [one.anchor for line in block.lines for one in line if one.mark]
    assert anchors == ["description-0", ""]


def test_parts_of_the_title_are_marked_but_not_all_of_it() -> None:
    posting = PostingText(
        title="Senior baker", company="", location="", description="."
    )
    found = places.find(posting, {"title": "Senior baker", "seniority": "senior"})
    text = marking.mark(posting, found, captions=CAPTIONS)

    assert [one.text for one in text.title if one.mark] == ["Senior"]


def test_nothing_of_the_text_is_lost() -> None:
    source = "Stone oven, stone-oven.\n\nAn oven\nin stone; ovens."
    text = marked(source, tools=["stone oven", "oven", "stone"])

    kept = "".join(
        one.text for block in text.blocks for line in block.lines for one in line
    )
    assert kept == source.replace("\n", "")
