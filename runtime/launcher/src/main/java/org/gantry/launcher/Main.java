package org.gantry.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.gantry.host.CommandInvocation;
import org.gantry.host.Installation;
import org.gantry.host.support.ErrorText;
import org.slf4j.LoggerFactory;

/** The process of {@code gantry}: executes one command in the installation with this class. */
public final class Main {

  private Main() {}

  /**
   * Executes a command and ends the process with its exit code.
   *
   * @param arguments the words after {@code gantry}
   */
  public static void main(String[] arguments) {
    // Charts in the terminal need UTF-8, whatever the locale is.
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    InterruptSignal interrupt = InterruptSignal.watch();
    CommandInvocation invocation =
        new CommandInvocation(List.of(arguments), System.out, System.err, interrupt);
    int exitCode = 1;
    try {
      exitCode = run(invocation);
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(Main.class).error("This is a defect of Gantry.", e);
      if (invocation.wantsJson()) {
        new LaunchFailure("this should not happen: " + ErrorText.of(e)).print(invocation);
      }
    } finally {
      interrupt.allowExit();
    }
    System.exit(exitCode);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static int run(CommandInvocation invocation) {
    boolean safeMode = invocation.arguments().contains(CommandInvocation.SAFE_MODE);
    try (Gantry gantry = Gantry.start(Installation.forCurrentUser(home()), safeMode)) {
      gantry.problems().forEach(problem -> System.err.println("gantry: " + problem));
      return gantry.run(invocation);
    } catch (StartException e) {
      new LaunchFailure(e.getMessage()).print(invocation);
      return LaunchFailure.EXIT_CODE;
    }
  }

  /** The parent of the folder with the jar of this class. */
  private static Path home() {
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.getParent().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the launcher was not loaded from a file", e);
    }
  }
}
