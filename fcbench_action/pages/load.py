"""Reading a results tree for the site, one record in memory at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fcbench_action.errors import BadInput
from fcbench_action.pages.data import SuiteData, version_order
from fcbench_action.records.files import read_tools
from fcbench_action.records.tree import read_tree
from fcbench_action.stats.leaderboard import Collector, Leaderboard, leaderboards
from fcbench_action.stats.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages show: suites from the newest to the oldest, scorecards, and the transcripts.

    ``transcripts`` maps a path under the site's ``transcripts/`` to the record file that is copied there.
    """

    suites: list[SuiteData] = field(default_factory=list)
    scorecards: list[Scorecard] = field(default_factory=list)
    boards: list[Leaderboard] = field(default_factory=list)
    transcripts: dict[str, Path] = field(default_factory=dict)


def load(results: Path) -> Site:
    """Read every record of a results tree.

    Raises ``BadInput`` where ``results`` is no results tree, ``CorruptResults``, naming the file, for damage.
    """
    if not results.is_dir():
        raise BadInput(
            f"there is no results folder {results}: name the one that `fcbench run --results` wrote"
        )
    suites: dict[str, SuiteData] = {}
    transcripts: dict[str, Path] = {}
    collector = Collector()
    for topic in read_tree(results):
        names = {path: f"{topic.place.folder}/{path.name}" for path in topic.files}
        transcripts |= {name: path.resolve() for path, name in names.items()}
        tools = {path: read_tools(path) for path in topic.files}
        collector.expect(topic)
        for path, record in topic.located():
            collector.add(record)
            version = record.provenance.suite_version
            suite = suites.setdefault(version, SuiteData(version))
            suite.add(record, tools[path].get(record.case.function), names[path])
    newest_first = sorted(suites.values(), key=lambda suite: version_order(suite.version), reverse=True)
    entries = collector.entries()
    return Site(newest_first, [entry.scorecard for entry in entries], leaderboards(entries), transcripts)
