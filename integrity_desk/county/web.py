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
    site = _Site(name, open_ledger)
    for rule, answer in (
        ("/", site.streams),
        ("/streams/<stream>", site.stream),
        ("/reasons", site.reasons),
        ("/reasons/<code>", site.reason),
        ("/style.css", site.style),
    ):
        app.add_url_rule(rule, view_func=answer)
    app.after_request(_secured)
    return app


def serve(app: Any, host: str, port: int) -> None:
    """Answer until the process is stopped."""
    waitress.serve(app, host=host, port=port, threads=4, ident="integrity-desk")


class _Site:
    """Answers each page from a ledger opened for it alone."""

    def __init__(self, name: str, open_ledger: OpenLedger) -> None:
        self._name = name
        self._open = open_ledger

    def streams(self) -> str:
        with self._open() as ledger:
            lines = overview.stream_lines(ledger)
            return self._page(
                ledger, _("各登记点"), [web_tables.streams(lines)], "/", web_tables.troubles(lines)
            )

    def stream(self, stream: str) -> str:
        with self._open() as ledger:
            views = [each for each in ledger.streams() if each.stream == stream]
            if not views:
                flask.abort(404)
            tables = [
                web_tables.bundles(overview.bundle_lines(ledger, stream)),
                web_tables.remarks(overview.remarks(ledger, stream=stream)),
            ]
            title = f"{views[0].name} {stream}"
            return self._page(ledger, title, tables, notes=web_tables.notes(views[0]))

    def reasons(self) -> str:
        with self._open() as ledger:
            tables = [web_tables.reasons(overview.reasons(ledger))]
            return self._page(ledger, _("退回和提示的原因"), tables, "/reasons")

    def reason(self, code: str) -> str:
        with self._open() as ledger:
            tables = [web_tables.remarks(overview.remarks(ledger, code=code))]
            return self._page(ledger, _("原因：{code}").format(code=code), tables)

    def style(self) -> flask.Response:
        return flask.send_file(resource("county/style.css").absolute())

    def _page(
        self,
        ledger: Ledger,
        title: str,
        tables: list[Table],
        here: str = "",
        notes: Iterable[Cell] = (),
    ) -> str:
        revisions, records = ledger.counts()
        places = (("/", _("各登记点")), ("/reasons", _("退回和提示的原因")))
        return flask.render_template(
            "page.html",
            language="zh-CN" if language() == "zh" else language(),
            county=self._name,
            title=title,
            said=_("共{records}条记录、{revisions}条变更。只能查看，不能修改。").format(
                records=f"{records:,}", revisions=f"{revisions:,}"
            ),
            links=[{"href": at, "words": words, "here": at == here} for at, words in places],
            notes=notes,
            tables=tables,
        )


def _secured(response: flask.Response) -> flask.Response:
    response.headers.update(_SECURITY)
    return response
