package org.gantry.runs.internal.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gantry.charts.PictureCaption;
import org.gantry.charts.PngEncoder;
import org.gantry.charts.PngText;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.host.support.AtomicFiles;
import org.gantry.runs.RunException;

/** Writes pictures of samples. */
public final class SamplePictures {

  private static final int IMAGES = 64;
  private static final int POINTS = 1000;

  /** The ending of a file that shows samples one after the other. */
  private static final String ANIMATION = ".gif";

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
   * Writes a picture of samples, as {@link #write(NDArray, Dataset, int, String, Path)} does.
   * Images that were made of other images are next to them.
   *
   * @return the written files
   */
  public static List<Path> write(
      DrawnSamples drawn, Dataset dataset, int rowLength, String caption, Path picture)
      throws IOException {
    boolean images = ImageGrid.canDraw(drawn.samples().getShape().slice(1));
    if (images && !isAnimation(picture)) {
      int group = ImageRows.imagesPerSample(drawn);
      if (group > 1) {
        return List.of(png(ImageGrid.drawGroups(ImageRows.of(drawn), group), caption, picture));
      }
    }
    return write(drawn.samples(), dataset, rowLength, caption, picture);
  }

  private static boolean isAnimation(Path picture) {
    return picture.toString().toLowerCase(Locale.ROOT).endsWith(ANIMATION);
  }

  /**
   * Writes a picture: a grid for images, a scatter plot for points in the plane, a histogram for
   * numbers. Other samples become a grey image with a row per sample and a column per value, and
   * their values go into a CSV file next to it. A file that ends in {@code .gif} shows images one
   * after the other. The caption stands below each picture but an animation.
   *
   * @param samples shape (count, ...) of float32
   * @param dataset the data that the samples imitate
   * @param rowLength the images in a row of a grid; 0 for a grid that is as square as possible
   * @param caption the weights that the samples were drawn with; also the PNG's description
   * @param picture the file to write; replaced if it exists
   * @return the written files
   * @throws RunException if the file ends in {@code .gif} and the samples are not images
   */
  public static List<Path> write(
      NDArray samples, Dataset dataset, int rowLength, String caption, Path picture)
      throws IOException {
    Optional<DatasetField> field = dataset.field(DatasetField.IMAGE);
    double low = field.map(DatasetField::low).orElse(Double.NaN);
    double high = field.map(DatasetField::high).orElse(Double.NaN);
    int count = Math.toIntExact(samples.getShape().get(0));
    boolean images = ImageGrid.canDraw(samples.getShape().slice(1));
    if (isAnimation(picture)) {
      requireImages(images, picture);
      AtomicFiles.write(picture, SampleGif.encode(SampleValues.of(samples, low, high)));
      return List.of(picture);
    } else if (images) {
      int columns = rowLength > 0 ? rowLength : ImageGrid.squareColumns(count);
      AtomicFiles.write(
          picture,
          out ->
              ImageGrid.stream(
                  (from, to) -> rows(samples, from, to, low, high), count, columns, caption, out));
      return List.of(picture);
    }
    SampleValues values = SampleValues.of(samples, low, high);
    if (values.length() == 2) {
      Optional<MixtureDataset> mixture =
          Optional.of(dataset)
              .filter(MixtureDataset.class::isInstance)
              .map(MixtureDataset.class::cast);
      return List.of(png(PointChart.scatter(values, mixture), caption, picture));
    }
    if (values.length() == 1) {
      return List.of(png(PointChart.histogram(values), caption, picture));
    }
    return List.of(png(rows(values), caption, picture), table(values, tableFile(picture)));
  }

  private static SampleValues rows(NDArray samples, int from, int to, double low, double high) {
    try (NDArray some = samples.get(new NDIndex("{}:{}", from, to))) {
      return SampleValues.of(some, low, high);
    }
  }

  /**
   * Writes each image into a file of its own, in its own size and without words below it.
   *
   * @param folder receives {@code 000001.png} and so on, which are replaced if they exist
   * @return the written files
   */
  public static List<Path> writeEach(NDArray samples, Dataset dataset, String caption, Path folder)
      throws IOException {
    requireImages(ImageGrid.canDraw(samples.getShape().slice(1)), folder);
    Optional<DatasetField> field = dataset.field(DatasetField.IMAGE);
    double low = field.map(DatasetField::low).orElse(Double.NaN);
    double high = field.map(DatasetField::high).orElse(Double.NaN);
    List<Path> written = new ArrayList<>();
    for (int i = 0; i < samples.getShape().get(0); i++) {
      Path file = folder.resolve(String.format(Locale.ROOT, "%06d.png", i + 1));
      writeOne(rows(samples, i, i + 1, low, high), caption, file);
      written.add(file);
    }
    return written;
  }

  /**
   * Writes one image in its own size and without words below it.
   *
   * @param values in row-major order
   * @param shape (1 or 3, height, width)
   * @param field gives the range of the values
   * @param caption the PNG's description
   * @param file the file to write; replaced if it exists
   */
  public static void writeOne(
      float[] values, Shape shape, DatasetField field, String caption, Path file)
      throws IOException {
    writeOne(
        new SampleValues(FloatBuffer.wrap(values), 1, shape, field.low(), field.high()),
        caption,
        file);
  }

  /**
   * Writes images next to each other, or one after the other if the file ends in {@code .gif}.
   *
   * @param values one image after the other, in row-major order
   * @param shape (1 or 3, height, width)
   * @param field gives the range of the values
   * @param description the PNG's description
   * @param file the file to write; replaced if it exists
   */
  public static void writeRow(
      FloatBuffer values, int count, Shape shape, DatasetField field, String description, Path file)
      throws IOException {
    SampleValues row = new SampleValues(values, count, shape, field.low(), field.high());
    AtomicFiles.write(
        file,
        isAnimation(file)
            ? SampleGif.encode(row)
            : PngText.with(PngEncoder.encode(ImageGrid.draw(row, count)), description));
  }

  private static void writeOne(SampleValues sample, String caption, Path file) throws IOException {
    BufferedImage image = ImageGrid.drawOne(sample, 0);
    AtomicFiles.write(file, PngText.with(PngEncoder.encode(image), caption));
  }

  private static void requireImages(boolean images, Path file) {
    if (!images) {
      throw new RunException(
          file + ": the samples are not grey or colour images; write a picture that ends in .png");
    }
  }

  private static BufferedImage rows(SampleValues samples) {
    Shape shape = new Shape(1, samples.count(), samples.length());
    return ImageGrid.draw(
        new SampleValues(samples.values(), 1, shape, samples.low(), samples.high()));
  }

  private static Path png(BufferedImage image, String caption, Path file) throws IOException {
    BufferedImage captioned = PictureCaption.below(image, caption);
    AtomicFiles.write(file, PngText.with(PngEncoder.encode(captioned), caption));
    return file;
  }

  private static Path tableFile(Path picture) {
    String name = picture.getFileName().toString();
    return picture.resolveSibling(name.replaceFirst("(?i)\\.png$", "") + ".csv");
  }

  private static Path table(SampleValues samples, Path file) throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          for (int sample = 0; sample < samples.count(); sample++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < samples.length(); i++) {
              line.append(i == 0 ? "" : ",").append(samples.at(sample, i));
            }
            out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
          }
        });
    return file;
  }
}
