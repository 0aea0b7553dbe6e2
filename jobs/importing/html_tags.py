"""The names of HTML's elements, by what they do to the layout of plain text."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# With an empty line before and after.
SPACED = _names(
    "p h1 h2 h3 h4 h5 h6 ul ol menu table pre blockquote hr dl figure form section "
    "article address"
)
# On lines of their own.
LINED = _names(
    "aside body caption center dd details dialog div dt fieldset figcaption footer header "
    "hgroup html legend main nav summary tbody tfoot thead tr"
)
LISTS = _names("ul ol menu")
CELLS = _names("td th")
BLOCKS = SPACED | LINED | _names("br li")
INLINE = CELLS | _names(
    "a abbr acronym area audio b base basefont bdi bdo big button canvas cite code col "
    "colgroup data datalist del dfn em embed font frame frameset i img input ins kbd label "
    "link map mark meta meter nobr optgroup option output param picture progress q rp rt "
    "ruby s samp search select slot small source span strike strong sub sup time track tt "
    "u var video wbr"
)
# Dropped with what they hold.
HIDDEN = _names(
    "script style head title template noscript svg math iframe object textarea"
)
KNOWN = BLOCKS | INLINE | HIDDEN
