"""The pages of prompts: who may, what they show, and what their buttons do."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.test import override_settings
from django.urls import reverse

from enrichment import pilots, prompts
from enrichment.llm.prompt import INSTRUCTIONS
from enrichment.models import Pilot, Prompt, Run
from enrichment.pages import prompt_diff
from tests.enrichment.prompting import a_new_prompt, draft, read_posting
from tests.people import SiteTestCase

LIST = reverse("enrichment:prompts")
JOBS = reverse("jobs:job-list")


def address(name: str, version: int) -> str:
    return reverse(f"enrichment:{name}", args=[version])


@override_settings(ENRICHMENT_OFFLINE=True)
class PromptPageTests(SiteTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        may = Permission.objects.get(codename="manage_prompts")
        cls.operator.user_permissions.add(may)

    def test_all_of_them_need_the_permission(self) -> None:
        version = draft().version
        pilot, _new = pilots.start(version=version, ids=[read_posting().pk])
        assert pilot is not None
        for page in (
            *(LIST, reverse("enrichment:pilot-choice"), pilot.get_absolute_url()),
            address("prompt", version),
            *(address("prompt-draft", version), address("prompt-edit", version)),
        ):
            with self.subTest(page):
                assert self.statuses(page) == [200, 403, 302]
        progress = address("pilot-progress", pilot.pk)
        assert self.statuses(progress) == [200, 403, 403]
        self.client.force_login(self.viewer)
        for page in (
            *(address("prompt-promote", version), address("prompt-discard", version)),
            *(reverse("enrichment:renew"), reverse("enrichment:pilot-start")),
            *(address("prompt-draft", version), address("prompt-edit", version)),
        ):
            with self.subTest(page):
                assert self.client.post(page).status_code == 403
        assert prompts.current().version == 1
        assert not Run.objects.filter(retries="stale").exists()

    def test_link_is_there_for_who_may(self) -> None:
        self.assertContains(self.client.get(JOBS), LIST)
        self.client.force_login(self.viewer)
        self.assertNotContains(self.client.get(JOBS), LIST)

    def test_list_tells_how_many_each_has_read_and_what_is_stale(self) -> None:
        read_posting()
        read_posting()
        a_new_prompt()
        read_posting()

        page = self.client.get(LIST)

        self.assertContains(page, "<strong>2 enriched jobs</strong>")
        self.assertContains(page, f'<a href="{JOBS}?prompt=1">2</a>')
        self.assertContains(page, f'<a href="{JOBS}?prompt=2">1</a>')
        self.assertContains(page, "shorter")

    def test_stale_ones_are_read_again_at_a_click_and_once(self) -> None:
        read_posting()
        a_new_prompt()

        for told in ("These jobs are read again", "being read again already"):
            page = self.client.post(reverse("enrichment:renew"), follow=True)
            self.assertContains(page, told)

        run = Run.objects.get(retries="stale")
        assert (run.user, run.door, run.priority) == (self.operator, "page", -1)
        self.assertContains(
            self.client.get(reverse("enrichment:run-detail", args=[run.pk])),
            "low priority",
        )
        self.assertNotContains(
            self.client.get(reverse("enrichment:failures")), "Being tried again"
        )

    def test_click_needs_the_permission_to_start(self) -> None:
        self.operator.user_permissions.remove(
            Permission.objects.get(codename="start_run")
        )
        read_posting()
        a_new_prompt()

        self.assertContains(self.client.get(LIST), "why-not-renew")
        assert self.client.post(reverse("enrichment:renew")).status_code == 403

    def test_draft_is_written_from_a_version_and_shown_against_the_current_one(
        self,
    ) -> None:
        form = address("prompt-draft", 1)
        self.assertContains(self.client.get(form), "You read one job posting")
        text = INSTRUCTIONS.replace("Never guess", "Never ever guess")

        sent = {"instructions": text.replace("\n", "\r\n"), "note": "stricter"}
        page = self.client.post(form, sent, follow=True)

        made = Prompt.objects.get(version=2)
        assert (made.instructions, made.created_by) == (text, self.operator)
        self.assertContains(page, "<ins>ever </ins>", html=False)
        self.assertContains(page, "removed:")
        self.assertContains(page, "stricter")

    def test_draft_that_says_nothing_or_nothing_new_is_refused(self) -> None:
        form = address("prompt-draft", 1)
        for text, told in (
            (INSTRUCTIONS, "Version 1 says exactly this already."),
            ("  ", "The model has to be told something."),
            ("x\0y", "Null characters are not allowed."),
            ("x" * (prompts.LONGEST + 1), "Ensure this value has at most"),
        ):
            with self.subTest(told):
                page = self.client.post(form, {"instructions": text})
                self.assertContains(page, told, status_code=422)
        assert Prompt.objects.count() == 1

    def test_used_draft_that_is_edited_becomes_another(self) -> None:
        version = draft().version
        form = address("prompt-edit", version)
        self.client.post(form, {"instructions": "Changed.", "note": "a"})
        prompts.use(version)

        page = self.client.post(
            form, {"instructions": "Again.", "note": ""}, follow=True
        )

        self.assertContains(page, "became version 3")
        texts = dict(Prompt.objects.values_list("version", "instructions"))
        assert (texts[2], texts[3]) == ("Changed.", "Again.")

    def test_promote_and_go_back(self) -> None:
        version = draft().version
        self.assertContains(
            self.client.get(address("prompt", version)), "Make it the current one"
        )

        self.client.post(address("prompt-promote", version), {"seen": 1})
        assert prompts.current().version == version
        page = self.client.get(address("prompt", 1))
        self.assertContains(page, "Go back to version 1")
        self.client.post(address("prompt-promote", 1), {"seen": version})

        assert prompts.current().version == 1

    def test_promotion_by_who_saw_another_current_one_is_told(self) -> None:
        first, second = draft("One."), draft("Two.")
        self.client.post(address("prompt-promote", first.version), {"seen": 1})

        for seen in ("1", "", "x"):
            page = self.client.post(
                address("prompt-promote", second.version), {"seen": seen}, follow=True
            )
            self.assertContains(page, "became the current one meanwhile")

        assert prompts.current().version == first.version

    def test_discard(self) -> None:
        version = draft().version

        page = self.client.post(address("prompt-discard", version), follow=True)

        self.assertContains(page, "put away")
        assert Prompt.objects.get(version=version).status == "retired"

    def test_pilot_from_a_version_page_and_its_results(self) -> None:
        posting = read_posting()
        version = draft().version
        wish = {"version": version, "size": 5, "sample": "random"}

        page = self.client.post(reverse("enrichment:pilot-start"), wish, follow=True)
        self.assertContains(page, "It waits for a worker.")
        pilots.run(Pilot.objects.get().pk)

        page = self.client.get(Pilot.objects.get().get_absolute_url())
        self.assertContains(page, posting.title)
        self.assertContains(page, "Make it the current one")
        fragment = address("pilot-progress", Pilot.objects.get().pk)
        polled = self.client.get(fragment, headers={"HX-Request": "true"})
        assert polled["HX-Refresh"] == "true"

    def test_pilot_of_ticked_jobs(self) -> None:
        postings = [read_posting(), read_posting()]
        draft()
        ids = [posting.pk for posting in postings]

        page = self.client.get(reverse("enrichment:pilot-choice"), {"posting": ids})
        self.assertContains(page, "2 jobs are ticked")
        wish = {"version": 2, "posting": ids}
        self.client.post(reverse("enrichment:pilot-start"), wish)

        assert Pilot.objects.get().postings.count() == 2
        plain = self.client.get(reverse("enrichment:pilot-choice"))
        self.assertContains(plain, "No job is ticked.")

    def test_odd_wish_for_a_pilot_is_told_at_the_field(self) -> None:
        wish = {"version": draft().version, "size": 0, "sample": "newest"}

        page = self.client.post(reverse("enrichment:pilot-start"), wish)

        self.assertContains(page, "greater than or equal to 1", status_code=422)
        assert not Pilot.objects.exists()

    def test_script_in_instructions_and_notes_is_text(self) -> None:
        script = "<script>alert(1)</script>"
        version = draft(script, note=script).version

        for page in (LIST, address("prompt", version), address("prompt-edit", version)):
            assert script not in self.client.get(page).content.decode()

    def test_admin_shows_them_to_read(self) -> None:
        self.operator.is_staff = self.operator.is_superuser = True
        self.operator.save()
        pilots.start(version=draft().version, ids=[read_posting().pk])

        for name in ("prompt", "pilot"):
            page = self.client.get(reverse(f"admin:enrichment_{name}_changelist"))
            assert page.status_code == 200


def test_lines_of_a_diff_are_all_lines_of_both() -> None:
    before, after = "same\nold words here\nlast", "same\nnew words here\nadded\nlast"

    found = prompt_diff.lines(before, after)

    texts = {
        kind: [
            "".join(p.text for p in line.pieces) for line in found if line.kind in kind
        ]
        for kind in (("same", "gone"), ("same", "new"))
    }
    assert texts["same", "gone"] == before.splitlines()
    assert texts["same", "new"] == after.splitlines()
    changed = [p.text for line in found for p in line.pieces if p.is_changed]
    assert changed == ["old", "new", "added"]
