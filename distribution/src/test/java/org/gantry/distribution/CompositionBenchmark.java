package org.gantry.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gantry.embedded.EmbeddedGantry;
import org.gantry.embedded.GantryException;

/**
 * Measures how long it takes to compose, check and plan each bundled recipe in a running process:
 * the first time, when its classes and data load, and the median of further times. Prints a line
 * for each recipe, and how many are slower than 200 ms.
 */
public final class CompositionBenchmark {

  private static final int ROUNDS = 7;
  private static final double LIMIT_MILLIS = 200;
  private static final double NANOSECONDS = 1e6;
  private static final String YAML = ".yaml";

  private CompositionBenchmark() {}

  /** Measures the product in {@code -Dgantry.home}. */
  public static void main(String[] arguments) throws IOException {
    Path state = Files.createTempDirectory("gantry-benchmark");
    int measured = 0;
    int slow = 0;
    try (EmbeddedGantry gantry = EmbeddedGantry.open(Product.home(), state)) {
      for (String recipe : recipes()) {
        try {
          double first = compose(gantry, recipe);
          List<Double> further = new ArrayList<>();
          for (int round = 0; round < ROUNDS; round++) {
            further.add(compose(gantry, recipe));
          }
          double median = further.stream().sorted().toList().get(ROUNDS / 2);
          measured++;
          slow += median > LIMIT_MILLIS ? 1 : 0;
          System.out.printf(
              Locale.ROOT, "%s: first %.0f ms, then %.1f ms%n", recipe, first, median);
        } catch (GantryException e) {
          System.out.println(recipe + ": " + e.getMessage());
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "%d of %d take longer than %.0f ms%n", slow, measured, LIMIT_MILLIS);
  }

  private static List<String> recipes() throws IOException {
    try (Stream<Path> files = Files.list(Product.home().resolve("recipes"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(YAML))
          .map(name -> name.substring(0, name.length() - YAML.length()))
          .sorted()
          .toList();
    }
  }

  private static double compose(EmbeddedGantry gantry, String recipe) {
    long start = System.nanoTime();
    gantry.compose(recipe);
    return (System.nanoTime() - start) / NANOSECONDS;
  }
}
