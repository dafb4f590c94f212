package org.gantry.launcher;

import java.io.PrintStream;
import java.util.List;

/**
 * What keeps every command from being executed. The commands themselves know how to say what is
 * wrong; here there are none.
 *
 * @param message one sentence
 */
record LaunchFailure(String message) {

  private static final String JSON = "--json";

  /** How the process ends. */
  static final int EXIT_CODE = 1;

  /** Says it as whoever wrote the command can read it. */
  void print(List<String> arguments, PrintStream out, PrintStream err) {
    if (wantsJson(arguments)) {
      out.println(json());
    } else {
      err.println("gantry: " + message);
    }
  }

  /** Whether a script wants to read what comes, whatever comes. */
  static boolean wantsJson(List<String> arguments) {
    int end = arguments.indexOf("--");
    return (end < 0 ? arguments : arguments.subList(0, end)).contains(JSON);
  }

  /** The same object that commands answer with when they fail. */
  String json() {
    return """
    {
      "error" : {
        "exitCode" : %d,
        "problems" : [ {
          "message" : %s,
          "where" : null,
          "file" : null,
          "line" : null,
          "column" : null,
          "expected" : null,
          "fix" : null
        } ],
        "log" : null
      }
    }\
    """
        .formatted(EXIT_CODE, quoted(message));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
