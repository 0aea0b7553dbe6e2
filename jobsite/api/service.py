"""The API as one thing: its routers, its parser, its refusals."""

from __future__ import annotations

from ninja import NinjaAPI

from jobsite.api import errors
from jobsite.api.parser import StrictParser
from jobsite.api.routes import postings, runs, stats

DESCRIPTION = """
Send a token with each request: `Authorization: Bearer jobsite_…`. It is made by
`manage.py create_api_token` or in the admin, has scopes (read, enrich, control, write), and
can do no more than its user. Refusals are `{"kind", "message", "field"}`. Lists go on at
`next`. Answers tell the rate that is left: `RateLimit-Remaining`.
"""

# Without ninja's own pages: they load scripts from elsewhere, which the site's
# Content-Security-Policy forbids.
api = NinjaAPI(
    title="Job postings and their enrichment",
    version="1",
    description=DESCRIPTION.strip(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    parser=StrictParser(),
)
api.add_router("/runs", runs.router)
api.add_router("/postings", postings.router)
api.add_router("", stats.router)
errors.answer_by(api)
