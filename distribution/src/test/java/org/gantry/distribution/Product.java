package org.gantry.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The packed product, called as its users call it: in a separate process.
 *
 * @param script the start script
 * @param directory the working directory
 * @param environment variables to set; an empty value removes a variable
 */
public record Product(Path script, Path directory, Map<String, String> environment) {

  /** The time limit of a command, enough for a busy machine. */
  private static final long LIMIT_SECONDS = 300;

  private static final long LOOK_MILLIS = 50;

  /** The number of the signal that Ctrl-C sends. */
  private static final int INTERRUPT = 2;

  /**
   * The result of a command.
   *
   * @param exitCode its exit code
   * @param out its standard output
   * @param err its standard error: progress, warnings and errors
   */
  public record CommandResult(int exitCode, String out, String err) {}

  /** Returns the product of this build, called in its own folder. */
  public static Product packed() {
    return new Product(home().resolve("bin/gantry"), home(), Map.of());
  }

  /** Returns the folder of the product. */
  public static Path home() {
    return Path.of(System.getProperty("gantry.home"));
  }

  /** Returns the folder of the sources. */
  public static Path sources() {
    return Path.of(System.getProperty("gantry.sources")).normalize();
  }

  /** Returns the jars in a folder of the product, sorted by name. */
  public static List<Path> jars(String folder) {
    try (Stream<Path> files = Files.list(home().resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the product, called in another working directory. */
  public Product inDirectory(Path other) {
    return new Product(script, other, environment);
  }

  /** Returns the product, called with an additional environment variable. */
  public Product withEnvironment(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new Product(script, directory, more);
  }

  /** Executes a command and waits for its end. */
  public CommandResult run(String... arguments) {
    try (RunningCommand running = start(arguments)) {
      return running.awaitResult();
    }
  }

  /** Starts a command without input. */
  public RunningCommand start(String... arguments) {
    RunningCommand running = startTyping(arguments);
    running.closeKeyboard();
    return running;
  }

  /** Starts a command that reads standard input. */
  public RunningCommand startTyping(String... arguments) {
    List<String> words = new ArrayList<>(List.of(script.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    environment.forEach(
        (variable, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(variable);
          } else {
            builder.environment().put(variable, value);
          }
        });
    try {
      return new RunningCommand(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command that has been started. */
  public static final class RunningCommand implements AutoCloseable {

    private final Process process;
    private final StreamCollector out;
    private final StreamCollector err;

    private RunningCommand(Process process) {
      this.process = process;
      // Both streams are read all the time, because a full pipe would block the command.
      out = StreamCollector.of(process.getInputStream());
      err = StreamCollector.of(process.getErrorStream());
    }

    /**
     * Waits until standard error contains a part.
     *
     * @throws IllegalStateException if the command ends or the time is over before it does
     */
    public void awaitErr(String part) {
      err.await(part, LIMIT_SECONDS);
    }

    /** Waits until standard output contains a part. */
    public void awaitOut(String part) {
      out.await(part, LIMIT_SECONDS);
    }

    /** Returns the id of the process. */
    public long id() {
      return process.pid();
    }

    /** Returns the standard output so far. */
    public String outSoFar() {
      return out.soFar();
    }

    /** Writes a line to standard input. */
    public void type(String line) {
      try {
        OutputStream keyboard = process.getOutputStream();
        keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Closes standard input and waits for the end as {@link #awaitResult} does. */
    public CommandResult endInput() {
      closeKeyboard();
      return awaitResult();
    }

    private void closeKeyboard() {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * Waits until a condition holds.
     *
     * @throws IllegalStateException if the command ends before it does
     */
    public void await(BooleanSupplier condition) {
      try {
        while (!condition.getAsBoolean()) {
          if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("ended: " + out.all() + err.all());
          }
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }

    /**
     * Sends the signal of Ctrl-C. Skips the test where this process ignores the signal, as under
     * 'nohup', because child processes inherit that.
     */
    public void interrupt() {
      try {
        Assumptions.assumeFalse(ignoresInterrupts(), "started where Ctrl-C is ignored");
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Sends the signal of {@code kill}. */
    public void terminate() {
      // The method of the process itself would close the streams while they are being read.
      process.toHandle().destroy();
    }

    private static boolean ignoresInterrupts() throws IOException {
      Path status = Path.of("/proc/self/status");
      String ignored = "SigIgn:\t";
      return Files.exists(status)
          && Files.readAllLines(status).stream()
              .filter(line -> line.startsWith(ignored))
              .map(line -> Long.parseUnsignedLong(line.substring(ignored.length()), 16))
              .anyMatch(signals -> (signals >> (INTERRUPT - 1) & 1) != 0);
    }

    /**
     * Waits for the end of the command.
     *
     * @throws IllegalStateException if it takes too long; the message holds the output so far
     */
    public CommandResult awaitResult() {
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          close();
          throw new IllegalStateException(
              "no end after " + LIMIT_SECONDS + " s: " + out.all() + err.all());
        }
        return new CommandResult(process.exitValue(), out.all(), err.all());
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }

    /** Kills the command as {@code kill -9} does. */
    public void kill() {
      close();
    }

    /** Kills the command if it still runs. */
    @Override
    public void close() {
      // After the end of a process, this would close the streams while they are being read.
      if (process.isAlive()) {
        process.destroyForcibly();
      }
    }
  }
}
