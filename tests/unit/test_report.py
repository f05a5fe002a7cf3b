"""``fcbench report``: derived files follow the records and nothing else, and harm nobody's files."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from fcbench_action.cli import cli
from fcbench_action.errors import BadInput, CorruptResults
from fcbench_action.pages.report import BEGIN, END, scorecards_json, summary, write_report
from fcbench_action.stats import scorecard
from tests.golden_files import check_golden
from tests.record_builder import Model, case_ref, model_records, record, write_files, write_tree

GOLDEN = Path(__file__).parents[1] / "golden" / "report"
QWEN = "qwen/qwen3-next-80b-a3b-instruct"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    results = write_tree(tmp_path / "results")
    write_report(results)
    return results


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.md"))


def test_the_pages_of_a_small_tree(tmp_path: Path) -> None:
    models = [
        Model("acme", "large", 0.9, 0.9),
        Model("acme", "small", 0.3, 0.5),
        Model("simulated", "careless", 0.6, 0.7, simulated=True),
    ]
    write_tree(tmp_path, models, trials=2, targets=1)
    write_report(tmp_path)
    check_golden(GOLDEN / "README.md", (tmp_path / "README.md").read_text("utf-8"))
    folder = tmp_path / "simulated/careless"
    check_golden(GOLDEN / "model.md", (folder / "README.md").read_text("utf-8"))
    check_golden(GOLDEN / "topic.md", (folder / "todo/README.md").read_text("utf-8"))
    check_golden(GOLDEN / "scorecard.json", (folder / "scorecard.json").read_text("utf-8"))


def test_writing_twice_changes_no_byte_and_touches_no_file(tree: Path) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tree.rglob("*") if p.is_file()}
    report = write_report(tree)
    assert (report.written, report.deleted, report.models) == (0, 0, 9)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tree.rglob("*") if p.is_file()} == before


def test_deleted_and_edited_derived_files_come_back(tree: Path) -> None:
    before = contents(tree)
    for name in ("README.md", f"{QWEN}/scorecard.json", f"{QWEN}/fcbench-derived.json"):
        (tree / name).unlink()
    shutil.rmtree(tree / QWEN / "todo/database")
    (tree / QWEN / "README.md").write_text("edited")
    write_report(tree)
    assert contents(tree) == before


def test_files_of_a_model_whose_records_are_gone_are_deleted(tree: Path) -> None:
    shutil.rmtree(tree / "never/valid/todo/fcbench")
    shutil.rmtree(tree / QWEN / "bbs/fcbench")
    assert write_report(tree).deleted > 3
    assert not (tree / "never").exists() and not (tree / QWEN / "bbs").exists()
    assert (tree / QWEN / "todo/README.md").is_file()
    assert "never/valid" not in (tree / "README.md").read_text("utf-8")


def test_files_of_other_people_stay_whatever_happens_to_records(tree: Path) -> None:
    folder = tree / "never/valid"
    (folder / "NOTES.md").write_text("mine")
    (folder / "todo/README.md").write_text("edited by hand")
    shutil.rmtree(folder / "todo/fcbench")
    (tree / "other/thing").mkdir(parents=True)
    (tree / "other/thing/README.md").write_text("theirs")
    write_report(tree)
    assert (folder / "NOTES.md").read_text() == "mine"
    assert (folder / "todo/README.md").read_text() == "edited by hand"
    assert (tree / "other/thing/README.md").read_text() == "theirs"
    assert not (folder / "scorecard.json").exists()


@pytest.mark.parametrize("listed", ["../../qwen/x.md", "/etc/passwd", "todo/fcbench/records/a.ndjson.gz"])
def test_a_manifest_that_lists_files_of_others_is_refused(tree: Path, listed: str) -> None:
    manifest = {"format": 1, "files": {listed: "0" * 64}}
    (tree / QWEN / "fcbench-derived.json").write_text(json.dumps(manifest))
    with pytest.raises(CorruptResults, match=r"derived\.json lists files"):
        write_report(tree)


def test_nothing_is_written_behind_a_symbolic_link(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    shutil.rmtree(tree / QWEN / "todo/database")
    (tree / QWEN / "todo/database").symlink_to(tmp_path / "outside")
    with pytest.raises(CorruptResults, match="is a symbolic link"):
        write_report(tree)
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_readme_that_is_a_link_is_refused(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tree / "README.md").unlink()
    (tree / "README.md").symlink_to(tmp_path / "secret")
    with pytest.raises(CorruptResults, match="is a symbolic link"):
        write_report(tree)
    assert (tmp_path / "secret").read_text() == "secret"


def test_the_rest_of_the_readme_is_the_maintainers(tree: Path) -> None:
    table = (tree / "README.md").read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    mine = f"# Mine\r\n\r\ntext é\r\n{BEGIN}\r\nold\r\n{END}\r\nmore"
    (tree / "README.md").write_bytes(mine.encode())
    write_report(tree)
    text = (tree / "README.md").read_bytes().decode()
    assert text == f"# Mine\r\n\r\ntext é\r\n{BEGIN}{table.replace(chr(10), chr(13) + chr(10))}{END}\r\nmore"


def test_a_readme_without_markers_gets_them_at_its_end(tree: Path) -> None:
    (tree / "README.md").write_text("# Mine\n")
    write_report(tree)
    assert (tree / "README.md").read_text("utf-8").startswith(f"# Mine\n\n{BEGIN}\n\n### Suite 1")


@pytest.mark.parametrize(
    "text", [BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}{BEGIN}{END}", f"{BEGIN}{END}{END}"]
)
def test_damaged_markers_are_named_and_nothing_is_written(tree: Path, text: str) -> None:
    (tree / "README.md").write_text(text)
    (tree / QWEN / "README.md").unlink()
    with pytest.raises(BadInput, match=r"README\.md: the leaderboard goes between"):
        write_report(tree)
    assert (tree / "README.md").read_text() == text and not (tree / QWEN / "README.md").exists()


def test_a_readme_that_is_no_text_is_bad_input(tree: Path) -> None:
    (tree / "README.md").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match="not UTF-8"):
        write_report(tree)


def test_every_link_leads_to_a_file_or_folder_in_the_tree(tree: Path) -> None:
    links = 0
    for page in pages(tree):
        for target in re.findall(r"\]\(([^)]*)\)", page.read_text("utf-8")):
            assert (page.parent / unquote(target)).resolve().exists(), (page, target)
            links += 1
    assert links > 60


def test_hostile_names_and_texts_stay_text(tree: Path) -> None:
    render = MarkdownIt("commonmark", {"html": True}).enable("table").render
    for page in pages(tree):
        if page.name != "README.md":
            continue
        html = render(page.read_text("utf-8"))
        tags = set(re.findall(r"<([a-zA-Z!/][a-zA-Z0-9]*)", html)) - {"!"}
        allowed = {
            "h1",
            "h2",
            "h3",
            "p",
            "ul",
            "li",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "a",
            "strong",
            "br",
            "sub",
        }
        assert {tag.removeprefix("/") for tag in tags} <= allowed, page
        assert all(not re.match(r"[a-z]+:|//", href) for href in re.findall(r'href="([^"]*)"', html))
        assert len(re.findall("<!--", html)) == (2 if page.parent == tree else 1)
        assert "\u202e" not in html and "\x1b" not in html


def test_every_table_of_simulated_results_says_so(tree: Path) -> None:
    for page in pages(tree / "simulated"):
        tables = re.findall(r"^(\|.*)\n\| ---", page.read_text("utf-8"), re.MULTILINE)
        assert tables or page.name != "README.md"
        assert all("(simulated)" in header for header in tables)
    for page in pages(tree / "openai"):
        assert "(simulated)" not in page.read_text("utf-8")


def test_scorecards_match_their_published_schema(tree: Path) -> None:
    schema = json.loads(Path(scorecard.__file__).with_name("scorecard.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    cards = sorted(tree.rglob("scorecard.json"))
    assert len(cards) == 9
    for card in cards:
        content = json.loads(card.read_text("utf-8"))
        validator.validate(content)
        assert "NaN" not in card.read_text("utf-8")


def test_artifacts_are_what_the_valid_answers_of_the_first_trial_compile_to(tree: Path) -> None:
    schema = (tree / "perfect/one/todo/database/schema.prisma").read_text("utf-8")
    assert schema.count("\nmodel ") == 6 and "model items_members" in schema
    assert not (tree / "never/valid/todo/database").exists()
    assert "no artifact" in (tree / "never/valid/todo/README.md").read_text("utf-8")


def test_an_answer_that_this_version_does_not_read_is_named_and_left_out(tmp_path: Path) -> None:
    gone = record("valid", case=case_ref(function="database.forgotten"))
    write_files(tmp_path, [gone, record("valid")])
    write_report(tmp_path)
    page = (tmp_path / "openai/gpt-4.1-mini/todo/README.md").read_text("utf-8")
    assert "reads their answers no more: todo/todos/database.forgotten/items" in page
    assert (tmp_path / "openai/gpt-4.1-mini/todo/database/schema.prisma").is_file()


def test_damaged_records_stop_the_report_and_are_named(tree: Path) -> None:
    path = next((tree / QWEN / "todo/fcbench/records").iterdir())
    path.write_bytes(path.read_bytes()[:-9])
    before = (tree / "README.md").read_bytes()
    with pytest.raises(CorruptResults, match=path.name):
        write_report(tree)
    assert (tree / "README.md").read_bytes() == before


def test_the_report_does_not_depend_on_how_records_are_spread_over_files(tmp_path: Path) -> None:
    records = model_records(Model("acme", "large", 0.5, 0.5))
    write_files(tmp_path / "one", records)
    for part in range(3):
        write_files(tmp_path / "many", records[part::3], shard=f"s.{part}")
    write_report(tmp_path / "one")
    write_report(tmp_path / "many")
    one, many = (
        {name: data for name, data in contents(tmp_path / folder).items() if "/fcbench/" not in name}
        for folder in ("one", "many")
    )
    assert one == many


def test_the_summary_has_no_links_and_the_same_tables(tree: Path) -> None:
    text = summary(tree)
    assert "](" not in text and text.count("\n### Suite") + text.startswith("### Suite") == 3


def test_the_command_prints_one_line_or_json(tree: Path) -> None:
    done = CliRunner().invoke(cli, ["report", "--results", str(tree)])
    assert done.exit_code == 0 and done.output == f"{tree}: 9 models, 0 files written, 0 deleted\n"
    done = CliRunner().invoke(cli, ["report", "--results", str(tree), "--format", "json"])
    rows = json.loads(done.output)
    assert len(rows) == 10 and rows[0]["model"] == "one" and rows[0]["overall"]["score"]["value"] == 100
    assert done.output.strip() == scorecards_json(tree)


def test_the_command_refuses_a_folder_that_is_no_results_tree(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["report", "--results", str(tmp_path)])
    assert isinstance(done.exception, BadInput) and done.exception.exit_code == 2


def test_a_readme_that_is_a_folder_is_bad_input(tree: Path) -> None:
    (tree / "README.md").unlink()
    (tree / "README.md").mkdir()
    with pytest.raises(BadInput, match=r"README\.md is a folder"):
        write_report(tree)


def test_simulated_rows_have_no_group_and_no_rank_in_tables_and_in_json(tree: Path) -> None:
    rows = json.loads(scorecards_json(tree))
    assert {row["setting"]["simulated"] for row in rows} == {True, False}
    for row in rows:
        ranked = not row["setting"]["simulated"] and not row["not_ranked"]
        assert (row["group"] is not None) == (row["ranks"] is not None) == ranked
    real, _, simulated = summary(tree).partition("| Model (simulated) |")
    assert "| Group | Score |" in real
    assert simulated.startswith(" Score | First call | By round 1 |")
