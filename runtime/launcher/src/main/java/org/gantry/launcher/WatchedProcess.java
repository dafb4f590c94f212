package org.gantry.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.gantry.host.CommandInvocation;
import org.gantry.host.CreationNotes;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TerminalStream;

/**
 * Executes a command in another process, because it may run code that does not come with the
 * product. Only another process can notice that the code called {@link Runtime#halt}.
 *
 * @param program the start script
 * @param invocation the command; the other process inherits the streams of this one
 * @param code returns the plugins whose code may have run; a shell can install some
 */
record WatchedProcess(Path program, CommandInvocation invocation, Supplier<InstalledCode> code) {

  private static final String SHELL = "shell";

  private static final int SIGNAL = 128;
  private static final long GLANCE_MILLIS = 50;

  /**
   * Whether a command needs this: foreign code may run, such as that of a plugin which a shell
   * installs, and no process watches this one.
   */
  static boolean isNeeded(
      CommandInvocation invocation, InstalledCode code, Map<String, String> environment) {
    return (invocation.isCommand(SHELL) || !code.names().isEmpty())
        && !environment.containsKey(CommandInvocation.WATCHING_PROCESS);
  }

  /** Executes the command; returns its exit code, or 1 if a plugin ended the process. */
  int execute() {
    try {
      Path folder = Files.createTempDirectory("gantry-");
      try {
        AnnouncedEnd end = new AnnouncedEnd(folder.resolve("end"));
        if (invocation.isCommand(SHELL) && TerminalStream.isTerminal(0)) {
          // Ctrl-C ends a command of the shell, which the other process receives, too.
          InterruptSignal.ignore();
        }
        int exitCode = await(start(end));
        if (exitCode >= SIGNAL
            || invocation.interrupted().getAsBoolean()
            || end.isAnnounced(exitCode)) {
          return exitCode;
        }
        report(CreationNotes.of(end.file()).components());
        return LaunchFailure.EXIT_CODE;
      } finally {
        AtomicFiles.delete(folder);
      }
    } catch (IOException e) {
      throw new StartException("a separate process cannot run: " + ErrorText.of(e), e);
    }
  }

  /**
   * Reports the end of the other process.
   *
   * @param created the components that it created, such as {@code loss/acme of org.acme 1.0.0}
   */
  private void report(List<String> created) {
    List<String> names = code.get().names();
    List<String> foreign =
        created.stream().filter(component -> names.stream().anyMatch(component::endsWith)).toList();
    String suspects =
        !foreign.isEmpty()
            ? "it used " + String.join(", ", foreign)
            : names.isEmpty()
                ? "it ran no plugin that is still installed"
                : "it ran code of " + String.join(", ", names);
    String last = created.isEmpty() ? "" : ", and last created " + created.get(created.size() - 1);
    new LaunchFailure(
            "a plugin ended the process by Runtime.halt, so the command did not finish; "
                + suspects
                + (foreign.isEmpty() ? last : ""))
        .print(invocation);
  }

  private Process start(AnnouncedEnd end) throws IOException {
    List<String> words = new ArrayList<>(List.of(program.toString()));
    words.addAll(invocation.arguments());
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.environment().put(CommandInvocation.END_FILE, end.file().toString());
    builder
        .environment()
        .put(CommandInvocation.WATCHING_PROCESS, Long.toString(ProcessHandle.current().pid()));
    return builder.start();
  }

  private int await(Process process) {
    boolean asked = false;
    try {
      while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!asked && invocation.interrupted().getAsBoolean()) {
          // A terminal interrupts the other process, too, and a second SIGINT would end it at once.
          process.toHandle().destroy();
          asked = true;
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.toHandle().destroy();
      Thread.currentThread().interrupt();
      return LaunchFailure.EXIT_CODE;
    }
  }
}
