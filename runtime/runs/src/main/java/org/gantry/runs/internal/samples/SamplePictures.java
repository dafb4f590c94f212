package org.gantry.runs.internal.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.charts.PngEncoder;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.host.support.AtomicFiles;

/** Writes pictures of samples. */
public final class SamplePictures {

  private static final int IMAGES = 64;
  private static final int POINTS = 1000;

  private SamplePictures() {}

  /** How many samples a picture should show, by the data set that they imitate. */
  public static int sampleCount(Dataset dataset) {
    return dataset
        .field(DatasetField.IMAGE)
        .filter(field -> field.shape().dimension() == 3)
        .map(field -> IMAGES)
        .orElse(POINTS);
  }

  /**
   * Writes a PNG: a grid for images, a scatter plot for points in the plane, a histogram for
   * numbers. Other samples become a grey image with a row per sample and a column per value, and
   * their values go into a CSV file next to it.
   *
   * @param samples shape (count, ...) of float32
   * @param dataset the data that the samples imitate
   * @param picture the file to write; replaced if it exists
   * @return the written files
   */
  public static List<Path> write(NDArray samples, Dataset dataset, Path picture)
      throws IOException {
    Optional<DatasetField> field = dataset.field(DatasetField.IMAGE);
    SampleValues values =
        SampleValues.of(
            samples,
            field.map(DatasetField::low).orElse(Double.NaN),
            field.map(DatasetField::high).orElse(Double.NaN));
    if (ImageGrid.canDraw(values)) {
      return List.of(png(ImageGrid.draw(values), picture));
    }
    if (values.length() == 2) {
      Optional<MixtureDataset> mixture =
          Optional.of(dataset)
              .filter(MixtureDataset.class::isInstance)
              .map(MixtureDataset.class::cast);
      return List.of(png(PointChart.scatter(values, mixture), picture));
    }
    if (values.length() == 1) {
      return List.of(png(PointChart.histogram(values), picture));
    }
    return List.of(png(rows(values), picture), table(values, tableFile(picture)));
  }

  private static BufferedImage rows(SampleValues samples) {
    Shape shape = new Shape(1, samples.count(), samples.length());
    return ImageGrid.draw(
        new SampleValues(samples.values(), 1, shape, samples.low(), samples.high()));
  }

  private static Path png(BufferedImage image, Path file) throws IOException {
    AtomicFiles.write(file, PngEncoder.encode(image));
    return file;
  }

  private static Path tableFile(Path picture) {
    String name = picture.getFileName().toString();
    return picture.resolveSibling(name.replaceFirst("(?i)\\.png$", "") + ".csv");
  }

  private static Path table(SampleValues samples, Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int sample = 0; sample < samples.count(); sample++) {
      for (int i = 0; i < samples.length(); i++) {
        text.append(i == 0 ? "" : ",").append(samples.at(sample, i));
      }
      text.append('\n');
    }
    AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    return file;
  }
}
