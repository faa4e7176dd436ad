"""Every style of portal crawled into one archive: looked at again, read again, and verified."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl.cli import main
from govcrawl.store import Store
from tests.crawl.manners import ask, crawl, registry
from tests.portals.score import score
from tests.portals.server import PortalServer
from tests.portals.style import styles
from tests.portals.world import Portal, PortalSpec

DERIVED = (
    *("fact_lists", "section_places", "table_places", "check_lists"),
    *("statements", "findings", "removals", "attachments"),
)


def portals(scripted: bool) -> list[Portal]:
    names = [name for name, style in sorted(styles().items()) if style.scripted is scripted]
    return [
        Portal(
            PortalSpec(
                f"www.quanbu{number}.gov.cn", "云汀县", f"99{number:04d}", name, "flat", 11 + number,
                departments=3, towns=2, years=(2019, 2022, 2023), old_years=(2015,), others=20,
            )
        )
        for number, name in enumerate(names)
    ]  # fmt: skip


def exported(output: Path, name: str) -> dict[str, bytes]:
    for format_ in ("csv", "jsonl"):
        to = output / name / format_
        ended = CliRunner().invoke(
            main, ["export", "--format", format_, "--to", str(to), "--output", str(output)]
        )
        assert ended.exit_code == 0, ended.output
    files = sorted(path for path in (output / name).rglob("*") if path.is_file())
    return {str(path.relative_to(output / name)): path.read_bytes() for path in files}


@pytest.mark.soak
@pytest.mark.parametrize("scripted", [False, True])
def test_all_styles_looked_at_again_and_read_again_give_the_same_bytes(
    tmp_path: Path, scripted: bool
) -> None:
    world = portals(scripted)
    named = ("-a", f"portals={','.join(portal.key for portal in world)}")
    setting = registry(tmp_path, world)
    with PortalServer(world) as server:
        ended = crawl(tmp_path, *named, settings=[setting], network=server)
        assert ended.status == 0, ended.errors
        before = exported(tmp_path, "before")
        server.log.clear()
        ended = crawl(tmp_path, *named, settings=[setting, "RECHECK_DAYS=0"], network=server)
        assert ended.status == 0, ended.errors
        asked = [(entry.host, entry.path) for entry in server.log]
        known = {e.urls[0].partition("://")[2] for portal in world for e in portal.truth}
        looked = {f"{host}{path}" for host, path in asked} & known
        assert len(looked) >= 0.95 * len(known)
        assert len(asked) == len(set(asked))
    assert not [line for result in score(tmp_path / "govcrawl.db", world) for line in result.missing]
    assert ask(tmp_path, "SELECT count(*) FROM versions") == [(0,)]
    assert exported(tmp_path, "looked") == before
    with Store.open(tmp_path / "govcrawl.db") as store:
        for table in DERIVED:
            store.db.conn.execute(f"DELETE FROM {table}")
        store.db.conn.execute("UPDATE reports SET text='', title='', agency=NULL, year=NULL, evidence='{}'")
        store.db.conn.commit()
    for command in ("reextract", "verify"):
        ended_ = CliRunner().invoke(main, [command, "--output", str(tmp_path)])
        assert ended_.exit_code == 0, ended_.output
    assert exported(tmp_path, "after") == before
