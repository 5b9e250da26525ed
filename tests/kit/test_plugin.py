"""The pytest plugin makes each scenario a test with each reader, and lets no file pass that it cannot read."""

from __future__ import annotations

import pytest

from iro_rules.clock import Calendar
from iro_rules.national import rulebook
from iro_rules.testing.scenario_files import read_scenarios
from iro_rules.testing.scenarios import answer, readers

pytest_plugins = ["pytester"]

SOUND = """
rules = ["regulations.first-review"]
facts = [{ kind = "became_looked_after", when = 2026-01-05, id = "start" }]

[[scenario]]
title = "On the twentieth working day there is still time."
as_of = 2026-02-02
[scenario.expect]
"regulations.first-review:start" = { standing = "open", due = 2026-02-02 }

[[scenario]]
title = "The day after, it is overdue."
as_of = 2026-02-03
[scenario.expect]
"regulations.first-review:start" = "overdue"
"""
ASKED = ("-p", "iro_rules.testing.plugin", "-p", "no:cacheprovider")


@pytest.fixture(scope="module", name="imported")
def _imported(tmp_path_factory: pytest.TempPathFactory, calendar: Calendar) -> None:
    """Pytester forgets what was imported since it began; so each reader has answered before."""
    path = tmp_path_factory.mktemp("before") / "reviews.toml"
    path.write_text(SOUND, encoding="utf-8")
    for scenario in read_scenarios(path, {"": rulebook()}.__getitem__):
        for judge in readers().values():
            answer(scenario, rulebook(), judge, calendar)


@pytest.fixture(name="asked")
def _asked(imported: None, pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder to run pytest in."""
    return pytester


def put(pytester: pytest.Pytester, text: str, name: str = "scenarios/reviews.toml") -> None:
    path = pytester.path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_each_scenario_is_a_test_with_each_reader(asked: pytest.Pytester) -> None:
    """They have the scenario's title and its line, and can be chosen by it."""
    put(asked, SOUND)
    every = len(readers())
    asked.runpytest_inprocess(*ASKED).assert_outcomes(passed=2 * every)
    done = asked.runpytest_inprocess(*ASKED, "-v", "-k", "overdue and meaning")
    done.assert_outcomes(passed=1, deselected=2 * every - 1)
    done.stdout.fnmatch_lines(["scenarios/reviews.toml::The day after, it is overdue. [[]meaning[]] PASSED*"])
    one = asked.inline_run(*ASKED, "--collect-only", "scenarios/reviews.toml")
    items = one.getcalls("pytest_collection_modifyitems")[0].items
    assert [item.location[1] for item in items] == [4] * every + [10] * every


def test_a_wrong_answer_fails_with_what_differs(asked: pytest.Pytester) -> None:
    """The scenario, the reader, the finding, what was expected and what was found; no trace through the plugin."""
    put(asked, SOUND.replace('start" = "overdue"', 'start" = "met"'))
    done = asked.runpytest_inprocess(*ASKED)
    done.assert_outcomes(passed=len(readers()), failed=len(readers()))
    done.stdout.fnmatch_lines(
        [
            "reviews.toml: The day after, it is overdue. (reader meaning)",
            "regulations.first-review:start: expected met; found overdue, due 2026-02-02, contact *",
        ]
    )
    assert "plugin.py" not in done.stdout.str()


@pytest.mark.parametrize(
    ("sound", "spoilt", "words"),
    [
        ("[[scenario]]", "[scenario", "the file is not TOML"),
        ('"overdue"', '"overdu"', "overdue, perhaps"),
        ("rules = [", 'protocol = "nortmoor"\nrules = [', "there is no such protocol"),
        (SOUND, "", "the file holds no scenario"),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error_of_the_run(
    asked: pytest.Pytester, sound: str, spoilt: str, words: str
) -> None:
    """In the words of the library; it is not passed over."""
    put(asked, SOUND.replace(sound, spoilt))
    done = asked.runpytest_inprocess(*ASKED)
    done.assert_outcomes(errors=1)
    assert words in done.stdout.str()


def test_only_scenario_files_are_taken_and_others_can_be_named(asked: pytest.Pytester) -> None:
    """TOML beside them is left alone; the ini file may say which files are meant."""
    put(asked, SOUND, "tests/figures.toml")
    put(asked, SOUND, "stories/reviews.toml")
    asked.runpytest_inprocess(*ASKED).assert_outcomes()
    asked.makeini("[pytest]\niro_scenarios = stories/*.toml")
    asked.runpytest_inprocess(*ASKED).assert_outcomes(passed=2 * len(readers()))


def test_without_being_asked_for_it_does_nothing(asked: pytest.Pytester) -> None:
    """Nobody's run of pytest is changed by having iro-rules installed."""
    put(asked, SOUND)
    asked.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes()


def test_a_package_that_leaves_its_scenarios_to_the_plugin_needs_it(asked: pytest.Pytester) -> None:
    """With the plugin its checks pass; without it one of them fails, and says what to do."""
    put(
        asked,
        'protocol = "derby"\nrules = ["derby"]\nfacts = []\n'
        '[[scenario]]\ntitle = "Nothing has happened."\nas_of = 2026-01-01\nexpect = {}\n',
    )
    asked.makepyfile(
        test_it="""
        from pathlib import Path
        import iro_rules_derby
        from iro_rules.testing.conformance import conforms

        TestIt = conforms(iro_rules_derby, scenarios=Path(__file__).parent / "scenarios", figures={}, stories=False)
        """
    )
    chosen = ("-k", "are_tests or Nothing")
    asked.runpytest_inprocess(*ASKED, *chosen).assert_outcomes(passed=1 + len(readers()), deselected=None)
    done = asked.runpytest_inprocess("-p", "no:cacheprovider", *chosen)
    done.assert_outcomes(failed=1, deselected=None)
    done.stdout.fnmatch_lines(["*run pytest with -p iro_rules.testing.plugin, or in the package's folder*"])
