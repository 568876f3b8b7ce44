"""The DuckDB store: its schema, the rows of a coding, the database and questions to it."""

from dotterel.store.current import Current, Standing
from dotterel.store.database import Store, open_existing, open_store
from dotterel.store.held import HeldStore
from dotterel.store.ready import ReadyCoder
from dotterel.store.shared import SharedStore
from dotterel.store.sought import Search

__all__ = [
    "Current",
    "HeldStore",
    "ReadyCoder",
    "Search",
    "SharedStore",
    "Standing",
    "Store",
    "open_existing",
    "open_store",
]
