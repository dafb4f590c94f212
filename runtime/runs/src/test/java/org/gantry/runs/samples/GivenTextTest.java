package org.gantry.runs.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.data.WordVocabulary;
import org.gantry.sampler.ModelUse;
import org.junit.jupiter.api.Test;

final class GivenTextTest {

  private static final DatasetField LABEL =
      DatasetField.label(List.of("t-shirt", "trousers", "coat"));

  @Test
  void classIsNamedOrNumbered() {
    List<float[]> values = read(LABEL, "coat, 1");

    assertArrayEquals(new float[] {2}, values.get(0));
    assertArrayEquals(new float[] {1}, values.get(1));
  }

  @Test
  void misspeltClassIsRefusedWithTheNearest() {
    assertRefused(LABEL, "trouser", "the data do not have this class", "Did you mean 'trousers'?");
  }

  @Test
  void numberBeyondTheClassesIsRefusedWithTheirNumber() {
    assertRefused(LABEL, "3", "the data have 3 classes", "The classes are 0 to 2");
  }

  @Test
  void unknownWordIsRefusedWithTheNearest() {
    DatasetField caption =
        DatasetField.text("caption", WordVocabulary.of(List.of("red hair", "red coat")), 2);

    assertRefused(caption, "redd hair", "the data never say 'redd'", "Did you mean 'red'?");
  }

  @Test
  void missingNumberIsRefused() {
    DatasetField position =
        new DatasetField("position", ValueType.CODE, new Shape(2), -1, 1, List.of());

    assertRefused(position, "0.5", "expected 2 numbers", "");
  }

  @Test
  void misspeltUseIsRefusedWithTheNearest() {
    ModelUse use = new ModelUse("to-photos", LABEL, List.of(), Optional.empty());

    assertEquals(use, UseNames.find(List.of(use), "to-photos", "--use"));
    UnusableInputException refusal =
        assertThrows(
            UnusableInputException.class, () -> UseNames.find(List.of(use), "to-photo", "--use"));
    assertTrue(refusal.toString().contains("--use to-photo"), refusal.toString());
    assertEquals("Did you mean 'to-photos'?", refusal.fix());
  }

  private static void assertRefused(DatasetField field, String text, String problem, String fix) {
    UnusableInputException refusal =
        assertThrows(UnusableInputException.class, () -> read(field, text));

    assertTrue(refusal.getMessage().contains(problem), refusal.getMessage());
    assertTrue(refusal.fix().startsWith(fix), refusal.fix());
  }

  private static List<float[]> read(DatasetField field, String text) {
    return new GivenText(field, "--given ", (pictures, argument, value) -> List.of())
        .read(field.name(), text);
  }
}
