package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.gantry.distribution.trials.CompositionTrainer;
import org.gantry.distribution.trials.Game;
import org.gantry.host.CommandInvocation;
import org.gantry.launcher.Gantry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Composes every installed loss with every game, with discriminators that score and that
 * reconstruct, and with and without every installed regularizer. Trains each combination that fits
 * for two steps. The others must be refused with an explanation. The test includes new losses and
 * regularizers as soon as they are installed.
 */
class CompositionMatrixTest {

  /** Part of the message for a function that fails while shapes are inferred; not a refusal. */
  private static final String BROKEN = " fails on [";

  @Test
  void everyCombinationTrainsOrIsRefusedWithAnExplanation(@TempDir Path folder) throws Exception {
    List<Game> games = Game.all(folder);
    try (Gantry gantry = Gantry.start(Product.home())) {
      gantry.add(pack(folder.resolve("trials.jar")));
      Product.jars("repository").forEach(gantry::add);
      Tally tally = new Tally(trials(gantry));
      List<String> regularizers = names(gantry, "regularizer");
      List<Callable<Void>> attempts = new ArrayList<>();
      for (String loss : names(gantry, "loss")) {
        for (Game game : games) {
          attempts.add(() -> tally.attempt(game, loss, regularizers));
        }
      }
      tally.attemptAll(attempts);
      System.out.println(tally.summary());
      assertEquals("", String.join("\n", tally.failures));
      assertTrue(tally.trained.get() > tally.refusals(), tally.summary());
      assertEquals(Set.of(), tally.neverTrained(games));
    }
  }

  /** Counts the outcomes. Any number of threads may attempt combinations. */
  private static final class Tally {

    private final BiFunction<String, List<String>, String> trials;
    private final Map<String, Integer> refused = new ConcurrentSkipListMap<>();
    private final Set<String> failures = new ConcurrentSkipListSet<>();
    private final Set<String> trainedGames = new ConcurrentSkipListSet<>();
    private final AtomicInteger trained = new AtomicInteger();
    private final long start = System.nanoTime();

    Tally(BiFunction<String, List<String>, String> trials) {
      this.trials = trials;
    }

    /** Makes the attempts, as many at once as there are processors. */
    void attemptAll(List<Callable<Void>> attempts) throws Exception {
      ExecutorService threads =
          Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
      try {
        for (Future<Void> attempt : threads.invokeAll(attempts)) {
          attempt.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }

    /** Trains a game with a loss, and where that fits, with each regularizer. */
    Void attempt(Game game, String loss, List<String> regularizers) {
      for (String discriminator : game.discriminators()) {
        // A combination that does not fit does not fit with a regularizer either.
        if (attempt(game, changes(discriminator, loss, ""))) {
          regularizers.forEach(name -> attempt(game, changes(discriminator, loss, name)));
        }
      }
      return null;
    }

    private static List<String> changes(String discriminator, String loss, String regularizer) {
      return List.of(
          "networks.discriminator=" + discriminator,
          "loss=" + loss,
          "regularizers=[" + regularizer + "]");
    }

    /** Trains a combination; returns whether it fits. */
    private boolean attempt(Game game, List<String> changes) {
      String outcome = trials.apply(game.recipe().toString(), changes);
      boolean fits = outcome.equals("trained");
      if (fits) {
        trained.incrementAndGet();
        trainedGames.add(game.name());
      } else if (outcome.startsWith("refused: ") && !outcome.contains(BROKEN)) {
        refused.merge(outcome, 1, Integer::sum);
      } else {
        failures.add(game.name() + " " + changes + ": " + outcome);
      }
      return fits;
    }

    /** Returns the games that fit no loss, which says nothing about the losses. */
    Set<String> neverTrained(List<Game> games) {
      Set<String> names = games.stream().map(Game::name).collect(Collectors.toSet());
      names.removeAll(trainedGames);
      return names;
    }

    int refusals() {
      return refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    String summary() {
      StringBuilder text = new StringBuilder();
      refused.forEach((reason, count) -> text.append("%5d %s%n".formatted(count, reason)));
      return text.append(
              "%d combinations trained, %d refused, %d failed, in %d s"
                  .formatted(
                      trained.get(),
                      refusals(),
                      failures.size(),
                      (System.nanoTime() - start) / 1_000_000_000))
          .toString();
    }
  }

  private static Path pack(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", "org.gantry.distribution.trials");
    attributes.putValue("Bundle-Activator", CompositionTrainer.class.getName());
    attributes.putValue(
        "Import-Package",
        "org.gantry.export,org.gantry.recipes,org.gantry.recipes.text,org.gantry.tensor,org.gantry.training,"
            + "org.osgi.framework");
    String entry = CompositionTrainer.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream bytes = CompositionTrainer.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      bytes.transferTo(out);
    }
    return jar;
  }

  @SuppressWarnings("unchecked") // the bundle registers it as just this
  private static BiFunction<String, List<String>, String> trials(Gantry gantry) {
    return gantry.service(BiFunction.class).orElseThrow();
  }

  private static List<String> names(Gantry gantry, String kind) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exitCode =
        gantry.run(
            new CommandInvocation(
                List.of("components", "--kind", kind, "--json"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                () -> false));
    assertEquals(0, exitCode);
    List<String> names = new ArrayList<>();
    for (JsonNode component : new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8))) {
      names.add(component.get("name").asText());
    }
    return names;
  }
}
