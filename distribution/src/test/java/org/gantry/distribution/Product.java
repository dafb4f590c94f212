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
 * The packed product, called as its users call it: in a process of its own.
 *
 * @param script what is called
 * @param directory where it is called
 * @param environment what is added to the environment; an empty value takes a variable away
 */
public record Product(Path script, Path directory, Map<String, String> environment) {

  /** No command of a test takes longer, however busy the machine. */
  private static final long LIMIT_SECONDS = 300;

  private static final long LOOK_MILLIS = 50;

  /** The number of the signal that Ctrl-C sends. */
  private static final int INTERRUPT = 2;

  /**
   * How a command ended.
   *
   * @param exitCode its exit code
   * @param out what it answered
   * @param err progress, warnings and errors
   */
  public record CommandResult(int exitCode, String out, String err) {}

  /** The product that was packed just before the tests, called in its own folder. */
  public static Product packed() {
    return new Product(home().resolve("bin/gantry"), home(), Map.of());
  }

  /** The folder of the product. */
  public static Path home() {
    return Path.of(System.getProperty("gantry.home"));
  }

  /** The folder of the sources. */
  public static Path sources() {
    return Path.of(System.getProperty("gantry.sources")).normalize();
  }

  /** The jars in a folder of the product, by name. */
  public static List<Path> jars(String folder) {
    try (Stream<Path> files = Files.list(home().resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The product called in another folder. */
  public Product inDirectory(Path other) {
    return new Product(script, other, environment);
  }

  /** The product called with a variable of the environment. */
  public Product withEnvironment(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new Product(script, directory, more);
  }

  /** Executes a command to its end. */
  public CommandResult run(String... arguments) {
    try (RunningCommand running = start(arguments)) {
      return running.awaitResult();
    }
  }

  /** Starts a command, to be interrupted or waited for. */
  public RunningCommand start(String... arguments) {
    RunningCommand running = startTyping(arguments);
    running.closeKeyboard();
    return running;
  }

  /** Starts a command that reads what is typed. */
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

  /** A command under way. */
  public static final class RunningCommand implements AutoCloseable {

    private final Process process;
    private final StreamCollector out;
    private final StreamCollector err;

    private RunningCommand(Process process) {
      this.process = process;
      // Both are drained all the time: a full pipe would stop the command.
      out = StreamCollector.of(process.getInputStream());
      err = StreamCollector.of(process.getErrorStream());
    }

    /**
     * Waits until the command has said something on its way.
     *
     * @throws IllegalStateException if it ends or takes too long without saying so
     */
    public void awaitErr(String part) {
      err.await(part, LIMIT_SECONDS);
    }

    /** Waits until the command has answered something. */
    public void awaitOut(String part) {
      out.await(part, LIMIT_SECONDS);
    }

    /** Types a line. */
    public void type(String line) {
      try {
        OutputStream keyboard = process.getOutputStream();
        keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Types no more, and waits for the end as {@link #awaitResult} does. */
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
     * Waits until something is so.
     *
     * @throws IllegalStateException if the command ends before
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
     * Does what Ctrl-C does. Where this process was told to ignore it, as 'nohup' does, its
     * children are deaf too, and the test is skipped.
     */
    public void interrupt() {
      try {
        Assumptions.assumeFalse(ignoresInterrupts(), "started where Ctrl-C is ignored");
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
     * Waits for the end.
     *
     * @throws IllegalStateException if it takes too long, with what was said so far
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

    /** Does what {@code kill -9} does. */
    public void kill() {
      close();
    }

    /** Kills what still runs. */
    @Override
    public void close() {
      // Of a process that has ended, this would close the streams under their readers.
      if (process.isAlive()) {
        process.destroyForcibly();
      }
    }
  }
}
