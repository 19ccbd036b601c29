"""Serves Dioptra's REST API from one SQLite file that several processes write."""

import sqlite3
from typing import Any

from dioptra.restapi import create_app
from sqlalchemy import event
from sqlalchemy.engine import Engine


@event.listens_for(Engine, "connect")
def share_the_file(connection: sqlite3.Connection, _record: Any) -> None:
    """Readers do not block the writer, writers wait for each other, the disk is not awaited."""
    for setting in ("journal_mode=WAL", "busy_timeout=30000", "synchronous=OFF"):
        connection.execute(f"PRAGMA {setting}").close()


app = create_app(env="dev")
