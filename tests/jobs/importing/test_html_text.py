"""Descriptions: HTML to text that keeps its shape, and plain text left as it is."""

from __future__ import annotations

import pytest

from jobs.importing.html_text import html_to_text, read_description


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("One<br>Two<br/><br />Three", "One\nTwo\n\nThree"),
        ("<h2>You</h2>\n<p>cook</p>", "You\n\ncook"),
        ("<p>One\n  line</p>", "One line"),
        ("<p>A <b>bold</b>, <i>odd</i> word</p>", "A bold, odd word"),
        ("<ul><li>Cook</li><li>Bake</li></ul>", "- Cook\n- Bake"),
        ("<ul><li><p>Cook</p></li><li>Bake", "- Cook\n- Bake"),
        ("<p>You</p><ul><li>cook</ul><p>We pay</p>", "You\n\n- cook\n\nWe pay"),
        ("<ol><li>Apply</li><li>Talk</li></ol>", "1. Apply\n2. Talk"),
        (
            "<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>",
            "- A\n  - B\n- C",
        ),
        ("<ul><li></li><li>Cook</li></ul>", "- Cook"),
        (
            "<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Mon</td><td>8</td></tr>"
            "</table>",
            "Day | Hours\nMon | 8",
        ),
        (
            "<table><tr><td><p>Mon</p></td></tr><tr><td><p>Tue</p></td></tr></table>",
            "Mon\nTue",
        ),
        ("<ul><li> </li></ul><p>After</p>", "After"),
        ("<p>Code:</p><pre>one\ntwo</pre>", "Code:\n\none\ntwo"),
        ("<p>a</p><script>if (a < b) {}</script><p>b</p>", "a\n\nb"),
        ("<style>p { }</style><p>a</p><!-- <p>b</p> --><p>c</p>", "a\n\nc"),
        ("<p>a</p><!-- never closed <p>b</p>", "a\n\nnever closed\n\nb"),
        ('<p>See <a href="https://a.example/?x>y">us</a></p>', "See us"),
        ("<P CLASS=x>Loud</P>", "Loud"),
        (
            "<p>R&amp;D &euro;3.000 &#8211; caf&eacute;&nbsp;x</p>",
            "R&D €3.000 – café x",
        ),
        ("<p>soft&shy;ware zero\u200bwidth</p>", "software zerowidth"),
        ("<p>&#0;&#99999999999;&#xFFFFFFFFF;</p>", "\ufffd\ufffd\ufffd"),
        ('<o:p>Word</o:p><x-tag a="b">s</x-tag>', "Words"),
        ("<p>Ask <COMPANY> for List<String></p>", "Ask <COMPANY> for List<String>"),
        ("<p>1 < 2 and 3 > 2</p>", "1 < 2 and 3 > 2"),
        ("<p title='a\" >open", "open"),
        ("line one\nline <b>two</b>\n\n\n\nthree", "line one\nline two\n\nthree"),
        ("</ul></td></pre></li>text", "text"),
        ("<p></p> <div>\n</div>", ""),
    ],
)
def test_markup_becomes_text_of_the_same_shape(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


@pytest.mark.parametrize(
    "plain",
    [
        "Two lines\n\nand a third",
        "a < b and c > d",
        "if a <b and c> d",
        "Ask <COMPANY> in <LOCATION>",
        "Map<String, List<Integer>>",
        "write to <jobs@example.com>",
        "AT&T, R&D and B & B",
        "  indented\n    more",
    ],
)
def test_plain_text_stays_as_it_is(plain: str) -> None:
    description = read_description(plain)

    assert (description.text, description.html) == (plain.strip(), "")


def test_line_ends_of_plain_text_become_line_feeds() -> None:
    assert read_description("a\r\nb\rc").text == "a\nb\nc"


def test_original_html_is_kept_as_it_came() -> None:
    raw = "<p>One</p>\r\n<script>x()</script>"

    description = read_description(raw)

    assert (description.text, description.html) == ("One", raw)


def test_html_that_was_escaped_as_a_whole_is_converted() -> None:
    raw = "&lt;p&gt;R&amp;amp;D&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Cook&lt;/li&gt;&lt;/ul&gt;"

    description = read_description(raw)

    assert (description.text, description.html) == ("R&D\n\n- Cook", raw)


def test_entities_of_plain_text_are_resolved_and_the_original_is_kept() -> None:
    description = read_description("R&amp;D&nbsp;team")

    assert (description.text, description.html) == ("R&D team", "R&amp;D&nbsp;team")


def test_escaped_tag_in_html_stays_text() -> None:
    assert read_description("<p>Know &lt;script&gt;</p>").text == "Know <script>"


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<p a='", "</", "<!--", "<script>", "<ul><li>", "&#1", "<", '<p a="b" c'],
)
def test_broken_markup_of_any_length_is_converted(piece: str) -> None:
    """Half a megabyte: a quadratic conversion would take minutes."""
    markup = f"<p>Start</p>{piece * (500_000 // len(piece))}"

    assert read_description(markup).text.startswith("Start")
