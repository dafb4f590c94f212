package org.gantry.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a data set.
 *
 * @param source the folder or file that was read
 * @param fingerprint a SHA-256 in hexadecimal, which differs if the files differ
 * @param pictures the pictures found, in the order of the samples
 * @param classNames the names of the classes; empty if there are none
 * @param omitted the files left out, by name
 */
public record DataInventory(
    String source,
    String fingerprint,
    List<FoundPicture> pictures,
    List<String> classNames,
    List<OmittedFile> omitted) {

  /**
   * A file that a sample is read from.
   *
   * @param name its path below the source, with slashes
   * @param format its format in lower case, such as {@code png}
   * @param width its width in pixels, as it is looked at
   * @param height its height in pixels, as it is looked at
   * @param label the index of its class; -1 without classes
   */
  public record FoundPicture(String name, String format, int width, int height, int label) {}

  /**
   * A file that a data set does not read.
   *
   * @param name its path below the source, with slashes
   * @param cause why it was left out
   * @param detail the cause in words, as part of a sentence
   */
  public record OmittedFile(String name, OmissionCause cause, String detail) {}

  /** Why a file was left out. */
  public enum OmissionCause {
    /** The system's or another program's own file, such as a hidden one. */
    HIDDEN("hidden"),
    /** A file that does not claim to be a picture. */
    NO_PICTURE("not a picture"),
    /** A picture in a format that cannot be read. */
    UNSUPPORTED("format not supported"),
    /** A file that cannot be read or decoded. */
    UNREADABLE("unreadable");

    private final String phrase;

    OmissionCause(String phrase) {
      this.phrase = phrase;
    }

    /** Returns the cause as a phrase for a list. */
    public String phrase() {
      return phrase;
    }
  }

  /** Copies the lists. */
  public DataInventory {
    pictures = List.copyOf(pictures);
    classNames = List.copyOf(classNames);
    omitted = List.copyOf(omitted);
  }

  /**
   * Returns one line, such as {@code photos: 1,204 pictures in 3 classes; left out 5 files: 3 avif
   * (format not supported), 2 txt (not a picture)}. Hidden files are not mentioned.
   */
  public String summary() {
    StringBuilder text = new StringBuilder(source).append(": ");
    text.append(counted(pictures.size(), "picture"));
    if (!classNames.isEmpty()) {
      text.append(" in ").append(counted(classNames.size(), "class"));
    }
    List<String> groups = new ArrayList<>();
    int leftOut = 0;
    for (Map.Entry<String, Integer> group : omissions().entrySet()) {
      groups.add("%,d ".formatted(group.getValue()) + group.getKey());
      leftOut += group.getValue();
    }
    if (leftOut > 0) {
      text.append("; left out ").append(counted(leftOut, "file")).append(": ");
      text.append(String.join(", ", groups));
    }
    return text.toString();
  }

  /** The number of files left out for each ending and cause, without hidden files. */
  private Map<String, Integer> omissions() {
    Map<String, Integer> counts = new TreeMap<>();
    for (OmittedFile file : omitted) {
      if (file.cause() != OmissionCause.HIDDEN) {
        counts.merge(ending(file.name()) + " (" + file.cause().phrase() + ")", 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String ending(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot < 1 ? "without an ending" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static String counted(int count, String noun) {
    String plural = noun.endsWith("s") ? noun + "es" : noun + "s";
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : plural);
  }
}
