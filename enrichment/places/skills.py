"""Where a skill, a tool or a perk stands: by its words, in other forms and orders.

Names of technologies are sought as they are written, and by their other names; nothing that
is merely like them will do. All other phrases may be inflected, joined, or in another order
within a sentence; the more words they have, the more may stand between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from enrichment.offline.rules.words import Hit, Words
from enrichment.places import forms, synonyms
from enrichment.places.families import is_action
from enrichment.places.small_words import ASKS, HEADS, SMALL
from enrichment.places.sought import Sought, sought_in
from enrichment.places.texts import (
    MOST_LOOKS,
    Place,
    Text,
    Texts,
    first_distinct,
    first_of,
)
from enrichment.places.written import is_meant, is_something_else

_STOPS = frozenset(".!?;:\n•·")
SHORTEST_COMPOUND = 6
# Between two words in their order, and in the other order.
BETWEEN, BETWEEN_ACTION, BETWEEN_TURNED = 1, 2, 3


def places(texts: Texts, value: str) -> tuple[Place, ...]:
    """By the value itself; else without what it has in brackets, or by initials there."""
    names = [value]
    if value.endswith(")") and (cut := value.find("(")) > 2:
        names.append(value[:cut].strip())
        within = value[cut + 1 : -1].strip()
        if (
            within.isupper()
            and len(within) > 2
            and not synonyms.is_technology(names[1])
        ):
            names.append(within)
    for name in names:
        for way in (_as_named, _by_other_names, _by_words):
            if found := way(texts, name):
                return found
    return ()


def _as_named(texts: Texts, value: str) -> tuple[Place, ...]:
    return named(texts.all, value, value=value)


def _by_other_names(texts: Texts, value: str) -> tuple[Place, ...]:
    """By a synonym, also where words stand beside it: `knowledge of K8s`."""
    sought = sought_in(value)
    core = " ".join(sought.written) if sought.had_light else value
    for name in dict.fromkeys((value, core)):
        is_new = name != value and synonyms.is_known(name)
        if is_new and (found := named(texts.all, name, value=name)):
            return found
        others = synonyms.others(name)
        if found := first_of(
            place for other in others for place in named(texts.all, other, value=other)
        ):
            return found
    return ()


def named(where: Iterable[Text], phrase: str, *, value: str) -> tuple[Place, ...]:
    """The places of a phrase; where it is also a word, those that are meant as a name."""
    check = synonyms.is_ambiguous(value)
    return first_distinct(
        text.place(hit)
        for text in where
        for hit in text.hits(phrase, value)
        if (
            is_meant(text.words, hit)
            if check
            else not is_something_else(text.words, hit)
        )
    )


def _by_words(texts: Texts, value: str) -> tuple[Place, ...]:
    if synonyms.is_technology(value) or len(value) <= 3:
        return ()
    sought = sought_in(value)
    if not sought.words:
        return ()
    if (
        len(sought.words) == 1
        and sought.had_light
        and synonyms.is_technology(sought.written[0])
    ):
        return ()
    return first_distinct(
        place for text in texts.all for place in _in_text(text, value, sought)
    )


def _in_text(text: Text, value: str, sought: Sought) -> Iterator[Place]:
    if not text.words.texts:
        return
    if len(sought.words) == 1:
        yield from _single(text, sought)
        return
    yield from _joined(text, sought)
    yield from _together(text, sought)


def _single(text: Text, sought: Sought) -> Iterator[Place]:
    word, written = sought.words[0], sought.written[0]
    for index in _indexes(text, word, written, may_compound=True):
        if not sought.had_light or _is_asked(text, index):
            yield text.between(index, index)
    if len(word) >= 2 * SHORTEST_COMPOUND - 2:
        yield from _apart(text, word)
        yield from _as_two(text, word)


def _as_two(text: Text, word: str) -> Iterator[Place]:
    """`voorraadbeheer` written as `beheer van de voorraad`."""
    for head in HEADS:
        base = word.removesuffix(head)
        if base != word and len(base) >= SHORTEST_COMPOUND - 1:
            pair = (base, head)
            yield from _together(
                text, Sought(words=pair, written=pair, had_light=False, turns=True)
            )


def _apart(text: Text, word: str) -> Iterator[Place]:
    """`teamspeler` written as `team speler`, `klantgericht` as `klant-gericht`."""
    for cut in range(4, len(word) - 3):
        for index in text.positions.get(word[:cut], ())[:20]:
            if text.words.after(index) == [word[cut:]] and text.words.gap(
                index + 1
            ) in {" ", "-"}:
                yield text.between(index, index + 1)


def _joined(text: Text, sought: Sought) -> Iterator[Place]:
    """`project management` written as `projectmanagement`."""
    together = "".join(sought.words)
    if len(together) < SHORTEST_COMPOUND + 2:
        return
    for index in text.positions.get(together, ())[:20]:
        yield text.between(index, index)


def _together(text: Text, sought: Sought) -> Iterator[Place]:
    """All words of a phrase near each other in one sentence."""
    spots: list[list[int]] = []
    for word, written in zip(sought.words, sought.written, strict=True):
        spots.append(_indexes(text, word, written))
        if not spots[-1]:
            return
    rarest = min(range(len(spots)), key=lambda step: len(spots[step]))
    reach = 2 * len(spots) + 2
    turns = sought.turns or len(spots) > 2 or any(map(is_action, sought.words))
    for index in spots[rarest][:50]:
        chosen = _nearest(text, index, spots, reach=reach)
        if chosen and _fits(text.words, chosen, turns=turns):
            yield text.between(min(chosen), max(chosen))


def _nearest(
    text: Text, index: int, spots: list[list[int]], *, reach: int
) -> list[int] | None:
    """Of each word the place that is nearest to this one, within its sentence."""
    first, last = _sentence(text.words, index, reach=reach)
    chosen: list[int] = []
    for spot in spots:
        within = [each for each in _window(spot, first, last) if each not in chosen]
        if not within:
            return None
        chosen.append(min(within, key=lambda each: abs(each - index)))
    return chosen


def _window(spot: list[int], first: int, last: int) -> list[int]:
    return spot[bisect_left(spot, first) : bisect_right(spot, last)]


def _fits(words: Words, chosen: list[int], *, turns: bool) -> bool:
    between = sum(
        1
        for index in range(min(chosen), max(chosen))
        if words.texts[index] not in SMALL and index not in chosen
    )
    if len(chosen) > 2:
        return between <= len(chosen) + 2
    if chosen[1] > chosen[0]:
        return between <= (BETWEEN_ACTION if turns else BETWEEN)
    return turns and between <= BETWEEN_TURNED


def _sentence(words: Words, index: int, *, reach: int) -> tuple[int, int]:
    first = last = index
    while first > 0 and index - first < reach and not _stops(words, first):
        first -= 1
    while (
        last + 1 < len(words) and last - index < reach and not _stops(words, last + 1)
    ):
        last += 1
    return first, last


def _stops(words: Words, index: int) -> bool:
    """Whether a sentence, or an item of a list, ends before this word."""
    gap = words.gap(index)
    if "\n" in gap:
        return gap.count("\n") > 1 or bool(gap.strip())
    return any(c in _STOPS for c in gap) and gap != "."


def _indexes(
    text: Text, word: str, written: str, *, may_compound: bool = False
) -> list[int]:
    """Where a word, or a form of it, stands."""
    if synonyms.is_ambiguous(written):
        return [
            index
            for index in text.positions.get(word, ())[:MOST_LOOKS]
            if is_meant(text.words, _hit(text.words, index, written))
        ]
    found = list(text.positions.get(word, ())[:MOST_LOOKS])
    if len(word) <= 3 or any(c.isdigit() for c in word):
        return found
    if synonyms.is_technology(written):
        return found
    for key in forms.keys(word):
        found += text.forms.get(key, ())[:MOST_LOOKS]
    if not found:
        found = [
            index
            for other in _alike(text, word, may_compound=may_compound)
            for index in text.positions[other]
        ]
    return sorted(
        index
        for index in set(found)
        if not is_something_else(text.words, _hit(text.words, index, written))
    )


def _alike(text: Text, word: str, *, may_compound: bool) -> Iterator[str]:
    """Words with a slip in them, and Dutch compounds with this one."""
    for other in text.positions:
        if forms.is_slip(word, other) or (
            may_compound
            and len(word) >= SHORTEST_COMPOUND
            and other.startswith(word)
            and other[len(word) :].removeprefix("s") in HEADS
        ):
            yield other


def _hit(words: Words, index: int, value: str) -> Hit[str]:
    return Hit(value=value, first=index, last=index, text=words.text(index, index))


def _is_asked(text: Text, index: int) -> bool:
    """Whether the sentence is about the candidate."""
    first, last = _sentence(text.words, index, reach=12)
    return (
        any(text.words.texts[each] in ASKS for each in range(first, last + 1))
        or last - first <= 3
    )
