package org.gantry.runs.internal.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
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
    if (!isAnimation(picture) && hasImageInputs(drawn)) {
      AtomicFiles.write(picture, out -> writePng(drawn, dataset, rowLength, caption, out));
      return List.of(picture);
    }
    return write(drawn.samples(), dataset, rowLength, caption, picture);
  }

  /**
   * Writes a picture of samples as a PNG, as {@link #write(NDArray, Dataset, int, String, Path)}
   * does. Images that were made of other images are next to them.
   *
   * @param out receives the PNG, and stays open
   */
  public static void writePng(
      DrawnSamples drawn, Dataset dataset, int rowLength, String caption, OutputStream out)
      throws IOException {
    if (hasImageInputs(drawn)) {
      int group = ImageRows.imagesPerSample(drawn);
      out.write(png(ImageGrid.drawGroups(ImageRows.of(drawn), group), caption));
    } else {
      writePng(drawn.samples(), dataset, rowLength, caption, out);
    }
  }

  private static boolean hasImageInputs(DrawnSamples drawn) {
    return areImages(drawn.samples()) && ImageRows.imagesPerSample(drawn) > 1;
  }

  /** Whether samples of shape (count, ...) are grey or colour images. */
  public static boolean areImages(NDArray samples) {
    return ImageGrid.canDraw(samples.getShape().slice(1));
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
    if (isAnimation(picture)) {
      requireImages(areImages(samples), picture);
      AtomicFiles.write(picture, SampleGif.encode(values(samples, dataset)));
      return List.of(picture);
    }
    AtomicFiles.write(picture, out -> writePng(samples, dataset, rowLength, caption, out));
    return areImages(samples) || samples.getShape().slice(1).size() <= 2
        ? List.of(picture)
        : List.of(picture, table(values(samples, dataset), tableFile(picture)));
  }

  private static void writePng(
      NDArray samples, Dataset dataset, int rowLength, String caption, OutputStream out)
      throws IOException {
    if (areImages(samples)) {
      int count = Math.toIntExact(samples.getShape().get(0));
      int columns = rowLength > 0 ? rowLength : ImageGrid.squareColumns(count);
      ImageGrid.stream(
          (from, to) -> rows(samples, dataset, from, to), count, columns, caption, out);
      return;
    }
    SampleValues values = values(samples, dataset);
    if (values.length() == 2) {
      Optional<MixtureDataset> mixture =
          Optional.of(dataset)
              .filter(MixtureDataset.class::isInstance)
              .map(MixtureDataset.class::cast);
      out.write(png(PointChart.scatter(values, mixture), caption));
    } else if (values.length() == 1) {
      out.write(png(PointChart.histogram(values), caption));
    } else {
      out.write(png(rows(values), caption));
    }
  }

  private static SampleValues values(NDArray samples, Dataset dataset) {
    Optional<DatasetField> field = dataset.field(DatasetField.IMAGE);
    return SampleValues.of(
        samples,
        field.map(DatasetField::low).orElse(Double.NaN),
        field.map(DatasetField::high).orElse(Double.NaN));
  }

  private static SampleValues rows(NDArray samples, Dataset dataset, int from, int to) {
    try (NDArray some = samples.get(new NDIndex("{}:{}", from, to))) {
      return values(some, dataset);
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
    requireImages(areImages(samples), folder);
    List<Path> written = new ArrayList<>();
    for (int i = 0; i < samples.getShape().get(0); i++) {
      Path file = folder.resolve(String.format(Locale.ROOT, "%06d.png", i + 1));
      AtomicFiles.write(file, encodeOne(samples, i, dataset, caption));
      written.add(file);
    }
    return written;
  }

  /** Encodes one of several images as a PNG in its own size and without words below it. */
  public static byte[] encodeOne(NDArray samples, int sample, Dataset dataset, String caption)
      throws IOException {
    return encodeOne(rows(samples, dataset, sample, sample + 1), caption);
  }

  /**
   * Encodes one image as a PNG in its own size and without words below it.
   *
   * @param values in row-major order
   * @param shape (1 or 3, height, width)
   * @param field gives the range of the values
   * @param caption the PNG's description
   */
  public static byte[] encodeOne(float[] values, Shape shape, DatasetField field, String caption)
      throws IOException {
    return encodeOne(
        new SampleValues(FloatBuffer.wrap(values), 1, shape, field.low(), field.high()), caption);
  }

  private static byte[] encodeOne(SampleValues sample, String caption) throws IOException {
    return PngText.with(PngEncoder.encode(ImageGrid.drawOne(sample, 0)), caption);
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

  private static byte[] png(BufferedImage image, String caption) throws IOException {
    return PngText.with(PngEncoder.encode(PictureCaption.below(image, caption)), caption);
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
