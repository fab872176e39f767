"""Settings: frozen, from the environment (`LANDBRIEF_…`), then `.env`, then defaults."""

import os
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kb.errors import SettingsError

Source = Literal["environment", ".env", "default"]
PREFIX = "LANDBRIEF_"


class Settings(BaseSettings):
    """Every setting of LandBrief; `LANDBRIEF_` and the field's name make the variable."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("landbrief", appauthor=False),
        description="Folder that holds all data (created when missing)",
    )
    originals: Path | None = Field(
        default=None, description="Folder of your own documents that `make run` ingests"
    )
    embedder: str = Field(
        default="landbrief-static-256",
        description="Embedding model: a shipped one, or any of sentence-transformers by name or "
        "path; changing it asks for `landbrief reindex`",
    )
    embedder_query_prefix: str = Field(
        default="", description='What another model wants before a question, such as "query: "'
    )
    embedder_passage_prefix: str = Field(
        default="", description='What it wants before a passage, such as "passage: "'
    )
    reranker: str | None = Field(
        default=None, description="CrossEncoder of sentence-transformers, by name or path"
    )
    host: str = Field(default="127.0.0.1", description="Address that `landbrief serve` binds")
    port: int = Field(default=8000, ge=1, le=65535, description="Port that it binds")
    lock_wait_seconds: float = Field(
        default=20.0, ge=0, description="How long a command waits for another to leave the stores"
    )
    max_file_mb: int = Field(default=100, ge=1, description="Largest file that is read (MB)")
    max_pages: int = Field(default=3000, ge=1, description="Most pages of one PDF")
    max_unpacked_mb: int = Field(
        default=400, ge=1, description="Most that a DOCX may unpack to (MB): guards against bombs"
    )
    api_token: SecretStr | None = Field(
        default=None, description="Token for writes over loopback; made anew at each start if unset"
    )


def load_settings() -> Settings:
    """The settings in force. Raises SettingsError naming the variable and the cause."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg']}") from error


def source_of(field: str) -> Source:
    """Where the value of `field` comes from."""
    variable = PREFIX + field.upper()
    if os.environ.get(variable):
        return "environment"
    return ".env" if dotenv_values(".env").get(variable) else "default"
