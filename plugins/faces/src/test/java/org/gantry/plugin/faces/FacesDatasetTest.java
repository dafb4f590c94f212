package org.gantry.plugin.faces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;
import org.junit.jupiter.api.Test;

final class FacesDatasetTest {

  private static FacesDataset faces(FaceStyle style, DatasetSplit split, int size) {
    return new FacesDataset(new FacesDataset.Options(style, false, split, size));
  }

  private static FacesDataset pairs(FaceStyle style) {
    return new FacesDataset(new FacesDataset.Options(style, true, DatasetSplit.TEST, 32));
  }

  private static float[] read(IndexedDataset faces, int index, String name) {
    DatasetField field = faces.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    faces.read(index, field, into);
    assertEquals(0, into.remaining());
    return into.array();
  }

  private static String label(IndexedDataset faces, int index, String name) {
    List<String> classes = faces.field(name).orElseThrow().classNames();
    return classes.get((int) read(faces, index, name)[0]);
  }

  private static Set<String> captions(IndexedDataset faces) {
    return IntStream.range(0, faces.size()).mapToObj(faces::caption).collect(Collectors.toSet());
  }

  @Test
  void thereAreSixThousandFacesInBothStyles() {
    assertEquals(6000, faces(FaceStyle.PIXEL, DatasetSplit.ALL, 16).size());
    assertEquals(6000, faces(FaceStyle.DRAWN, DatasetSplit.ALL, 16).size());
  }

  @Test
  void labelsSayWhatTheCaptionSays() {
    FacesDataset faces = faces(FaceStyle.PIXEL, DatasetSplit.ALL, 16);
    assertEquals(
        "short black hair, dark skin, glasses, looking unhappy, in green", faces.caption(2));
    assertEquals("dark", label(faces, 2, "skin"));
    assertEquals("short", label(faces, 2, "hair"));
    assertEquals("black", label(faces, 2, "hair-colour"));
    assertEquals("green", label(faces, 2, "clothes"));
    assertEquals("sad", label(faces, 2, "mood"));
    assertEquals("yes", label(faces, 2, "glasses"));
    assertEquals("no", label(faces, 2, "beard"));
  }

  @Test
  void everyAttributeOfEveryFaceHasAClass() {
    for (Face face : Face.readIndex()) {
      for (FaceAttribute attribute : FaceAttribute.values()) {
        assertTrue(attribute.classOf(face) >= 0, attribute + " of " + face);
      }
    }
  }

  @Test
  void theTextIsTheWholeCaption() {
    FacesDataset faces = faces(FaceStyle.PIXEL, DatasetSplit.TEST, 16);
    WordVocabulary words =
        new WordVocabulary(faces.field(DatasetField.CAPTION).orElseThrow().classNames());
    for (int i = 0; i < faces.size(); i++) {
      assertEquals(
          faces.caption(i).replace(",", ""), words.decode(read(faces, i, DatasetField.CAPTION)));
    }
  }

  @Test
  void handDrawnFacesHaveNoColourOfHairInTheirCaption() {
    FacesDataset faces = faces(FaceStyle.DRAWN, DatasetSplit.ALL, 16);
    assertEquals("short hair, dark skin, glasses, looking unhappy, in green", faces.caption(2));
    assertFalse(faces.field(DatasetField.CAPTION).orElseThrow().classNames().contains("blond"));
  }

  @Test
  void noCaptionOfTheTestPartIsInTheTrainingPart() {
    FacesDataset train = faces(FaceStyle.PIXEL, DatasetSplit.TRAIN, 16);
    IndexedDataset test = (IndexedDataset) train.heldOut().orElseThrow();
    assertEquals(6000, train.size() + test.size());
    assertEquals(600, test.size(), 150);
    assertTrue(Collections.disjoint(captions(train), captions(test)));
    Set<String> all = new HashSet<>(captions(train));
    all.addAll(captions(test));
    assertEquals(1385, all.size());
  }

  @Test
  void theHeldOutPartOfTrainingIsTheTestPart() {
    IndexedDataset heldOut =
        (IndexedDataset) faces(FaceStyle.DRAWN, DatasetSplit.TRAIN, 16).heldOut().orElseThrow();
    FacesDataset test = faces(FaceStyle.DRAWN, DatasetSplit.TEST, 16);
    assertEquals(test.size(), heldOut.size());
    assertEquals(test.fields(), heldOut.fields());
    assertArrayEquals(read(test, 5, DatasetField.IMAGE), read(heldOut, 5, DatasetField.IMAGE));
    assertTrue(test.heldOut().isEmpty());
  }

  @Test
  void pixelArtHasSquaresOfFourPixelsOnWhite() {
    FacesDataset faces = faces(FaceStyle.PIXEL, DatasetSplit.TEST, 64);
    assertEquals(new Shape(3, 64, 64), faces.field(DatasetField.IMAGE).orElseThrow().shape());
    float[] large = read(faces, 3, DatasetField.IMAGE);
    float[] small = read(faces(FaceStyle.PIXEL, DatasetSplit.TEST, 16), 3, DatasetField.IMAGE);
    assertEquals(1, large[0], "the corner is white");
    for (int i = 0; i < large.length; i++) {
      assertEquals(small[i / 4096 * 256 + i / 64 % 64 / 4 * 16 + i % 64 / 4], large[i]);
    }
  }

  @Test
  void redClothesAreRedAtTheLowerEdgeInBothStyles() {
    for (FaceStyle style : FaceStyle.values()) {
      FacesDataset faces = faces(style, DatasetSplit.TEST, 32);
      int red =
          IntStream.range(0, faces.size())
              .filter(i -> label(faces, i, "clothes").equals("red"))
              .findFirst()
              .orElseThrow();
      float[] image = read(faces, red, DatasetField.IMAGE);
      int chest = 30 * 32 + 10;
      assertTrue(image[chest] > 0.5 && image[1024 + chest] < 0 && image[2048 + chest] < 0);
    }
  }

  @Test
  void theCounterpartIsTheSameFaceInTheOtherStyle() {
    FacesDataset pixel = pairs(FaceStyle.PIXEL);
    FacesDataset drawn = pairs(FaceStyle.DRAWN);
    assertArrayEquals(read(pixel, 7, "drawn"), read(drawn, 7, DatasetField.IMAGE));
    assertArrayEquals(read(drawn, 7, "pixel"), read(pixel, 7, DatasetField.IMAGE));
    assertTrue(faces(FaceStyle.PIXEL, DatasetSplit.TEST, 32).field("drawn").isEmpty());
  }

  @Test
  void anotherSizeIsRefusedWithTheValidOnes() {
    assertEquals(
        "size must be 64, 32 or 16, not 48",
        assertThrows(
                UnusableComponentException.class,
                () -> faces(FaceStyle.PIXEL, DatasetSplit.ALL, 48))
            .getMessage());
  }

  @Test
  void licenceAndAttributionAreBundled() {
    for (String file : List.of("ATTRIBUTION.txt", "LICENSE-CC0.txt")) {
      assertNotNull(FacesDataset.class.getResource(file), file);
    }
  }
}
