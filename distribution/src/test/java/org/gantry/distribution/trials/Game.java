package org.gantry.distribution.trials;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * A topology on some data, with all that a recipe needs but a discriminator, a loss and
 * regularizers.
 *
 * @param name what a message calls it
 * @param recipe the file of the recipe
 * @param discriminators the discriminators that fit it, with scores or reconstructions
 */
public record Game(String name, Path recipe, List<String> discriminators) {

  private static final int SIDE = 12;

  private static final String PICTURES = "{image-folder: {path: pictures, size: 12}}";

  private static final List<String> OF_POINTS =
      List.of("{mlp: {hidden: [8]}}", "{autoencoder: {hidden: [8], code: 3}}");

  private static final List<String> OF_PICTURES =
      List.of("{dcgan: {width: 2}}", "{convolutional-autoencoder: {width: 2, halvings: 2}}");

  private static final String ENCODER_OF_POINTS = "encoder: {mlp: {hidden: [8]}}";

  private static final String ENCODER_OF_PICTURES = "encoder: {dcgan: {width: 2}}";

  /**
   * Writes the games of all topologies, and the pictures that they are played on.
   *
   * @param folder an empty folder
   * @return the games
   * @throws IOException if the folder cannot be written
   */
  public static List<Game> all(Path folder) throws IOException {
    drawPictures(folder.resolve("pictures"));
    List<Game> games = new ArrayList<>();
    games.add(points(folder, "unconditional", "", OF_POINTS));
    games.add(pictures(folder, "unconditional", "", OF_PICTURES));
    for (String topology : List.of("mode-regularized", "manifold-diffusion")) {
      games.add(points(folder, topology, ENCODER_OF_POINTS, OF_POINTS));
      games.add(pictures(folder, topology, ENCODER_OF_PICTURES, OF_PICTURES));
    }
    games.add(
        points(folder, "joint-encoder", ENCODER_OF_POINTS, List.of("{joint-mlp: {hidden: [8]}}")));
    games.add(
        pictures(
            folder,
            "joint-encoder",
            ENCODER_OF_PICTURES,
            List.of("{joint-dcgan: {width: 2, units: 8}}")));
    games.add(
        points(
            folder,
            "conditional",
            "",
            List.of(
                "{mlp: {hidden: [8]}}",
                "{mlp: {hidden: [8], condition: projection}}",
                "{autoencoder: {hidden: [8], code: 3}}")));
    games.add(
        pictures(folder, "conditional", "", List.of("{dcgan: {width: 2, condition: hidden}}")));
    games.add(
        pictures(folder, "{semi-supervised: {labels: 2}}", "", List.of("{mlp: {hidden: [8]}}")));
    games.add(
        translation(
            folder,
            "paired",
            "{outlined: {of: %s}}".formatted(PICTURES),
            "generator: {unet: {width: 2}}",
            List.of("{patch: {width: 2, halvings: 1}}", OF_PICTURES.get(1))));
    games.add(
        translation(
            folder,
            "two-domain",
            "{here: %s, there: %s}".formatted(PICTURES, PICTURES),
            "generator: {resnet-translator: {width: 2, blocks: 1}}, "
                + "back-generator: {resnet-translator: {width: 2, blocks: 1}}",
            List.of("{patch: {width: 2, halvings: 1}}", OF_PICTURES.get(1))));
    games.add(
        translation(
            folder,
            "domain-transfer",
            "{poor: {degraded: {of: %s}}, good: %s}".formatted(PICTURES, PICTURES),
            "feature-encoder: {mlp: {hidden: [8]}}, generator: {mlp: {hidden: [8]}}",
            List.of("{mlp: {hidden: [8]}}")));
    games.add(
        translation(
            folder,
            "laplacian-pyramid",
            PICTURES,
            "coarse-generator: {mlp: {hidden: [8]}}, generator: {unet: {width: 2}}",
            List.of("{mlp: {hidden: [8]}}")));
    return games;
  }

  private static Game points(
      Path folder, String topology, String networks, List<String> discriminators)
      throws IOException {
    return write(
        folder,
        "points",
        topology,
        "{gaussian-ring: {modes: 6}}",
        networks("generator: {mlp: {hidden: [8]}}", networks),
        discriminators);
  }

  private static Game pictures(
      Path folder, String topology, String networks, List<String> discriminators)
      throws IOException {
    return write(
        folder,
        "pictures",
        topology,
        PICTURES,
        networks("generator: {dcgan: {width: 2}}", networks),
        discriminators);
  }

  private static Game translation(
      Path folder, String topology, String data, String networks, List<String> discriminators)
      throws IOException {
    return write(folder, "translation", topology, data, networks, discriminators);
  }

  private static String networks(String generator, String others) {
    return others.isEmpty() ? generator : generator + ", " + others;
  }

  private static Game write(
      Path folder,
      String kind,
      String topology,
      String data,
      String networks,
      List<String> discriminators)
      throws IOException {
    String name = topology.replaceAll("\\W*(.*?)(:.*|$)", "$1") + "-" + kind;
    Path recipe =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            data: %s
            topology: %s
            prior: {normal: {size: 4}}
            networks: {%s}
            train: {batch: 8}
            """
                .formatted(data, topology, networks));
    return new Game(name, recipe, discriminators);
  }

  /** Draws noise, in two folders that are its classes. */
  private static void drawPictures(Path folder) throws IOException {
    Random random = new Random(1);
    for (int picture = 0; picture < 16; picture++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        image.setRGB(pixel % SIDE, pixel / SIDE, random.nextInt(1 << 24));
      }
      Path label = Files.createDirectories(folder.resolve(picture % 2 == 0 ? "even" : "odd"));
      ImageIO.write(image, "png", label.resolve(picture + ".png").toFile());
    }
  }
}
