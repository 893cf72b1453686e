import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/** The session registry of one shard: who is let in, who is still inside, and when a drain is over. */
final class SessionRegistry {
  /** The session of work that nothing fences: always open. */
  static final String DEFAULT_SESSION = "default";

  /** Why the registry refuses. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason);
    }
  }

  private static final class Session {
    final String name;
    boolean isClosing;
    final Set<Guard> inside = new HashSet<>();

    /** Who is to be called, in the order in which they subscribed. */
    final Map<Guard, Consumer<Guard>> subscribers = new LinkedHashMap<>();

    Session(String name) {
      this.name = name;
    }
  }

  /** A live token that proves admission to a session. It is to be released once. */
  final class Guard {
    private final Session session;

    private Guard(Session session) {
      this.session = session;
      session.inside.add(this);
    }

    boolean isValid() {
      return !session.isClosing;
    }

    /** Refused from when the session began to close. */
    void check() throws Refused {
      if (!isValid()) throw new Refused("AbortRequested");
    }

    /** A guard of its own, in a closing session as well: this one is inside. */
    Guard copy() {
      return new Guard(session);
    }

    /** Has somebody called once the session begins to close. It is forgotten with the guard. */
    void subscribe(Consumer<Guard> called) throws Refused {
      check();
      session.subscribers.put(this, called);
    }

    void release() {
      session.inside.remove(this);
      session.subscribers.remove(this);
      goOn();
    }
  }

  /** In the order in which they were created. */
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /** Those of them that are closing, in the order in which they began to. */
  private final List<Session> closing = new ArrayList<>();

  /** Who waits for a drain. The first is at its turn, the others have no list yet. */
  private final Queue<Runnable> drains = new ArrayDeque<>();

  /** What was closing when the first drain's turn came; null while it is nobody's turn. */
  private List<Session> waitedFor;

  SessionRegistry() {
    create(DEFAULT_SESSION);
  }

  /** Registers a session, open. Nothing happens to one that is registered, even if it is closing. */
  void create(String name) {
    sessions.computeIfAbsent(name, Session::new);
  }

  /** Makes a name a live guard, while the session is open. */
  Guard enter(String name) throws Refused {
    Session session = sessions.get(name);
    if (session == null) throw new Refused("SessionNotFound");
    if (session.isClosing) throw new Refused("GateClosed");
    return new Guard(session);
  }

  /** Begins to close every session but these and the default one. Subscribers are called while their guards are valid. */
  void closeAllExcept(Collection<?> keep) {
    for (Session session : List.copyOf(sessions.values())) {
      if (session.isClosing || session.name.equals(DEFAULT_SESSION) || keep.contains(session.name)) continue;
      session.subscribers.forEach((guard, called) -> called.accept(guard));
      session.isClosing = true;
      closing.add(session);
    }
  }

  /** Waits until nobody is inside a closing session, forgets those sessions, and calls. One drain goes on at a time. */
  void drain(Runnable over) {
    drains.add(over);
    goOn();
  }

  /** Goes on with the drains as far as nobody is in their way. */
  private void goOn() {
    while (!drains.isEmpty()) {
      if (waitedFor == null) waitedFor = new ArrayList<>(closing);
      // Whatever began to close last is waited for first.
      while (!waitedFor.isEmpty()) {
        Session last = waitedFor.get(waitedFor.size() - 1);
        if (!last.inside.isEmpty()) return;
        waitedFor.remove(last);
        closing.remove(last);
        sessions.remove(last.name);
      }
      waitedFor = null;
      drains.remove().run();
    }
  }
}
