import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The adapter of SessionRegistry.java: the registry's words as calls, and what comes of them as words again. */
public final class SessionRegistryAdapter implements Frames.Implementation {
  private final Consumer<Map<String, Object>> say;
  private final SessionRegistry registry = new SessionRegistry();

  /** The live guards, by what the kit calls them now. */
  private final Map<String, SessionRegistry.Guard> guards = new HashMap<>();

  SessionRegistryAdapter(Consumer<Map<String, Object>> say) {
    this.say = say;
  }

  private SessionRegistry.Guard guard(String name) throws Frames.Refused {
    if (!guards.containsKey(name)) throw new Frames.Refused("bad-args", "there is no guard " + name);
    return guards.get(name);
  }

  /** Gives up a name of a guard. */
  private SessionRegistry.Guard take(String name) throws Frames.Refused {
    guard(name);
    return guards.remove(name);
  }

  private void aborted(SessionRegistry.Guard called) {
    guards.forEach((name, guard) -> {
      if (guard == called) say.accept(Map.of("_tag", "Aborted", "guard", name, "valid", guard.isValid()));
    });
  }

  @Override
  public void input(Map<String, Object> given) throws Frames.Refused {
    try {
      ask((String) given.get("_tag"), given);
      say.accept(Map.of("_tag", "Done"));
    } catch (SessionRegistry.Refused refused) {
      say.accept(Map.of("_tag", "Refused", "reason", refused.getMessage()));
    }
  }

  private void ask(String tag, Map<String, Object> given) throws Frames.Refused, SessionRegistry.Refused {
    String session = (String) given.get("session");
    String guard = (String) given.get("guard");
    switch (tag) {
      case "Create": registry.create(session); break;
      case "Enter": guards.put(guard, registry.enter(session)); break;
      case "Check": guard(guard).check(); break;
      case "Copy": guards.put((String) given.get("copy"), guard(guard).copy()); break;
      case "Move": guards.put((String) given.get("to"), take(guard)); break;
      case "Release": take(guard).release(); break;
      case "Subscribe": guard(guard).subscribe(this::aborted); break;
      case "CloseAllExcept": registry.closeAllExcept((List<?>) given.get("keep")); break;
      case "Drain": registry.drain(() -> say.accept(Map.of("_tag", "Drained", "drain", given.get("drain")))); break;
      default: throw new Frames.Refused("bad-args", "there is no input " + tag);
    }
  }

  public static void main(String[] args) {
    new Frames("sessions/registry", "SessionRegistry.java", SessionRegistryAdapter::new).seed().serve();
  }
}
