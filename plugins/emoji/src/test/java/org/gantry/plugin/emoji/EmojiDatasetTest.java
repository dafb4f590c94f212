package org.gantry.plugin.emoji;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IndexedDataset;
import org.gantry.data.ValueType;
import org.gantry.data.WordVocabulary;
import org.junit.jupiter.api.Test;

final class EmojiDatasetTest {

  private static EmojiDataset emoji(
      SpriteSheet style, DatasetSplit split, int size, String... groups) {
    return new EmojiDataset(new EmojiDataset.Options(style, false, split, List.of(groups), size));
  }

  private static float[] read(EmojiDataset emoji, int index, String name) {
    DatasetField field = emoji.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    emoji.read(index, field, into);
    assertEquals(0, into.remaining());
    return into.array();
  }

  private static List<String> captions(EmojiDataset emoji) {
    return IntStream.range(0, emoji.size()).mapToObj(emoji::caption).toList();
  }

  @Test
  void everyStyleHasTheNumberOfEmojiInTheAttribution() {
    assertEquals(2465, emoji(SpriteSheet.COLOR, DatasetSplit.ALL, 16).size());
    assertEquals(2465, emoji(SpriteSheet.LINE, DatasetSplit.ALL, 16).size());
    assertEquals(1893, emoji(SpriteSheet.TWEMOJI, DatasetSplit.ALL, 16).size());
  }

  @Test
  void trainAndTestAreCompleteAndTheSplitIsTheSameInEveryStyle() {
    List<String> all = captions(emoji(SpriteSheet.COLOR, DatasetSplit.ALL, 16));
    List<String> test = captions(emoji(SpriteSheet.COLOR, DatasetSplit.TEST, 16));
    int train = emoji(SpriteSheet.COLOR, DatasetSplit.TRAIN, 16).size();
    assertEquals(all.size(), train + test.size());
    assertEquals(246, (double) test.size(), 50);
    assertTrue(test.containsAll(captions(emoji(SpriteSheet.TWEMOJI, DatasetSplit.TEST, 16))));
  }

  @Test
  void trainAndTestShareNoCodePoint() {
    for (EmojiDrawing drawing : EmojiDrawing.readIndex()) {
      assertNotEquals(
          DatasetSplit.TRAIN.contains(drawing.codePoint()),
          DatasetSplit.TEST.contains(drawing.codePoint()));
    }
    List<String> names = EmojiDrawing.readIndex().stream().map(EmojiDrawing::codePoint).toList();
    assertEquals(names.size(), names.stream().distinct().count());
  }

  /** Otherwise translations of line art would neither show it nor use the held-out part. */
  @Test
  void lineArtIsAnImage() {
    DatasetField line = emoji(SpriteSheet.COLOR, DatasetSplit.TEST, 16).field("line").orElseThrow();

    assertEquals(ValueType.IMAGE, line.type());
  }

  @Test
  void heldOutPartOfTheTrainingIsTheTestPart() {
    IndexedDataset heldOut =
        (IndexedDataset) emoji(SpriteSheet.COLOR, DatasetSplit.TRAIN, 16).heldOut().orElseThrow();
    EmojiDataset test = emoji(SpriteSheet.COLOR, DatasetSplit.TEST, 16);

    assertEquals(test.size(), heldOut.size());
    assertEquals(test.caption(5), heldOut.caption(5));
    assertTrue(test.heldOut().isEmpty());
  }

  @Test
  void imagesAreColourOnWhiteAndLinesAreGrey() {
    EmojiDataset emoji = emoji(SpriteSheet.COLOR, DatasetSplit.ALL, 64, "smileys-emotion");
    assertEquals(171, emoji.size());
    assertEquals("grinning face", emoji.caption(0));
    assertEquals(new Shape(3, 64, 64), emoji.field(DatasetField.IMAGE).orElseThrow().shape());
    assertEquals(new Shape(1, 64, 64), emoji.field("line").orElseThrow().shape());
    float[] face = read(emoji, 0, DatasetField.IMAGE);
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(1, face[channel * 4096], "the corner is white");
    }
    int left = 26 * 64 + 18;
    assertTrue(face[left] > 0.5 && face[4096 + left] > 0.3 && face[8192 + left] < 0, "yellow");
    float[] line = read(emoji, 0, "line");
    double low = 1;
    double high = -1;
    for (float value : line) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    assertEquals(1, high);
    assertTrue(low < -0.9, "lines are black");
  }

  @Test
  void theLineStyleIsTheLineField() {
    EmojiDataset emoji = emoji(SpriteSheet.LINE, DatasetSplit.TEST, 32, "flags");
    assertArrayEquals(read(emoji, 3, "line"), read(emoji, 3, DatasetField.IMAGE));
  }

  @Test
  void theCounterpartIsTheSameEmojiOfTheOtherArtist() {
    EmojiDataset ours =
        new EmojiDataset(
            new EmojiDataset.Options(
                SpriteSheet.COLOR, true, DatasetSplit.ALL, List.of("food-drink"), 16));
    EmojiDataset theirs = emoji(SpriteSheet.TWEMOJI, DatasetSplit.ALL, 16, "food-drink");

    assertEquals(captions(theirs), captions(ours));
    assertArrayEquals(read(theirs, 7, DatasetField.IMAGE), read(ours, 7, "twemoji"));
    UnusableComponentException line =
        assertThrows(
            UnusableComponentException.class,
            () ->
                new EmojiDataset(
                    new EmojiDataset.Options(
                        SpriteSheet.LINE, true, DatasetSplit.ALL, List.of(), 16)));
    assertEquals("line art has no counterpart; choose style color or twemoji", line.getMessage());
  }

  @Test
  void captionsAreAlsoTextThatANetworkCanRead() {
    EmojiDataset emoji = emoji(SpriteSheet.COLOR, DatasetSplit.TEST, 16);
    DatasetField caption = emoji.field(DatasetField.CAPTION).orElseThrow();

    assertEquals(
        emoji.caption(5).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip(),
        new WordVocabulary(caption.classNames()).decode(read(emoji, 5, DatasetField.CAPTION)));
  }

  @Test
  void everyTwemojiIsInTheIndex() {
    EmojiDataset emoji = emoji(SpriteSheet.TWEMOJI, DatasetSplit.ALL, 16);
    for (int i = 0; i < emoji.size(); i++) {
      double ink = 0;
      for (float value : read(emoji, i, DatasetField.IMAGE)) {
        ink += 1 - value;
      }
      assertTrue(ink > 1, emoji.caption(i) + " is blank");
    }
  }

  @Test
  void smallImagesAreTheMeansOfLargeOnes() {
    float[] large =
        read(emoji(SpriteSheet.COLOR, DatasetSplit.TEST, 64, "objects"), 0, DatasetField.IMAGE);
    float[] small =
        read(emoji(SpriteSheet.COLOR, DatasetSplit.TEST, 32, "objects"), 0, DatasetField.IMAGE);
    for (int i = 0; i < small.length; i++) {
      int row = i / 32 * 2;
      int column = i % 32 * 2;
      float sum =
          large[row * 64 + column]
              + large[row * 64 + column + 1]
              + large[(row + 1) * 64 + column]
              + large[(row + 1) * 64 + column + 1];
      assertEquals(sum / 4, small[i], 0.6 / 127.5);
    }
  }

  @Test
  void groupsGetLabelsInTheOrderOfTheFilter() {
    EmojiDataset emoji = emoji(SpriteSheet.COLOR, DatasetSplit.ALL, 16, "flags", "food-drink");
    assertEquals(401, emoji.size());
    assertEquals(
        List.of("flags", "food-drink"), emoji.field(DatasetField.LABEL).orElseThrow().classNames());
    long flags =
        IntStream.range(0, emoji.size())
            .filter(i -> read(emoji, i, DatasetField.LABEL)[0] == 0)
            .count();
    assertEquals(270, flags);
  }

  @Test
  void badOptionsAreRefusedWithTheValidOnes() {
    UnusableComponentException group =
        assertThrows(
            UnusableComponentException.class,
            () -> emoji(SpriteSheet.COLOR, DatasetSplit.ALL, 16, "smileys"));
    assertTrue(
        group.getMessage().startsWith("emoji have no group 'smileys'; the groups are smileys-"));
    UnusableComponentException size =
        assertThrows(
            UnusableComponentException.class, () -> emoji(SpriteSheet.COLOR, DatasetSplit.ALL, 48));
    assertEquals("size must be 64, 32 or 16, not 48", size.getMessage());
  }

  @Test
  void licencesAndAttributionAreBundled() {
    for (String file : List.of("ATTRIBUTION.txt", "LICENSE-OPENMOJI.txt", "LICENSE-TWEMOJI.txt")) {
      assertNotNull(EmojiDataset.class.getResource(file), file);
    }
    assertFalse(captions(emoji(SpriteSheet.COLOR, DatasetSplit.TEST, 16)).contains(""));
  }
}
