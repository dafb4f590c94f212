package org.gantry.launcher;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.gantry.host.CommandInvocation;
import org.gantry.host.Installation;
import org.gantry.host.StartTrial;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TerminalStream;
import org.slf4j.LoggerFactory;

/** The process of {@code gantry}: executes one command in the installation with this class. */
public final class Main {

  /** The command that answers requests until a signal ends it. */
  private static final String SERVE = "serve";

  /** The commands that need the tensor engine at once, because they compose a recipe. */
  private static final List<String> COMPOSING =
      List.of(
          "bench",
          "edit",
          "evaluate",
          "explain",
          "export",
          "graph",
          "inpaint",
          "interpolate",
          "project",
          "sample",
          "serve",
          "train",
          "translate",
          "validate");

  private final CommandInvocation invocation;
  private final InterruptSignal interrupt;
  private final AtomicReference<Gantry> running = new AtomicReference<>();

  private Main(List<String> arguments) {
    // Charts in the terminal need UTF-8, whatever the locale is.
    TerminalStream out = TerminalStream.standardOutput();
    TerminalStream err = TerminalStream.standardError();
    System.setErr(err);
    // The standard output belongs to the command: what a plugin prints must not get into its JSON.
    System.setOut(err);
    interrupt = InterruptSignal.watch(this::reportExit);
    invocation = new CommandInvocation(arguments, out, err, interrupt);
    if (invocation.isCommand(SERVE)) {
      interrupt.leaveExitCodeToCommand();
    }
  }

  /**
   * Executes a command and ends the process with its exit code.
   *
   * @param arguments the words after {@code gantry}
   */
  public static void main(String[] arguments) {
    System.exit(new Main(List.of(arguments)).run());
  }

  private int run() {
    int exitCode = LaunchFailure.EXIT_CODE;
    try {
      exitCode = runCommand();
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(Main.class).error("This is a defect of Gantry.", e);
      if (invocation.wantsJson()) {
        new LaunchFailure("this should not happen: " + ErrorText.of(e)).print(invocation);
      }
    } finally {
      int announced = exitCode;
      AnnouncedEnd.ofThisProcess().ifPresent(end -> end.announce(announced));
      ExitLimit.start(exitCode);
      interrupt.allowExit();
    }
    return exitCode;
  }

  private int runCommand() {
    Installation installation = Installation.forCurrentUser(home());
    InstalledCode code = InstalledCode.of(invocation, installation.state());
    if (WatchedProcess.isNeeded(invocation, code, System.getenv())) {
      return new WatchedProcess(
              installation.home().resolve("bin/gantry"),
              invocation,
              () -> InstalledCode.of(invocation, installation.state()))
          .execute();
    }
    return runHere(installation);
  }

  private int runHere(Installation installation) {
    boolean safeMode = invocation.arguments().contains(CommandInvocation.SAFE_MODE);
    DjlEngine engine = new DjlEngine(installation.state());
    if (COMPOSING.stream().anyMatch(invocation::isCommand)) {
      DjlEngine.stayOffline();
      engine.startEarly();
    }
    try (Gantry gantry = Gantry.start(installation, engine, safeMode, running::set)) {
      Optional<StartTrial> trial = gantry.service(StartTrial.class);
      if (trial.isPresent()) {
        trial.get().finish();
        return 0;
      }
      gantry.problems().forEach(problem -> invocation.err().println("gantry: " + problem));
      return gantry.run(invocation);
    } catch (StartException e) {
      new LaunchFailure(e.getMessage()).print(invocation);
      return LaunchFailure.EXIT_CODE;
    } finally {
      engine.awaitEarlyStart();
    }
  }

  /** Ends the process with a failure after a plugin called {@link System#exit}. */
  private void reportExit(ForeignExit exit) {
    String caller =
        running.get() == null
            ? "a plugin"
            : running.get().callingPlugin(exit.classNames()).orElse("a plugin");
    new LaunchFailure(caller + " ended the process by System.exit, so the command did not finish")
        .print(invocation);
    invocation.out().flush();
    if (running.get() != null) {
      running.get().removeStorage();
    }
    AnnouncedEnd.ofThisProcess().ifPresent(end -> end.announce(LaunchFailure.EXIT_CODE));
    Runtime.getRuntime().halt(LaunchFailure.EXIT_CODE);
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
