"""What is told of a checked answer, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from enrichment.grounding import Note
from enrichment.kinds import Text

# Told beside the salary.
OF_SALARY: dict[Note, Text] = {
    Note.SALARY_NOT_IN_TEXT: _("The posting names no such amount."),
    Note.SALARY_IMPLAUSIBLE: _("Nobody is paid so much, or so little, in that period."),
    Note.CURRENCY_UNKNOWN: _("There is no such currency."),
    Note.CURRENCY_DIFFERS: _("The posting names the amount in another currency."),
    Note.PERIOD_DIFFERS: _("The posting names the amount for another period."),
    Note.PERIOD_IMPLAUSIBLE: _("The amount does not go with the period."),
    Note.RANGE_REVERSED: _("The lowest amount is above the highest."),
}
# Told above the facts.
OF_TEXT: dict[Note, Text] = {
    Note.TRUNCATED: _(
        "The text is very long: the model read its beginning, not its end."
    ),
    Note.SEVERAL_JOBS: _(
        "The text seems to be about several jobs: the facts may be of any of them."
    ),
    Note.INSTRUCTIONS_IN_TEXT: _(
        "The text contains instructions to the model. They are not followed, but look "
        "twice at the facts."
    ),
    Note.OTHER_LANGUAGE: _(
        "The text is in another language than English, Dutch or French: values are "
        "checked by their names and numbers alone."
    ),
    Note.MOJIBAKE: _("Letters of the text are damaged, as by a wrong encoding."),
    Note.HTML_IN_TEXT: _("The text contains HTML."),
    Note.HIDDEN_TEXT: _("The text contains characters that cannot be seen."),
    Note.NO_TEXT: _("The text says hardly anything."),
}


def texts(notes: Iterable[Note], words: dict[Note, Text]) -> list[str]:
    return [str(words[note]) for note in notes if note in words]
