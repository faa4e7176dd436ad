"""Large databases of generated reports, for measuring: ``python -m tests.bulk --reports 20000 --to FILE.db``."""

from tests.bulk.database import Made, make_database

__all__ = ["Made", "make_database"]
