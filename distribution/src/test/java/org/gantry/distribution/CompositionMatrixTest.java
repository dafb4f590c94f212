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
 * Composes every installed loss with every topology of one domain, on points and on pictures,
 * judged by a score and by an autoencoder, with and without every installed regularizer, and trains
 * what fits for two steps. What does not fit must be refused by a sentence. New losses and
 * regularizers take part by being installed.
 */
class CompositionMatrixTest {

  private static final List<String> TOPOLOGIES =
      List.of("unconditional", "mode-regularized", "manifold-diffusion", "joint-encoder");

  /** What the sentence of a refusal never is: a function that broke while shapes were tried. */
  private static final String BROKEN = " fails on [";

  /**
   * Networks for one kind of data.
   *
   * @param recipe a recipe without topology, loss and regularizers
   * @param discriminators what can judge samples; losses want scores or reconstructions
   * @param joint what can judge samples together with codes
   */
  private record Setting(String recipe, List<String> discriminators, List<String> joint) {

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
  void everyCombinationTrainsOrIsRefusedByASentence(@TempDir Path folder) throws IOException {
    drawPictures(Files.createDirectory(folder.resolve("pictures")));
    Map<Setting, String> encoders =
        Map.of(
            new Setting(
                write(folder, "points.yaml", POINTS),
                List.of("{mlp: {hidden: [8]}}", "{autoencoder: {hidden: [8], code: 3}}"),
                List.of("{joint-mlp: {hidden: [8]}}")),
            "{mlp: {hidden: [8]}}",
            new Setting(
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
                  Composed composed = new Composed(topology, encoder, discriminator, loss);
                  // What does not fit by itself does not fit with a regularizer.
                  if (tally.attempt(setting.recipe(), composed.with(""))) {
                    regularizers.forEach(
                        name -> tally.attempt(setting.recipe(), composed.with(name)));
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

  /** What is chosen in a recipe. */
  private record Composed(String topology, String encoder, String discriminator, String loss) {

    /** The changes of the recipe, with one regularizer or none. */
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

  /** What came of the attempts. */
  private static final class Tally {

    private final BiFunction<String, List<String>, String> trials;
    private final Map<String, Integer> refused = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final long start = System.nanoTime();
    private int trained;

    Tally(BiFunction<String, List<String>, String> trials) {
      this.trials = trials;
    }

    /** Whether it trained. */
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

  // ---- Around it
  // ---------------------------------------------------------------------------------

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
