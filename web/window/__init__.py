"""The window: server-rendered pages and a read-only JSON API, both made from the same views.

A topic is four files of one name, and one line in `app.TOPICS`:

    views/<topic>.py        what is to be seen: functions (holdings, arguments) → frozen dataclasses. They ask
                            `storage.catalog`, `audit` and `config`, and know nothing of HTTP. Moments are in UTC; where
                            a page shows them in an outlet's zone, the view has the zone's name beside them
    pages/<topic>.py        its pages: an APIRouter named `router`, outside the OpenAPI document; each endpoint asks one
                            view and returns `rendering.page(request, "<topic>.html", name=view, …)`
    templates/<topic>.html  extends base.html; macros that several pages use are in parts.html
    api/<topic>.py          the same view as JSON: an APIRouter named `router`; the return type *is* the schema, so that
                            views which the API returns are dataclasses of plain types

What holds everywhere:

- Endpoints are plain `def`: they ask the catalog, and so run in a thread, never in the event loop.
- An endpoint gets `window: Given` (`context.Window`: holdings, origins, freshness, …). What a stranger may send is
  declared with the types of `asked` (an empty field of a form is one that was not filled in), bounded in length. What
  is not declared is refused (`asked_unknown`).
- Every `{{ … }}` is escaped *and* put through `articles.visible` by the environment (`rendering`); nothing is marked
  `| safe` but what `audit.report.html_body` made. Text of an article stands in an element with its `lang`
  (`parts.said`).
- A link is made by `links` (globals of the templates: `article_link`, `change_link`, `replay_link`, …), never by hand;
  one to the archive's host goes through `links.to_archive`, which hands the session over where a token is asked for.
- Errors: raise `errors.Missing` (404) or `errors.Refused` (400) with a sentence; errors of the domain are turned into
  words by `errors`. Under /api/ they are application/problem+json, else a page.
- What is expensive (a search, a diff, a download) has `dependencies=[costs("search")]` (`limits`).
"""
