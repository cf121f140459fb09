"""A small read-only page of the ledger, for the county's people: Flask, served by waitress.

It shows what came from whom, what is missing and what was sent back, never what a record says.
Nothing can be changed here: only GET and HEAD are answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

import flask
import waitress

from integrity_desk.county import overview, web_tables
from integrity_desk.county.ledger import Ledger
from integrity_desk.county.web_tables import Cell, Table
from integrity_desk.paths import resource
from integrity_desk.wording import _, language

OpenLedger = Callable[[], AbstractContextManager[Ledger]]

_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def make_app(name: str, open_ledger: OpenLedger) -> flask.Flask:
    """Return the application of a county called ``name``."""
    app = flask.Flask(
        __name__, static_folder=None, template_folder=str(resource("county").absolute())
    )

    @app.after_request
    def secure(response: flask.Response) -> flask.Response:
        response.headers.update(_SECURITY)
        return response

    @app.get("/")
    def streams() -> str:
        with open_ledger() as ledger:
            lines = overview.stream_lines(ledger)
            return _page(name, ledger, _("各登记点"), "/", [web_tables.streams(lines)])

    @app.get("/streams/<stream>")
    def stream(stream: str) -> str:
        with open_ledger() as ledger:
            views = [each for each in ledger.streams() if each.stream == stream]
            if not views:
                flask.abort(404)
            tables = [
                web_tables.bundles(overview.bundle_lines(ledger, stream)),
                web_tables.remarks(overview.remarks(ledger, stream=stream)),
            ]
            title = f"{views[0].name} {stream}"
            return _page(name, ledger, title, "", tables, web_tables.notes(views[0]))

    @app.get("/reasons")
    def reasons() -> str:
        with open_ledger() as ledger:
            tables = [web_tables.reasons(overview.reasons(ledger))]
            return _page(name, ledger, _("退回和提示的原因"), "/reasons", tables)

    @app.get("/reasons/<code>")
    def reason(code: str) -> str:
        with open_ledger() as ledger:
            tables = [web_tables.remarks(overview.remarks(ledger, code=code))]
            return _page(name, ledger, _("原因：{code}").format(code=code), "", tables)

    @app.get("/style.css")
    def style() -> flask.Response:
        return flask.send_file(resource("county/style.css").absolute())

    return app


def _page(
    name: str,
    ledger: Ledger,
    title: str,
    here: str,
    tables: list[Table],
    notes: Iterable[Cell] = (),
) -> str:
    revisions, records = ledger.counts()
    places = (("/", _("各登记点")), ("/reasons", _("退回和提示的原因")))
    return flask.render_template(
        "page.html",
        language="zh-CN" if language() == "zh" else language(),
        county=name,
        title=title,
        said=_("共{records}条记录、{revisions}条变更。只能查看，不能修改。").format(
            records=f"{records:,}", revisions=f"{revisions:,}"
        ),
        links=[{"href": at, "words": words, "here": at == here} for at, words in places],
        notes=notes,
        tables=tables,
    )


def serve(app: Any, host: str, port: int) -> None:
    """Answer until the process is stopped."""
    waitress.serve(app, host=host, port=port, threads=4, ident="integrity-desk")
