package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the page about embedding, which have one jar on their class path. */
class EmbeddingTest {

  private static final long LIMIT_SECONDS = 300;

  private static final String PROMPT = "jshell> ";

  @TempDir Path folder;

  @Test
  void theProgramOfThePageTrainsWithAPluginAndSamples() throws IOException {
    Path program =
        Files.writeString(folder.resolve("NoisyRing.java"), block("java").replace("300", "120"));

    Product.CommandResult answer =
        java("", jar(), program.toString(), jarOf("repository", "gantry-plugin-layer-noise"));

    assertEquals(0, answer.exitCode(), answer.err());
    List<String> lines = answer.out().lines().toList();
    assertEquals("org.gantry.plugin.layer-noise has [regularizer/layer-noise]", lines.get(0));
    assertTrue(lines.get(1).startsWith("50 of 120: {discriminator/"), lines.get(1));
    assertTrue(lines.get(2).startsWith("100 of 120: {"), lines.get(2));
    assertTrue(lines.get(3).contains("mode-coverage/"), lines.get(3));
    assertTrue(ImageIO.read(folder.resolve("noisy-ring.png").toFile()).getWidth() > 100);
    assertTrue(Files.readString(folder.resolve("noisy-ring/recipe.yaml")).contains("layer-noise"));
  }

  @Test
  void theSessionOfThePageDrawsTheSamplesOfTheCommand() throws IOException {
    List<String> words = new ArrayList<>(List.of("jshell", "-s", "--class-path", jar(), "-"));
    String typed =
        block("jshell")
            .lines()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line.substring(PROMPT.length()).replace("300", "50") + "\n")
            .collect(Collectors.joining("", "", "gantry.close()\n"))
            .replace("/exit\n", "");

    Product.CommandResult answer = start(words, typed);

    assertEquals(0, answer.exitCode(), answer.out() + answer.err());
    assertTrue(Files.exists(folder.resolve("ring.png")), answer.out() + answer.err());
    Product product = Product.packed().inDirectory(folder);
    Product.CommandResult sampled = product.run("sample", "ring", "-n", "500", "-o", "same.png");
    assertEquals(0, sampled.exitCode(), sampled.err());
    assertEquals(-1, Files.mismatch(folder.resolve("ring.png"), folder.resolve("same.png")));
  }

  @Test
  void aMistakeHasTheTextOfTheCommand() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("Mistakes.java"),
            """
            import org.gantry.embedded.*;
            import java.nio.file.Path;

            public class Mistakes {
              public static void main(String[] changes) {
                try (EmbeddedGantry gantry = EmbeddedGantry.open()) {
                  try {
                    gantry.compose("ring", changes);
                  } catch (GantryException e) {
                    e.getMessage().lines().forEach(System.out::println);
                  }
                  System.out.println(gantry.execute("validate", "ring", "--set", changes[0],
                      "--set", changes[1]));
                }
                try {
                  EmbeddedGantry.open(Path.of("/nowhere"));
                } catch (GantryException e) {
                  System.out.println(e.problems().get(0).message());
                }
              }
            }
            """);

    Product.CommandResult answer =
        java("", jar(), program.toString(), "loss=hinj", "train.batch=none");

    assertEquals(0, answer.exitCode(), answer.err());
    List<String> printed = answer.err().lines().toList();
    assertFalse(printed.isEmpty());
    List<String> caught = new ArrayList<>(answer.out().lines().toList());
    assertEquals(
        "/nowhere is not an installation of Gantry: it has no folders lib and bundles",
        caught.remove(caught.size() - 1));
    assertEquals("2", caught.remove(caught.size() - 1));
    assertEquals(printed.stream().map(line -> line.replaceFirst("^error: ", "")).toList(), caught);
  }

  @Test
  void theRepositoryOfTheInstallationHasTheJarWithItsParents() {
    Path repository = Product.home().resolve("maven/org/gantry");
    String version = jar().replaceFirst(".*gantry-embedded-(.*)\\.jar", "$1");
    for (String file :
        List.of(
            "gantry-embedded/%1$s/gantry-embedded-%1$s.jar",
            "gantry-embedded/%1$s/gantry-embedded-%1$s.pom",
            "gantry-embedded/%1$s/gantry-embedded-%1$s-javadoc.jar",
            "gantry-runtime/%1$s/gantry-runtime-%1$s.pom",
            "gantry/%1$s/gantry-%1$s.pom")) {
      assertTrue(Files.isRegularFile(repository.resolve(file.formatted(version))), file);
    }
  }

  /** The first block of a language on the page. */
  private static String block(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Product.sources().resolve("distribution/docs/embedding.md")));
    assertTrue(matcher.find(), language);
    return matcher.group(1);
  }

  private static String jar() {
    return jarOf("lib", "gantry-embedded");
  }

  private static String jarOf(String folder, String prefix) {
    return Product.jars(folder).stream()
        .filter(jar -> jar.getFileName().toString().startsWith(prefix + "-"))
        .map(Path::toString)
        .findFirst()
        .orElseThrow();
  }

  private Product.CommandResult java(String typed, String classPath, String... words)
      throws IOException {
    return start(
        Stream.concat(Stream.of("java", "-Xmx1g", "-cp", classPath), Stream.of(words)).toList(),
        typed);
  }

  /** Starts a tool of the JDK of this test in the folder, and waits for its end. */
  private Product.CommandResult start(List<String> words, String typed) throws IOException {
    List<String> command = new ArrayList<>(words);
    command.set(0, Path.of(System.getProperty("java.home"), "bin", words.get(0)).toString());
    Path in = Files.writeString(folder.resolve("typed.txt"), typed);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end: " + Files.readString(out) + Files.readString(err));
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    return new Product.CommandResult(
        process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
