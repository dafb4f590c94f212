package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
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
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.imageio.ImageIO;
import org.gantry.distribution.trials.CompositionTrainer;
import org.gantry.host.CommandInvocation;
import org.gantry.launcher.Gantry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Composes every installed loss with every topology of one domain, on points and on images, with
 * discriminators that score and that reconstruct, and with and without every installed regularizer.
 * Trains each combination that fits for two steps. The others must be refused with an explanation.
 * The test includes new losses and regularizers as soon as they are installed.
 */
class CompositionMatrixTest {

  private static final List<String> TOPOLOGIES =
      List.of("unconditional", "mode-regularized", "manifold-diffusion", "joint-encoder");

  /** Part of the message for a function that fails while shapes are inferred; not a refusal. */
  private static final String BROKEN = " fails on [";

  /**
   * A recipe for one data set, with the discriminators to try.
   *
   * @param recipe a recipe without topology, loss and regularizers
   * @param discriminators discriminators of samples, with scores or reconstructions
   * @param joint discriminators of samples together with their codes
   */
  private record DatasetSetting(String recipe, List<String> discriminators, List<String> joint) {

    List<String> discriminators(String topology) {
      return topology.equals("joint-encoder") ? joint : discriminators;
    }
  }

  private static final String POINTS =
      """
      data: {gaussian-ring: {modes: 6}}
      prior: {normal: {size: 4}}
      networks:
        generator: {mlp: {hidden: [8]}}
        discriminator: mlp
      train: {batch: 8}
      """;

  private static final String PICTURES =
      """
      data: {image-folder: {path: pictures, size: 12}}
      prior: {normal: {size: 4}}
      networks:
        generator: {dcgan: {width: 2}}
        discriminator: {dcgan: {width: 2}}
      train: {batch: 8}
      """;

  @Test
  void everyCombinationTrainsOrIsRefusedWithAnExplanation(@TempDir Path folder) throws IOException {
    drawPictures(Files.createDirectory(folder.resolve("pictures")));
    Map<DatasetSetting, String> encoders =
        Map.of(
            new DatasetSetting(
                write(folder, "points.yaml", POINTS),
                List.of("{mlp: {hidden: [8]}}", "{autoencoder: {hidden: [8], code: 3}}"),
                List.of("{joint-mlp: {hidden: [8]}}")),
            "{mlp: {hidden: [8]}}",
            new DatasetSetting(
                write(folder, "pictures.yaml", PICTURES),
                List.of(
                    "{dcgan: {width: 2}}", "{convolutional-autoencoder: {width: 2, halvings: 2}}"),
                List.of("{joint-dcgan: {width: 2, units: 8}}")),
            "{dcgan: {width: 2}}");
    try (Gantry gantry = Gantry.start(Product.home())) {
      gantry.add(pack(folder.resolve("trials.jar")));
      Product.jars("repository").forEach(gantry::add);
      Tally tally = new Tally(trials(gantry));
      List<String> regularizers = names(gantry, "regularizer");
      for (String loss : names(gantry, "loss")) {
        for (String topology : TOPOLOGIES) {
          encoders.forEach(
              (setting, encoder) -> {
                for (String discriminator : setting.discriminators(topology)) {
                  Combination combination = new Combination(topology, encoder, discriminator, loss);
                  // A combination that does not fit does not fit with a regularizer either.
                  if (tally.attempt(setting.recipe(), combination.with(""))) {
                    regularizers.forEach(
                        name -> tally.attempt(setting.recipe(), combination.with(name)));
                  }
                }
              });
        }
      }
      System.out.println(tally.summary());
      assertEquals("", String.join("\n", tally.failures));
      assertTrue(tally.trained > tally.refusals(), tally.summary());
    }
  }

  /** The components that one combination chooses. */
  private record Combination(String topology, String encoder, String discriminator, String loss) {

    /** Returns the changes of the recipe for the combination and at most one regularizer. */
    List<String> with(String regularizer) {
      List<String> changes = new ArrayList<>();
      changes.add("topology=" + topology);
      if (!topology.equals("unconditional")) {
        changes.add("networks.encoder=" + encoder);
      }
      changes.add("networks.discriminator=" + discriminator);
      changes.add("loss=" + loss);
      changes.add("regularizers=[" + regularizer + "]");
      return changes;
    }
  }

  /** Counts the outcomes. */
  private static final class Tally {

    private final BiFunction<String, List<String>, String> trials;
    private final Map<String, Integer> refused = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final long start = System.nanoTime();
    private int trained;

    Tally(BiFunction<String, List<String>, String> trials) {
      this.trials = trials;
    }

    /** Trains a combination; returns whether it fits. */
    boolean attempt(String recipe, List<String> changes) {
      String outcome = trials.apply(recipe, changes);
      boolean fits = outcome.equals("trained");
      if (fits) {
        trained++;
      } else if (outcome.startsWith("refused: ") && !outcome.contains(BROKEN)) {
        refused.merge(outcome, 1, Integer::sum);
      } else {
        failures.add(changes + ": " + outcome);
      }
      return fits;
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
                      trained,
                      refusals(),
                      failures.size(),
                      (System.nanoTime() - start) / 1_000_000_000))
          .toString();
    }
  }

  private static String write(Path folder, String name, String recipe) throws IOException {
    return Files.writeString(folder.resolve(name), recipe).toString();
  }

  private static void drawPictures(Path folder) throws IOException {
    Random random = new Random(1);
    for (int picture = 0; picture < 16; picture++) {
      BufferedImage image = new BufferedImage(12, 12, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 144; pixel++) {
        image.setRGB(pixel % 12, pixel / 12, random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", folder.resolve(picture + ".png").toFile());
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
