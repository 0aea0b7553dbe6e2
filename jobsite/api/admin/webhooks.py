"""Webhooks, and each message to them; a secret is shown when it is made, and then no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enrichment.admin.base import ReadOnlyAdmin
from enrichment.audit import log_once
from jobsite.api.hooks import outbound, outbox, signing
from jobsite.api.models import Webhook, WebhookDelivery

if TYPE_CHECKING:
    FormBase = forms.ModelForm[Webhook]
    HookBase = admin.ModelAdmin[Webhook]
else:
    FormBase = forms.ModelForm
    HookBase = admin.ModelAdmin


class WebhookForm(FormBase):
    url = forms.URLField(
        label=gettext_lazy("Address"), max_length=1000, assume_scheme="https"
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            outbound.check(url)
        except outbound.OutboundError as error:
            raise ValidationError(str(error)) from error
        return url


@admin.register(Webhook)
class WebhookAdmin(HookBase):
    form = WebhookForm
    actions = ("send_test", "new_secret")
    fields = ("url", "on_finished", "on_cancelled", "on_blocked", "active")
    list_display = ("url", "active", "failures", "stopped_because", "created_by")
    list_select_related = ("created_by",)
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("failures", "stopped_because", "created_by") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, *self.get_readonly_fields(request, obj))

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        if not change:
            obj.created_by = request.user
        if "active" in form.changed_data and obj.active:
            obj.failures, obj.stopped_because = 0, ""
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._secret(request, obj)

    @admin.action(
        description=gettext_lazy("Send a test message"), permissions=["change"]
    )
    def send_test(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        hooks = list(queryset.filter(active=True))
        for hook in hooks:
            outbox.put_test(hook)
        if not hooks:
            self.message_user(request, _("None of them is active."), messages.WARNING)
            return
        told = ngettext(
            "%(count)d test message is on its way: see the deliveries.",
            "%(count)d test messages are on their way: see the deliveries.",
            len(hooks),
        )
        self.message_user(request, told % {"count": len(hooks)}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Make a new secret"), permissions=["change"])
    def new_secret(
        self, request: HttpRequest, queryset: QuerySet[Webhook]
    ) -> HttpResponse | None:
        hook = queryset.first()
        if hook is None or queryset.count() != 1:
            self.message_user(request, _("Choose one webhook."), messages.WARNING)
            return None
        hook.secret = signing.new_secret()
        hook.save(update_fields=["secret"])
        log_once(request.user, hook, flag=CHANGE, what=_("Made a new secret."))
        return self._secret(request, hook)

    def _secret(self, request: HttpRequest, hook: Webhook) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("The secret of the webhook"),
            "hook": hook,
        }
        response = TemplateResponse(request, "admin/api/made_secret.html", context)
        response["Cache-Control"] = "no-store"
        return response


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    actions = ("send_again",)
    list_display = (
        *("happened_at", "event", "run", "webhook", "status", "tries", "http_status"),
        *("error", "next_try_at", "ended_at"),
    )
    list_filter = (("status", admin.ChoicesFieldListFilter), "webhook")
    list_select_related = ("run", "webhook")

    def has_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("api.change_webhookdelivery")

    @admin.action(description=gettext_lazy("Send again"), permissions=["again"])
    def send_again(
        self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]
    ) -> None:
        chosen = queryset.values("pk")
        done = WebhookDelivery.objects.filter(pk__in=chosen).send_again()
        if not done:
            self.message_user(
                request, _("They are on their way already."), messages.WARNING
            )
            return
        told = ngettext(
            "%(count)d message is sent again.",
            "%(count)d messages are sent again.",
            done,
        ) % {"count": done}
        log_once(request.user, WebhookDelivery, flag=CHANGE, what=told)
        self.message_user(request, told, messages.SUCCESS)
