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
import java.util.Map;
import java.util.TreeMap;
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
    return Product.packed().inDirectory(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constraint",
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
    Product.CommandResult answer = product().run("plugins", "new", "acme-" + kind, "--kind", kind);
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
    Product.CommandResult begun =
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
    assertEquals(
        """
          build    mvn -f acme-losses package
          install  gantry plugins install acme-losses/target/acme-losses-1.0.0.jar --allow-unsigned
        """,
        begun.err());
    Path project = folder.resolve("acme-losses");
    writeSourcesOfThePage(project);
    assertEquals(0, maven(project, "-f", project.toString(), "package"));
    Path jar = project.resolve("target/acme-losses-1.0.0.jar");

    Product.CommandResult tried = product().run("plugins", "test", jar.toString());
    assertEquals(0, tried.exitCode(), tried.out() + tried.err());

    Product own = product().withEnvironment("GANTRY_STATE", folder.resolve("state").toString());
    Product.CommandResult installed =
        own.run("plugins", "install", jar.toString(), "--allow-unsigned", "--yes");
    assertEquals(0, installed.exitCode(), installed.err());
    Product.CommandResult trained =
        own.run(
            "train", "ring", "--set", "loss=relativistic-average", "--steps", "5", "--out", "run");
    assertEquals(0, trained.exitCode(), trained.err());
  }

  @Test
  void theArchetypeMakesTheSameProject() throws Exception {
    String repository = Product.home().resolve("maven").toUri().toString();
    Path of = Files.createDirectory(folder.resolve("archetype"));
    Path gantry = Files.createDirectories(repository().resolve("org/gantry"));
    copy(Product.home().resolve("maven/org/gantry/gantry-archetype"), gantry);
    assertEquals(
        0,
        maven(
            of,
            "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate",
            "-DinteractiveMode=false",
            "-DarchetypeGroupId=org.gantry",
            "-DarchetypeArtifactId=gantry-archetype",
            "-DarchetypeVersion=" + version(),
            "-DarchetypeCatalog=local",
            "-DgroupId=org.acme.losses",
            "-DartifactId=acme-losses",
            "-Dpackage=org.acme.losses",
            "-Dversion=1.0.0",
            "-Dkind=loss",
            "-Dname=lead",
            "-DclassName=Lead",
            "-DgantryRepository=" + repository));
    product()
        .run(
            "plugins",
            "new",
            "acme-losses",
            "--kind",
            "loss",
            "--name",
            "lead",
            "--package",
            "org.acme.losses");
    assertEquals(contents(folder.resolve("acme-losses")), contents(of.resolve("acme-losses")));
  }

  /** The version of the product. */
  private static String version() {
    return Product.jars("lib").stream()
        .map(jar -> jar.getFileName().toString())
        .filter(name -> name.startsWith("gantry-launcher-"))
        .map(name -> name.replaceAll("gantry-launcher-|\\.jar", ""))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> contents(Path project) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            project.relativize(file).toString(), Files.readString(file).replaceAll("\\R", "\n"));
      }
    }
    return contents;
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
   * A repository that has everything of this build's but Gantry, which therefore has to come from
   * the product.
   */
  private Path repository() throws IOException {
    Path real = Path.of(System.getProperty("maven.repository"));
    Path own = Files.createDirectories(folder.resolve("repository"));
    if (!Files.exists(own.resolve("org"))) {
      link(real, own, "org");
      link(real.resolve("org"), Files.createDirectory(own.resolve("org")), "gantry");
    }
    return own;
  }

  /** Copies a folder with all that is in it, as {@code cp -r} does. */
  private static void copy(Path from, Path into) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, into.resolve(from.getParent().relativize(file).toString()));
      }
    }
  }

  private int maven(Path at, String... words) throws IOException, InterruptedException {
    Path log = folder.resolve("maven.log");
    List<String> line = new ArrayList<>(List.of("mvn", "-B", "-o"));
    line.addAll(List.of("-Daether.offline.protocols=file", "-Dmaven.repo.local=" + repository()));
    line.addAll(List.of(words));
    int exitCode =
        new ProcessBuilder(line)
            .directory(at.toFile())
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
            .filter(text -> text.startsWith("[WARNING]") && !text.contains("Tests run:"))
            // The archetype is in no catalog, the plugin meets folders of its own making, and
            // offline
            // it does without the POMs of some libraries.
            .filter(
                text ->
                    !text.matches(
                        ".*(any catalog|with id 'archetype'|Don't override|The POM for .* is"
                            + " missing).*"))
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
    assertRefused("'new.class' is not a valid name of a Java package", "new-class", "loss");
  }

  @Test
  void anUnknownKindIsRefusedWithThoseThatThereAre() {
    Product.CommandResult answer =
        assertRefused("there is no kind of component called 'los'", "acme-losses", "los");
    assertTrue(answer.err().contains("loss, metric, optimizer"), answer.err());
    assertTrue(answer.err().contains("Did you mean 'loss'?"), answer.err());
    assertFalse(Files.exists(folder.resolve("acme-losses")));
  }

  private Product.CommandResult assertRefused(String why, String name, String kind) {
    Product.CommandResult answer = product().run("plugins", "new", name, "--kind", kind);
    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().startsWith("error: " + why), answer.err());
    return answer;
  }

  @Test
  void whatIsNoJarIsRefusedWhereOneIsToBeTried() throws IOException {
    Path text = Files.writeString(folder.resolve("no.jar"), "text");
    Product.CommandResult answer = product().run("plugins", "test", text.toString());
    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().contains("cannot be read as a jar"), answer.err());
  }

  @Test
  void failedChecksOfAPluginAreReported() throws IOException {
    Path jar = HomemadePlugin.secondHinge().pack(folder);
    Product.CommandResult answer = product().run("plugins", "test", jar.toString());
    assertEquals(1, answer.exitCode());
    assertTrue(
        answer.out().contains("it requires the extender without a version range"), answer.out());
    assertTrue(
        answer.out().contains("broken   it gives both players a term to minimise"), answer.out());
  }

  @Test
  void pluginThatStaysInMemoryIsReported() throws IOException {
    String clings = "public Clinging() { System.getProperties().put(\"clinging\", this); }";
    Path classes =
        TestPluginJar.compile(
            folder, Map.of("Clinging", TestPluginJar.loss("Clinging", "clinging", clings)));
    Path jar =
        TestPluginJar.withLoss("org.acme.clinging", "1.0.0", classes, "Clinging", "clinging")
            .pack(folder.resolve("clinging.jar"));
    Product.CommandResult answer =
        product()
            .withEnvironment("GANTRY_OPTS", "-Dgantry.plugin.removal.limit=200")
            .run("plugins", "test", jar.toString());
    assertEquals(1, answer.exitCode());
    assertTrue(
        answer.out().contains("broken   its classes are unloaded when it is removed"),
        answer.out());
  }
}
