"""The versions of the prompt: written, promoted, rolled back; and reading again by them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from enrichment import progress, prompts, renewing
from enrichment.access import MANAGE_PROMPTS, START, SiteRequest, requires
from enrichment.models import Door, Prompt, Run
from enrichment.pages import prompts as pages


@require_safe
@requires(MANAGE_PROMPTS)
def prompt_list(request: SiteRequest) -> HttpResponse:
    context = {
        "listing": pages.listing(),
        "may_start": request.user.has_perm(START),
    }
    return render(request, "enrichment/prompt_list.html", context)


@require_safe
@requires(MANAGE_PROMPTS)
def prompt_page(request: SiteRequest, version: int) -> HttpResponse:
    prompt = get_object_or_404(Prompt, version=version)
    context = {"page": pages.page(prompt), "pilot_form": pages.PilotForm()}
    return render(request, "enrichment/prompt.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE_PROMPTS)
def new_draft(request: SiteRequest, version: int) -> HttpResponse:
    """From any version."""
    origin = get_object_or_404(Prompt, version=version)
    form = pages.DraftForm(
        request.POST or None, initial={"instructions": origin.instructions}
    )
    if request.method == "POST" and form.is_valid():
        made = prompts.draft(user=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("Version %(version)d is kept as a draft.") % {"version": made.version},
        )
        return redirect(made)
    return _form(request, form, origin, is_new=True)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE_PROMPTS)
def edit_draft(request: SiteRequest, version: int) -> HttpResponse:
    """One that was used meanwhile stays as it is: what is written becomes a new version."""
    prompt = get_object_or_404(Prompt, version=version)
    before = {"instructions": prompt.instructions, "note": prompt.note}
    form = pages.DraftForm(request.POST or None, initial={**before, "pk": prompt.pk})
    if request.method == "POST" and form.is_valid():
        kept = prompts.rewrite(prompt, user=request.user, **form.cleaned_data)
        text = _("The draft is kept.")
        if kept.pk != prompt.pk:
            text = _(
                "Version %(old)d is no unused draft any more, so that what you wrote "
                "became version %(new)d."
            ) % {"old": prompt.version, "new": kept.version}
        messages.success(request, text)
        return redirect(kept)
    return _form(request, form, prompt, is_new=False)


def _form(
    request: SiteRequest, form: pages.DraftForm, prompt: Prompt, *, is_new: bool
) -> HttpResponse:
    context = {"form": form, "prompt": prompt, "is_new": is_new}
    status = 422 if form.is_bound else 200
    return render(request, "enrichment/prompt_form.html", context, status=status)


@require_POST
@requires(MANAGE_PROMPTS)
def promote(request: SiteRequest, version: int) -> HttpResponse:
    """Also the way back, to an older one."""
    prompt = get_object_or_404(Prompt, version=version)
    seen = request.POST.get("seen", "")
    won = seen.isdecimal() and prompts.promote(
        version, seen=int(seen[:9]), user=request.user
    )
    if not won:
        messages.error(
            request,
            _("Another version became the current one meanwhile: look again."),
        )
        return redirect(prompt)
    text = _(
        "Version %(version)d is the current one: every batch that starts from now on is "
        "asked with it."
    ) % {"version": version}
    if count := renewing.count():
        stale = _("Jobs that another version has read: %(count)s.") % {"count": count}
        text = f"{text} {stale}"
    messages.success(request, text)
    return HttpResponseRedirect(reverse("enrichment:prompts"))


@require_POST
@requires(MANAGE_PROMPTS)
def discard(request: SiteRequest, version: int) -> HttpResponse:
    prompt = get_object_or_404(Prompt, version=version)
    if prompts.discard(version, user=request.user):
        messages.success(
            request, _("The draft is put away. It can be promoted all the same.")
        )
    else:
        messages.info(request, _("This version is no draft any more."))
    return redirect(prompt)


@require_POST
@requires(MANAGE_PROMPTS)
@requires(START)
def renew(request: SiteRequest) -> HttpResponse:
    """A run over what is stale."""
    page = HttpResponseRedirect(reverse("enrichment:prompts"))
    run, is_new = renewing.start(door=Door.PAGE, user=request.user)
    if run is None:
        messages.info(request, _("No job was read by another version."))
        return page
    text = (
        _("These jobs are being read again already.")
        if run.status == Run.Status.ACTIVE
        else _("A run that reads these jobs again has been stopped: resume that one.")
    )
    if is_new:
        seconds = progress.estimate_seconds(run.retries_left)
        text = _(
            "These jobs are read again, after all other runs. Estimated time, where each "
            "needs a call: %(duration)s."
        ) % {"duration": progress.duration_text(seconds)}
    say = messages.success if is_new else messages.info
    say(request, _linked(text, run))
    return page


def _linked(text: str, run: Run) -> str:
    address = reverse("enrichment:run-detail", args=[run.pk])
    return format_html('{} <a href="{}">{}</a>', text, address, _("Look at the run"))
