"""The form of one word of the vocabulary, with all that lead to it in one field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enrichment.models import Concept
from enrichment.vocabulary import editing
from enrichment.vocabulary.folding import LONGEST, fold
from enrichment.vocabulary.lookup import Entry

if TYPE_CHECKING:
    FormBase = forms.ModelForm[Concept]
else:
    FormBase = forms.ModelForm


class ConceptForm(FormBase):
    """`seen` is the edit number that the person saw."""

    words = forms.CharField(
        label=gettext_lazy("Other words for it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 60}),
        help_text=gettext_lazy(
            "One on each line. Case, accents, spaces, dots and hyphens don't matter."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Concept
        fields = ("kind", "name", "scheme", "code", "uri", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            own = fold(self.instance.name)
            words = self.instance.aliases.exclude(folded=own).order_by("word")
            self.initial["words"] = "\n".join(words.values_list("word", flat=True))
            self.initial["seen"] = self.instance.edit_number
            # Its words are of this kind, and so are the terms of postings.
            if "kind" in self.fields:
                self.fields["kind"].disabled = True

    def clean_words(self) -> list[str]:
        found = []
        for line in self.cleaned_data["words"].splitlines():
            word = " ".join(line.split())
            if not word:
                continue
            if len(word) > LONGEST:
                text = _("“%(word)s” is longer than %(most)d characters.")
                raise ValidationError(text % {"word": word[:40], "most": LONGEST})
            if not fold(word):
                raise ValidationError(_("“%(word)s” has no letter.") % {"word": word})
            found.append(word)
        return found

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not fold(name):
            raise ValidationError(_("“%(word)s” has no letter.") % {"word": name})
        return name

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("code") and not self.cleaned_data.get("scheme"):
            self.add_error("scheme", _("Say what classification the code is of."))
        if {"name", "kind", "words"} <= self.cleaned_data.keys():
            for one in editing.taken(self.entry, besides=self.instance.pk):
                field = "name" if one.word == self.cleaned_data["name"] else "words"
                self.add_error(field, str(one))
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The model's own checks, whose message about the name says less than ours."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc]

    @property
    def entry(self) -> Entry:
        data = self.cleaned_data
        return Entry(
            kind=data["kind"],
            name=data["name"],
            words=tuple(data["words"]),
            **{name: data.get(name, "") for name in ("scheme", "code", "uri", "note")},
        )
