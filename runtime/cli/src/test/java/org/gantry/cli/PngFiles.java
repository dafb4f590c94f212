package org.gantry.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gantry.data.DataInventory;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.recipes.Recipes.Change;

/**
 * PNG files of a folder, or one of them, in the size and the channels of the options. Each pixel is
 * the nearest one of the file.
 */
record PngFiles(List<Path> files, Path above, String mode, int height, int width)
    implements IndexedDataset, FileDataset {

  static PngFiles of(List<Change> options) {
    Map<String, String> values =
        options.stream().collect(Collectors.toMap(Change::path, Change::value));
    Path path = Path.of(values.get("path").replace("\"", ""));
    try (Stream<Path> below = Files.walk(path)) {
      return new PngFiles(
          below.filter(Files::isRegularFile).sorted().toList(),
          Files.isDirectory(path) ? path : path.getParent(),
          values.get("channels"),
          Integer.parseInt(values.get("size")),
          Integer.parseInt(values.get("width")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage image(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DataInventory inventory() {
    List<FoundPicture> pictures =
        files.stream()
            .map(
                file -> {
                  BufferedImage image = image(file);
                  return new FoundPicture(
                      above.relativize(file).toString(),
                      "png",
                      image.getWidth(),
                      image.getHeight(),
                      -1);
                })
            .toList();
    return new DataInventory("pictures", "5a", pictures, List.of(), List.of());
  }

  @Override
  public List<DatasetField> fields() {
    return List.of(DatasetField.image(mode.equals("rgb") ? 3 : 1, height, width));
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    BufferedImage image = image(files.get(index));
    List<Integer> shifts =
        switch (mode) {
          case "alpha" -> List.of(24);
          case "grey" -> List.of(0);
          default -> List.of(16, 8, 0);
        };
    for (int shift : shifts) {
      for (int i = 0; i < width * height; i++) {
        int x = i % width * image.getWidth() / width;
        int y = i / width * image.getHeight() / height;
        into.put((image.getRGB(x, y) >> shift & 0xFF) / 127.5f - 1);
      }
    }
  }
}
