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

/** Pictures of several runs side by side, each under its label, and below them charts. */
final class FigureMontage {

  private static final int SIDE = 230;
  private static final int HEAD = 20;
  private static final int ACROSS = 4;

  /** The width of a chart, of which two stand side by side. */
  static final int HALF = ACROSS * SIDE / 2;

  /** The height of a chart. */
  static final int LOW = 300;

  private record SampleTile(String label, Path picture) {}

  private final List<SampleTile> tiles = new ArrayList<>();
  private final List<BufferedImage> charts = new ArrayList<>();

  /** Adds the last picture of a run, if it has one. */
  void add(String label, Path run) throws IOException {
    Path samples = run.resolve("samples");
    if (Files.isDirectory(samples)) {
      try (Stream<Path> files = Files.list(samples)) {
        Optional<Path> last = files.filter(f -> f.toString().endsWith(".png")).max(Path::compareTo);
        last.ifPresent(picture -> tiles.add(new SampleTile(label, picture)));
      }
    }
  }

  /** Adds a chart of {@link #HALF} by {@link #LOW} pixels. */
  void add(BufferedImage chart) {
    charts.add(chart);
  }

  /** The picture as PNG; empty if nothing was added. */
  Optional<byte[]> png() throws IOException {
    if (tiles.isEmpty() && charts.isEmpty()) {
      return Optional.empty();
    }
    int across = Math.min(ACROSS, tiles.size());
    int rows = (tiles.size() + ACROSS - 1) / ACROSS;
    int below = rows * (SIDE + HEAD);
    BufferedImage image =
        new BufferedImage(
            Math.max(across * SIDE, Math.min(2, charts.size()) * HALF),
            below + (charts.size() + 1) / 2 * LOW,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int i = 0; i < tiles.size(); i++) {
      int x = i % ACROSS * SIDE;
      int y = i / ACROSS * (SIDE + HEAD);
      BufferedImage picture = ImageIO.read(tiles.get(i).picture().toFile());
      if (picture != null) {
        double shrink = SIDE / (double) Math.max(picture.getWidth(), picture.getHeight());
        int width = (int) (picture.getWidth() * shrink);
        int height = (int) (picture.getHeight() * shrink);
        graphics.drawImage(picture, x, y + HEAD, width, height, null);
      }
      label(graphics, tiles.get(i).label(), x + 8, y + 15);
    }
    for (int i = 0; i < charts.size(); i++) {
      graphics.drawImage(charts.get(i), i % 2 * HALF, below + i / 2 * LOW, null);
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
