"""How many rules there are, as the API, the command and the tab count them."""

from click.testing import CliRunner

from services.cli import main
from services.serving.release.loaded import Loaded
from services.serving.rules.find import RuleFilters
from services.serving.rules.sets import counted_of
from services.site.people.roles import Role
from tests.releases.tiny import make_tiny_release
from tests.web.people import guarded


def test_rules_are_counted_in_one_way(tmp_path):
    models = tmp_path / "models"
    count = counted_of(Loaded(models, make_tiny_release(models, 40)), RuleFilters())
    program = guarded(models, tmp_path / "state").program(Role.VIEWER)
    assert program.get("/api/v1/rules?limit=1").headers["X-Total-Count"] == str(count.rules)
    ran = CliRunner().invoke(main, ["rules", "--limit", "1", "--models", str(models)])
    assert ran.stdout.splitlines()[-1] == f"{count.rules} rules from {count.sets} product set"
