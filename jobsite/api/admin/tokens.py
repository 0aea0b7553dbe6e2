"""Tokens: made, shown once, revoked; never changed and never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enrichment.admin.base import ReadOnlyAdmin
from enrichment.audit import log_once
from jobsite.api import tokens
from jobsite.api.models import ApiToken
from jobsite.api.models.tokens import Scope

if TYPE_CHECKING:
    FormBase = forms.ModelForm[ApiToken]
else:
    FormBase = forms.ModelForm

SCOPES = tuple(f"may_{scope}" for scope in Scope.values)


class TokenForm(FormBase):
    class Meta:
        model = ApiToken
        fields = ("user", "name", *SCOPES, "expires_at")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(name) for name in SCOPES):
            raise ValidationError(_("Choose at least one thing that the token may do."))
        expires_at = data.get("expires_at")
        if expires_at and expires_at <= timezone.now():
            raise ValidationError({"expires_at": _("That moment is over.")})
        return data


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    form = TokenForm  # type: ignore[assignment]
    actions = ("revoke",)
    list_display = (
        *("name", "prefix", "user", "can", "created_at", "expires_at"),
        *("last_used_at", "revoked_at"),
    )
    list_select_related = ("user",)
    readonly_fields = ("prefix", "created_at", "last_used_at", "revoked_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("api.add_apitoken")

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("api.change_apitoken")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """One's own; a superuser's are all."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(user=request.user.pk)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        asked = ("name", *SCOPES, "expires_at")
        if obj is not None:
            return ("user", *asked, *self.readonly_fields)
        # For oneself: a token of somebody else's would lend their permissions.
        return ("user", *asked) if request.user.is_superuser else asked

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": request.user.pk, **super().get_changeform_initial_data(request)}

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        text = tokens.new_text()
        if obj.user_id is None:
            obj.user = request.user
        obj.digest, obj.prefix = tokens.digest(text), tokens.prefix(text)
        super().save_model(request, obj, form, change)
        request.made_token = text

    def response_add(
        self, request: Any, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The token itself, on this page alone: a message would be kept in a cookie."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("The new token"),
            "token": obj,
            "text": request.made_token,
        }
        response = TemplateResponse(request, "admin/api/made_token.html", context)
        response["Cache-Control"] = "no-store"
        return response

    @admin.action(
        description=gettext_lazy("Revoke selected tokens"), permissions=["revoke"]
    )
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        chosen = ApiToken.objects.filter(pk__in=queryset.values("pk"))
        names = ", ".join(
            chosen.filter(revoked_at=None).values_list("prefix", flat=True)
        )
        done = chosen.revoke()
        if not done:
            self.message_user(request, _("They are revoked already."), messages.WARNING)
            return
        text = ngettext("%(count)d token revoked.", "%(count)d tokens revoked.", done)
        told = text % {"count": done}
        log_once(request.user, ApiToken, flag=CHANGE, what=f"{told} ({names})")
        self.message_user(request, told, messages.SUCCESS)

    @admin.display(description=gettext_lazy("may"))
    def can(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)
