"""Opens the pull request that offers a branch of results for review, and comments on those of others, through
GitHub's REST API.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from fcbench_action.errors import EnvironmentFailed
from fcbench_action.sinks import one_line

TIMEOUT_SECONDS = 30
MAX_BODY_CHARACTERS = 60_000
"""GitHub refuses bodies over 65,536."""

COMMENT = "<!-- written by fcbench: what a pull request changes -->"
"""What our comment begins with, unseen."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository on GitHub: API root such as ``https://api.github.com``, ``owner/name``, and a token."""

    api: str
    name: str
    token: str


def open_pull_request(repository: Repository, *, head: str, base: str, title: str, body: str) -> str:
    """The URL of the pull request from ``head`` into ``base``: the one already open, or a new one.

    An open one gets the new title and body. Raises ``EnvironmentFailed`` with GitHub's reason.
    """
    text = {"title": title, "body": body[:MAX_BODY_CHARACTERS]}
    owner = repository.name.split("/")[0]
    query = urllib.parse.urlencode({"state": "open", "head": f"{owner}:{head}", "base": base})
    opened = _ask(repository, "GET", f"pulls?{query}")
    if opened:
        return str(_ask(repository, "PATCH", f"pulls/{int(opened[0]['number'])}", text)["html_url"])
    return str(_ask(repository, "POST", "pulls", text | {"head": head, "base": base})["html_url"])


def open_pull_requests(repository: Repository, commit: str) -> list[int]:
    """The numbers of the open pull requests whose head is this commit, forks' included.

    Raises ``EnvironmentFailed`` with GitHub's reason.
    """
    found = _ask(repository, "GET", f"commits/{urllib.parse.quote(commit, safe='')}/pulls")
    return [
        int(pull["number"])
        for pull in found
        if pull.get("state") == "open" and pull.get("head", {}).get("sha") == commit
    ]


def comment(repository: Repository, number: int, body: str, *, begin: bool = True) -> str:
    """The URL of our comment on a pull request, of which there is one that always says the newest.

    Without ``begin`` it is only brought up to date, and the URL is empty where there is none. Raises
    ``EnvironmentFailed`` with GitHub's reason.
    """
    text = {"body": f"{COMMENT}\n{body}"[:MAX_BODY_CHARACTERS]}
    known = _ask(repository, "GET", f"issues/{number}/comments?per_page=100")
    own = next((one for one in known if str(one.get("body", "")).startswith(COMMENT)), None)
    if own is not None:
        return str(_ask(repository, "PATCH", f"issues/comments/{int(own['id'])}", text)["html_url"])
    if not begin:
        return ""
    return str(_ask(repository, "POST", f"issues/{number}/comments", text)["html_url"])


def _ask(repository: Repository, method: str, path: str, payload: dict[str, str] | None = None) -> Any:
    request = urllib.request.Request(
        f"{repository.api}/repos/{repository.name}/{path}",
        method=method,
        data=json.dumps(payload).encode() if payload else None,
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {repository.token}",
            "Content-Type": "application/json",
            "User-Agent": "fcbench",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            return json.loads(answer.read(1_000_000))
    except urllib.error.HTTPError as error:
        raise EnvironmentFailed(
            f"GitHub refused the pull request ({error.code} {_reason(error)}); the token needs "
            "'pull-requests: write', and the repository's settings must allow Actions to create pull requests"
        ) from error
    except (OSError, ValueError) as error:
        raise EnvironmentFailed(
            f"GitHub's API at {repository.api} did not answer: {one_line(str(error))}"
        ) from error


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        answer = json.loads(error.read(100_000))
    except ValueError:
        return one_line(str(error.reason))
    if not isinstance(answer, dict):
        return one_line(str(error.reason))
    details = [str(e.get("message", "")) for e in answer.get("errors", []) if isinstance(e, dict)]
    return one_line("; ".join(filter(None, [str(answer.get("message", "")), *details])))
