"""The sessions of one shard: who may enter, and who has to leave before a barrier may pass.

Work that may have effects enters a session and holds a guard while it runs. Closing a session lets nobody in any more
and tells everybody inside to stop, but it forces nobody out: a drain waits until the last guard is released.

Everything happens at once, in the thread that calls; a shard has one registry and one thread. A drain ends by a call.

Source: scylladb service/session.{hh,cc}; the rules are the dossier's, sessions.md 2.3 and 2.4.
"""

from collections import deque
from typing import Callable, Deque, Dict, Iterable, List, Optional

DEFAULT_SESSION = "default"
"""The session of work that nothing fences. It is always open. The null session, in contrast, is never registered."""


class Refusal(Exception):
    """What the registry refuses, and the reason; anything else that it raises is a defect of its caller."""


class SessionNotFound(Refusal):
    """The session is not registered on this shard."""


class GateClosed(Refusal):
    """The session is closing: nobody gets in any more."""


class AbortRequested(Refusal):
    """The session is closing: the work is to stop."""


class Gate:
    """Counts who is inside, lets nobody in once it is closed, and tells when it is closed and empty."""

    def __init__(self, on_empty: Callable[[], None]) -> None:
        self._on_empty = on_empty
        self.count = 0
        self.closed = False

    def enter(self) -> None:
        if self.closed:
            raise GateClosed
        self.count += 1

    def hold(self) -> None:
        """One more for somebody who is inside already, so that a closed gate is no obstacle."""
        self.count += 1

    def leave(self) -> None:
        self.count -= 1
        self._tell()

    def close(self) -> None:
        self.closed = True
        self._tell()

    @property
    def passed(self) -> bool:
        """Whether nobody is inside, and nobody can be any more."""
        return self.closed and self.count == 0

    def _tell(self) -> None:
        if self.passed:
            self._on_empty()


class Subscription:
    """A call that somebody asked for under a guard. It follows the guard when that is moved, and ends with it."""

    def __init__(self, guard: "Guard", call: Callable[["Guard"], None]) -> None:
        self.guard = guard
        self.call = call


class Session:
    """Open, then closing, then forgotten, and never back."""

    def __init__(self, session_id: str, on_empty: Callable[[], None]) -> None:
        self.id = session_id
        self.gate = Gate(on_empty)
        self.subscriptions: List[Subscription] = []
        self.abort_requested = False

    def start_closing(self) -> None:
        """Tells those inside to stop, in the order in which they asked; their guards are valid until all were told."""
        self.abort_requested = True
        while self.subscriptions:
            subscription = self.subscriptions.pop(0)
            subscription.call(subscription.guard)
        self.gate.close()


class Guard:
    """Proof that work was admitted to a session, which cannot be drained until the guard is released."""

    def __init__(self, session: Session) -> None:
        self._session: Optional[Session] = session

    @property
    def valid(self) -> bool:
        """Whether the work may go on."""
        return not self._held().gate.closed

    def check(self) -> None:
        """Raises AbortRequested once the session is closing. The guard stays: the work may not be over yet."""
        if not self.valid:
            raise AbortRequested

    def copy(self) -> "Guard":
        """One more guard for the same session, also when that is closing: whoever has a guard is inside."""
        session = self._held()
        session.gate.hold()
        return Guard(session)

    def move(self) -> "Guard":
        """Hands everything over to a new guard, subscriptions included, and leaves this one empty."""
        session = self._held()
        to = Guard(session)
        for subscription in session.subscriptions:
            if subscription.guard is self:
                subscription.guard = to
        self._session = None
        return to

    def on_abort(self, call: Callable[["Guard"], None]) -> None:
        """Asks to be called when the session begins to close. Raises AbortRequested where the call would never come."""
        session = self._held()
        if session.abort_requested:
            raise AbortRequested
        session.subscriptions.append(Subscription(self, call))

    def release(self) -> None:
        """Lets go. It may be called again, or on a guard that was moved, and then does nothing."""
        session, self._session = self._session, None
        if session is None:
            return
        session.subscriptions = [other for other in session.subscriptions if other.guard is not self]
        session.gate.leave()

    def __enter__(self) -> "Guard":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def _held(self) -> Session:
        if self._session is None:
            raise RuntimeError("this guard was released or moved")
        return self._session


class Drain:
    """One call to drain: what it still waits for, once its turn has come, and whom it tells at the end."""

    def __init__(self, done: Callable[[], None]) -> None:
        self.done = done
        self.left: Optional[Deque[Session]] = None


class SessionRegistry:
    """The sessions of one shard. One close meets its sessions in the order in which they were created."""

    def __init__(self) -> None:
        self._sessions: Dict[str, Session] = {}
        self._closing: List[Session] = []  # in the order in which they began
        self._drains: Deque[Drain] = deque()  # the first is going on, the others wait for their turn
        self.create(DEFAULT_SESSION)

    def create(self, session_id: str) -> None:
        """Registers a session, open. What is registered already stays as it is, closing or not."""
        if session_id not in self._sessions:
            self._sessions[session_id] = Session(session_id, self._go_on)

    def enter(self, session_id: str) -> Guard:
        """Admits work to a session. Raises SessionNotFound, or GateClosed once the session is closing."""
        session = self._sessions.get(session_id)
        if session is None:
            raise SessionNotFound
        session.gate.enter()
        return Guard(session)

    def close_all_except(self, keep: Iterable[str]) -> None:
        """Starts closing every session but these and the default one, whose work is nobody's to stop."""
        spared = {DEFAULT_SESSION, *keep}
        for session in list(self._sessions.values()):
            if session.id not in spared and not session.abort_requested:
                self._closing.append(session)
                session.start_closing()

    def drain(self, done: Callable[[], None]) -> None:
        """Calls `done` when every session that is closing by then has no guards and is forgotten.

        One drain at a time: each takes its list when its turn comes, and leaves what begins to close later to the next.
        """
        self._drains.append(Drain(done))
        self._go_on()

    def _go_on(self) -> None:
        """Forgets the sessions on the first drain's list one by one, up to one that somebody is in."""
        while self._drains:
            drain = self._drains[0]
            if drain.left is None:
                drain.left = deque(reversed(self._closing))
            while drain.left and drain.left[0].gate.passed:
                self._forget(drain.left.popleft())
            if drain.left:
                return
            self._drains.popleft()
            drain.done()

    def _forget(self, session: Session) -> None:
        self._closing.remove(session)
        del self._sessions[session.id]
