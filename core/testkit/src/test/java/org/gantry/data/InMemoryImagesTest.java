package org.gantry.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.junit.jupiter.api.Test;

final class InMemoryImagesTest {

  private static final InMemoryImages PIXELS =
      InMemoryImages.of(
          new ByteImages(4, 1, 1, 1, new byte[] {10, 20, 30, 40}),
          new int[] {0, 1, 2, 1},
          List.of("a", "b", "c"));

  private static float read(InMemoryImages data, int index, String field) {
    FloatBuffer into = FloatBuffer.allocate(1);
    data.read(index, data.field(field).orElseThrow(), into);
    return into.get(0);
  }

  @Test
  void selectedClassesAreRenumberedInTheirOrder() {
    InMemoryImages selected = PIXELS.selectClasses(List.of(2, 1));
    assertEquals(3, selected.size());
    assertEquals(List.of("c", "b"), selected.field("label").orElseThrow().classNames());
    assertEquals(20 / 127.5f - 1, read(selected, 0, "image"));
    assertEquals(1, read(selected, 0, "label"));
    assertEquals(0, read(selected, 1, "label"));
  }

  @Test
  void aClassThatDoesNotExistIsRefused() {
    UnusableComponentException refusal =
        assertThrows(UnusableComponentException.class, () -> PIXELS.selectClasses(List.of(3)));
    assertEquals("there is no class 3; the classes are 0 to 2", refusal.getMessage());
    assertThrows(UnusableComponentException.class, () -> PIXELS.selectClasses(List.of(1, 1)));
  }

  @Test
  void splitsKeepImagesAndLabelsTogether() {
    int size = 300;
    byte[] values = new byte[size];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = (byte) (i % 251);
      labels[i] = i % 251;
    }
    List<String> names = Collections.nCopies(251, "x");
    InMemoryImages all = InMemoryImages.of(new ByteImages(size, 1, 1, 1, values), labels, names);
    InMemoryImages test = all.selectSplit(DatasetSplit.TEST);
    assertEquals(size, all.selectSplit(DatasetSplit.TRAIN).size() + test.size());
    assertTrue(test.size() > 0);
    for (int i = 0; i < test.size(); i++) {
      assertEquals(read(test, i, "label") / 127.5f - 1, read(test, i, "image"), 1e-6f);
    }
  }

  @Test
  void imagesWithoutLabelsHaveOneField() {
    InMemoryImages bare = InMemoryImages.of(new ByteImages(2, 1, 1, 1, new byte[2]));
    assertEquals(1, bare.fields().size());
    assertEquals(2, bare.selectSplit(DatasetSplit.ALL).size());
  }
}
