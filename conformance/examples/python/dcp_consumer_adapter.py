"""The adapter of dcp_consumer.py: the kit's frames on stdin and stdout, one JSON object a line."""

import json
import sys

from dcp_consumer import ConsumerConnection, Crash

HELLO = {
    "protocol": {"major": 1, "minor": 0},
    "iut": {"name": "dcp_consumer.py", "version": "1.0", "language": "python"},
    "roles": ["dcp/consumer-connection"],
    "caps": {"ops": ["inputs", "observe"], "observe": ["partitions"], "batch": True, "reset": "soft", "seed": True},
}


class Trouble(Exception):
    """What is no business of the implementation: an error code of the kit, and a sentence."""


class Adapter:
    consumer = None

    def start(self, frame):
        if frame["role"] not in HELLO["roles"]:
            raise Trouble("unsupported", "no such role")
        self.consumer = ConsumerConnection(self.say)
        return {}

    def input(self, frame):
        self.outputs, given, tag = [], frame["input"], frame["input"]["_tag"]
        try:
            if tag == "Call":
                self.consumer.call(given["request"], lambda v: self.say("Reply", call=given["call"], value=v))
            elif tag == "FromKvConsumer":
                self.consumer.chunk(given["packets"])
            elif tag == "FromProducerConnection":
                self.consumer.cast(given["cast"])
            elif tag in ("SocketClosed", "Killed"):
                raise Crash(tag)
            else:
                raise Trouble("bad-args", "no such input")
        except Crash as crash:
            self.consumer = None
            self.say("Crash", reason=crash.reason)
        return {"outputs": self.outputs}

    def inputs(self, frame):
        self.start(frame["start"])
        answer = {"outputs": [], "states": []}
        for given in frame["inputs"]:
            answer["outputs"].append(self.input({"input": given})["outputs"])
            answer["states"].append(self.consumer and self.observe(frame)["state"])
            if self.consumer is None:
                break
        return answer

    def observe(self, frame):
        return {"state": {"partitions": self.consumer.partitions}}

    def say(self, tag, **fields):
        self.outputs.append({"_tag": tag, **fields})


adapter = Adapter()
ops = {"hello": lambda frame: HELLO, **{name: getattr(adapter, name) for name in ("start", "input", "inputs", "observe")}}
for line in sys.stdin.buffer:
    frame = {"id": 0}
    try:
        frame = {**frame, **json.loads(line)}
        if frame["op"] == "bye":
            break
        if frame["op"] in ("input", "observe") and adapter.consumer is None:
            raise Trouble("not-ready", "there is no connection")
        answer = {"ok": ops[frame["op"]](frame)} if frame["op"] in ops else {"err": {"code": "unsupported"}}
    except Trouble as trouble:
        answer = {"err": {"code": trouble.args[0], "message": trouble.args[1]}}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as trouble:
        answer = {"err": {"code": "bad-args" if "op" in frame else "malformed", "message": repr(trouble)}}
    print(json.dumps({"id": frame["id"], **answer}), flush=True)
