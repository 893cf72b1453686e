"""The adapter of session_registry.py: the kit's frames on stdin and stdout, one JSON object a line."""

import json
import sys

from session_registry import Refusal, SessionRegistry

HELLO = {
    "protocol": {"major": 1, "minor": 0},
    "iut": {"name": "session_registry.py", "version": "1.0", "language": "python"},
    "roles": ["sessions/registry"],
    "caps": {"ops": ["inputs"], "batch": True, "reset": "soft", "seed": True},
}


class Trouble(Exception):
    """What is no business of the implementation: an error code of the kit, and a sentence."""


class Adapter:
    give = None

    def start(self, frame):
        if frame["role"] not in HELLO["roles"]:
            raise Trouble("unsupported", "no such role")
        registry, guards = SessionRegistry(), {}
        self.guards = guards
        self.give = {
            "Create": lambda i: registry.create(i["session"]),
            "Enter": lambda i: guards.update({i["guard"]: registry.enter(i["session"])}),
            "Check": lambda i: guards[i["guard"]].check(),
            "Copy": lambda i: guards.update({i["copy"]: guards[i["guard"]].copy()}),
            "Move": lambda i: guards.update({i["to"]: guards.pop(i["guard"]).move()}),
            "Release": lambda i: guards.pop(i["guard"]).release(),
            "Subscribe": lambda i: guards[i["guard"]].on_abort(self.aborted),
            "CloseAllExcept": lambda i: registry.close_all_except(i["keep"]),
            "Drain": lambda i: registry.drain(lambda: self.say("Drained", drain=i["drain"])),
        }
        return {}

    def input(self, frame):
        if self.give is None:
            raise Trouble("not-ready", "there is no registry")
        self.outputs = []
        try:
            self.give[frame["input"]["_tag"]](frame["input"])
            self.say("Done")
        except Refusal as refusal:
            self.say("Refused", reason=type(refusal).__name__)
        return {"outputs": self.outputs}

    def inputs(self, frame):
        self.start(frame["start"])
        return {"outputs": [self.input({"input": given})["outputs"] for given in frame["inputs"]]}

    def aborted(self, guard):
        name = next(name for name, other in self.guards.items() if other is guard)
        self.say("Aborted", guard=name, valid=guard.valid)

    def say(self, tag, **fields):
        self.outputs.append({"_tag": tag, **fields})


adapter = Adapter()
ops = {"hello": lambda frame: HELLO, **{name: getattr(adapter, name) for name in ("start", "input", "inputs")}}
for line in sys.stdin.buffer:
    frame = {"id": 0}
    try:
        frame = {**frame, **json.loads(line)}
        if frame["op"] == "bye":
            break
        answer = {"ok": ops[frame["op"]](frame)} if frame["op"] in ops else {"err": {"code": "unsupported"}}
    except Trouble as trouble:
        answer = {"err": {"code": trouble.args[0], "message": trouble.args[1]}}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as trouble:
        answer = {"err": {"code": "bad-args" if "op" in frame else "malformed", "message": repr(trouble)}}
    print(json.dumps({"id": frame["id"], **answer}), flush=True)
