package org.gantry.launcher;

import java.util.List;
import java.util.Map;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;

/**
 * An error before any command can run. It is printed as commands print their errors.
 *
 * @param message one sentence
 */
record LaunchFailure(String message) {

  /** The exit code of the process. */
  static final int EXIT_CODE = 1;

  /** Prints the error, as JSON to the standard output if the invocation requests that. */
  void print(CommandInvocation invocation) {
    if (invocation.wantsJson()) {
      invocation.out().println(json());
    } else {
      invocation.err().println("gantry: " + message);
    }
  }

  /** The same JSON object that commands print for their errors. */
  String json() {
    Map<String, Object> problem = JsonText.object("message", message);
    List.of("where", "file", "line", "column", "expected", "fix")
        .forEach(name -> problem.put(name, null));
    return JsonText.of(
        JsonText.object(
            "error",
            JsonText.object("exitCode", EXIT_CODE, "problems", List.of(problem), "log", null)));
  }
}
