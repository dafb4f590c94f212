package org.gantry.provisioning.internal.executor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gantry.host.CommandInvocation;
import org.gantry.host.Installation;
import org.gantry.host.StartTrial;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TextFiles;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.StartRecord;
import org.gantry.provisioning.internal.plan.StartRecord.FatalStart;
import org.gantry.provisioning.internal.plan.StateFiles;

/**
 * Starts the plugins of a change in a separate process before it is made. A plugin may stop the
 * framework, end the process or never return, and none of that harms this process.
 *
 * @param installation the product and the state to start
 * @param limit how long a plugin may take to start, to stop, and to create a component
 * @param startLimitProperty the system property with this limit, for the other process
 * @param records the plugins whose start was fatal
 * @param notices receives sentences about what is being waited for
 */
public record TrialProcess(
    Installation installation,
    Duration limit,
    String startLimitProperty,
    StartRecord records,
    Consumer<String> notices) {

  /** The time for a start without plugins on a very busy machine, and for many plugins. */
  private static final Duration WHOLE_LIMIT = Duration.ofMinutes(5);

  private static final Duration NOTICE = Duration.ofSeconds(10);

  private static final String OPTIONS_VARIABLE = "GANTRY_OPTS";

  /**
   * Starts the plugins of a lock file and checks some of them.
   *
   * @param plugins the names and versions of the plugins, by their hashes
   * @return why a plugin does not work; empty if all work
   */
  Optional<String> findProblem(LockFile lock, Map<String, String> plugins) throws IOException {
    return StateFiles.withTemporaryFolder(
        folder -> {
          Path request = folder.resolve("trial");
          Path lockFile = Files.write(folder.resolve("lock.json"), lock.toJson());
          new TrialRequest(lockFile, plugins).write(request);
          Path said = folder.resolve("said");
          int exitCode = execute(request, said.toFile(), String.join(", ", plugins.values()));
          Optional<String> answer = TrialRequest.readAnswer(request);
          List<FatalStart> fatal = records.takeFatal();
          if (answer.isPresent()) {
            return answer.filter(sentence -> !sentence.equals(TrialRequest.WORKS));
          }
          return Optional.of(describe(exitCode, plugins, fatal, lastLine(said)));
        });
  }

  private int execute(Path request, File said, String subject) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(installation.home().resolve("bin/gantry").toString(), "plugins")
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(said);
    Map<String, String> environment = builder.environment();
    environment.put(StartTrial.VARIABLE, request.toString());
    environment.remove(CommandInvocation.END_FILE);
    environment.put(Installation.STATE_VARIABLE, installation.state().toString());
    environment.put(
        CommandInvocation.WATCHING_PROCESS, Long.toString(ProcessHandle.current().pid()));
    environment.merge(
        OPTIONS_VARIABLE,
        "-D%s=%d".formatted(startLimitProperty, limit.toMillis()),
        (options, option) -> options + " " + option);
    Process process = builder.start();
    try {
      if (!process.waitFor(NOTICE.toMillis(), TimeUnit.MILLISECONDS)) {
        notices.accept("waiting for a start of Gantry with " + subject);
        process.waitFor(WHOLE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
      return process.isAlive() ? -1 : process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Gantry starts with " + subject, e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String describe(
      int exitCode, Map<String, String> plugins, List<FatalStart> fatal, String lastLine) {
    String how =
        exitCode < 0
            ? "did not end within " + WHOLE_LIMIT.toMinutes() + " minutes"
            : "ended with exit code " + exitCode;
    return fatal.stream()
            .filter(start -> plugins.containsKey(start.sha256()))
            .findFirst()
            .map(
                start ->
                    "%s does not work: a start of Gantry with it %s while %s"
                        .formatted(plugins.get(start.sha256()), how, start.activity()))
            .orElseGet(
                () ->
                    "a start of Gantry with %s %s"
                        .formatted(String.join(", ", plugins.values()), how))
        + (lastLine.isEmpty() ? "" : ": " + lastLine);
  }

  /** The last line that the process wrote, which says why it failed. */
  private static String lastLine(Path said) throws IOException {
    String text = new String(TextFiles.bytes(said), StandardCharsets.UTF_8);
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty()
        ? ""
        : ErrorText.line(lines.get(lines.size() - 1)).replaceFirst("^gantry: ", "");
  }
}
