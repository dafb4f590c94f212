package org.gantry.plugin.imagefolder;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/**
 * The PNG, JPEG, BMP and GIF images below a folder, sorted by path: {@code image} of shape
 * (channels, size, size) in [-1, 1]. If the images lie in sub-folders, these are the classes of
 * {@code label}, in alphabetical order.
 *
 * <p>The constructor checks the headers of all files. An image is decoded when it is first read,
 * and then stays in memory with 8 bits per value. By default an image that cannot be decoded ends
 * the training. With {@code unreadable: skip} all images are decoded at the start, and unreadable
 * ones are left out.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "image-folder",
    summary = "The images below a folder; sub-folders are classes",
    gives = DatasetField.IMAGE)
final class ImageFolderDataset implements IndexedDataset {

  record Options(
      @Description("the folder") Path path,
      @Description("the side in pixels, after a centre crop to a square")
          @DefaultValue("64")
          @Min(4) @Max(1024) int size,
      @Description("rgb or grey") @DefaultValue("rgb") ImageFile.ColorMode channels,
      @Description("fail or skip: what to do with an image that cannot be decoded")
          @DefaultValue("fail")
          UnreadablePolicy unreadable) {}

  /** What to do with an image that cannot be decoded. */
  enum UnreadablePolicy {
    /** End the training and name the file. */
    FAIL,
    /** Leave it out and log its name. */
    SKIP
  }

  private static final System.Logger LOG = System.getLogger(ImageFolderDataset.class.getName());

  private final Options options;
  private final List<Path> files;
  private final List<String> classes;
  private final List<DatasetField> fields;
  private final AtomicReferenceArray<ByteImages> decoded;

  @Inject
  ImageFolderDataset(Options options) {
    this.options = options;
    List<Path> named = imageFiles(options.path());
    boolean skip = options.unreadable() == UnreadablePolicy.SKIP;
    files = skip ? named.stream().filter(this::canDecode).toList() : named;
    if (files.isEmpty()) {
      throw new UnusableComponentException("no image below " + options.path() + " can be decoded");
    }
    classes = classes(options.path(), files);
    DatasetField image =
        DatasetField.image(options.channels().count(), options.size(), options.size());
    fields = classes.isEmpty() ? List.of(image) : List.of(image, DatasetField.label(classes));
    decoded = new AtomicReferenceArray<>(files.size());
    if (!skip) {
      files.forEach(file -> new ImageFile(file).requireImage());
    }
  }

  private static List<Path> imageFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UnusableComponentException(
          folder
              + (Files.exists(folder) ? " is not a folder" : " does not exist")
              + "; set path to a folder with images");
    }
    try (Stream<Path> below = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files =
          below
              .filter(Files::isRegularFile)
              .filter(ImageFile::hasImageName)
              .sorted(Comparator.comparing(file -> folder.relativize(file).toString()))
              .toList();
      if (files.isEmpty()) {
        throw new UnusableComponentException(
            "there is no image (png, jpg, bmp, gif) below " + folder);
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new UnusableComponentException(folder + " cannot be read: " + e.getMessage());
    }
  }

  private boolean canDecode(Path file) {
    try {
      new ImageFile(file).decode();
      return true;
    } catch (UnusableComponentException e) {
      LOG.log(System.Logger.Level.WARNING, "left out: {0}", e.getMessage());
      return false;
    }
  }

  private static List<String> classes(Path folder, List<Path> files) {
    List<Path> loose = files.stream().filter(file -> file.getParent().equals(folder)).toList();
    if (loose.size() == files.size()) {
      return List.of();
    }
    List<String> names =
        files.stream()
            .filter(file -> !loose.contains(file))
            .map(file -> className(folder, file))
            .distinct()
            .sorted()
            .toList();
    if (!loose.isEmpty()) {
      throw new UnusableComponentException(
          "%s has images in sub-folders (%s) and outside of them (%s); put all images into sub-folders, one per class, or none"
              .formatted(folder, names.get(0), loose.get(0).getFileName()));
    }
    return names;
  }

  private static String className(Path folder, Path file) {
    return folder.relativize(file).getName(0).toString();
  }

  @Override
  public List<DatasetField> fields() {
    return fields;
  }

  @Override
  public int size() {
    return files.size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnusableComponentException if the image cannot be decoded; the message names the file
   */
  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    if (field.name().equals(DatasetField.LABEL)) {
      into.put(classes.indexOf(className(options.path(), files.get(index))));
    } else {
      decodedImage(index).read(0, into);
    }
  }

  /** Two threads may decode the same image at the same time; both results are equal. */
  private ByteImages decodedImage(int index) {
    ByteImages image = decoded.get(index);
    if (image == null) {
      byte[] values = new ImageFile(files.get(index)).read(options.size(), options.channels());
      image = new ByteImages(1, options.channels().count(), options.size(), options.size(), values);
      decoded.set(index, image);
    }
    return image;
  }
}
