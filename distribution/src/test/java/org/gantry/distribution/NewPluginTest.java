package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a third party from nothing to a plugin that works. */
class NewPluginTest {

  private static final Pattern SOURCE =
      Pattern.compile("```java\n(package .*?)```", Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("final class (\\w+)");

  @TempDir Path folder;

  private Product product() {
    return Product.packed().in(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dataset",
        "discriminator",
        "encoder",
        "generator",
        "loss",
        "metric",
        "optimizer",
        "prior",
        "regularizer",
        "sampler",
        "topology",
        "watchdog"
      })
  void aNewPluginOfEveryKindCompilesAgainstWhatTheProductCarries(String kind) throws IOException {
    Product.Answer answer = product().run("plugins", "new", "acme-" + kind, "--kind", kind);
    assertEquals(0, answer.exitCode(), answer.err());
    Path project = folder.resolve("acme-" + kind);
    List<String> options =
        new ArrayList<>(
            List.of("--release", "17", "-proc:none", "-Werror", "-classpath", classPath()));
    options.addAll(List.of("-d", Files.createDirectory(folder.resolve("classes")).toString()));
    try (Stream<Path> files = Files.walk(project)) {
      files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(options::add);
    }
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, System.err, options.toArray(String[]::new)));
  }

  /** The product's Maven repository and engine, and the JUnit of this test. */
  private static String classPath() throws IOException {
    try (Stream<Path> maven = Files.walk(Product.home().resolve("maven"))) {
      Stream<String> ours = maven.map(Path::toString).filter(f -> f.endsWith(".jar"));
      Stream<String> host =
          Stream.of("lib", "bundles")
              .flatMap(jars -> Product.jars(jars).stream())
              .map(Path::toString)
              .filter(f -> !f.contains("gantry-"));
      return Stream.of(ours, host, Stream.of(System.getProperty("java.class.path").split(":", -1)))
          .flatMap(s -> s)
          .collect(Collectors.joining(":"));
    }
  }

  @Test
  void theExampleOfTheDocumentationIsBuiltTriedInstalledAndTrained() throws Exception {
    Product.Answer begun =
        product()
            .run(
                "plugins",
                "new",
                "acme-losses",
                "--kind",
                "loss",
                "--name",
                "relativistic-average",
                "--package",
                "org.acme.losses");
    assertEquals(0, begun.exitCode(), begun.err());
    Path project = folder.resolve("acme-losses");
    writeSourcesOfThePage(project);
    assertEquals(0, maven(project, "package"));
    Path jar = project.resolve("target/acme-losses-1.0.0.jar");

    Product.Answer tried = product().run("plugins", "test", jar.toString());
    assertEquals(0, tried.exitCode(), tried.out() + tried.err());

    Product installed = HomemadePlugin.installed(Files.createDirectory(folder.resolve("home")));
    Files.copy(jar, installed.script().getParent().getParent().resolve("plugins/acme.jar"));
    Product.Answer trained =
        installed.run(
            "train", "ring", "--set", "loss=relativistic-average", "--steps", "5", "--out", "run");
    assertEquals(0, trained.exitCode(), trained.err());
  }

  private static void writeSourcesOfThePage(Path project) throws IOException {
    String page = Files.readString(Product.home().resolve("docs/extending.md"));
    Matcher source = SOURCE.matcher(page);
    int written = 0;
    while (source.find()) {
      Matcher type = TYPE.matcher(source.group(1));
      assertTrue(type.find());
      String root = type.group(1).endsWith("Test") ? "src/test/java" : "src/main/java";
      Path file = project.resolve(root + "/org/acme/losses/" + type.group(1) + ".java");
      assertTrue(Files.exists(file), file + " is not what the project begins with");
      Files.writeString(file, source.group(1));
      written++;
    }
    assertEquals(2, written);
  }

  /**
   * Runs Maven with a repository that has everything of this build's but Gantry, which therefore
   * has to come from the product.
   */
  private int maven(Path project, String goal) throws IOException, InterruptedException {
    Path real = Path.of(System.getProperty("maven.repository"));
    Path own = Files.createDirectories(folder.resolve("repository"));
    link(real, own, "org");
    link(real.resolve("org"), Files.createDirectory(own.resolve("org")), "gantry");
    Path log = folder.resolve("maven.log");
    int exitCode =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-o",
                "-Daether.offline.protocols=file",
                "-Dmaven.repo.local=" + own,
                "-f",
                project.toString(),
                goal)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exitCode != 0) {
      System.err.println(Files.readString(log, StandardCharsets.UTF_8));
    }
    List<String> warnings =
        Files.readAllLines(log).stream()
            // Promises that only losses of another form make are skipped, which Maven warns of.
            .filter(line -> line.startsWith("[WARNING]") && !line.contains("Tests run:"))
            .toList();
    assertEquals(List.of(), warnings);
    return exitCode;
  }

  private static void link(Path from, Path to, String but) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(but)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  @Test
  void aFolderThatExistsIsLeftAlone() throws IOException {
    Files.createDirectory(folder.resolve("acme-losses"));
    assertRefused("acme-losses exists already", "acme-losses", "loss");
  }

  @Test
  void aBadNameIsRefused() {
    assertRefused("the name of the project is 'Acme Losses'", "Acme Losses", "loss");
  }

  @Test
  void aNameThatMakesNoPackageIsRefused() {
    assertRefused("'new.class' is no name of a Java package", "new-class", "loss");
  }

  @Test
  void anUnknownKindIsRefusedWithThoseThatThereAre() {
    Product.Answer answer =
        assertRefused("there is no kind of component called 'los'", "acme-losses", "los");
    assertTrue(answer.err().contains("loss, metric, optimizer"), answer.err());
    assertFalse(Files.exists(folder.resolve("acme-losses")));
  }

  private Product.Answer assertRefused(String why, String name, String kind) {
    Product.Answer answer = product().run("plugins", "new", name, "--kind", kind);
    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().startsWith("error: " + why), answer.err());
    return answer;
  }

  @Test
  void whatIsNoJarIsRefusedWhereOneIsToBeTried() throws IOException {
    Path text = Files.writeString(folder.resolve("no.jar"), "text");
    Product.Answer answer = product().run("plugins", "test", text.toString());
    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().contains("cannot be read as a jar"), answer.err());
  }

  @Test
  void aPluginThatBreaksPromisesIsToldWhich() throws IOException {
    Path jar = HomemadePlugin.secondHinge().pack(folder);
    Product.Answer answer = product().run("plugins", "test", jar.toString());
    assertEquals(1, answer.exitCode());
    assertTrue(answer.out().contains("it asks for an extender of any version"), answer.out());
    assertTrue(
        answer.out().contains("broken   it gives both sides of the game something to minimise"),
        answer.out());
  }
}
