"""How many of Chromium's recorded verdicts each implementation gets right, on what the peer can be asked."""

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench import node
from bench.corpus import outcomes_right
from bench.rows import NotMeasured, Row
from corsage.browser import CHROMIUM
from corsage.clients.recordings import Row as Recording

# What a page can ask with. jsdom would open a page for each of the others only to find that it has no fetch().
_INTERFACES: Final = {"happy-dom": ("fetch", "xhr"), "jsdom": ("xhr",)}


def rows(versions: dict[str, str], recordings: list[Recording]) -> list[Row]:
    """Play the corpus in each peer; judge the engine on the very scenarios that were judged there."""
    found: list[Row] = []
    for peer, version in versions.items():
        label = f"verdicts: {peer} {version}"
        askable = [
            row for row in recordings if row.scenario.get("request", {}).get("api") in _INTERFACES[peer]
        ]
        try:
            score, judged = _judge(peer, askable)
        except NotMeasured as reason:
            found.append(Row(label, None, note=str(reason)))
            continue
        ours = [row for row in askable if row.scenario["id"] in judged]
        found.append(_row(label, int(score["right"]), int(score["n"])))
        found.append(
            _row(f"verdicts: Corsage, where {peer} was asked", outcomes_right(ours, CHROMIUM), len(ours))
        )
    return found


def _row(label: str, right: int, asked: int) -> Row:
    if not asked:
        return Row(label, None, note="no scenario could be played here")
    return Row(label, 100 * right / asked, "%", note=f"{right:,} of {asked:,} as Chromium")


def _judge(peer: str, recordings: list[Recording]) -> tuple[dict[str, Any], set[str]]:
    """Return the peer's score and the ids that it was judged on."""
    with TemporaryDirectory(prefix="corsage-bench-") as folder:
        wanted, got = Path(folder, "recordings.jsonl"), Path(folder, "results.jsonl")
        _write(wanted, ({"scenario": row.scenario, **row.recorded} for row in recordings))
        results = node.script("run.mjs", "--peer", peer, "--scenarios", str(wanted), seconds=180)
        _write(got, results)
        judging = ("--peer", peer, "--recordings", str(wanted), "--results", str(got))
        score = node.script("score.mjs", *judging, seconds=60)[-1]
    return score, {result["id"] for result in results if result["verdict"] != "unsupported"}


def _write(path: Path, values: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
