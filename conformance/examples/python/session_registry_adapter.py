"""The adapter of session_registry.py: the registry's words as calls, and what comes of them as words again."""

from frames import Refused, serve
from session_registry import Refusal, SessionRegistry


class Adapter:
    def __init__(self, say):
        registry, guards = SessionRegistry(), {}
        self.say, self.guards = say, guards
        self.give = {
            "Create": lambda i: registry.create(i["session"]),
            "Enter": lambda i: guards.update({i["guard"]: registry.enter(i["session"])}),
            "Check": lambda i: guards[i["guard"]].check(),
            "Copy": lambda i: guards.update({i["copy"]: guards[i["guard"]].copy()}),
            "Move": lambda i: guards.update({i["to"]: guards.pop(i["guard"]).move()}),
            "Release": lambda i: guards.pop(i["guard"]).release(),
            "Subscribe": lambda i: guards[i["guard"]].on_abort(self.aborted),
            "CloseAllExcept": lambda i: registry.close_all_except(i["keep"]),
            "Drain": lambda i: registry.drain(lambda: say("Drained", drain=i["drain"])),
        }

    def input(self, given):
        if given["_tag"] not in self.give:
            raise Refused("bad-args", f"there is no input {given['_tag']}")
        try:
            self.give[given["_tag"]](given)
            self.say("Done")
        except Refusal as refusal:
            self.say("Refused", reason=type(refusal).__name__)

    def aborted(self, guard):
        name = next(name for name, other in self.guards.items() if other is guard)
        self.say("Aborted", guard=name, valid=guard.valid)


if __name__ == "__main__":
    serve(Adapter, role="sessions/registry", name="session_registry.py", seed=True)
