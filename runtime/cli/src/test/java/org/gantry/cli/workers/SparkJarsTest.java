package org.gantry.cli.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.gantry.cli.console.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Spark is looked for. */
class SparkJarsTest {

  @TempDir private Path home;

  private void add(String jar) throws IOException {
    Files.createDirectories(home.resolve(jar).getParent());
    Files.createFile(home.resolve(jar));
  }

  @Test
  void withoutSparkTheErrorSaysWhatToSet() {
    InvalidInputException missing =
        assertThrows(InvalidInputException.class, () -> SparkJars.find(null, home));
    assertTrue(missing.getMessage().startsWith("Spark is not installed"));
    assertTrue(missing.fix().contains("SPARK_HOME"));
  }

  @Test
  void theFolderOfTheVariableComesFirst() throws IOException {
    add("spark/jars/spark-core_2.13-4.0.1.jar");
    add("other/jars/spark-core_2.13-4.1.0.jar");
    assertEquals(home.resolve("spark/jars"), SparkJars.find("", home).folder());
    Path other = home.resolve("other");
    assertEquals(other.resolve("jars"), SparkJars.find(other.toString(), home).folder());
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    add("spark/jars/spark-core_2.12-3.5.1.jar");
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> SparkJars.find(null, home));
    assertTrue(refused.getMessage().contains("Spark 4 for Scala 2.13 is needed"));
  }

  @Test
  void theProgramHasItsOwnJarsBeforeThoseOfSpark() throws IOException {
    add("spark/jars/spark-core_2.13-4.0.1.jar");
    add("spark/gantry-spark-1.jar");
    add("lib/gantry-embedded-1.jar");
    add("lib/gantry-host-1.jar");
    String path = SparkJars.find(null, home).classPath(home);
    String first = home.resolve("spark/gantry-spark-1.jar") + File.pathSeparator;
    assertTrue(path.startsWith(first), path);
    assertTrue(path.endsWith(File.pathSeparator + home.resolve("spark/jars/*")), path);
  }

  @Test
  void processesOfOneMachineStayOnTheLoopbackAddress() throws IOException {
    add("spark/jars/spark-core_2.13-4.0.1.jar");
    TreeMap<String, String> variables = new TreeMap<>();
    SparkJars.find(null, home).setVariables(variables, true);
    assertEquals("127.0.0.1", variables.get("SPARK_LOCAL_IP"));
    assertEquals(home.resolve("spark").toString(), variables.get("SPARK_HOME"));
  }
}
