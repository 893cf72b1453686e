"""The half of a DCP proxy pair that faces the kv consumer, and the one that takes calls.

It opens and closes streams by packets of its own, swallows the answers to those, and passes everything else on to the
kv producer. One operation at a time: a call that comes while another runs is refused.

A stream's incarnation begins with an ADD_STREAM and is known by the opaque of the first STREAM_REQ for its vBucket that
passes afterwards. The end of an earlier incarnation may come late, so an end counts only if it carries that opaque.

Packets, requests and replies are mappings with the field names of the spec (spec/dcp/messages.ts).

Source: ns_server dcp_consumer_conn.erl; the rules are the dossier's, dcp.md 2.1 to 2.6, with the repairs of its 7.
"""

from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Set, Union

Packet = Mapping[str, Any]
Answer = Callable[[Dict[str, Any]], None]

SUCCESS = 0
GONE = {SUCCESS, 1, 10}
"""Statuses of a close that mean that there is no such stream any more: success, no entry, stream not found."""
ACTIVE = 1
"""The vBucket state that a takeover waits for."""


class Crash(Exception):
    """The connection gives up: both sides disagree on what is open, and only a new connection helps."""

    def __init__(self, tag: str, **details: int) -> None:
        super().__init__(tag)
        self.reason = {"_tag": tag, **details}


class Awaited:
    """Requests sent and not answered. The opaque of a request is the number of its vBucket."""

    def __init__(self, vbuckets: Iterable[int] = ()) -> None:
        self.vbuckets = list(vbuckets)

    def take(self, opaque: int) -> bool:
        """Takes a request off the list, and says whether it was there."""
        if opaque not in self.vbuckets:
            return False
        self.vbuckets.remove(opaque)
        return True


class Setup:
    """Streams being opened and closed for one caller."""

    def __init__(self, owner: Answer, wanted: Iterable[int], add: List[int], close: List[int], then_shut: bool) -> None:
        self.owner = owner
        self.wanted = set(wanted)
        self.to_add = Awaited(add)
        self.to_close = Awaited(close)
        self.to_close_on_producer: Optional[Awaited] = Awaited() if then_shut else Awaited(close)
        """None once a shut has overtaken the call: it does not wait for a producer that may be dead."""
        self.late = Awaited()
        """ADD_STREAM of streams that a shut has closed: answered or not, nobody waits for it."""
        self.then_shut = then_shut
        self.failures: List[Dict[str, Any]] = []

    def fail(self, tag: str, **details: int) -> None:
        self.failures.insert(0, {"_tag": tag, **details})

    @property
    def done(self) -> bool:
        waits = [self.to_add, self.to_close, self.to_close_on_producer or Awaited()]
        return not any(awaited.vbuckets for awaited in waits)


class Takeover:
    """One vBucket being taken over: ADD_STREAM accepted and state active acknowledged, in either order."""

    def __init__(self, owner: Answer, vbucket: int) -> None:
        self.owner = owner
        self.vbucket = vbucket
        self.opaque: Optional[int] = None
        self.asked_state: Optional[int] = None
        self.opened = False
        self.active = False


SHUT = "shut"


class ConsumerConnection:
    """The consumer connection. Whatever raises Crash was its last: it is to be dropped, with its sockets."""

    def __init__(self, say: Callable[..., None]) -> None:
        """`say("SendKvConsumer", packet=packet)` and the like is how the connection acts on the outside."""
        self._say = say
        self._operation: Union[None, str, Setup, Takeover] = None
        self._open: Set[int] = set()
        self._incarnations: Dict[int, Optional[int]] = {}

    # ---- calls

    @property
    def partitions(self) -> List[int]:
        """The streams believed open; a takeover's stream is never among them."""
        return sorted(self._open)

    def call(self, request: Packet, answer: Answer) -> None:
        """Takes a call; `answer` is called once, now or later, unless the connection dies first."""
        tag, operation = request["_tag"], self._operation
        if tag == "GetPartitions":
            answer({"_tag": "Partitions", "vbuckets": self.partitions})
        elif tag == "ShutConnection" and isinstance(operation, Setup):
            self._shut_over(operation, answer)
        elif operation is not None:
            answer({"_tag": "Refused"})
        elif tag == "SetupStreams":
            self._setup(request["vbuckets"], answer)
        elif tag == "MaybeCloseStream":
            self._setup([vbucket for vbucket in self.partitions if vbucket != request["vbucket"]], answer)
        elif tag == "Takeover":
            self._takeover(request["vbucket"], answer)
        elif tag == "ShutConnection":
            self._begin(Setup(answer, wanted=[], add=[], close=self.partitions, then_shut=True))
        else:
            answer({"_tag": "Refused"})

    def _setup(self, vbuckets: Iterable[int], answer: Answer) -> None:
        # A vBucket named twice is asked for once: two requests under one opaque could not be told apart.
        wanted = list(dict.fromkeys(vbuckets))
        add = [vbucket for vbucket in wanted if vbucket not in self._open]
        close = [vbucket for vbucket in self.partitions if vbucket not in wanted]
        self._begin(Setup(answer, wanted, add, close, then_shut=False))

    def _begin(self, setup: Setup) -> None:
        self._operation = setup
        for vbucket in setup.to_add.vbuckets:
            self._add_stream(vbucket, takeover=False)
        for vbucket in setup.to_close.vbuckets:
            # The kv consumer first: the producer's answer to a close may be an end, which is to come after this.
            self._close_stream(vbucket)
            if not setup.then_shut:
                self._say("CastCloseStream", vbucket=vbucket)
        self._answer_if_done(setup)

    def _shut_over(self, setup: Setup, answer: Answer) -> None:
        """Takes a set-up that is stuck away from its caller, and closes everything that it opened or asked for."""
        pending = setup.to_add.vbuckets + self.partitions
        more = [vbucket for vbucket in pending if vbucket not in setup.to_close.vbuckets]
        setup.owner({"_tag": "Interrupted"})
        setup.owner, setup.wanted, setup.then_shut = answer, set(), True
        setup.to_close_on_producer = None
        setup.to_close.vbuckets += more
        for vbucket in more:
            self._close_stream(vbucket)
        self._answer_if_done(setup)

    def _takeover(self, vbucket: int, answer: Answer) -> None:
        if vbucket in self._open:
            answer({"_tag": "TakeoverOnOpenStream"})
            return
        self._operation = Takeover(answer, vbucket)
        self._add_stream(vbucket, takeover=True)

    # ---- packets from the kv consumer

    def chunk(self, packets: Iterable[Packet]) -> None:
        """Handles the packets of one read in order; what is to be passed on leaves after all of them, in one write."""
        passed = [packet for packet in packets if self._passes(packet)]
        if passed:
            self._say("ForwardKvProducer", packets=passed)

    def _passes(self, packet: Packet) -> bool:
        """Acts on a packet, and says whether it goes on to the kv producer."""
        operation, tag = self._operation, packet["_tag"]
        if operation == SHUT:
            return False
        if isinstance(operation, Setup) and tag == "AddStreamResponse":
            self._add_answered(operation, packet["opaque"], packet["status"])
            return False
        if isinstance(operation, Setup) and tag == "CloseStreamResponse":
            self._close_answered(operation, operation.to_close, packet["opaque"], packet["status"])
            return False
        if isinstance(operation, Takeover) and tag == "AddStreamResponse" and not operation.opened:
            self._takeover_answered(operation, packet["opaque"], packet["status"])
            return False
        if isinstance(operation, Takeover) and tag == "SetVBucketStateResponse":
            self._state_answered(operation, packet["opaque"], packet["status"])
        if tag == "StreamRequest":
            self._stream_requested(packet["vbucket"], packet["opaque"])
        return True

    def _add_answered(self, setup: Setup, opaque: int, status: int) -> None:
        if not setup.to_add.take(opaque):
            if not setup.late.take(opaque):
                raise Crash("UnrecognizedOpaque", opaque=opaque)
        elif status == SUCCESS:
            self._open.add(opaque)
        else:
            setup.fail("BadResponse", status=status, vbucket=opaque)
        self._answer_if_done(setup)

    def _close_answered(self, setup: Setup, awaited: Awaited, opaque: int, status: int) -> None:
        """A close was answered, by the kv consumer or by the producer."""
        if not awaited.take(opaque):
            raise Crash("UnrecognizedOpaque", opaque=opaque)
        if awaited is setup.to_close and setup.to_add.take(opaque):
            setup.late.vbuckets.append(opaque)
        if status in GONE:
            self._open.discard(opaque)
        else:
            setup.fail("BadResponse", status=status, vbucket=opaque)
        self._answer_if_done(setup)

    def _takeover_answered(self, takeover: Takeover, opaque: int, status: int) -> None:
        if opaque != takeover.vbucket:
            raise Crash("UnrecognizedOpaque", opaque=opaque)
        if status == SUCCESS:
            takeover.opened = True
            self._answer_if_taken_over(takeover)
        else:
            self._end(takeover.owner, {"_tag": "DcpError", "status": status})

    def _stream_requested(self, vbucket: int, opaque: int) -> None:
        """Learns the opaque of an incarnation, and of a takeover; a repeated request changes nothing."""
        takeover = self._operation
        if self._incarnations.get(vbucket, opaque) is None:
            self._incarnations[vbucket] = opaque
        if isinstance(takeover, Takeover) and takeover.opaque is None:
            if vbucket != takeover.vbucket:
                raise Crash("BadMatch")
            takeover.opaque = opaque

    def _state_answered(self, takeover: Takeover, opaque: int, status: int) -> None:
        if takeover.active or opaque != takeover.opaque or status != SUCCESS:
            return
        if takeover.asked_state == ACTIVE:
            takeover.active = True
            self._answer_if_taken_over(takeover)
        else:
            takeover.asked_state = None

    # ---- casts from the producer connection

    def cast(self, cast: Packet) -> None:
        """Takes what the producer connection tells, in the order in which it tells it."""
        tag = cast["_tag"]
        if tag == "ProducerStreamClosed":
            self._producer_stream_closed(cast["opaque"], cast["status"])
        elif tag == "ProducerStreamEnd":
            self._producer_stream_end(cast["vbucket"], cast["opaque"], cast["reason"])
        elif tag == "SetVBucketStateSeen":
            self._state_seen(cast["opaque"], cast["state"])

    def _producer_stream_closed(self, opaque: int, status: int) -> None:
        setup = self._operation
        if isinstance(setup, Setup) and setup.to_close_on_producer is not None:
            self._close_answered(setup, setup.to_close_on_producer, opaque, status)

    def _state_seen(self, opaque: int, state: int) -> None:
        takeover = self._operation
        if isinstance(takeover, Takeover) and not takeover.active and takeover.asked_state is None:
            if opaque == takeover.opaque:
                takeover.asked_state = state

    def _producer_stream_end(self, vbucket: int, opaque: int, reason: int) -> None:
        """A stream ended. Before its ADD_STREAM was answered that ends the connection: the answer may never come."""
        operation = self._operation
        if operation == SHUT or self._incarnations.get(vbucket) != opaque:
            return
        if vbucket in self._open:
            self._open.remove(vbucket)
            if isinstance(operation, Setup) and vbucket in operation.wanted:
                operation.fail("StreamEnded", reason=reason, vbucket=vbucket)
        elif isinstance(operation, Setup) and vbucket in operation.to_add.vbuckets:
            raise Crash("UnexpectedStreamEnd", vbucket=vbucket)
        elif isinstance(operation, Takeover) and vbucket == operation.vbucket:
            if not operation.opened:
                raise Crash("UnexpectedStreamEnd", vbucket=vbucket)
            self._end(operation.owner, {"_tag": "TakeoverEnded", "reason": reason})

    # ---- what the connection says

    def _add_stream(self, vbucket: int, takeover: bool) -> None:
        self._incarnations[vbucket] = None
        packet = {"_tag": "AddStream", "vbucket": vbucket, "opaque": vbucket, "takeover": takeover}
        self._say("SendKvConsumer", packet=packet)

    def _close_stream(self, vbucket: int) -> None:
        self._say("SendKvConsumer", packet={"_tag": "CloseStream", "vbucket": vbucket, "opaque": vbucket})

    def _answer_if_done(self, setup: Setup) -> None:
        """Answers at the first moment at which nothing is awaited any more."""
        if not setup.done:
            return
        value = {"_tag": "Errors", "failures": setup.failures} if setup.failures else {"_tag": "Ok"}
        self._end(setup.owner, value, SHUT if setup.then_shut else None)

    def _answer_if_taken_over(self, takeover: Takeover) -> None:
        if takeover.opened and takeover.active:
            self._end(takeover.owner, {"_tag": "Ok"})

    def _end(self, owner: Answer, value: Dict[str, Any], operation: Optional[str] = None) -> None:
        self._operation = operation
        owner(value)
