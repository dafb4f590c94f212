package org.gantry.distribution;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.gantry.host.CommandInvocation;
import org.gantry.host.Installation;
import org.gantry.launcher.Gantry;

/** The product, running in this process with a separate state folder. */
record LiveHost(Gantry gantry) implements AutoCloseable {

  static LiveHost start(Path state) {
    return new LiveHost(Gantry.start(new Installation(Product.home(), state), false));
  }

  static LiveHost startInSafeMode(Path state) {
    return new LiveHost(Gantry.start(new Installation(Product.home(), state), true));
  }

  Product.CommandResult run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        gantry.run(
            new CommandInvocation(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> false));
    return new Product.CommandResult(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Executes a command and returns its output; fails if the command does. */
  String runSuccessfully(String... words) {
    Product.CommandResult answer = run(words);
    if (answer.exitCode() != 0) {
      throw new AssertionError(String.join(" ", words) + ": " + answer.err());
    }
    return answer.out();
  }

  Product.CommandResult install(Path jar) {
    return run("plugins", "install", jar.toString(), "--allow-unsigned", "--yes");
  }

  /** Returns the line of a plugin in the list of plugins; empty if it is not installed. */
  String pluginLine(String name) {
    return runSuccessfully("plugins", "list")
        .lines()
        .filter(l -> l.startsWith(name))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    gantry.close();
  }
}
