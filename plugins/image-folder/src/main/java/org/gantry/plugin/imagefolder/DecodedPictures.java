package org.gantry.plugin.imagefolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.DataInventory.OmissionCause;
import org.gantry.data.DataInventory.OmittedFile;
import org.gantry.plugin.imagefolder.ImageFolderDataset.Options;
import org.gantry.plugin.imagefolder.ImageFolderDataset.UnreadablePolicy;

/**
 * Pictures of a source. Each is decoded when it is first read, and then stays in memory, as long as
 * all of them take at most half of it.
 */
final class DecodedPictures implements SampleBytes {

  private final PictureSource source;
  private final Options options;
  private final DataInventory inventory;
  private final AtomicReferenceArray<byte[]> decoded;
  private final AtomicLong room = new AtomicLong(Runtime.getRuntime().maxMemory() / 2);

  private DecodedPictures(PictureSource source, Options options, DataInventory inventory) {
    this.source = source;
    this.options = options;
    this.inventory = inventory;
    decoded = new AtomicReferenceArray<>(inventory.pictures().size());
  }

  /** The header of a file, or why it cannot be read. */
  private record CheckedFile(String name, PictureHeader header, String failure) {}

  static DecodedPictures open(PictureSource source, Options options) {
    boolean skip = options.unreadable() == UnreadablePolicy.SKIP;
    requireReadableFolders(source, skip);
    if (source.names().isEmpty()) {
      throw noPictures(source);
    }
    List<CheckedFile> checked = checkAll(source, skip);
    List<OmittedFile> omitted = new ArrayList<>(source.omitted());
    List<CheckedFile> readable = new ArrayList<>();
    for (CheckedFile file : checked) {
      if (file.failure() == null) {
        readable.add(file);
      } else {
        omitted.add(new OmittedFile(file.name(), OmissionCause.UNREADABLE, file.failure()));
      }
    }
    if (readable.isEmpty()) {
      throw new UnusableComponentException(
          "no image in "
              + source.label()
              + " can be decoded; "
              + checked.get(0).name()
              + ": "
              + checked.get(0).failure());
    }
    omitted.sort(Comparator.comparing(OmittedFile::name));
    List<String> classes =
        classes(source.label(), readable.stream().map(CheckedFile::name).toList());
    List<FoundPicture> pictures = readable.stream().map(file -> found(file, classes)).toList();
    return new DecodedPictures(
        source,
        options,
        new DataInventory(
            source.label(), fingerprint(source, pictures), pictures, classes, omitted));
  }

  /** A hash of the names and lengths of the files; reading their content would take too long. */
  private static String fingerprint(PictureSource source, List<FoundPicture> pictures) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (FoundPicture picture : pictures) {
        String line = picture.name() + "\0" + source.stamp(picture.name()) + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new UnusableComponentException(
          source.label() + " cannot be read: " + PictureFile.reason(e));
    }
  }

  private static void requireReadableFolders(PictureSource source, boolean skip) {
    for (OmittedFile file : source.omitted()) {
      if (file.cause() == OmissionCause.UNREADABLE && !skip) {
        throw new UnusableComponentException(
            "%s cannot be read: %s; remove it, or set unreadable: skip"
                .formatted(source.place(file.name()), file.detail()));
      }
    }
  }

  private static UnusableComponentException noPictures(PictureSource source) {
    DataInventory empty =
        new DataInventory(source.label(), "", List.of(), List.of(), source.omitted());
    boolean others = empty.summary().contains(";");
    return new UnusableComponentException(
        "there is no image (png, jpg, webp, tiff, bmp, gif) in "
            + (others ? empty.summary().replaceFirst("0 pictures; ", "") : source.label()));
  }

  private static List<CheckedFile> checkAll(PictureSource source, boolean skip) {
    return IntStream.range(0, source.names().size())
        .parallel()
        .mapToObj(i -> check(new PictureFile(source, source.names().get(i)), skip))
        .toList();
  }

  private static CheckedFile check(PictureFile file, boolean skip) {
    if (!skip) {
      return new CheckedFile(file.name(), file.check(), null);
    }
    try {
      PictureHeader header = file.check();
      file.decode();
      return new CheckedFile(file.name(), header, null);
    } catch (UnusableComponentException e) {
      return new CheckedFile(file.name(), null, reason(e));
    }
  }

  /** The reason without the file's name and advice, which a list does not need. */
  private static String reason(UnusableComponentException failure) {
    return failure.getCause() instanceof Exception cause
        ? PictureFile.reason(cause)
        : failure.getMessage();
  }

  private static FoundPicture found(CheckedFile file, List<String> classes) {
    PictureHeader header = file.header();
    return new FoundPicture(
        file.name(),
        header.format().name().toLowerCase(Locale.ROOT),
        header.uprightWidth(),
        header.uprightHeight(),
        classes.isEmpty() ? -1 : classes.indexOf(className(file.name())));
  }

  private static List<String> classes(String label, List<String> names) {
    List<String> loose = names.stream().filter(name -> name.indexOf('/') < 0).toList();
    if (loose.size() == names.size()) {
      return List.of();
    }
    List<String> classes =
        names.stream()
            .filter(name -> name.indexOf('/') >= 0)
            .map(DecodedPictures::className)
            .distinct()
            .sorted()
            .toList();
    if (!loose.isEmpty()) {
      throw new UnusableComponentException(
          "%s has images in sub-folders (%s) and outside of them (%s); put all images into sub-folders, one per class, or none"
              .formatted(label, classes.get(0), loose.get(0)));
    }
    return classes;
  }

  private static String className(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  @Override
  public DataInventory inventory() {
    return inventory;
  }

  @Override
  public Optional<byte[]> otherFile(String name) {
    if (inventory.omitted().stream().noneMatch(file -> file.name().equals(name))) {
      return Optional.empty();
    }
    try {
      return Optional.of(source.read(name));
    } catch (IOException e) {
      throw new UnusableComponentException(
          source.place(name) + " cannot be read: " + PictureFile.reason(e));
    }
  }

  /** Two threads may decode the same picture at the same time; both results are equal. */
  @Override
  public byte[] bytes(int index) {
    byte[] values = decoded.get(index);
    if (values == null) {
      values =
          new PictureFile(source, inventory.pictures().get(index).name())
              .values(options.columns(), options.height(), options.fit(), options.channels());
      if (room.addAndGet(-values.length) >= 0) {
        decoded.set(index, values);
      }
    }
    return values;
  }
}
