package org.gantry.plugin.glyphs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IndexedDataset;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GlyphsDatasetTest implements ComponentContract {

  private static final List<BundledFont> ALL = List.of(BundledFont.values());
  private static final int SIZE = 32;

  @TempDir Path folder;

  private static GlyphsDataset glyphs(
      List<BundledFont> bundled, List<Path> files, String source, String characters) {
    return new GlyphsDataset(
        new GlyphsDataset.Options(bundled, files, source, characters, SIZE, DatasetSplit.ALL));
  }

  private static GlyphsDataset train() {
    return new GlyphsDataset(
        new GlyphsDataset.Options(ALL, List.of(), "sans", "A-Za-z0-9", SIZE, DatasetSplit.TRAIN));
  }

  @Override
  public Object createComponent() {
    return train();
  }

  private static float[] read(IndexedDataset data, int index, String name) {
    DatasetField field = data.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(index, field, into);
    assertEquals(0, into.remaining());
    return into.array();
  }

  /** The rows of a glyph that are more black than white somewhere. */
  private static List<Integer> inkRows(float[] image) {
    return IntStream.range(0, SIZE)
        .filter(y -> IntStream.range(0, SIZE).anyMatch(x -> image[y * SIZE + x] < 0))
        .boxed()
        .toList();
  }

  /** How black an image is: 0 for white, 1 for black. */
  private static double ink(float[] image) {
    double sum = 0;
    for (float value : image) {
      sum += (1 - value) / 2;
    }
    return sum / image.length;
  }

  @Test
  void eachFontHasEachCharacter() {
    GlyphsDataset data = glyphs(ALL, List.of(), "", "A-C");

    assertEquals(
        List.of("image", "font", "character"),
        data.fields().stream().map(DatasetField::name).toList());
    assertEquals(new Shape(1, SIZE, SIZE), data.field("image").orElseThrow().shape());
    assertEquals(
        List.of("sans", "slab", "round", "script", "brush"),
        data.field("font").orElseThrow().classNames());
    assertEquals(List.of("A", "B", "C"), data.field("character").orElseThrow().classNames());
    assertEquals(15, data.size());
    assertEquals("B in slab", data.caption(4));
    assertArrayEquals(new float[] {1}, read(data, 4, "font"));
    assertArrayEquals(new float[] {1}, read(data, 4, "character"));
  }

  @Test
  void glyphsAreBlackOnWhiteAndDiffer() {
    GlyphsDataset data = glyphs(ALL, List.of(), "", "A-Z");
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < data.size(); i++) {
      float[] image = read(data, i, "image");
      seen.add(Arrays.toString(image));
      assertTrue(ink(image) > 0.02 && ink(image) < 0.4, data.caption(i) + ": " + ink(image));
      assertEquals(1, image[0]);
    }

    assertEquals(data.size(), seen.size());
  }

  @Test
  void theInkOfALetterIsAsInEarlierVersions() {
    GlyphsDataset data = glyphs(ALL, List.of(), "", "HO");

    assertEquals(0.1632, ink(read(data, 0, "image")), 0.002);
  }

  @Test
  void lettersStandOnOneBaselineInAllFonts() {
    GlyphsDataset data =
        glyphs(
            List.of(BundledFont.SANS, BundledFont.SLAB, BundledFont.ROUND), List.of(), "", "EHp");
    Set<Integer> lowest = new TreeSet<>();
    for (int i = 0; i < data.size(); i++) {
      List<Integer> rows = inkRows(read(data, i, "image"));
      if (data.caption(i).startsWith("p")) {
        assertTrue(rows.get(rows.size() - 1) > lowest.iterator().next() + 2);
      } else {
        lowest.add(rows.get(rows.size() - 1));
      }
    }

    assertEquals(1, lowest.size(), lowest.toString());
  }

  @Test
  void lettersAreCentredBetweenLeftAndRight() {
    GlyphsDataset data = glyphs(List.of(BundledFont.SANS), List.of(), "", "HOI");
    for (int i = 0; i < data.size(); i++) {
      float[] image = read(data, i, "image");
      double sum = 0;
      double weighted = 0;
      for (int at = 0; at < image.length; at++) {
        sum += 1 - image[at];
        weighted += (1 - image[at]) * (at % SIZE + 0.5);
      }
      assertEquals(SIZE / 2.0, weighted / sum, 0.3, data.caption(i));
    }
  }

  @Test
  void theSourceFontIsGivenAndHasNoSamplesOfItsOwn() {
    GlyphsDataset all = glyphs(ALL, List.of(), "", "A-C");
    GlyphsDataset pairs = glyphs(ALL, List.of(), "slab", "A-C");

    assertEquals(
        List.of("sans", "round", "script", "brush"),
        pairs.field("font").orElseThrow().classNames());
    assertEquals(12, pairs.size());
    assertArrayEquals(read(all, 3 + 2, "image"), read(pairs, 6 + 2, "source"));
    assertArrayEquals(read(all, 9 + 2, "image"), read(pairs, 6 + 2, "image"));
  }

  @Test
  void heldOutCharactersAreTheSameInAllFonts() {
    GlyphsDataset train = train();
    IndexedDataset heldOut = (IndexedDataset) train.heldOut().orElseThrow();
    String held =
        IntStream.range(0, heldOut.size())
            .mapToObj(i -> heldOut.caption(i).substring(0, 1))
            .distinct()
            .collect(Collectors.joining());

    assertEquals("DMRXdgoprt6", held);
    assertEquals(4 * 11, heldOut.size());
    assertEquals(4 * 62, train.size() + heldOut.size());
    assertEquals(train.fields(), heldOut.fields());
  }

  @Test
  void filesOfBothFormatsAreRead() throws IOException {
    Path postScript = copy("Junction.otf", "Mine.otf");
    Path trueType = copy("Comfortaa-Regular.ttf", "Round.ttf");
    GlyphsDataset files = glyphs(List.of(), List.of(postScript, trueType), "", "A-C");
    GlyphsDataset bundled =
        glyphs(List.of(BundledFont.SANS, BundledFont.ROUND), List.of(), "", "A-C");

    assertEquals(List.of("Mine", "Round"), files.field("font").orElseThrow().classNames());
    for (int i = 0; i < files.size(); i++) {
      assertArrayEquals(read(bundled, i, "image"), read(files, i, "image"));
    }
  }

  @Test
  void unusableFilesAreRefusedByName() throws IOException {
    Path none = folder.resolve("none.ttf");
    Path text = Files.writeString(folder.resolve("text.ttf"), "not a font, only a text");
    Path damaged = copy("Comfortaa-Regular.ttf", "Damaged.ttf");
    byte[] half = Arrays.copyOf(Files.readAllBytes(damaged), 60_000);
    Files.write(damaged, half);

    assertEquals(none + " does not exist; name a TTF or OTF file, or leave it out", refusal(none));
    assertTrue(refusal(text).startsWith(text + " cannot be read as a TTF or OTF font ("));
    assertTrue(refusal(damaged).contains("amaged"), refusal(damaged));
  }

  @Test
  void impossibleOptionsAreRefused() {
    assertEquals(
        "the font sans cannot draw 2 of the characters, such as \u4e00; leave them or the font out",
        refusal(List.of(BundledFont.SANS), "", "A\u4e00 "));
    assertEquals(
        "source is 'serif', and the fonts are sans, slab",
        refusal(List.of(BundledFont.SANS, BundledFont.SLAB), "serif", "A"));
    assertEquals(
        "its only font is the source; name another one in bundled or files",
        refusal(List.of(BundledFont.SANS), "sans", "A"));
    assertEquals("it needs a font; name one in bundled or files", refusal(List.of(), "", "A"));
    assertEquals(
        "two fonts have the same name: sans, sans; rename a file",
        refusal(List.of(BundledFont.SANS, BundledFont.SANS), "", "A"));
    assertEquals("the range Z-A ends before it begins", refusal(ALL, "", "Z-A"));
    assertEquals("it needs characters, such as A-Z", refusal(ALL, "", ""));
  }

  @Test
  void charactersAreRangesAndSingleOnes() {
    assertEquals(
        List.of("-", "0", "1", "2", "x", "\ud83d\ude00"),
        CharacterSet.parse("-0-21x\ud83d\ude00").names());
    assertEquals(List.of("a", "-"), CharacterSet.parse("a-").names());
    assertFalse(CharacterSet.parse("A-Za-z0-9").names().contains("-"));
  }

  private Path copy(String resource, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream stream = GlyphsDataset.class.getResourceAsStream(resource)) {
      Files.copy(stream, file);
    }
    return file;
  }

  private static String refusal(Path file) {
    return assertThrows(
            UnusableComponentException.class, () -> glyphs(List.of(), List.of(file), "", "A-z"))
        .getMessage();
  }

  private static String refusal(List<BundledFont> bundled, String source, String characters) {
    return assertThrows(
            UnusableComponentException.class, () -> glyphs(bundled, List.of(), source, characters))
        .getMessage();
  }
}
