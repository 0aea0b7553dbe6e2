"""Pages of the vocabulary beside its list: merging, and words that are nobody's yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import ADDITION, CHANGE
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enrichment import term_counts
from enrichment.audit import log_once
from enrichment.models import Alias, Concept
from enrichment.models.vocabulary import ConceptKind
from enrichment.templatetags.enrichment_text import number
from enrichment.vocabulary import editing, following, unknown
from enrichment.vocabulary.editing import Changed, VocabularyError
from enrichment.vocabulary.folding import fold
from enrichment.vocabulary.lookup import Entry

if TYPE_CHECKING:
    MixinBase = admin.ModelAdmin[Any]
else:
    MixinBase = object

# Of one action; each is named on the page that asks.
MOST_MERGED = 50
SHOWN_UNKNOWN = 100


class VocabularyMixin(MixinBase):
    """What every change is followed by."""

    def tell_followers(self, request: HttpRequest, *changes: Changed) -> None:
        count = sum(
            following.concerned(one.concept.kind, keys={*one.keys}, words={*one.words})
            for one in changes
        )
        text = ngettext(
            "%(count)s posting will follow within minutes.",
            "%(count)s postings will follow within minutes.",
            count,
        )
        if count:
            self.message_user(request, text % {"count": number(count)}, messages.INFO)

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any]
    ) -> TemplateResponse:
        request.current_app = self.admin_site.name
        whole = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            **context,
        }
        return TemplateResponse(
            request, f"admin/enrichment/concept/{template}.html", whole
        )


class MergeMixin(VocabularyMixin):
    @admin.action(
        description=gettext_lazy("Merge into one ..."), permissions=["change"]
    )
    def merge(
        self, request: HttpRequest, queryset: QuerySet[Concept]
    ) -> HttpResponse | None:
        """Two steps: first which one is to stay, then the change."""
        chosen = list(queryset.order_by("kind", "key")[: MOST_MERGED + 1])
        refusal = _refusal(chosen)
        if refusal:
            self.message_user(request, refusal, messages.WARNING)
            return None
        if "confirm" in request.POST:
            return self._merge(request, chosen)
        counts = dict(term_counts.top(chosen[0].kind))
        rows = [
            {
                "concept": one,
                "postings": counts.get(one.key, 0),
                "words": one.aliases.count(),
            }
            for one in chosen
        ]
        most = max(chosen, key=lambda one: counts.get(one.key, 0))
        context = {
            "title": _("Merge into one"),
            "rows": rows,
            "most": most.pk,
            "kind": chosen[0].kind,
            "names": _names(chosen[0].kind),
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
            "back": request.get_full_path(),
        }
        return self.page(request, "merge", context)

    def _merge(
        self, request: HttpRequest, chosen: list[Concept]
    ) -> HttpResponse | None:
        kind = chosen[0].kind
        other = request.POST.get("other", "").strip()
        stays = (
            _concept(kind, other)
            if other
            else next(
                (c for c in chosen if str(c.pk) == request.POST.get("into")), None
            )
        )
        if stays is None:
            text = _("There is no “%(name)s”.") % {"name": other or "?"}
            self.message_user(request, text, messages.ERROR)
            return None
        gone = [one for one in chosen if one.pk != stays.pk]
        try:
            changed = editing.merge([one.pk for one in gone], into=stays.pk)
        except VocabularyError as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        text = _("Merged into %(name)s: %(others)s.") % {
            "name": stays.name,
            "others": ", ".join(one.name for one in gone),
        }
        log_once(request.user, stays, flag=CHANGE, what=text)
        self.message_user(request, text, messages.SUCCESS)
        self.tell_followers(request, changed)
        return None


class UnknownMixin(VocabularyMixin):
    def unknown_view(self, request: HttpRequest) -> HttpResponse:
        """Words without a concept, the most frequent first; each to be adopted."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        kind = request.GET.get("kind", ConceptKind.SKILL)
        if kind not in ConceptKind.values:
            raise Http404
        if request.method == "POST":
            self._adopt(request, kind)
            address = reverse("admin:enrichment_concept_words")
            return HttpResponseRedirect(f"{address}?{urlencode({'kind': kind})}")
        context = {
            "title": _("Words without a concept"),
            "kind": kind,
            "kinds": ConceptKind.choices,
            "words": unknown.words(kind, limit=SHOWN_UNKNOWN),
            "names": _names(kind),
            "counted_at": term_counts.counted_at(),
            "may_add": self.has_add_permission(request),
        }
        return self.page(request, "words", context)

    def _adopt(self, request: HttpRequest, kind: str) -> None:
        word = " ".join(request.POST.get("word", "").split())[:100]
        other = request.POST.get("of", "").strip()
        as_its_own = "own" in request.POST and self.has_add_permission(request)
        try:
            changed = _adopted(kind, word, other, as_its_own=as_its_own)
        except VocabularyError as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        concept = changed.concept
        if as_its_own:
            text = _("%(name)s is in the vocabulary now.") % {"name": concept.name}
        else:
            words = {"word": word, "name": concept.name}
            text = _("“%(word)s” leads to %(name)s now.") % words
        flag = ADDITION if as_its_own else CHANGE
        log_once(request.user, concept, flag=flag, what=text)
        self.message_user(request, text, messages.SUCCESS)
        self.tell_followers(request, changed)


def _adopted(kind: str, word: str, other: str, *, as_its_own: bool) -> Changed:
    if not fold(word):
        raise VocabularyError(_("“%(word)s” has no letter.") % {"word": word})
    if as_its_own:
        # As a name is written; an abbreviation's capitals are for a person to give.
        return editing.add(Entry(kind=kind, name=word[:1].upper() + word[1:]))
    concept = _concept(kind, other)
    if concept is None:
        raise VocabularyError(_("There is no “%(name)s”.") % {"name": other})
    return editing.adopt(kind, word, into=concept)


def _refusal(chosen: list[Concept]) -> str:
    """Why these can't be merged; empty where they can."""
    if not chosen:
        return _("One of them is gone meanwhile. Look again.")
    if len(chosen) > MOST_MERGED:
        return _("Merge at most %(most)d at once.") % {"most": MOST_MERGED}
    if len({one.kind for one in chosen}) > 1:
        return _("They are of different kinds.")
    return ""


def _concept(kind: str, word: str) -> Concept | None:
    """The one that a word leads to."""
    found = Alias.objects.filter(kind=kind, folded=fold(word)).select_related("concept")
    alias = found.first()
    return alias.concept if alias else None


def _names(kind: str) -> list[str]:
    """To complete what is being typed."""
    rows = Concept.objects.filter(kind=kind).order_by("key")
    return list(rows.values_list("name", flat=True)[:2000])
