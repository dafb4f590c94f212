package org.gantry.plugin.imagefolder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.JsonObjectReader;
import org.gantry.data.WordVocabulary;

/**
 * The captions of pictures.
 *
 * @param texts one or more captions for each picture, in the order of the pictures
 */
record PictureCaptions(List<List<String>> texts) {

  private static final String EXPECTED = "{\"file\": \"NAME.png\", \"caption\": \"TEXT\"}";

  /** A place in a file of captions, for messages. */
  private record LinePlace(String file, int number) {

    UnusableComponentException refusal(String reason) {
      return new UnusableComponentException("%s:%d: %s".formatted(file, number, reason));
    }

    /** Returns a caption without the space around it. */
    String requireWords(String caption) {
      if (WordVocabulary.split(caption).isEmpty()) {
        throw refusal("the caption '" + caption + "' has no words; write some, or remove the line");
      }
      return caption.strip();
    }
  }

  /**
   * Reads a file with a JSON object in each line. Lines of the same picture add up.
   *
   * @throws UnusableComponentException if a line is not valid, or a picture has no caption
   */
  static PictureCaptions ofLines(Path file, DataInventory inventory) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableComponentException(
          file + " cannot be read as a file of captions: " + PictureFile.reason(e));
    }
    Map<String, List<String>> captions = new LinkedHashMap<>();
    inventory.pictures().forEach(picture -> captions.put(picture.name(), new ArrayList<>()));
    List<String> lines = lines(file.toString(), content);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        LinePlace place = new LinePlace(file.toString(), i + 1);
        Map<String, Object> members = members(place, lines.get(i));
        List<String> found = captions.get((String) members.get("file"));
        if (found == null) {
          throw place.refusal(
              "there is no picture %s in %s; name its path below that folder"
                  .formatted(members.get("file"), inventory.source()));
        }
        addAll(place, members.get("caption"), found);
      }
    }
    return of(captions, inventory, "add lines to " + file);
  }

  private static Map<String, Object> members(LinePlace place, String line) {
    Map<String, Object> members;
    try {
      members = JsonObjectReader.read(line);
    } catch (IllegalArgumentException e) {
      throw place.refusal("the line " + e.getMessage() + "; write " + EXPECTED);
    }
    if (!(members.get("file") instanceof String) || !members.containsKey("caption")) {
      throw place.refusal("expected the members file and caption, as in " + EXPECTED);
    }
    return members;
  }

  private static void addAll(LinePlace place, Object value, List<String> into) {
    List<?> captions = value instanceof List<?> list ? list : List.of(value == null ? 0 : value);
    for (Object caption : captions) {
      if (!(caption instanceof String text)) {
        throw place.refusal("the caption must be a text, or a list of texts");
      }
      into.add(place.requireWords(text));
    }
  }

  /**
   * Reads the file NAME.txt next to each NAME.png, with a caption in each line.
   *
   * @throws UnusableComponentException if a picture has no caption
   */
  static PictureCaptions ofTextFiles(SampleBytes samples) {
    DataInventory inventory = samples.inventory();
    Map<String, List<String>> captions = new LinkedHashMap<>();
    for (FoundPicture picture : inventory.pictures()) {
      String name = textFile(picture.name());
      String place = inventory.source() + "/" + name;
      List<String> lines = samples.otherFile(name).map(c -> lines(place, c)).orElse(List.of());
      List<String> found = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          found.add(new LinePlace(place, i + 1).requireWords(lines.get(i)));
        }
      }
      captions.put(picture.name(), found);
    }
    return of(captions, inventory, "add NAME.txt next to NAME.png, or set captions");
  }

  /** The name of the file with the captions of a picture. */
  static String textFile(String picture) {
    return PictureFormat.withoutEnding(picture) + ".txt";
  }

  private static List<String> lines(String file, byte[] content) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content))
          .toString()
          .lines()
          .toList();
    } catch (CharacterCodingException e) {
      throw new UnusableComponentException(file + " is not a text in UTF-8; convert it");
    }
  }

  private static PictureCaptions of(
      Map<String, List<String>> captions, DataInventory inventory, String fix) {
    List<String> without =
        captions.keySet().stream().filter(name -> captions.get(name).isEmpty()).toList();
    if (!without.isEmpty()) {
      throw new UnusableComponentException(
          "%d of the %d pictures of %s have no caption, such as %s; %s"
              .formatted(without.size(), captions.size(), inventory.source(), without.get(0), fix));
    }
    return new PictureCaptions(captions.values().stream().map(List::copyOf).toList());
  }
}
