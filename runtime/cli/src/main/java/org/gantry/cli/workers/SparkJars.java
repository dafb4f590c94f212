package org.gantry.cli.workers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gantry.cli.console.InvalidInputException;

/**
 * Finds Spark, which is not part of an ordinary installation.
 *
 * @param folder the folder with the jars of Spark
 */
record SparkJars(Path folder) {

  /** The environment variable with the folder of Spark. */
  static final String VARIABLE = "SPARK_HOME";

  private static final Pattern CORE = Pattern.compile("spark-core_([\\d.]+)-(\\d+)\\..*\\.jar");
  private static final String SCALA = "2.13";
  private static final String MAJOR = "4";

  /**
   * The jars of the folder that {@value #VARIABLE} names, or else those in the folder {@code
   * spark/jars} of the installation.
   *
   * @param named the value of the environment variable; may be null
   * @param home the folder of the installation
   * @throws InvalidInputException if there are none, or they are of another version
   */
  static SparkJars find(String named, Path home) {
    boolean isNamed = named != null && !named.isBlank();
    Path folder = isNamed ? Path.of(named).resolve("jars") : home.resolve("spark").resolve("jars");
    Optional<String> core = core(folder);
    if (core.isEmpty()) {
      throw new InvalidInputException(
          isNamed
              ? "%s is %s, which has no Spark: its folder jars has no spark-core"
                  .formatted(VARIABLE, named)
              : "Spark is not installed, which trainings with --on need",
          "Set %s to the folder of Spark 4 for Scala 2.13; the page distributed.md says how to get it."
              .formatted(VARIABLE));
    }
    Matcher matcher = CORE.matcher(core.get());
    if (!matcher.matches() || !matcher.group(1).equals(SCALA) || !matcher.group(2).equals(MAJOR)) {
      throw new InvalidInputException(
          "the folder %s has %s, but Spark %s for Scala %s is needed"
              .formatted(folder, core.get(), MAJOR, SCALA),
          "Set %s to the folder of another Spark.".formatted(VARIABLE));
    }
    return new SparkJars(folder);
  }

  private static Optional<String> core(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("spark-core_"))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + folder, e);
    }
  }

  /**
   * The class path of the program that trains on Spark.
   *
   * @param home the folder of the installation
   */
  String classPath(Path home) {
    List<String> own =
        List.of(
            jar(home.resolve("spark"), "gantry-spark-"),
            jar(home.resolve("lib"), "gantry-embedded-"),
            jar(home.resolve("lib"), "gantry-host-"));
    return String.join(File.pathSeparator, own) + File.pathSeparator + folder.resolve("*");
  }

  /**
   * Sets what the processes of Spark read from their environment.
   *
   * @param local whether they need not be reached from other machines
   */
  void setVariables(Map<String, String> environment, boolean local) {
    environment.put(VARIABLE, folder.toAbsolutePath().getParent().toString());
    environment.put("SPARK_SCALA_VERSION", SCALA);
    if (local) {
      environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    }
  }

  private static String jar(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .map(Path::toString)
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "this installation has no " + prefix + " in " + folder));
    } catch (IOException e) {
      throw new UncheckedIOException("this installation has no " + folder, e);
    }
  }
}
