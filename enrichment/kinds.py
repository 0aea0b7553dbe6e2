"""What people read about each kind of error: its name, its meaning, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enrichment.llm.errors import ErrorKind

Text = str | Promise


@dataclass(frozen=True)
class Explanation:
    label: Text
    meaning: Text
    advice: Text


EXPLANATIONS: dict[ErrorKind, Explanation] = {
    ErrorKind.RATE_LIMITED: Explanation(
        _("rate limited"),
        _("The provider refused the call and all its retries: too many requests."),
        _(
            "Lower ENRICHMENT_REQUESTS_PER_MINUTE; the posting is tried again by itself."
        ),
    ),
    ErrorKind.SERVER_ERROR: Explanation(
        _("provider error"),
        _("The provider answered with an error of its own, again and again."),
        _("Look at the provider's status page; the posting is tried again by itself."),
    ),
    ErrorKind.CONNECTION: Explanation(
        _("no connection"),
        _("The provider could not be reached, or broke the connection off."),
        _("Check the network and OPENAI_BASE_URL."),
    ),
    ErrorKind.TIMEOUT: Explanation(
        _("no answer in time"),
        _("No answer came within ENRICHMENT_TIMEOUT_SECONDS."),
        _("Raise the limit if the model is slow; it may have been billed."),
    ),
    ErrorKind.INVALID_JSON: Explanation(
        _("invalid JSON"),
        _("The model's answer was not JSON."),
        _("A model that does this often is too small for the task."),
    ),
    ErrorKind.BAD_OUTPUT: Explanation(
        _("wrong shape"),
        _("The answer was JSON, but not what was asked for."),
        _("A model that does this often does not keep to JSON schemas."),
    ),
    ErrorKind.REFUSED: Explanation(
        _("refused by the model"),
        _("The model declined to answer for this text."),
        _("Read the posting: it may hold something that the model objects to."),
    ),
    ErrorKind.TRUNCATED: Explanation(
        _("answer cut off"),
        _("The answer was longer than ENRICHMENT_MAX_OUTPUT_TOKENS."),
        _("Raise ENRICHMENT_MAX_OUTPUT_TOKENS."),
    ),
    ErrorKind.EMPTY_OUTPUT: Explanation(
        _("empty answer"),
        _("The provider answered without any text."),
        _("Try it again; if it stays empty, try another model."),
    ),
    ErrorKind.BAD_REQUEST: Explanation(
        _("request not accepted"),
        _("The provider did not accept the request."),
        _("Read the message: the text may be too long for the model."),
    ),
    ErrorKind.NO_TEXT: Explanation(
        _("no text"),
        _("The posting has no text that could be read."),
        _("Import it again with a description."),
    ),
    ErrorKind.INSUFFICIENT_QUOTA: Explanation(
        _("account has no credit"),
        _("The provider's account has run out of credit or reached its budget."),
        _("Add credit or raise the budget at the provider; the run goes on by itself."),
    ),
    ErrorKind.UNAUTHORIZED: Explanation(
        _("key not accepted"),
        _("The provider did not accept the API key."),
        _("Set a valid OPENAI_API_KEY, restart the workers, then resume the run."),
    ),
    ErrorKind.FORBIDDEN: Explanation(
        _("not allowed"),
        _("The account may not use this model, or not from this place."),
        _("Check the account's rights at the provider, then resume the run."),
    ),
    ErrorKind.UNKNOWN_MODEL: Explanation(
        _("unknown model"),
        _("The provider does not know the model, or has no such address."),
        _("Check ENRICHMENT_MODEL and OPENAI_BASE_URL, restart, then resume the run."),
    ),
    ErrorKind.PROVIDER_DOWN: Explanation(
        _("provider is down"),
        _("Nearly every call failed over some time."),
        _("Wait for the provider; the run goes on by itself."),
    ),
    ErrorKind.WORKER_DIED: Explanation(
        _("worker died"),
        _("The worker died more than once while this posting was being read."),
        _("Look into the worker's log (memory?), then retry the posting."),
    ),
    ErrorKind.INTERNAL_ERROR: Explanation(
        _("internal error"),
        _("A fault in this program."),
        _("Look into the worker's log and report it."),
    ),
}

ERROR_KIND_CHOICES = [(kind.value, EXPLANATIONS[kind].label) for kind in ErrorKind]
