package org.gantry.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An exit by a plugin is told from a signal, and its callers are known. */
class ForeignExitTest {

  private static StackTraceElement[] stack(String... calls) {
    return Stream.of(calls)
        .map(
            call -> {
              int dot = call.lastIndexOf('.');
              return new StackTraceElement(
                  call.substring(0, dot), call.substring(dot + 1), null, -1);
            })
        .toArray(StackTraceElement[]::new);
  }

  private static final StackTraceElement[] IDLE = stack("java.lang.Object.wait", "org.acme.A.run");

  @Test
  void callersOfAnExitAreFound() {
    StackTraceElement[] exiting =
        stack(
            "java.lang.Thread.join",
            "java.lang.ApplicationShutdownHooks.runHooks",
            "java.lang.Shutdown.runHooks",
            "java.lang.Shutdown.exit",
            "java.lang.Runtime.exit",
            "java.lang.System.exit",
            "org.acme.Tool.quit",
            "org.acme.Tool.helper",
            "org.acme.Loss.addTerms",
            "org.gantry.launcher.Main.main");
    assertEquals(
        List.of("org.acme.Tool", "org.acme.Loss", "org.gantry.launcher.Main"),
        ForeignExit.find(List.of(IDLE, exiting)).orElseThrow().classNames());
  }

  @Test
  void signalIsNotAForeignExit() {
    StackTraceElement[] signal =
        stack(
            "java.lang.Shutdown.runHooks",
            "java.lang.Shutdown.exit",
            "java.lang.Terminator$1.handle",
            "jdk.internal.misc.Signal$1.run",
            "java.lang.Thread.run");
    assertEquals(Optional.empty(), ForeignExit.find(List.of(IDLE, signal)));
  }

  @Test
  void methodOfAPluginThatIsCalledExitIsNotAnExit() {
    assertEquals(
        Optional.empty(),
        ForeignExit.find(List.of(IDLE, stack("org.acme.System.exit", "org.acme.A.b"))));
  }
}
