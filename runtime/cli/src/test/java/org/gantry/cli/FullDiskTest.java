package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands that write a file on a full disk; they need permission to mount one. */
@TensorTest
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
    assumeTrue(mounted, "no disk can be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    assertTrue(!mounted || succeeds("umount", disk.toString()));
  }

  @Test
  void aFullDiskKeepsTheOldFileAndLeavesNoPartialFile() throws IOException {
    String run = trained(folder.resolve("run"));
    List<List<String>> commands =
        List.of(
            List.of("report", run, "-o", "page.html"),
            List.of("compare", run, run, "-o", "pages.html"),
            List.of("export", run, "--to", "network.pt"),
            List.of("export", run, "--to", "network.safetensors"),
            List.of("graph", "tiny", "-o", "graph.svg"),
            List.of("sample", run, "-o", "samples.png"));
    for (List<String> command : commands) {
      Files.writeString(disk.resolve(command.get(command.size() - 1)), "mine");
    }
    fill();
    List<String> before = names();

    for (List<String> command : commands) {
      List<String> words = new ArrayList<>(command);
      Path file = disk.resolve(words.remove(words.size() - 1));
      words.add(file.toString());
      CommandFixture.CommandResult answer = stage.run(words.toArray(new String[0]));

      assertTrue(answer.exitCode() == 1 || answer.exitCode() == 2, command + answer.err());
      assertTrue(answer.err().contains("No space left on device"), command + answer.err());
      assertTrue(answer.err().contains(file.toString()), command + answer.err());
      assertEquals("mine", Files.readString(file), command.toString());
    }
    assertEquals(before, names());
  }

  @Test
  void anEvaluationThatCannotBeWrittenIsReported() throws IOException {
    String run = trained(disk.resolve("run"));
    Files.createDirectories(disk.resolve("run/cache/spread"));
    fill();

    CommandFixture.CommandResult answer = stage.run("evaluate", run);

    assertEquals(1, answer.exitCode());
    assertEquals(
        "error: cannot write the evaluation to "
            + disk.resolve("run/evaluations.jsonl")
            + ": No space left on device\n",
        answer.err());
    assertEquals(0, Files.size(disk.resolve("run/evaluations.jsonl")));
  }

  @Test
  void aRunThatCannotBeCreatedLeavesNoFiles() throws IOException {
    fill();
    List<String> before = names();

    CommandFixture.CommandResult answer =
        stage.run("train", "tiny", "--out", disk.resolve("run").toString());

    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().contains("No space left on device"), answer.err());
    assertEquals(before, names());
  }

  private String trained(Path run) {
    assertEquals(0, stage.run("train", "tiny", "--out", run.toString()).exitCode());
    return run.toString();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(disk)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(disk.resolve("others"))) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertTrue(full.getMessage().contains("No space left on device"), full.getMessage());
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
