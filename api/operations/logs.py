"""Log lines as JSON objects, each with the id of the request that it belongs to."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

from api.operations.noting import request_id

REQUESTS: Final = "landbrief.requests"
_FIELDS: Final = "landbrief_fields"


class JsonLines(logging.Formatter):
    """One object a line: time (UTC), level, logger, message, request_id, what else was given."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        identifier = request_id()
        if identifier is not None:
            fields["request_id"] = identifier
        fields |= getattr(record, _FIELDS, {})
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """For a person: time, level, logger, message, then `name=value`, with traces."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The message with what else was given."""
        fields = dict(getattr(record, _FIELDS, {}))
        identifier = request_id()
        if identifier is not None:
            fields.setdefault("request_id", identifier)
        told = "".join(f" {name}={value}" for name, value in fields.items() if value is not None)
        return super().formatMessage(record) + told


def log_request(fields: dict[str, Any]) -> None:
    """One line for a request that is done, at INFO."""
    logging.getLogger(REQUESTS).info("request", extra={_FIELDS: fields})


def log_as_set(form: str, level: str) -> None:
    """Sends what this process logs to standard error: `form` is `json` or `text`.

    Other programs' loggers stay at warnings: their lines could hold what people ask.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for own in ("landbrief", "api", "kb", "assistant", "ingestion"):
        logging.getLogger(own).setLevel(level.upper())
