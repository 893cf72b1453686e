import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small JSON reader and writer over maps, lists, strings, longs, doubles, booleans and null, for Java has none. */
final class Json {
  private static final int DEEPEST = 64;
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?");

  /** A text is no JSON, or is nested too deep. */
  static final class NoJson extends Exception {
    private static final long serialVersionUID = 1;

    NoJson(int at) {
      super("no JSON at character " + at);
    }
  }

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /** Reads one value and nothing after it. */
  static Object read(String text) throws NoJson {
    Json json = new Json(text);
    Object value = json.value();
    json.space();
    if (json.at != text.length()) throw json.wrong();
    return value;
  }

  /** The members of a value that has to be an object. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  static String write(Object value) {
    StringBuilder to = new StringBuilder();
    write(value, to);
    return to.toString();
  }

  private NoJson wrong() {
    return new NoJson(at);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private boolean take(String word) {
    if (!text.startsWith(word, at)) return false;
    at += word.length();
    return true;
  }

  private Object value() throws NoJson {
    space();
    if (take("null")) return null;
    if (take("true")) return true;
    if (take("false")) return false;
    if (take("{")) return members();
    if (take("[")) return elements();
    return at < text.length() && text.charAt(at) == '"' ? string() : number();
  }

  private Map<String, Object> members() throws NoJson {
    Map<String, Object> members = new LinkedHashMap<>();
    if (++depth > DEEPEST) throw wrong();
    space();
    if (take("}")) return leaving(members);
    do {
      space();
      String name = string();
      space();
      if (!take(":")) throw wrong();
      members.put(name, value());
      space();
    } while (take(","));
    if (!take("}")) throw wrong();
    return leaving(members);
  }

  private List<Object> elements() throws NoJson {
    List<Object> elements = new ArrayList<>();
    if (++depth > DEEPEST) throw wrong();
    space();
    if (take("]")) return leaving(elements);
    do {
      elements.add(value());
      space();
    } while (take(","));
    if (!take("]")) throw wrong();
    return leaving(elements);
  }

  private <A> A leaving(A value) {
    depth--;
    return value;
  }

  private Object number() throws NoJson {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) throw wrong();
    at = matcher.end();
    String digits = matcher.group();
    return digits.matches("-?[0-9]{1,18}") ? (Object) Long.parseLong(digits) : (Object) Double.parseDouble(digits);
  }

  private String string() throws NoJson {
    if (!take("\"")) throw wrong();
    StringBuilder string = new StringBuilder();
    while (!take("\"")) {
      if (at >= text.length()) throw wrong();
      char c = text.charAt(at++);
      if (c < 0x20) throw wrong();
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() throws NoJson {
    if (at >= text.length()) throw wrong();
    char letter = text.charAt(at++);
    int known = "\"\\/bfnrt".indexOf(letter);
    if (known >= 0) return "\"\\/\b\f\n\r\t".charAt(known);
    int end = Math.min(at + 4, text.length());
    if (letter != 'u' || !text.substring(at, end).matches("[0-9a-fA-F]{4}")) throw wrong();
    at = end;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private static void write(Object value, StringBuilder to) {
    if (value instanceof String) quote((String) value, to);
    else if (value instanceof Map) {
      to.append('{');
      Iterator<? extends Map.Entry<?, ?>> entries = ((Map<?, ?>) value).entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<?, ?> entry = entries.next();
        quote((String) entry.getKey(), to);
        to.append(':');
        write(entry.getValue(), to);
        if (entries.hasNext()) to.append(',');
      }
      to.append('}');
    } else if (value instanceof List) {
      to.append('[');
      Iterator<?> elements = ((List<?>) value).iterator();
      while (elements.hasNext()) {
        write(elements.next(), to);
        if (elements.hasNext()) to.append(',');
      }
      to.append(']');
    } else to.append(value);
  }

  private static void quote(String string, StringBuilder to) {
    to.append('"');
    for (char c : string.toCharArray()) {
      if (c == '"' || c == '\\') to.append('\\').append(c);
      else if (c < 0x20) to.append(String.format("\\u%04x", (int) c));
      else to.append(c);
    }
    to.append('"');
  }
}
