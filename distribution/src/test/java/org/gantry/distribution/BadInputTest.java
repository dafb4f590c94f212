package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Errors for bad input. Each names its position, what was expected and the nearest valid name. The
 * exit code is 2, there is no stack trace, and no file is left behind.
 */
class BadInputTest {

  private static final String GOOD =
      """
      data: gaussian-ring
      networks:
        generator: mlp
        discriminator: mlp
      loss: non-saturating
      """;

  @TempDir Path elsewhere;
  @TempDir Path folder;

  private final List<Path> mounted = new ArrayList<>();
  private Product gantry;

  @BeforeEach
  void startInAnEmptyFolder() {
    gantry = Product.packed().inDirectory(folder);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    for (Path disk : mounted) {
      assertTrue(succeeds("umount", disk.toString()), disk + " cannot be unmounted");
    }
  }

  @Test
  void networksThatDoNotFitIntoMemoryAreRefusedWithAnEstimate() throws IOException {
    Files.writeString(
        folder.resolve("a.yaml"),
        GOOD.replace("generator: mlp", "generator: {mlp: {hidden: [1000000, 1000000, 1000000]}}"));
    for (String command : List.of("validate", "train")) {
      Product.CommandResult refused = gantry.run(command, "a.yaml");
      assertEquals(2, refused.exitCode(), refused.err());
      assertTrue(
          refused
              .err()
              .matches(
                  "(?s)error: a\\.yaml:2:1: The networks do not fit into memory: they need about"
                      + " 320\\d\\d\\.\\d GB .* are available\\.\n  fix: Use smaller networks, .*"),
          refused.err());
    }
  }

  @Test
  void endlessTextsAreRefused() {
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless));
    for (List<String> command :
        List.of(
            List.of("validate", endless.toString()),
            List.of("experiments", "run", endless.toString()))) {
      Product.CommandResult refused = gantry.run(command.toArray(String[]::new));
      assertEquals(2, refused.exitCode(), refused.err());
      assertTrue(refused.err().contains("it has more than 1 MB, its limit"), refused.err());
    }
  }

  @Test
  void validRecipesAreAccepted() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), GOOD);
    assertEquals(0, gantry.run("validate", "a.yaml").exitCode());
  }

  @Test
  void syntaxErrorsAreRefused() throws IOException {
    refused(
        recipe("data: [gaussian-ring\nloss: hinge\n"),
        "error: a.yaml:2:5: ",
        "a.yaml:1:7",
        "fix: Add ']'");
  }

  @Test
  void unknownComponentsAreRefused() throws IOException {
    refused(
        recipe(GOOD.replace("non-saturating", "non-staturating")),
        "error: a.yaml:5:7: ",
        "non-staturating",
        "fix: Did you mean 'non-saturating'?",
        "'hinge'");
  }

  @Test
  void unknownOptionsAreRefused() throws IOException {
    refused(
        recipe(GOOD.replace("gaussian-ring", "{gaussian-ring: {mods: 4}}")),
        "error: a.yaml:1:24: ",
        "'mods'",
        "fix: Did you mean 'modes'?",
        "'radius'");
  }

  @Test
  void optionsOutOfRangeAreRefused() throws IOException {
    refused(
        recipe(GOOD.replace("gaussian-ring", "{gaussian-ring: {modes: -4}}")),
        "error: a.yaml:1:31: ",
        "must be at least 1, not -4");
  }

  @Test
  void optionsOfTheWrongTypeAreRefused() throws IOException {
    refused(
        recipe(GOOD.replace("gaussian-ring", "{gaussian-ring: {modes: many}}")),
        "error: a.yaml:1:31: ",
        "expects a whole number, not 'many'");
  }

  @Test
  void portsThatDoNotFitAreRefused() throws IOException {
    gantry = HomemadePlugin.energyDiscriminator().install(elsewhere).inDirectory(folder);
    refused(
        recipe(GOOD.replace("discriminator: mlp", "discriminator: energetic")),
        "error: a.yaml:4:18: ",
        "discriminator/energetic",
        "loss/non-saturating",
        "org.acme.energetic",
        "org.gantry.plugin.cross-entropy",
        "score",
        "energy",
        "'mlp'");
  }

  @Test
  void ambiguousNamesAreRefused() throws IOException {
    gantry = HomemadePlugin.secondHinge().install(elsewhere).inDirectory(folder);
    refused(
        recipe(GOOD.replace("non-saturating", "hinge")),
        "error: a.yaml:5:7: ",
        "org.gantry.plugin.hinge/hinge",
        "org.acme.hinge/hinge");
  }

  @Test
  void dataOfTheWrongShapeAreRefused() throws IOException {
    refused(
        recipe(GOOD.replace(": mlp", ": dcgan")),
        "error: a.yaml:3:14: ",
        "(channels, height, width)",
        "'mlp'");
  }

  @Test
  void missingRecipesAreRefused() throws IOException {
    Files.writeString(folder.resolve("mine.yaml"), GOOD);
    refused(
        gantry.run("train", "mime.yaml"), "error: mime.yaml: ", "fix: Did you mean 'mine.yaml'?");
    refused(gantry.run("train", "rinng"), "error: rinng: ", "fix: Did you mean 'ring'?");
  }

  @Test
  void missingDataFilesAreRefused() throws IOException {
    refused(
        recipe(
            GOOD.replace(
                "gaussian-ring", "{idx: {images: none-idx3-ubyte, labels: none-idx1-ubyte}}")),
        "error: a.yaml:1:",
        "none-idx3-ubyte");
  }

  @Test
  void changesOfUnknownKeysAreRefused() throws IOException {
    refused(
        gantry.run("train", "ring", "--set", "train.stps=4"),
        "error: --set train.stps=4: ",
        "fix: Did you mean 'steps'?");
    refused(
        gantry.run("train", "ring", "--set", "los=hinge"),
        "error: --set los=hinge: ",
        "fix: Did you mean 'loss'?");
  }

  @Test
  void invalidStepCountsAreRefused() throws IOException {
    refused(gantry.run("train", "ring", "--steps", "0"), "error: --steps 0: ", "greater than 0");
    refused(
        gantry.run("train", "ring", "--steps", "many"), "error: --steps many: ", "whole number");
  }

  @Test
  void existingRunFoldersAreRefused() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("mine")).resolve("precious"), "mine");
    refused(
        gantry.run("train", "ring", "--out", "mine"), "error: --out mine: ", "not empty", "fix: ");
    assertEquals("mine", Files.readString(folder.resolve("mine/precious")));
  }

  @Test
  void runFoldersThatAreFilesAreRefused() throws IOException {
    Files.writeString(folder.resolve("mine"), "mine");
    refused(gantry.run("train", "ring", "--out", "mine"), "error: --out mine: ", "a file", "fix: ");
  }

  @Test
  void readOnlyFoldersAreRefused() throws IOException, InterruptedException {
    Path disk = disk("ro");
    refused(
        gantry.run("train", "ring", "--out", disk.resolve("run").toString()),
        "error: --out " + disk.resolve("run") + ": ",
        "Read-only file system",
        "fix: ");
    refused(
        gantry.run("graph", "ring", "-o", disk.resolve("ring.svg").toString()),
        "error: -o " + disk.resolve("ring.svg") + ": ",
        "fix: ");
  }

  @Test
  void fullFoldersAreRefused() throws IOException, InterruptedException {
    Path disk = disk("size=8k");
    Files.write(disk.resolve("filler"), new byte[8000]);
    refused(
        gantry.run("train", "ring", "--out", disk.resolve("run").toString()),
        "error: --out " + disk.resolve("run") + ": ",
        "No space left on device",
        "fix: ");
    assertEquals(Set.of("filler"), names(disk));
    refused(
        gantry.run("graph", "ring", "-o", disk.resolve("ring.svg").toString()),
        "error: -o " + disk.resolve("ring.svg") + ": ",
        "No space left on device",
        "fix: ");
    assertEquals(Set.of("filler"), names(disk));
  }

  /** Mounts a small disk; skips the test if this process may not mount. */
  private Path disk(String options) throws IOException, InterruptedException {
    Path disk = Files.createDirectory(elsewhere.resolve("disk"));
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()),
        "mounting needs root");
    mounted.add(disk);
    return disk;
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Product.CommandResult recipe(String text) throws IOException {
    Files.writeString(folder.resolve("a.yaml"), text);
    return gantry.run("train", "a.yaml");
  }

  private void refused(Product.CommandResult answer, String... words) throws IOException {
    assertEquals(2, answer.exitCode(), answer.err());
    assertEquals("", answer.out());
    for (String word : words) {
      assertTrue(answer.err().contains(word), "'" + word + "' is not in\n" + answer.err());
    }
    for (String line : answer.err().lines().toList()) {
      assertTrue(line.startsWith("error: ") || line.startsWith("  fix: "), answer.err());
    }
    assertFalse(answer.err().contains("Exception"), answer.err());
    Set<String> left = names(folder);
    left.removeAll(Set.of("a.yaml", "mine", "mine.yaml"));
    assertEquals(Set.of(), left, "files are left behind");
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
