"""The DuckDB store: its schema, the rows of a coding, the database and questions to it."""

from dotterel.store.database import Store, open_store

__all__ = ["Store", "open_store"]
