"""One base class for everything that can go wrong; a message names the thing, the place, the reason and the way out."""


class DotterelError(Exception):
    """Base of all errors dotterel raises on purpose. Its message is one line, fit to be shown to a user."""


class InputError(DotterelError):
    """An input cannot be read as reports: empty, binary, vanished, malformed, or lacking a column."""

    def __init__(self, message: str, path: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.line = line


class OutputError(DotterelError):
    """An output cannot be written."""


class StoreError(DotterelError):
    """A database cannot be opened, is of a newer schema, or rejects a query."""


class InUseError(StoreError):
    """Another process holds the database."""


class ModelError(DotterelError):
    """The spaCy pipeline that was asked for is not installed or is not an English one."""


class WorkerError(DotterelError):
    """Workers cannot do the job: none can be started or reached, or they lack something or are of another version."""


class MissingExtraError(DotterelError):
    """An optional dependency is not installed; the message names the install command."""


class DataError(DotterelError):
    """A knowledge table in the package, or one given by the user, is malformed."""
