package org.gantry.cli.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.FileDataset;
import org.gantry.host.support.ErrorText;

/**
 * A picture to translate, and where the result goes.
 *
 * @param source the picture
 * @param target a PNG of the same name, in the output folder
 * @param height the height of the picture in pixels
 * @param width the width of the picture in pixels
 */
record TranslationFile(Path source, Path target, int height, int width) {

  /**
   * Finds the pictures of a folder, or a single picture.
   *
   * @param in the picture or the folder
   * @param files the pictures found there
   * @param out the output folder, which may be missing
   * @return the pictures in the order of their names
   * @throws InvalidInputException if a result would replace a picture, another result or a folder
   */
  static List<TranslationFile> find(Path in, FileDataset files, Path out) {
    boolean folder = Files.isDirectory(in);
    Path above = folder ? in : in.getParent();
    Map<Path, TranslationFile> found = new LinkedHashMap<>();
    for (FoundPicture picture : files.inventory().pictures()) {
      Path source = above.resolve(picture.name());
      if (!folder && !source.equals(in)) {
        throw new InvalidInputException(
            "--in %s: expected a picture or a folder of pictures, not an archive".formatted(in),
            "Unpack it, and name the folder.");
      }
      String stem = picture.name().replaceFirst("\\.[^./]+$", "");
      TranslationFile file =
          new TranslationFile(
              source, out.resolve(stem + ".png"), picture.height(), picture.width());
      TranslationFile earlier = found.put(file.target(), file);
      if (earlier != null) {
        throw new InvalidInputException(
            "--in %s: both %s and %s would become %s"
                .formatted(
                    in,
                    earlier.source().getFileName(),
                    source.getFileName(),
                    file.target().getFileName()),
            "Rename one of them.");
      }
    }
    requireFree(in, out, found);
    return List.copyOf(found.values());
  }

  private static void requireFree(Path in, Path out, Map<Path, TranslationFile> found) {
    String elsewhere = "Name another folder with --out.";
    try {
      if (Files.exists(out) && !Files.isDirectory(out)) {
        throw new InvalidInputException(
            "--out %s: expected a folder, not a file".formatted(out), elsewhere);
      }
      if (Files.isDirectory(in) && existing(out).startsWith(in.toRealPath())) {
        throw new InvalidInputException(
            "--out %s: this folder is in the one that --in names, so that results would be read as"
                    .formatted(out)
                + " pictures",
            elsewhere);
      }
      for (TranslationFile file : found.values()) {
        if (Files.isDirectory(file.target())) {
          throw new InvalidInputException(
              "--out %s: the folder %s is in the place of a result".formatted(out, file.target()),
              elsewhere);
        } else if (Files.exists(file.target()) && Files.isSameFile(file.target(), file.source())) {
          throw new InvalidInputException(
              "--out %s: the result would replace the picture %s".formatted(out, file.source()),
              elsewhere);
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException("--out %s: %s".formatted(out, ErrorText.of(e)), elsewhere, e);
    }
  }

  /** The real path of a folder, or of the nearest one above it that exists. */
  private static Path existing(Path folder) throws IOException {
    Path existing = folder;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing.toRealPath();
  }

  /**
   * Groups pictures that are translated together.
   *
   * @param small whether a picture is small enough
   * @param most the most pictures in a group
   */
  static List<List<TranslationFile>> groups(
      List<TranslationFile> files, Predicate<TranslationFile> small, int most) {
    List<List<TranslationFile>> groups = new ArrayList<>();
    boolean open = false;
    for (TranslationFile file : files) {
      boolean joins = open && small.test(file) && groups.get(groups.size() - 1).size() < most;
      if (!joins) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(file);
      open = small.test(file);
    }
    return groups;
  }
}
