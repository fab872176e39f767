"""Which chat model answers is a setting; where none is set, nothing of it is even imported."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openai_server import Reply, openai_service
from pydantic import SecretStr

from api.cli.settings_list import HIDDEN, listed
from assistant.chat.opening import open_writer
from evals.conditions import _telling
from kb.chat_model import PACKAGES, chat_model_of, check_chat_model, open_chat_model
from kb.chat_model_turns import StreamedModel, Turn
from kb.errors import ChatModelFailed, SettingsError
from kb.settings import Settings

ROOT = Path(__file__).parents[1]


def test_without_a_chat_model_there_is_no_writer() -> None:
    with open_writer(Settings()) as writer:
        assert writer is None


@pytest.mark.parametrize("name", ["gpt-5", ":gpt-5", "openai:", ""])
def test_a_name_without_a_provider_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="names no provider"):
        check_chat_model(name)


@pytest.mark.parametrize("provider", sorted(PACKAGES))
def test_a_missing_package_names_the_extra(provider: str) -> None:
    with pytest.raises(SettingsError, match=r"needs langchain-.*landbrief\[chat\]"):
        check_chat_model(f"{provider}:some-model", is_installed=lambda _: False)
    check_chat_model(f"{provider}:some-model", is_installed=lambda _: True)


@pytest.mark.parametrize("provider", sorted(PACKAGES))
def test_every_provider_of_the_extra_gets_the_settings(provider: str) -> None:
    model: Any = chat_model_of(
        Settings(
            chat_model=f"{provider}:some-model",
            chat_base_url="http://127.0.0.1:9",
            chat_api_key=SecretStr("not-a-key"),
            chat_timeout_seconds=7.0,
            chat_retries=1,
            chat_token_budget=900,
        )
    )
    told = repr({name: getattr(model, name, None) for name in type(model).model_fields})
    assert "127.0.0.1:9" in told
    assert "900" in told
    assert "7.0" in told
    assert "not-a-key" not in repr(model)


def test_a_key_that_is_missing_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match='no chat model "openai:some-model"'):
        open_chat_model("openai:some-model")


def test_the_key_is_hidden_where_settings_are_shown_or_kept() -> None:
    settings = Settings(chat_model="openai:m", chat_api_key=SecretStr("not-a-key"))
    shown = {one["name"]: one["value"] for one in listed(settings)}
    assert shown["LANDBRIEF_CHAT_API_KEY"] == HIDDEN
    assert shown["LANDBRIEF_CHAT_MODEL"] == "openai:m"
    assert "not-a-key" not in repr(settings)
    assert _telling(settings)["chat_model"] == "openai:m"
    assert "chat_api_key" not in _telling(settings)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDBRIEF_CHAT_MODEL", "ollama:some-model")
    monkeypatch.setenv("LANDBRIEF_CHAT_TOOL_ROUNDS", "0")
    settings = Settings()
    assert (settings.chat_model, settings.chat_tool_rounds) == ("ollama:some-model", 0)
    assert settings.extract_with_chat_model is False


def test_nothing_of_langchain_or_torch_is_imported_to_answer_without_a_model() -> None:
    code = (
        "import sys\n"
        "import api.house, api.local_desk, api.cli, assistant.assistant, kb.chat_model\n"
        "from assistant.chat.opening import open_writer\n"
        "from kb.settings import Settings\n"
        "with open_writer(Settings()): pass\n"
        "heavy = ('langchain', 'langsmith', 'openai', 'anthropic', 'ollama', 'torch', 'tiktoken')\n"
        "found = [m for m in sys.modules if m.split('.')[0].split('_')[0] in heavy]\n"
        "print(sorted(found), 'assistant.chat.drafting' in sys.modules)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[] False"


def test_a_model_is_made_once_and_only_when_it_is_needed() -> None:
    made: list[str] = []
    with openai_service(Reply("yes")) as service:

        def make() -> Any:
            made.append("made")
            return open_chat_model("openai:m", base_url=service.url, api_key="not-a-key")

        turns = StreamedModel("m", make)
        assert made == []
        for _ in range(2):
            said = list(turns.turn([("human", "?")], (), seconds=5, is_cancelled=lambda: False))
            assert isinstance(said[-1], Turn)
            assert (said[-1].text, said[-1].is_whole) == ("yes", True)
        turns.close()
        turns.close()
    assert made == ["made"]


def test_an_error_is_told_on_one_short_line() -> None:
    def make() -> Any:
        class Broken:
            def bind_tools(self, _: Any) -> Any:
                raise ValueError("a\nlong " * 200)

        return Broken()

    turns = StreamedModel("m", make)
    with pytest.raises(ChatModelFailed) as raised:
        list(turns.turn([], ({},), seconds=5, is_cancelled=lambda: False))
    turns.close()
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 300
