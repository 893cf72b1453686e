"""The kit's frames over stdin and stdout, one JSON object a line: what every adapter in Python has in common."""

import json
import sys

LONGEST_LINE = 1 << 20
DEEPEST = 64


class Refused(Exception):
    """What the kit is told instead of outputs: one of its error codes, and a sentence."""


class Fields(dict):
    """An object of the kit. A field that it should have and has not is refused, and the adapter lives on."""

    def __missing__(self, field):
        raise Refused("bad-args", f"there is no {field}")

    def of(self, shape, field):
        value = self[field]
        if not isinstance(value, shape):
            raise Refused("bad-args", f"{field} is of the wrong kind")
        return Fields(value) if shape is dict else value


def serve(make, role, name, observable=None, seed=False):
    """Answers frames until the kit says goodbye or goes away.

    `make(say)` is a fresh implementation behind its adapter, and `say(tag, **fields)` puts something out. It has `input(given)`,
    where it raises `Refused("unsupported", ...)` for what it does not know. Where something may be observed of it, by one name,
    it has `observe()` besides, which is None once it is dead. `seed` promises that the same inputs always lead to the same
    outputs, and the kit makes sure of that.
    """
    server = Server(make, role, name, observable, seed)
    for line in lines():
        frame = read(line)
        if frame.get("op") == "bye":
            return
        try:
            said = {"ok": server.answer(frame)}
        except Refused as refused:
            said = {"err": dict(zip(("code", "message"), refused.args))}
        print(json.dumps({"id": frame["id"], **said}), flush=True)


class Server:
    """One implementation after the other: each start makes a new one, and none is there before the first or after a death."""

    def __init__(self, make, role, name, observable, seed):
        self.make, self.role, self.observable, self.alive = make, role, observable, None
        self.ops = {"hello": self.hello, "start": self.start, "input": self.input, "inputs": self.inputs}
        caps = {"ops": ["inputs"], "batch": True, "reset": "soft", "seed": seed}
        if observable is not None:
            self.ops["observe"] = self.observe
            caps = {**caps, "ops": ["inputs", "observe"], "observe": [observable]}
        iut = {"name": name, "version": "1.0", "language": "python"}
        self.introduction = {"protocol": {"major": 1, "minor": 0}, "iut": iut, "roles": [role], "caps": caps}

    def answer(self, frame):
        if not isinstance(frame.get("op"), str):
            raise Refused("malformed", "it is no frame")
        if frame["op"] not in self.ops:
            raise Refused("unsupported", f"there is no operation {frame['op']}")
        return self.ops[frame["op"]](frame)

    def hello(self, frame):
        offered = frame.of(dict, "protocol")
        # The lowest and the highest minor version that the kit speaks.
        if offered["major"] != 1 or 0 not in offered.of(list, "minor")[:1]:
            raise Refused("version", "version 1.0 is spoken here")
        return self.introduction

    def start(self, frame):
        if frame.of(str, "role") != self.role:
            raise Refused("unsupported", f"only {self.role} is played here")
        self.outputs = []
        self.alive = self.make(self.say)
        return {}

    def input(self, frame):
        if self.alive is None:
            raise Refused("not-ready", "nobody is there to take it")
        given = frame.of(dict, "input")
        given.of(str, "_tag")
        self.outputs = []
        self.alive.input(given)
        if self.observable is not None and self.alive.observe() is None:
            self.alive = None
        return {"outputs": self.outputs}

    def inputs(self, frame):
        """A whole sequence after a start of its own. It ends with the implementation."""
        self.start(frame.of(dict, "start"))
        outputs, states = [], []
        for given in frame.of(list, "inputs"):
            if self.alive is None:
                break
            outputs.append(self.input(Fields(input=given))["outputs"])
            if self.observable is not None:
                states.append(self.alive and self.state())
        return {"outputs": outputs} if self.observable is None else {"outputs": outputs, "states": states}

    def observe(self, _):
        if self.alive is None:
            raise Refused("not-ready", "nobody is there to be seen")
        return {"state": self.state()}

    def state(self):
        return {self.observable: self.alive.observe()}

    def say(self, tag, **fields):
        self.outputs.append({"_tag": tag, **fields})


def lines():
    """Lines as bytes. One that is too long is empty instead, and takes no more memory than the longest that is allowed."""
    while True:
        line = piece = sys.stdin.buffer.readline(LONGEST_LINE + 2)
        if not line:
            return
        while len(piece) >= LONGEST_LINE and not piece.endswith(b"\n"):
            line, piece = b"", sys.stdin.buffer.readline(LONGEST_LINE)
        line = line.rstrip(b"\r\n")
        yield line if len(line) <= LONGEST_LINE else b""


def read(line):
    """A line as a frame: without operation where it is none, and with id 0 where nobody can know its id."""
    try:
        frame = json.loads(line.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError):
        return Fields(id=0)
    if not isinstance(frame, dict) or is_too_deep(frame):
        return Fields(id=0)
    return Fields(frame) if type(frame.get("id")) is int else Fields(id=0)


def refuse(constant):
    raise ValueError(f"{constant} is no JSON")


def is_too_deep(value):
    level = [value]
    for _ in range(DEEPEST):
        level = [child for node in level if isinstance(node, (dict, list)) for child in children(node)]
        if not level:
            return False
    return any(isinstance(node, (dict, list)) for node in level)


def children(node):
    return node.values() if isinstance(node, dict) else node
