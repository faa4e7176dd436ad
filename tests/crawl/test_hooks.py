"""Hooks: what they send and write, and that nothing depends on them."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from scrapy.settings import Settings

from govcrawl.crawl.hooks import check_hooks, exposition, run_hooks
from govcrawl.crawl.options import project_settings
from govcrawl.errors import UsageError

SUMMARY = {
    "schema": 1, "run": 7, "database": '/srv/a "b"\\c/govcrawl.db', "started": "2026-01-05T22:00:00Z",
    "finished": "2026-01-05T22:30:00Z", "verdict": "incomplete: 石坞县", "exit_status": 3,
    "counts": {"requests": 125, "reports_new": 3, "reports_changed": 1, "reports_unchanged": 108,
               "entries_rejected": 2, "entries_failed": 1, "entries_pending": 0, "entries_blocked": 0},
    "outcomes": {"incomplete": 1, "complete": 2}, "reports_stored": 112,
}  # fmt: skip


class Receiver(HTTPServer):
    """Keeps what it is sent; its answer is in the path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[str, str | None, bytes]] = []
        self.given_up = threading.Event()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, self.headers["Content-Type"], body))
        self.send_response(int(self.path.split("/")[1]))
        self.send_header("Location", self.server.at("/200/elsewhere"))
        while self.path.endswith("drip") and not self.server.given_up.wait(0.05):
            self.flush_headers()
            self.send_header("X", "drip")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def hooks(**settings: object) -> Settings:
    return Settings({"WEBHOOK_TIMEOUT": 2, **settings})


def test_the_summary_is_posted_as_json(receiver: Receiver) -> None:
    run_hooks(hooks(WEBHOOK_URL=receiver.at("/204/hook?token=x")), SUMMARY)
    ((path, kind, body),) = receiver.got
    assert (path, kind) == ("/204/hook?token=x", "application/json; charset=utf-8")
    assert json.loads(body) == SUMMARY


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_another_answer_is_logged_and_not_followed(
    status: int, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    run_hooks(hooks(WEBHOOK_URL=receiver.at(f"/{status}/hook?token=secret")), SUMMARY)
    assert len(receiver.got) == 1
    ((_, level, told),) = caplog.record_tuples
    assert level == logging.ERROR
    assert str(status) in told
    assert "secret" not in told


def test_nobody_there_is_logged(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    run_hooks(hooks(WEBHOOK_URL="http://127.0.0.1:9/secret"), SUMMARY)
    assert ["cannot be reached" in message for message in caplog.messages] == [True]
    assert "secret" not in caplog.text


def test_an_answer_that_drips_is_given_up(
    receiver: Receiver, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govcrawl.crawl.hooks._MORE", 0.1)
    run_hooks(hooks(WEBHOOK_URL=receiver.at("/200/drip"), WEBHOOK_TIMEOUT=0.2), SUMMARY)
    receiver.given_up.set()
    assert "127.0.0.1 has not ended its answer in time" in caplog.text


def test_a_proxy_that_may_have_answered_is_said(
    receiver: Receiver, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", f"http://user:secret@{receiver.at('').removeprefix('http://')}")
    run_hooks(hooks(WEBHOOK_URL="http://hook.example.org/404/x"), SUMMARY)
    (told,) = caplog.messages
    assert "WEBHOOK_URL: hook.example.org (through http_proxy)" in told
    assert "secret" not in told


def test_the_file_for_prometheus(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "govcrawl.prom"
    run_hooks(hooks(PROMETHEUS_FILE=str(file)), SUMMARY)
    text = file.read_text(encoding="utf-8")
    label = 'database="/srv/a \\"b\\"\\\\c/govcrawl.db"'
    assert f"govcrawl_last_run_exit_status{{{label}}} 3\n" in text
    assert f'govcrawl_last_run_reports{{{label},change="new"}} 3\n' in text
    assert f'govcrawl_last_run_portals{{{label},outcome="complete"}} 2\n' in text
    assert f"govcrawl_last_run_finished_timestamp_seconds{{{label}}} 1767652200.0\n" in text
    lines = text.splitlines()
    named = [line.split("{")[0] for line in lines if not line.startswith("#")]
    for name in set(named):
        assert f"# TYPE {name} gauge" in lines
    assert [path.name for path in tmp_path.iterdir()] == ["govcrawl.prom"]
    file.unlink()
    tmp_path.rmdir()
    run_hooks(hooks(PROMETHEUS_FILE=str(file)), SUMMARY)
    assert ["could not be written" in message for message in caplog.messages] == [True]


def test_every_metric_is_told() -> None:
    docs = (Path(__file__).resolve().parents[2] / "docs" / "summary.md").read_text(encoding="utf-8")
    names = {line.split()[2] for line in exposition(SUMMARY).splitlines() if line.startswith("# TYPE")}
    assert [name for name in names if f"`{name}`" not in docs] == []


@pytest.mark.parametrize(
    "wrong",
    ["WEBHOOK_URL=ftp://example.org/", "WEBHOOK_URL=example.org", "WEBHOOK_URL=http://[::1",
     "WEBHOOK_URL=http://example.org:port/", "PROMETHEUS_FILE=govcrawl.txt",
     "PROMETHEUS_FILE=/no/such/folder/x.prom", "WEBHOOK_TIMEOUT=soon"],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_before_the_crawl(wrong: str) -> None:
    with pytest.raises(UsageError, match=wrong.split("=")[0]):
        project_settings([wrong])
    check_hooks(hooks())
