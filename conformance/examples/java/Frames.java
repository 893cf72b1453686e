import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The kit's frames over stdin and stdout, one JSON object a line: what every adapter in Java has in common. */
final class Frames {
  private static final int LONGEST_LINE = 1 << 20;

  /** One life of an implementation, behind its adapter. */
  interface Implementation {
    /** Gives one input. */
    void input(Map<String, Object> given) throws Refused;

    /** What may be observed, by the one name given to {@code observes}; null once the implementation is dead. */
    default Object observe() {
      return null;
    }
  }

  /** What the kit is told instead of outputs: one of its error codes, and a sentence. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final String code;

    Refused(String code, String message) {
      super(message);
      this.code = code;
    }
  }

  private final String role;
  private final String name;
  private final Function<Consumer<Map<String, Object>>, Implementation> make;
  private String observable;
  private boolean seed;
  private Implementation alive;
  private List<Object> outputs = new ArrayList<>();

  Frames(String role, String name, Function<Consumer<Map<String, Object>>, Implementation> make) {
    this.role = role;
    this.name = name;
    this.make = make;
  }

  /** Something may be observed of the state, by this name. */
  Frames observes(String what) {
    observable = what;
    return this;
  }

  /** Promises that the same inputs always lead to the same outputs. */
  Frames seed() {
    seed = true;
    return this;
  }

  /** The kit is told what is not implemented yet, and the log says which input it was. */
  static Refused missing(String tag) {
    System.err.println(tag + " is not implemented yet");
    return new Refused("unsupported", tag + " is not implemented yet");
  }

  /** Answers frames until the kit says goodbye or goes away. */
  void serve() {
    InputStream lines = new BufferedInputStream(System.in);
    PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (byte[] line = nextLine(lines); line != null; line = nextLine(lines)) {
      Map<String, Object> frame = frameIn(line);
      if ("bye".equals(frame.get("op"))) return;
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("id", frame.get("id"));
      try {
        answer.put("ok", answer(frame));
      } catch (Refused refused) {
        answer.put("err", Map.of("code", refused.code, "message", refused.getMessage()));
      }
      answers.print(Json.write(answer) + "\n");
      answers.flush();
    }
  }

  /** The next line, or null where there is none. One that is too long is empty instead, and takes no more memory. */
  private static byte[] nextLine(InputStream lines) {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      boolean any = false;
      for (int next = lines.read(); next >= 0; next = lines.read()) {
        any = true;
        if (next == '\n') break;
        if (line.size() <= LONGEST_LINE + 1) line.write(next);
      }
      if (!any) return null;
      byte[] bytes = line.toByteArray();
      int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
      return length > LONGEST_LINE ? new byte[0] : bytes;
    } catch (IOException gone) {
      return null;
    }
  }

  /** A line as a frame: without operation where it is none, and with id 0 where nobody can know its id. */
  private static Map<String, Object> frameIn(byte[] line) {
    Map<String, Object> nothing = Map.of("id", 0L);
    try {
      Object frame = Json.read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
      if (!(frame instanceof Map)) return nothing;
      return Json.object(frame).get("id") instanceof Long ? Json.object(frame) : nothing;
    } catch (CharacterCodingException | Json.NoJson wrong) {
      return nothing;
    }
  }

  private Object answer(Map<String, Object> frame) throws Refused {
    if (!(frame.get("op") instanceof String)) throw new Refused("malformed", "it is no frame");
    switch ((String) frame.get("op")) {
      case "hello":
        return hello(member(Map.class, frame, "protocol"));
      case "start":
        start(frame);
        return Map.of();
      case "input":
        input(frame.get("input"));
        return Map.of("outputs", outputs);
      case "inputs":
        start(Json.object(member(Map.class, frame, "start")));
        return inputs(member(List.class, frame, "inputs"));
      case "observe":
        if (observable == null) break;
        living();
        return Map.of("state", state());
    }
    throw new Refused("unsupported", "there is no operation " + frame.get("op"));
  }

  private Object hello(Map<?, ?> offered) throws Refused {
    // The lowest and the highest minor version that the kit speaks.
    boolean spoken = offered.get("minor") instanceof List && ((List<?>) offered.get("minor")).indexOf(0L) == 0;
    if (!spoken || !Long.valueOf(1).equals(offered.get("major"))) throw new Refused("version", "version 1.0 is spoken here");
    Map<String, Object> caps = new LinkedHashMap<>(Map.of("batch", true, "reset", "soft", "seed", seed));
    caps.put("ops", observable == null ? List.of("inputs") : List.of("inputs", "observe"));
    if (observable != null) caps.put("observe", List.of(observable));
    return Map.of(
        "protocol", Map.of("major", 1L, "minor", 0L),
        "iut", Map.of("name", name, "version", "1.0", "language", "java"),
        "roles", List.of(role),
        "caps", caps);
  }

  private void start(Map<String, Object> how) throws Refused {
    if (!member(String.class, how, "role").equals(role)) throw new Refused("unsupported", "only " + role + " is played here");
    outputs = new ArrayList<>();
    alive = make.apply(output -> outputs.add(output));
  }

  private void input(Object given) throws Refused {
    if (!(given instanceof Map)) throw new Refused("bad-args", "there is no input");
    member(String.class, Json.object(given), "_tag");
    outputs = new ArrayList<>();
    living().input(Json.object(given));
    if (observable != null && alive.observe() == null) alive = null;
  }

  /** A whole sequence. It ends with the implementation. */
  private Object inputs(List<?> sequence) throws Refused {
    List<Object> all = new ArrayList<>();
    List<Object> states = new ArrayList<>();
    for (Object given : sequence) {
      if (alive == null) break;
      input(given);
      all.add(outputs);
      if (observable != null) states.add(alive == null ? null : state());
    }
    return observable == null ? Map.of("outputs", all) : Map.of("outputs", all, "states", states);
  }

  private Implementation living() throws Refused {
    if (alive == null) throw new Refused("not-ready", "nobody is there to take it");
    return alive;
  }

  private Object state() {
    return Map.of(observable, alive.observe());
  }

  private static <A> A member(Class<A> kind, Map<String, Object> of, String name) throws Refused {
    if (!kind.isInstance(of.get(name))) throw new Refused("bad-args", "there is no " + name + " as it should be");
    return kind.cast(of.get(name));
  }
}
