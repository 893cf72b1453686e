"""Plays files of vectors against the examples without the kit, and writes the transcript that `portcullis judge` reads.

    python3 run_vectors.py vectors/sessions-registry.jsonl > transcript.jsonl

An implementation begins anew for each vector. What came of each step is written as it was, with `state` where something may be
observed, and the transcript of a vector ends with the implementation. Where something came that the vector does not expect, that is
said on stderr, and the exit status is 1; whether it is lawful all the same is for the judge. Status 2: the file cannot be played.
"""

import json
import sys

import dcp_consumer_adapter
import session_registry_adapter

KNOWN = (1, 0)
"""The newest schema version that is known here. A newer minor one may leave unsaid what it adds, so it is refused as well."""

ROLES = {
    "sessions/registry": ("session_registry.py", None, session_registry_adapter.Adapter),
    "dcp/consumer-connection": ("dcp_consumer.py", "partitions", dcp_consumer_adapter.Adapter),
}

CAPABILITIES = {"batch", "seed", "reset"}
"""What a vector may require. Everything happens in one process, and begins anew as often as it is asked to."""

IGNORED = {"$": "ignore"}


class Unplayable(Exception):
    """A line that cannot be played, and why."""


def play(vector):
    """What came of each step, as far as the implementation lived."""
    _, observable, make = ROLES[vector["spec"]["name"]]
    outputs = []
    adapter = make(lambda tag, **fields: outputs.append({"_tag": tag, **fields}))
    seen = []
    for step in vector["steps"]:
        outputs.clear()
        adapter.input(step)
        seen.append({"outputs": list(outputs)})
        if observable is not None:
            state = adapter.observe()
            seen[-1]["state"] = state if state is None else {observable: state}
            if state is None:
                break
    return seen


def surprise(vector, seen):
    """The first step after which none of what is expected came, or nothing."""
    for at, (allowed, came) in enumerate(zip(vector["expect"], seen)):
        if not any(agrees(expected, came) for expected in allowed):
            return at
    return None


def agrees(expected, came):
    state = expected["state"]
    return comparable(expected["outputs"]) == comparable(came["outputs"]) and state in (IGNORED, came.get("state"))


def comparable(outputs):
    """Outputs by tag, for those of different tags come in any order, and packets as if they were forwarded in one piece."""
    by_tag = {}
    for output in outputs:
        several = output.get("packets")
        by_tag.setdefault(output["_tag"], []).extend([output] if several is None else several)
    return by_tag


def vectors(file):
    for number, line in enumerate(file, 1):
        if line.strip() == "":
            continue
        vector = json.loads(line)
        major, minor = (int(part) for part in vector["schemaVersion"].split("."))
        if major != KNOWN[0] or minor > KNOWN[1]:
            raise Unplayable(f"line {number} is of schema version {major}.{minor}; 1.0 is the newest that is known here")
        if vector["spec"]["name"] not in ROLES:
            raise Unplayable(f"line {number} is for {vector['spec']['name']}, which is not played here")
        missing = set(vector["requires"]) - CAPABILITIES
        if missing:
            raise Unplayable(f"line {number} requires {', '.join(sorted(missing))}")
        yield vector


def main(path):
    played = surprises = 0
    try:
        with open(path, encoding="utf-8") as file:
            for vector in vectors(file):
                seen = play(vector)
                same = {name: vector[name] for name in ("schemaVersion", "id", "spec", "steps")}
                print(json.dumps({**same, "implementation": ROLES[vector["spec"]["name"]][0], "seen": seen}))
                played += 1
                at = surprise(vector, seen)
                if at is not None:
                    surprises += 1
                    print(f"{vector['id']}, step {at + 1}: not expected: {json.dumps(seen[at])}", file=sys.stderr)
    except (Unplayable, OSError, ValueError, KeyError, TypeError) as wrong:
        print(f"{path}: {wrong!r}" if not isinstance(wrong, Unplayable) else f"{path}: {wrong}", file=sys.stderr)
        return 2
    print(f"{played} vectors played, {surprises} with a surprise", file=sys.stderr)
    return 0 if surprises == 0 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]) if len(sys.argv) == 2 else __doc__)
