"""Which language is most of the text in? The one whose small words occur most."""

from __future__ import annotations

from collections import Counter

from enrichment.llm.schema import PostingLanguage
from enrichment.offline.rules.reading import Reading
from enrichment.offline.rules.words import Words

# Enough of a long text to be sure.
MAX_WORDS = 4_000

_SMALL_WORDS = {
    PostingLanguage.EN: "the and of to you your with for is are we our this that will have "
    "or as be from on at who not by an it what team work experience",
    PostingLanguage.NL: "de het een en van je wij voor met bij naar ons onze jij jou jouw "
    "niet zijn wordt als ook uit aan dat die op om tot zoeken hebt bent bieden bel mail",
    PostingLanguage.FR: "le la les des une du et vous nous votre notre pour avec dans est "
    "sur au aux vos nos qui que plus ou sont par ce cette un a d l chez",
    PostingLanguage.DE: "der die das und fur mit wir ihre unser sie ist sind bei auf von zu "
    "im den eine einen nicht oder dich deine du suchen als sowie zur zum",
}
# What none of the four is.
_FOREIGN = (
    "el los las del y con para por una que tu nuestro di il gli che per con sono della nel "
    "o os uma com nao em w z na sie oraz jest i do och att som ar vi med av og til er pa det"
)
_BY_WORD: dict[str, tuple[PostingLanguage, ...]] = {}
for _language, _listed in (
    *_SMALL_WORDS.items(),
    (PostingLanguage.OTHER, _FOREIGN),
):
    for _word in set(_listed.split()):
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _language)


def posting_language(reading: Reading) -> PostingLanguage:
    counts = dict.fromkeys(PostingLanguage, 0.0)
    seen = 0
    for words in (*(each.words for each in reading.sentences), reading.title):
        _count(words, counts)
        seen += len(words)
        if seen > MAX_WORDS:
            break
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > 0 else PostingLanguage.OTHER


def _count(words: Words, counts: dict[PostingLanguage, float]) -> None:
    """A word that two languages share counts half for each."""
    found = Counter(map(_BY_WORD.get, words.texts[:MAX_WORDS]))
    for languages, times in found.items():
        for language in languages or ():
            counts[language] += times / len(languages or ())


def share_of_known_words(words: Words) -> tuple[int, float]:
    """Words of a text, and which share of them are small ones of a language known here."""
    counts = dict.fromkeys(PostingLanguage, 0.0)
    _count(words, counts)
    best = max(counts, key=lambda language: counts[language])
    seen = min(len(words), MAX_WORDS)
    is_known = best is not PostingLanguage.OTHER and seen > 0
    return seen, counts[best] / seen if is_known else 0.0
