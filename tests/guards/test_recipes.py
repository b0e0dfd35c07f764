"""The recipes of docs/recipes.md are walked in a copy of the repository: each touches what it says, and ends green."""

import os
from pathlib import Path

import pytest

from tests.guards.recipes import Recipe, announce, copied, promised, recipes

MOST = {  # files
    "A rule of wording": 2,
    "A document of the launch pack": 4,
    "A step of the plan": 3,
    "A channel": 4,
    "A page for members": 6,
}
RECIPES = list(recipes())


def test_each_recipe_touches_few_files_and_says_how_many() -> None:
    counts = {recipe.name: len(recipe.files) for recipe in RECIPES}

    assert counts == promised()
    assert {name for name, count in counts.items() if count > MOST[name]} == set()


@pytest.mark.crash
@pytest.mark.any_database
@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe.name for recipe in RECIPES])
def test_a_recipe_ends_green(recipe: Recipe, tmp_path: Path) -> None:
    root = copied(tmp_path / "copy")
    recipe.apply(root)
    announce(root)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PLP_", "DJANGO_", "PYTEST_", "COV"))
    }
    environment = kept | {
        "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
        "PLP_HOME": str(tmp_path / "home"),
    }

    assert recipe.commands
    assert recipe.run(root, environment) == []
