package org.gantry.plugin.imagefolder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gantry.data.DataInventory.OmissionCause;
import org.gantry.data.DataInventory.OmittedFile;

/** Sorts the files of a source into pictures and files that are left out. */
final class FileSorter {

  /** Files and folders that systems and programs create without being asked. */
  private static final Set<String> SYSTEM_NAMES =
      Set.of(
          "__MACOSX",
          "__pycache__",
          "Thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "Desktop.ini",
          "@eaDir",
          "$RECYCLE.BIN",
          "System Volume Information",
          "lost+found");

  private final List<String> pictures = new ArrayList<>();
  private final List<OmittedFile> omitted = new ArrayList<>();

  /** Whether a file or folder is not the user's own, such as a hidden one. */
  static boolean isHidden(String lastName) {
    return lastName.startsWith(".") || SYSTEM_NAMES.contains(lastName);
  }

  /** Whether a path has a part that is hidden. */
  static boolean isHiddenPath(String name) {
    return Stream.of(name.split("/", -1)).anyMatch(FileSorter::isHidden);
  }

  /** Adds a file by its path below the source. */
  void add(String name) {
    if (isHiddenPath(name)) {
      addHidden(name);
    } else if (PictureFormat.isRead(name)) {
      pictures.add(name);
    } else if (PictureFormat.isKnown(name)) {
      String reason = PictureFormat.ending(name) + " is not supported; convert it to PNG or WebP";
      omitted.add(new OmittedFile(name, OmissionCause.UNSUPPORTED, reason));
    } else {
      omitted.add(new OmittedFile(name, OmissionCause.NO_PICTURE, "it is not a picture"));
    }
  }

  /** Adds a hidden file or folder. */
  void addHidden(String name) {
    omitted.add(new OmittedFile(name, OmissionCause.HIDDEN, "it is hidden, or a system's own"));
  }

  /** Adds a file or folder that cannot be read. */
  void addUnreadable(String name, String reason) {
    omitted.add(new OmittedFile(name, OmissionCause.UNREADABLE, reason));
  }

  List<String> pictures() {
    return pictures.stream().sorted().toList();
  }

  List<OmittedFile> omitted() {
    return omitted.stream().sorted(Comparator.comparing(OmittedFile::name)).toList();
  }
}
