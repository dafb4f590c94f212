package org.gantry.distribution.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program in C++ that trains without Gantry, compiled for this machine.
 *
 * @param file the executable
 */
record NativeProgram(Path file) {

  /**
   * Compiles the program with g++ against the libtorch that the engine has unpacked.
   *
   * @param source the folder of the sources
   * @param file the executable to write
   */
  static NativeProgram compile(Path source, Path file) throws IOException {
    Path libraries = libraries();
    run(
        List.of(
            "g++",
            "-std=c++17",
            "-O2",
            source.resolve("reference.cpp").toString(),
            "-o",
            file.toString(),
            "-L" + libraries,
            "-l:libtorch_cpu.so",
            "-l:libc10.so",
            "-Wl,-rpath," + libraries,
            "-Wl,--allow-shlib-undefined"));
    return new NativeProgram(file);
  }

  /** The folder of libtorch: the one that is set, or the one in the engine's cache. */
  private static Path libraries() throws IOException {
    String set = System.getenv("PYTORCH_LIBRARY_PATH");
    if (set != null) {
      return Path.of(set);
    }
    Path cache = Path.of(System.getProperty("user.home"), ".djl.ai", "pytorch");
    try (Stream<Path> folders = Files.list(cache)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("2.7.1-"))
          .filter(folder -> Files.exists(folder.resolve("libtorch_cpu.so")))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no libtorch 2.7.1 in " + cache));
    }
  }

  /**
   * Trains.
   *
   * @param game written by {@link ReferenceGame#write}
   * @param form {@code script} or {@code expert}
   * @param layout further arguments: {@code channels-last}, or none
   * @return JSON
   */
  String train(Path game, String form, double seconds, List<String> layout) throws IOException {
    List<String> words =
        new ArrayList<>(List.of(file.toString(), game.toString(), form, String.valueOf(seconds)));
    words.addAll(layout);
    return run(words);
  }

  private static String run(List<String> words) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    // The variables that Gantry's start script sets, so that both have the same threads. The
    // allocator's settings are Gantry's own.
    builder.environment().putIfAbsent("GOMP_SPINCOUNT", "10000");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", words) + " failed: " + out);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    return out;
  }
}
