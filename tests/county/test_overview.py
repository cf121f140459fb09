"""The county's page: what came from whom, gaps, and what was sent back and why."""

from __future__ import annotations

import shutil
import subprocess
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from integrity_desk.county import enrolment, office, overview, web
from tests.bundles import rec
from tests.county.conftest import NOW, PASSPHRASE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def busy(county, tmp_path):
    """A county that received one bundle, waits for another, and sent something back."""
    desk = county.enrolled()
    desk.write(tmp_path / "one", [desk.line(1), desk.line(2, name="只有名称的单位")])
    desk.write(tmp_path / "lost", [desk.line(3)])
    desk.write(tmp_path / "three", [desk.line(4)])
    county.receive(tmp_path / "one")
    county.receive(tmp_path / "three")
    return county


@pytest.fixture
def client(busy):
    name, open_ledger = office.ledger_opener(busy.folder, PASSPHRASE)
    return web.make_app(name, open_ledger).test_client()


def ledger_of(county):
    _name, open_ledger = office.ledger_opener(county.folder, PASSPHRASE)
    return open_ledger()


def test_a_stream_tells_how_far_it_came_and_what_is_missing(busy):
    with ledger_of(busy) as ledger:
        (line,) = overview.stream_lines(ledger)
    assert (line.stream.through_seq, line.stream.missing, line.rejected) == (1, ("2",), 1)
    assert line.last_received == "2026-11-20T03:00:00Z"


def test_bundles_are_listed_with_what_became_of_them(busy):
    with ledger_of(busy) as ledger:
        found = overview.bundle_lines(ledger, busy.desks[0].stream)
    assert [(each.seq, each.state) for each in found] == [(3, "held"), (1, "partly")]


def test_reasons_are_counted(busy, tmp_path):
    other = busy.enrolled("d09", "9" * 16)
    other.write(tmp_path / "other", [other.line(7, name="也只有名称")])
    busy.receive(tmp_path / "other")
    with ledger_of(busy) as ledger:
        (reason,) = overview.reasons(ledger)
        found = overview.remarks(ledger, code="field.required")
    assert (reason.code, reason.field, reason.count, reason.streams) == (
        "field.required", "kind", 2, 2,
    )  # fmt: skip
    assert {each.verdict.rec for each in found} == {rec(2), rec(7)}


def test_the_page_shows_gaps_and_reasons_but_nothing_a_record_says(client, busy):
    shown = client.get("/").get_data(as_text=True)
    stream = busy.desks[0].stream
    assert stream in shown
    assert "2026-11-20 11:00" in shown
    more = client.get(f"/streams/{stream}").get_data(as_text=True)
    assert "还缺：2" in more
    assert "field.required" in more
    assert "等待前面的包" in more
    reasons = client.get("/reasons").get_data(as_text=True)
    assert "必须填写" in reasons
    for page in (shown, more, reasons):
        assert "只有名称的单位" not in page


def test_nothing_can_be_changed_and_nothing_is_framed_or_kept(client):
    for path in ("/", "/reasons"):
        assert client.post(path).status_code == 405
        assert client.delete(path).status_code == 405
    said = client.get("/").headers
    assert "default-src 'none'" in said["Content-Security-Policy"]
    assert said["Cache-Control"] == "no-store"


def test_an_unknown_stream_or_page_is_not_found(client):
    assert client.get("/streams/<script>").status_code == 404
    assert client.get("/../county.json").status_code == 404


def test_a_revoked_key_is_said_on_its_page(client, busy, tmp_path):
    stream = busy.desks[0].stream
    enrolment.revoke(busy.folder, stream, tmp_path, passphrase=PASSPHRASE, after=1, now=NOW)
    assert "此密钥已停用，只认到第1包。" in client.get(f"/streams/{stream}").get_data(as_text=True)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_told):
        """Say nothing on stderr."""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to open the page with")
def test_a_real_browser_walks_from_the_streams_to_a_reason(busy, tmp_path):
    name, open_ledger = office.ledger_opener(busy.folder, PASSPHRASE)
    server = make_server("127.0.0.1", 0, web.make_app(name, open_ledger), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        site = f"http://127.0.0.1:{server.server_port}"
        stream = busy.desks[0].stream
        first = dom(f"{site}/", tmp_path)
        assert f'href="/streams/{stream}"' in first
        assert "rgb" not in first
        second = dom(f"{site}/streams/{stream}", tmp_path)
        assert 'href="/reasons/field.required"' in second
        assert "必须填写" in dom(f"{site}/reasons/field.required", tmp_path)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def dom(address, folder):
    """Return what the browser made of a page."""
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={folder / 'browser'}", "--dump-dom", address,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout
