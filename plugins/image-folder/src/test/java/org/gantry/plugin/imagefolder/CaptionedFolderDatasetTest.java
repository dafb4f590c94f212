package org.gantry.plugin.imagefolder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IndexedDataset;
import org.gantry.data.ValueType;
import org.gantry.data.WordVocabulary;
import org.gantry.plugin.imagefolder.RgbPicture.ColorMode;
import org.gantry.plugin.imagefolder.RgbPicture.FitMode;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaptionedFolderDatasetTest {

  @TempDir Path folder;

  @Test
  void linesOfJsonAreTheCaptionsOfTheirPictures() throws IOException {
    picture("sub/b.png");
    picture("sub/a.png");
    CaptionedFolderDataset data =
        open(
            lines(
                "{\"file\": \"sub/b.png\", \"caption\": \" A red house. \", \"by\": null}",
                "",
                "{\"caption\": [\"a tree\", \"no house\"], \"file\": \"sub/a.png\"}"));

    assertEquals(2, data.size());
    assertEquals("a tree", data.caption(0));
    assertEquals("A red house.", data.caption(1));
    assertEquals("a red house", caption(data, 1));
    DatasetField field = data.field(DatasetField.CAPTION).orElseThrow();
    assertEquals(ValueType.TEXT, field.type());
    assertEquals(List.of("", "?", "a", "house", "no", "red", "tree"), field.classNames());
    assertEquals(3, field.length());
  }

  @Test
  void textFilesNextToThePicturesHaveACaptionInEachLine() throws IOException {
    picture("a.png");
    picture("b.png");
    text("a.txt", "\none house\nthe same house\n");
    text("b.txt", "a tree");
    text("notes.txt", "not a caption");
    CaptionedFolderDataset data = open(Path.of(""));

    assertEquals("one house", data.caption(0));
    assertEquals("a tree", data.caption(1));
    assertEquals(1, data.inventory().omitted().size());
    assertEquals("notes.txt", data.inventory().omitted().get(0).name());
  }

  @Test
  void trainingReadsEachCaptionOfAPictureAtRandom() throws IOException {
    picture("a.png");
    text("a.txt", "one house\nthe same house\na house");
    CaptionedFolderDataset data = open(Path.of(""));
    TreeSet<String> seen = new TreeSet<>();
    for (int reading = 0; reading < 50; reading++) {
      DatasetField field = data.field(DatasetField.CAPTION).orElseThrow();
      FloatBuffer into = FloatBuffer.allocate(field.length());
      data.read(0, field, new RandomStreams(1).at("readings", reading), into);
      seen.add(new WordVocabulary(field.classNames()).decode(into.array()));
    }

    assertEquals(List.of("a house", "one house", "the same house"), List.copyOf(seen));
    assertEquals("one house", caption(data, 0));
  }

  @Test
  void longCaptionsAreCutOff() throws IOException {
    picture("a.png");
    text("a.txt", "one two three four five six");

    assertEquals("one two three four", caption(open(Path.of("")), 0));
  }

  @Test
  void aTenthOfThePicturesIsHeldOutByName() throws IOException {
    for (int i = 0; i < 40; i++) {
      picture(i + ".png");
      text(i + ".txt", "number " + i);
    }
    CaptionedFolderDataset train = open(Path.of(""), DatasetSplit.TRAIN);
    IndexedDataset heldOut = (IndexedDataset) train.heldOut().orElseThrow();

    assertEquals(40, train.size() + heldOut.size());
    assertTrue(DatasetSplit.TEST.contains(heldOut.caption(0).substring("number ".length())));
    assertEquals(train.fields(), heldOut.fields());
  }

  @Test
  void captionsArePartOfTheHashOfTheData() throws IOException {
    picture("a.png");
    text("a.txt", "a house");
    String before = open(Path.of("")).inventory().fingerprint();
    text("a.txt", "a mouse");

    assertTrue(!before.equals(open(Path.of("")).inventory().fingerprint()));
  }

  @Test
  void badLinesAreNamedByFileAndNumber() throws IOException {
    picture("a.png");
    String good = "{\"file\": \"a.png\", \"caption\": \"a house\"}";

    assertRefused(
        ":2: the line is not valid JSON: expected '\"' at position 1; write {\"file\":",
        good,
        "{file}");
    assertRefused(
        ":1: expected the members file and caption, as in {\"file\":", "{\"file\": \"a\"}");
    assertRefused(
        ":1: there is no picture b.png in " + folder.resolve("pictures"),
        "{\"file\": \"b.png\", \"caption\": \"a house\"}");
    assertRefused(
        ":1: the caption must be a text", "{\"file\": \"a.png\", \"caption\": [\"a house\", 3]}");
    assertRefused(
        ":1: the caption '!' has no words; write some",
        "{\"file\": \"a.png\", \"caption\": \"!\"}");
  }

  @Test
  void picturesWithoutACaptionAreRefusedByName() throws IOException {
    picture("a.png");
    picture("b.png");

    assertRefused(
        "1 of the 2 pictures of " + folder.resolve("pictures") + " have no caption, such as b.png",
        "{\"file\": \"a.png\", \"caption\": \"a house\"}");
    text("a.txt", "a house");
    assertTrue(refusal(Path.of("")).contains("such as b.png; add NAME.txt next to NAME.png"));
    text("b.txt", "???");
    assertTrue(refusal(Path.of("")).contains("b.txt:1: the caption '???' has no words"));
  }

  @Test
  void captionsInAnotherEncodingAreRefused() throws IOException {
    picture("a.png");
    Files.write(folder.resolve("pictures/a.txt"), new byte[] {'o', (byte) 0xE9});

    assertTrue(refusal(Path.of("")).endsWith("a.txt is not a text in UTF-8; convert it"));
    assertTrue(
        refusal(folder.resolve("none.jsonl")).contains("cannot be read as a file of captions"));
  }

  private void assertRefused(String part, String... lines) throws IOException {
    String message = refusal(lines(lines));
    assertTrue(message.contains(part), message);
  }

  private String refusal(Path captions) {
    return assertThrows(UnusableComponentException.class, () -> open(captions)).getMessage();
  }

  private CaptionedFolderDataset open(Path captions) {
    return open(captions, DatasetSplit.ALL);
  }

  private CaptionedFolderDataset open(Path captions, DatasetSplit split) {
    return new CaptionedFolderDataset(
        new CaptionedFolderDataset.Options(
            folder.resolve("pictures"), captions, 4, 2, 0, FitMode.CROP, ColorMode.RGB, split));
  }

  private static String caption(IndexedDataset data, int index) {
    DatasetField field = data.field(DatasetField.CAPTION).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(index, field, into);
    return new WordVocabulary(field.classNames()).decode(into.array());
  }

  private Path lines(String... lines) throws IOException {
    return Files.write(folder.resolve("captions.jsonl"), List.of(lines));
  }

  private void text(String name, String text) throws IOException {
    Files.writeString(folder.resolve("pictures").resolve(name), text);
  }

  private void picture(String name) throws IOException {
    Path file = folder.resolve("pictures").resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }
}
