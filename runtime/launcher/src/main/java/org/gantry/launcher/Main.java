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

/** The process behind {@code gantry}: one command in the installation that this class lies in. */
public final class Main {

  private Main() {}

  /**
   * Executes a command and ends the process with its exit code.
   *
   * @param arguments the words after {@code gantry}
   */
  public static void main(String[] arguments) {
    // Pictures of letters and bars are drawn in UTF-8 wherever the locale was forgotten.
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    InterruptSignal interruption = InterruptSignal.watch();
    CommandInvocation invocation =
        new CommandInvocation(List.of(arguments), System.out, System.err, interruption);
    int exitCode = 1;
    try {
      exitCode = run(invocation);
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(Main.class).error("This is a defect of Gantry.", e);
      if (invocation.wantsJson()) {
        new LaunchFailure("this should not happen: " + ErrorText.of(e)).print(invocation);
      }
    } finally {
      interruption.allowExit();
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

  /** The folder above the one with this class's jar. */
  private static Path home() {
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.getParent().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the launcher comes from no file", e);
    }
  }
}
