package org.gantry.experiments;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The last pictures of several runs side by side, each under its label. */
public final class Montage {

  private static final int SIDE = 230;
  private static final int HEAD = 20;
  private static final int ACROSS = 4;

  private record Tile(String label, Path picture) {}

  private final List<Tile> tiles = new ArrayList<>();

  /** Adds the last picture of a run, if it has one. */
  public Montage add(String label, Path run) throws IOException {
    Path samples = run.resolve("samples");
    if (Files.isDirectory(samples)) {
      try (Stream<Path> files = Files.list(samples)) {
        Optional<Path> last = files.filter(f -> f.toString().endsWith(".png")).max(Path::compareTo);
        last.ifPresent(picture -> tiles.add(new Tile(label, picture)));
      }
    }
    return this;
  }

  /** The picture as PNG; empty if nothing was added. */
  public Optional<byte[]> png() throws IOException {
    if (tiles.isEmpty()) {
      return Optional.empty();
    }
    int across = Math.min(ACROSS, tiles.size());
    int rows = (tiles.size() + across - 1) / across;
    BufferedImage image =
        new BufferedImage(across * SIDE, rows * (SIDE + HEAD), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int i = 0; i < tiles.size(); i++) {
      int x = i % across * SIDE;
      int y = i / across * (SIDE + HEAD);
      BufferedImage picture = ImageIO.read(tiles.get(i).picture().toFile());
      if (picture != null) {
        graphics.drawImage(picture, x, y + HEAD, SIDE, SIDE, null);
      }
      label(graphics, tiles.get(i).label(), x + 8, y + 15);
    }
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    }
    return Optional.of(bytes.toByteArray());
  }

  private static void label(Graphics2D graphics, String text, int x, int y) {
    try {
      graphics.setColor(Color.DARK_GRAY);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
      graphics.drawString(text, x, y);
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Java on a machine without any font throws one of these; the order tells, too.
      return;
    }
  }
}
