"""The adapter of dcp_consumer.py: the connection's words as calls, and what comes of them as words again."""

from dcp_consumer import ConsumerConnection, Crash
from frames import Refused, serve


class Adapter:
    def __init__(self, say):
        self.say, self.is_dead = say, False
        self.consumer = ConsumerConnection(say)

    def input(self, given):
        tag = given["_tag"]
        try:
            if tag == "Call":
                self.consumer.call(given["request"], lambda value: self.say("Reply", call=given["call"], value=value))
            elif tag == "FromKvConsumer":
                self.consumer.chunk(given["packets"])
            elif tag == "FromProducerConnection":
                self.consumer.cast(given["cast"])
            elif tag in ("SocketClosed", "Killed"):
                raise Crash(tag)
            else:
                raise Refused("bad-args", f"there is no input {tag}")
        except Crash as crash:
            self.is_dead = True
            self.say("Crash", reason=crash.reason)

    def observe(self):
        return None if self.is_dead else self.consumer.partitions


if __name__ == "__main__":
    serve(Adapter, role="dcp/consumer-connection", name="dcp_consumer.py", observable="partitions", seed=True)
