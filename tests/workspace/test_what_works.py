from smmlib import open_workspace
from smmlib.experiments import Arm, CopyTest


def test_what_works_is_learned_from_the_tests_as_they_are_kept(tmp_path):
    with open_workspace(tmp_path / "team") as workspace:
        assert workspace.what_works().to_frame().empty
        for number in range(6):
            arms = (
                Arm(variant="A", text="Kommst du?", trials=9_000, successes=360 + number),
                Arm(variant="B", text="Komm mit.", trials=9_000, successes=270 + number),
            )
            workspace.tests.add(CopyTest(name=f"Test {number}", arms=arms))
        found = workspace.what_works("de")
        assert found.tests == 6
        assert "question" in set(found.to_frame()["factor"])
        workspace.tests.remove(workspace.tests.list()[0].id)
        assert workspace.what_works("de").tests == 5
