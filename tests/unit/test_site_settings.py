"""Pages of a tree that mixes settings: nothing counts where it does not belong, equal things are equal."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from fcbench_action.pages import cases, leaderboard, models, settings, topics, urls
from fcbench_action.pages.load import Site, load
from fcbench_action.pages.report import write_report
from fcbench_action.pages.widgets import percent
from fcbench_action.stats.scorecard import Scorecard, Setting
from tests.mixed_tree import VARIANT, asked, write_mixed_tree
from tests.record_builder import case_ref, provenance, record, write_files

CASE = "todo/todos/database.tables/items-todos"
RANKED, VARIED, AS_TEXT, LITE = (
    "Suite 1, standard tier: ranked",
    f"Suite 1, standard tier, variant {VARIANT}: not ranked",
    "Suite 1, standard tier, answers as text: not ranked",
    "Suite 1, lite tier: not ranked",
)
PLAYED, PLAYED_LITE = "Suite 1, standard tier: simulated", "Suite 1, lite tier: simulated"
RUNS = {RANKED: {"0a", "0b"}, VARIED: {"00"}, AS_TEXT: {"0d"}, LITE: {"0c"}}
RECORDED = {"standard": 13, "lite": 12}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return load(write_mixed_tree(tmp_path_factory.mktemp("mixed")))


@pytest.fixture(scope="module")
def model(site: Site) -> dict[str, str]:
    return parts(models.render("acme", "large", site, urls.model("acme", "large")))


@pytest.fixture(scope="module")
def topic(site: Site) -> dict[str, str]:
    return parts(topics.render("todo", site, urls.topic("todo")))


@pytest.fixture(scope="module")
def case(site: Site) -> str:
    return cases.render(CASE, site.suites, urls.case(CASE))


def parts(page: str, level: int = 2) -> dict[str, str]:
    """What stands under each heading, by its text, in the order of the page."""
    pieces = re.split(rf"<h{level} [^>]*>", page)[1:]
    return {text(piece.partition(f"</h{level}>")[0]).removesuffix("#"): piece for piece in pieces}


def text(html: str) -> str:
    return re.sub("<[^>]*>", "", html)


def rows(table: str) -> list[list[str]]:
    bodies = "".join(re.findall("(?s)<tbody.*?</tbody>", table))
    found = re.findall("(?s)<tr.*?</tr>", bodies)
    return [[text(cell) for cell in re.findall("(?s)<t[hd].*?</t[hd]>", row)] for row in found]


def card(site: Site, name: str, setting: str = RANKED) -> Scorecard:
    (found,) = (c for c in site.scorecards if c.model == name and settings.title(c.setting) == setting)
    return found


def test_ranked_tables_come_first_and_headings_say_what_they_are_of(site: Site) -> None:
    titles = [settings.title(board.setting) for board in site.boards]
    assert titles == [RANKED, VARIED, AS_TEXT, LITE, PLAYED, PLAYED_LITE]


def test_a_models_page_has_a_part_for_each_setting_in_the_order_of_the_leaderboards(
    model: dict[str, str],
) -> None:
    assert [*model] == [RANKED, VARIED, AS_TEXT, LITE]


@pytest.mark.parametrize("setting", RUNS)
def test_a_setting_of_a_model_shows_the_trials_of_its_own_runs_and_counts_these(
    setting: str, model: dict[str, str]
) -> None:
    part = model[setting]
    assert set(re.findall(r"large/todo/(\w+)-all\.ndjson\.gz", part)) == RUNS[setting]
    count = RECORDED["lite" if setting is LITE else "standard"]
    trials = 4 * count if setting is RANKED else count
    assert f"{trials} trials at {count} cases" in part
    assert part.count('class="fcb-trial"') == trials


def test_trials_of_several_runs_are_told_apart(model: dict[str, str], case: str) -> None:
    assert ">0a #0</a>" in model[RANKED] and ">0b #0</a>" in model[RANKED]
    assert "0c #0" not in model[LITE] and ">#0</a>" in model[LITE]
    assert ">0a #1</a>" in case and ">0b #1</a>" in case


def test_a_topic_has_a_table_for_each_setting_in_the_order_of_the_leaderboards(topic: dict[str, str]) -> None:
    assert [*topic] == [RANKED, VARIED, AS_TEXT, LITE, PLAYED, PLAYED_LITE, "Suite 1: cases"]
    names = {title: [row[0].split()[0] for row in rows(part)] for title, part in topic.items()}
    assert names[RANKED] == ["acme/other", "acme/large"]
    assert names[VARIED] == names[AS_TEXT] == names[LITE] == ["acme/large"]
    assert names[PLAYED] == names[PLAYED_LITE] == ["acme/played"]


@pytest.mark.parametrize("setting", [RANKED, VARIED, AS_TEXT, LITE])
def test_numbers_of_a_topic_are_those_of_the_models_page(
    setting: str, site: Site, topic: dict[str, str]
) -> None:
    found = card(site, "large", setting)
    row = next(row for row in rows(topic[setting]) if row[0].startswith("acme/large"))
    measures = [*(found.by_function[name] for name in sorted(found.by_function)), found.by_topic["todo"]]
    for cell, of in zip(row[1:], measures, strict=False):
        first, final = of.first_call, of.valid_by_round[-1]
        assert (
            first and final and cell == f"{percent(first.value)}\N{RIGHTWARDS ARROW} {percent(final.value)}"
        )
    assert found.by_topic["todo"].score and row[-2].startswith(f"{found.by_topic['todo'].score.value:.1f}")
    assert row[-1] == str(found.by_topic["todo"].trials)


def test_cases_of_a_topic_count_those_who_were_asked_alike_whatever_the_tier(topic: dict[str, str]) -> None:
    shares = {row[0].removeprefix("database.tables for "): row[3:] for row in rows(topic["Suite 1: cases"])}
    assert shares[f"items-todos of todos{CASE}"] == ["50.0", "100.0", "6"]
    assert shares["notes of todostodo/todos/database.tables/notes"] == ["60.0", "100.0", "5"]


def test_where_only_simulated_models_were_asked_their_shares_stand_there_and_say_so(tmp_path: Path) -> None:
    write_files(tmp_path, asked("played", "no_call", run="1a", simulated=True))
    (_, found) = parts(topics.render("todo", load(tmp_path), urls.topic("todo"))).items()
    assert found[0] == "Suite 1: cases, simulated" and "all simulated models" in found[1]
    assert {tuple(row[3:]) for row in rows(found[1])} == {("100.0", "100.0", "1"), ("0.0", "100.0", "1")}


def test_heads_that_sort_hold_no_links_and_functions_are_linked_below(topic: dict[str, str]) -> None:
    for part in topic.values():
        heads = "".join(re.findall("<thead.*?</thead>", part))
        assert "data-sort" in heads and "<a" not in heads
    assert "functions/database.tables/" in topic[RANKED]


def test_a_case_shows_the_suites_own_words_first_and_then_those_of_variants(case: str) -> None:
    title = "database.tables for items-todos of todos"
    assert f"<h1>{title}</h1>" in case
    asked_for = parts(case)["What is asked"]
    prompts = [text(found) for found in re.findall("<pre.*?</pre>", asked_for) if "Do this" in found]
    assert prompts == [f"Do this: {title}.", f"Do this: {title}, in other words."]
    own, other = asked_for.index("suite&#x27;s own words: "), asked_for.index(f"words of variant {VARIANT}: ")
    assert own < asked_for.index(prompts[0]) < other < asked_for.index(prompts[1])
    assert "unless its row names a variant" in text(asked_for).replace("&#x27;", "'")


def test_a_case_that_is_known_in_a_variant_only_says_so(tmp_path: Path) -> None:
    write_files(tmp_path, asked("large", "valid", run="00", variant=VARIANT))
    page = cases.render(CASE, load(tmp_path).suites, urls.case(CASE))
    assert f"In the words of variant {VARIANT}: " in page and "Every model gets the texts below" not in page


def test_rows_of_a_case_name_their_setting(case: str, tmp_path: Path) -> None:
    labels = [row[0] for row in rows(parts(case)["What the models answered"])]
    assert len(set(labels)) == 5 and f"acme/largestandard tier · variant {VARIANT}" in labels
    assert labels[0] == "acme/largestandard tier" and labels[-1] == "acme/largelite tier"
    write_files(tmp_path, asked("large", "valid", run="0a", variant=VARIANT))
    write_files(tmp_path, asked("large", "valid", run="0b", variant=VARIANT, suite_digest="f" * 64))
    edited = cases.render(CASE, load(tmp_path).suites, urls.case(CASE))
    assert [row[0] for row in rows(edited)] == [
        f"acme/largestandard tier · variant {VARIANT} · suite digest {digit * 12}" for digit in "0f"
    ]


def test_links_to_a_setting_stay_when_others_come_and_are_the_same_on_every_page(
    site: Site, tmp_path: Path
) -> None:
    write_files(tmp_path, asked("large", "no_call", run="0c", tier="lite"))
    alone = models.render("acme", "large", load(tmp_path), urls.model("acme", "large"))
    (anchor,) = re.findall('<h2 id="([^"]*)"', alone)
    assert anchor.startswith("suite-1-lite-tool-")
    for page in (
        models.render("acme", "large", site, urls.model("acme", "large")),
        topics.render("todo", site, urls.topic("todo")),
        leaderboard.render(site, urls.HOME),
    ):
        assert page.count(f'id="{anchor}"') == 1
    ids = re.findall(' id="([^"]*)"', models.render("acme", "large", site, urls.model("acme", "large")))
    assert len(ids) == len(set(ids))


def test_no_two_settings_share_an_anchor(site: Site) -> None:
    base = site.boards[0].setting
    changed = [
        msgspec.structs.replace(base, **{name: value})
        for name in Setting.__struct_fields__
        for value in ([True] if isinstance(getattr(base, name), bool) else [7, 8])
        if not isinstance(getattr(base, name), str)
    ]
    texts = ("a b", "a-b", "a.b", "A-b", "", "\ud800")
    changed += [
        msgspec.structs.replace(base, **{name: value})
        for name in Setting.__struct_fields__
        if isinstance(getattr(base, name), str)
        for value in texts
    ]
    different = {*changed, base}
    anchors = {settings.anchor(setting) for setting in different}
    assert len(anchors) == len(different)
    assert all(re.fullmatch("[a-z0-9-]+", anchor) for anchor in anchors)


def test_a_models_page_tells_phases_and_functions_apart(model: dict[str, str]) -> None:
    (part,) = (part for name, part in parts(model[RANKED], 3).items() if name == "By phase and function")
    assert [row[0] for row in rows(part)] == [
        *("database", "interface", "realize"),
        *("database.tables", "interface.operations", "interface.schemas", "realize.operation"),
    ]


def test_what_is_not_known_says_what_is_missing(model: dict[str, str], tmp_path: Path) -> None:
    facts = dict(re.findall("<dt>(.*?)</dt><dd>.*?<small>(.*?)</small>", model[LITE]))
    assert facts["Reliability, pass^k, %"] == "needs two trials of a case"
    assert facts["Money to valid, $"] == "no prices given"
    assert "not known" not in "".join(facts.values()) and len(facts) % 5 == 0
    write_files(tmp_path, asked("large", "valid", run="0a"))
    write_report(tmp_path)
    page = (tmp_path / "acme/large/README.md").read_text("utf-8")
    assert "| Reliability | needs two trials of a case | 0 |" in page
    assert "| US dollars, per trial valid by round 4 | no prices given | 0 |" in page


def test_quantization_and_engine_stand_under_the_models_name(site: Site, tmp_path: Path) -> None:
    board = parts(leaderboard.render(site, urls.HOME))[RANKED]
    named = {row[1] for row in rows(board)}
    assert named == {"acme/other13 trials", "acme/largefp8, vLLM 0.1152 trials"}
    write_mixed_tree(tmp_path)
    write_report(tmp_path)
    assert "README.md)<br><sub>fp8, vLLM 0.11, 52 trials</sub> |" in (tmp_path / "README.md").read_text(
        "utf-8"
    )


def test_runs_of_different_contestants_say_so_on_every_page(tmp_path: Path) -> None:
    for run, quantization in (("0a", "fp8"), ("0b", "Q4_K_M")):
        write_files(tmp_path, asked("large", "valid", run=run, facts={"quantization": quantization}))
    write_files(tmp_path, asked("other", "no_call", run="0c"))
    site = load(tmp_path)
    write_report(tmp_path)
    reason = (
        "its runs differ in quantization (Q4_K_M, fp8): "
        "publish them under names of their own, PROVIDER/NAME=WIRE-NAME"
    )
    board = leaderboard.render(site, urls.HOME)
    assert f"not ranked: {reason}<" in board and "Q4_K_M or fp8" in board
    assert f"Not ranked: {reason}." in models.render("acme", "large", site, urls.model("acme", "large"))
    assert "not comparable" in topics.render("todo", site, urls.topic("todo"))
    (row,) = (line for line in lines(tmp_path / "README.md") if "acme/large" in line)
    assert row.split(" | ")[1].startswith("its runs differ in quantization")
    assert [row[1][:10] for row in rows(board)] == ["acme/other", "acme/large"]


def test_a_table_without_a_ranking_has_no_groups_and_says_why_in_its_heading(site: Site) -> None:
    found = parts(leaderboard.render(site, urls.HOME))
    for title in (RANKED, LITE):
        assert (">Group<" in found[title]) == (title is RANKED)
        assert (settings.GROUPS in found[title]) == (title is RANKED)
        assert f'</table></div><p class="fcb-note">{settings.VALIDITY}' in found[title]
        assert ">Semantic<" in found[title] and ">Runtime<" in found[title]


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def test_a_readme_says_what_is_missing_beside_the_name_and_once(tmp_path: Path) -> None:
    whole = asked("large", "valid", run="0a")
    write_files(tmp_path, whole)
    write_files(
        tmp_path,
        [record("valid", case=case_ref(), source=provenance("acme", "part", run="0b", tier_cases=13))],
    )
    write_report(tmp_path)
    found = lines(tmp_path / "README.md")
    head = next(number for number, line in enumerate(found) if line.startswith("| Model | Not ranked |"))
    assert found[head + 1].startswith("| --- | --- | ---: |")
    assert (
        "| ran 1 of the 13 cases of the tier | - |" in found[head + 3] and found[head + 3].count("ran ") == 1
    )


def test_a_topics_readme_begins_with_what_came_of_it(tmp_path: Path) -> None:
    write_mixed_tree(tmp_path)
    write_report(tmp_path)
    found = lines(tmp_path / "acme/large/todo/README.md")
    first = next(line for line in found if line.startswith("- "))
    assert first == "- Suite 1, standard tier: 52 of 52 valid, 42 at the first call, score 96.7"
    assert "| Case | Title | Valid by | Grade |" in found
    assert any("[Records](fcbench/records)" in line for line in found)
