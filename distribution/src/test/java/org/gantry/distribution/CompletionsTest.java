package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completions of the product, asked by the shells themselves. */
class CompletionsTest {

  private static final long LIMIT_SECONDS = 120;

  @TempDir Path folder;

  private static Path completion(String name) {
    return Product.home().resolve("completions").resolve(name);
  }

  /** Runs a script with the product on the PATH, and returns the lines that it prints. */
  private List<String> lines(String shell, String script) throws IOException {
    String path = System.getenv("PATH");
    assumeTrue(
        Stream.of(path.split(":", -1)).anyMatch(d -> Files.isExecutable(Path.of(d, shell))),
        "needs " + shell);
    Path file = Files.writeString(folder.resolve("script"), script);
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(shell, file.toString())
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("PATH", Product.home().resolve("bin") + ":" + path);
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end of " + shell);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    return Files.readAllLines(out);
  }

  @Test
  void bashCompletesWordsAndTheValuesOfChanges() throws IOException {
    assertEquals(
        List.of("train", "translate", "hinge"),
        lines(
            "bash",
            """
            . '%s'
            try() {
              COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=(gantry)
              _gantry
              printf '%%s\\n' "${COMPREPLY[@]}"
            }
            try 'gantry tr'
            try 'gantry train ring --set loss=hi'
            """
                .formatted(completion("gantry.bash"))));
  }

  @Test
  void zshCompletesChangesThatAreDoneAndThoseThatContinue() throws IOException {
    assertEquals(
        List.of("-S", "", "--", "--", "loss=hinge", "-S", "", "--", "loss=", "--"),
        lines(
            "zsh",
            """
            compadd() { print -rl -- "$@" }
            try() { CURRENT=$#words; source '%s' }
            words=(gantry train ring --set loss=hi); try
            words=(gantry train ring --set los); try
            """
                .formatted(completion("_gantry"))));
  }

  @Test
  void fishCompletesWordsAndChanges() throws IOException {
    assertEquals(
        List.of("train", "translate", "loss=hinge"),
        lines(
            "fish",
            """
            source '%s'
            complete -C 'gantry tr'
            complete -C 'gantry train ring --set loss=hi'
            """
                .formatted(completion("gantry.fish"))));
  }
}
