from __future__ import annotations

import pytest

from govcrawl.crawl.options import project_settings
from govcrawl.errors import UsageError


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("DOWNLOAD_DELY", "DOWNLOAD_DELAY"),
        ("download_delay", "DOWNLOAD_DELAY"),
        ("HOST_REQUEST_PER_DAY", "HOST_REQUESTS_PER_DAY"),
        ("CONCURENT_REQUESTS_PER_DOMAIN", "CONCURRENT_REQUESTS_PER_DOMAIN"),
        ("CRAWLHOURS", "CRAWL_HOURS"),
    ],
)
def test_a_misspelt_setting_is_refused_with_the_one_that_was_meant(written: str, meant: str) -> None:
    with pytest.raises(UsageError) as refused:
        project_settings([f"{written}=1"])
    assert str(refused.value) == f"-s {written}: there is no such setting; did you mean {meant}?"


def test_settings_of_other_extensions_are_taken() -> None:
    names = ("MYEXT_ENABLED", "SENTRY_DSN", "PROXY_POOL", "LOG_LEVEL", "EXTENSIONS", "DELAY")
    settings = project_settings([f"{name}={{}}" for name in names])
    assert [settings[name] for name in names if name != "EXTENSIONS"] == ["{}"] * 5
