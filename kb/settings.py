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
    chat_model: str | None = Field(
        default=None,
        description="Chat model that words answers, as provider:model, such as ollama:qwen3 or "
        "openai:gpt-5 (extra `chat`); without one answers are composed from the texts",
    )
    chat_base_url: str | None = Field(
        default=None, description="Address of the chat model's service, where not the provider's"
    )
    chat_api_key: SecretStr | None = Field(
        default=None, description="Key for it; the provider's own variable serves as well"
    )
    chat_timeout_seconds: float = Field(
        default=60.0, gt=0, description="Longest that the chat model may take over one answer"
    )
    chat_retries: int = Field(
        default=2, ge=0, le=10, description="How often a failed request to it is sent again"
    )
    chat_token_budget: int = Field(
        default=20_000, ge=500, description="Most tokens of one answer, read and written together"
    )
    chat_tool_rounds: int = Field(
        default=3, ge=0, le=20, description="How often it may look something up for one answer"
    )
    extract_with_chat_model: bool = Field(
        default=False,
        description="Have the chat model read every ingested paragraph for records too: it costs "
        "a request for each paragraph",
    )
    ods_url: str = Field(
        default="https://documents.un.org/api/symbol/access",
        description="Where `landbrief fetch` asks for documents: the Official Document System",
    )
    fetch_hosts: str = Field(
        default="",
        description="Other hosts that it may send a download on to, separated by commas",
    )
    fetch_seconds: float = Field(
        default=120.0, gt=0, description="Longest that one download may take"
    )
    fetch_private_addresses: bool = Field(
        default=False,
        description="Download from loopback and private addresses too: a mirror in your network",
    )
    require_key: bool = Field(
        default=False,
        description="Ask for a key on loopback too: where other people, or a proxy, use this "
        "machine",
    )
    hosts: str = Field(
        default="",
        description="Other names that the server answers to, separated by commas: behind a proxy",
    )
    key_requests_per_minute: int = Field(
        default=600, ge=0, description="Most requests of one key in a minute; 0 sets no limit"
    )
    address_requests_per_minute: int = Field(
        default=120,
        ge=0,
        description="Most requests without a key from one address in a minute, this machine's "
        "own apart; 0 sets no limit",
    )
    header_seconds: float = Field(
        default=15.0, gt=0, description="Longest that a client may take to begin a request"
    )
    body_seconds: float = Field(
        default=30.0, gt=0, description="Longest that it may take to send the body"
    )
    upload_seconds: float = Field(
        default=300.0, gt=0, description="Longest that it may take to send a file"
    )
    parse_seconds: float = Field(
        default=180.0, gt=0, description="Longest that a server may take to read one file"
    )
    parse_memory_mb: int = Field(
        default=1_024, ge=128, description="Most memory that reading one file may take there (MB)"
    )
    parse_result_mb: int = Field(
        default=48, ge=1, description="Most that the text of one file may take there (MB)"
    )
    conversations_kept: bool = Field(
        default=True,
        description="Keep conversations in the store, so that a restarted server knows them",
    )
    conversation_turns: int = Field(
        default=20, ge=1, le=1000, description="Turns kept of one conversation; the first go first"
    )
    conversations_most: int = Field(
        default=2_000, ge=1, description="Conversations kept; the longest silent go first"
    )
    conversation_days: int = Field(
        default=90, ge=1, description="Days that a conversation is kept after its last turn"
    )
    follow_ups: int = Field(
        default=3, ge=0, le=10, description="Questions suggested with one answer; 0 for none"
    )
    api_token: SecretStr | None = Field(
        default=None, description="Token for writes over loopback; made anew at each start if unset"
    )
    api_workers: int = Field(
        default=0,
        ge=0,
        le=64,
        description="Processes beside the server's own that answer and search; 0 for none",
    )
    api_concurrency: int = Field(
        default=2, ge=1, le=64, description="Answers, and searches, worked on at once by a process"
    )
    api_chat_concurrency: int = Field(
        default=16, ge=1, le=256, description="Answers worked on at once where a chat model words"
    )
    api_queue: int = Field(
        default=64, ge=0, le=10_000, description="Requests that wait in line; more get 429"
    )
    api_queue_seconds: float = Field(
        default=5.0, gt=0, description="Longest that one waits in line before it gets 429"
    )
    cors_origins: str = Field(
        default="",
        description="Sites whose pages may use the interface, such as https://example.org, "
        "separated by commas",
    )
    feedback_most: int = Field(
        default=10_000, ge=0, description="Verdicts on answers that are kept; 0 keeps none"
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="How a server's log lines are written"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="What a server logs; with `info` a line for each request"
    )
    log_questions: bool = Field(
        default=False, description="Have these lines hold what people ask and search for"
    )
    otel_endpoint: str | None = Field(
        default=None,
        description="Collector that spans are sent to, such as http://127.0.0.1:4317 (OTLP over "
        "gRPC, extra `otel`)",
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
