package org.gantry.launcher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An exit of the virtual machine that Gantry did not ask for: a plugin called {@link System#exit}.
 *
 * @param callers the calls that led to the exit, the innermost first
 */
record ForeignExit(List<StackTraceElement> callers) {

  private static final Set<String> EXITS =
      Set.of("java.lang.Shutdown", "java.lang.Runtime", "java.lang.System");

  /** The class that exits after a signal. */
  private static final String TERMINATOR = "java.lang.Terminator";

  ForeignExit {
    callers = List.copyOf(callers);
  }

  /**
   * Finds the exit in progress.
   *
   * @param threads the stacks of all threads, as seen from a shutdown hook
   * @return empty if a signal ends the process
   */
  static Optional<ForeignExit> find(Collection<StackTraceElement[]> threads) {
    for (StackTraceElement[] stack : threads) {
      int calls = 0;
      while (calls < stack.length && !isExit(stack[calls])) {
        calls++;
      }
      while (calls < stack.length && isExit(stack[calls])) {
        calls++;
      }
      List<StackTraceElement> callers =
          new ArrayList<>(Arrays.asList(stack).subList(calls, stack.length));
      if (calls > 0
          && isExit(stack[calls - 1])
          && callers.stream().noneMatch(call -> call.getClassName().startsWith(TERMINATOR))) {
        return Optional.of(new ForeignExit(callers));
      }
    }
    return Optional.empty();
  }

  private static boolean isExit(StackTraceElement call) {
    return EXITS.contains(call.getClassName()) && call.getMethodName().equals("exit");
  }

  /** The names of the classes that led to the exit, the innermost first. */
  List<String> classNames() {
    return callers.stream().map(StackTraceElement::getClassName).distinct().toList();
  }
}
