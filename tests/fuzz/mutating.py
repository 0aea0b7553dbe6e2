"""Valid documents with something odd in them, as values, as JSON and as bytes."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

# Written into the finished text: Python's own writer refuses most of these.
_RAW = {
    "@deep": ("[" * 100 + "]" * 100, '{"a":' * 300 + "1" + "}" * 300),
    "@deeper": ("[" * 930 + "]" * 930, "[" * 960 + "]" * 960, "[" * 990 + "]" * 990),
    "@deepest": ("[" * 5_000 + "]" * 5_000, "[" * 100_000),
    "@number": (
        *("1e999", "-1e999", "NaN", "Infinity", "-0", "0.1e-400", "007", "1."),
        *("9" * 400, "-" + "9" * 400, "9" * 4_300, "9" * 5_000, "1e15", "1e308"),
    ),
    "@text": (r'"\u0000"', r'"\ud800"', r'"\udc00\ud800"', r'"\ud83d\ude00"', '"\\x"'),
}
MARKS = st.sampled_from(sorted(_RAW))
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            *("", " ", "\0", "\ud800", "\u200b", "\u2028", "=1+1", "x" * 70_000, "<p"),
            *("<p>Bread</p>", "&lt;b&gt;", "&#0;", "&#99999999999;", "<!--", "Ã©" * 50),
            *("0001-01-01", "9999-12-31T23:59:59-23:59", "2026-02-30", "2026-05-01"),
            *("2026-05-01T10:00:00+99:99", "-1", "1e999", "٣٠٠٠", "²", "EUR 3.000"),
            *("3 000 - 4 000", "1.000,00", "http://[", "//x", "http://a.b:99999999/"),
            *("https://a.example/" + "x" * 3_000, "javascript:1", "true", "null"),
        ]
    ),
)
SCALARS: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    MARKS,
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**18, 10**400, -(10**400), 2**63, -1, 0]),
    st.floats(allow_nan=False, allow_infinity=False),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


def _spots(node: Any) -> list[tuple[Any, Any]]:
    """Each container with each of its keys."""
    found: list[tuple[Any, Any]] = []
    items: Any = ()
    if isinstance(node, dict):
        items = node.items()
    elif isinstance(node, list):
        items = enumerate(node)
    for key, value in items:
        found += [(node, key), *_spots(value)]
    return found


@st.composite
def mutated(draw: st.DrawFn, documents: list[Any], most: int = 4) -> Any:
    """One of the documents, changed in up to so many places."""
    whole = [copy.deepcopy(draw(st.sampled_from(documents)))]
    for _change in range(draw(st.integers(0, most))):
        spots = _spots(whole)
        holder, key = spots[draw(st.integers(0, len(spots) - 1))]
        match draw(st.sampled_from(["put", "wrap", "repeat", "drop", "swap", "name"])):
            case "put":
                holder[key] = draw(VALUES)
            case "wrap":
                holder[key] = draw(
                    st.sampled_from([[holder[key]], {"value": holder[key]}])
                )
            case "repeat":
                holder[key] = [holder[key]] * draw(st.sampled_from([2, 30, 300]))
            case "drop" if isinstance(holder, dict):
                del holder[key]
            case "swap":
                other, place = spots[draw(st.integers(0, len(spots) - 1))]
                holder[key] = copy.deepcopy(other[place])
            case "name" if isinstance(holder, dict):
                holder[draw(st.text(max_size=6))] = holder.pop(key)
    return whole[0]


@st.composite
def as_json(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> str:
    """As text; the marks become what no writer of JSON would write."""
    text = json.dumps(draw(values), ensure_ascii=draw(st.booleans()))
    for mark, options in _RAW.items():
        if f'"{mark}"' in text:
            text = text.replace(f'"{mark}"', draw(st.sampled_from(options)))
    return text


@st.composite
def as_bytes(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """Mostly UTF-8; now and then in another encoding, cut, or with bytes put in."""
    encoding = draw(
        st.sampled_from(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "latin-1", "utf-7"])
    )
    errors = "surrogatepass" if encoding in ("utf-8", "utf-16") else "replace"
    data = draw(texts).encode(encoding, errors)
    if draw(st.integers(0, 3)):
        return data
    place = draw(st.integers(0, len(data)))
    match draw(st.sampled_from(["cut", "insert", "double", "start"])):
        case "cut":
            return data[:place]
        case "insert":
            return data[:place] + draw(st.binary(max_size=6)) + data[place:]
        case "double":
            return data + data[place:]
        case _start:
            return data[place:]
