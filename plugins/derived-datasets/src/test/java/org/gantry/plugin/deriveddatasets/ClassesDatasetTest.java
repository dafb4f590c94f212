package org.gantry.plugin.deriveddatasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

final class ClassesDatasetTest implements ComponentContract {

  private static final FakeDataset FRUITS = new FakeDataset(0, 9, List.of("apple", "pear", "plum"));

  private static ClassesDataset classes(IndexedDataset of, String... names) {
    return new ClassesDataset(new ClassesDataset.Options(of, List.of(names), DatasetField.LABEL));
  }

  private static String refusal(IndexedDataset of, String... names) {
    return assertThrows(UnusableComponentException.class, () -> classes(of, names)).getMessage();
  }

  @Override
  public Object createComponent() {
    return classes(FRUITS, "plum", "apple");
  }

  @Test
  void onlySamplesOfTheNamedClassesRemain() {
    ClassesDataset two = classes(FRUITS, "plum", "apple");

    assertEquals(6, two.size());
    assertEquals(0.02f, FakeDataset.read(two, 1, DatasetField.IMAGE));
    assertEquals("sample 2", two.caption(1));
  }

  @Test
  void labelsFollowTheOrderOfTheNames() {
    ClassesDataset two = classes(FRUITS, "plum", "apple");

    assertEquals(
        List.of("plum", "apple"), two.field(DatasetField.LABEL).orElseThrow().classNames());
    assertEquals(1, FakeDataset.read(two, 0, DatasetField.LABEL));
    assertEquals(0, FakeDataset.read(two, 1, DatasetField.LABEL));
  }

  @Test
  void heldOutSamplesHaveTheSameClasses() {
    IndexedDataset held = (IndexedDataset) classes(FRUITS, "pear").heldOut().orElseThrow();

    assertEquals(1, held.size());
    assertEquals("sample 51", held.caption(0));
    assertEquals(List.of("pear"), held.field(DatasetField.LABEL).orElseThrow().classNames());
  }

  @Test
  void unknownClassesAndDataWithoutClassesAreRefused() {
    assertEquals(
        "there is no class 'peer'; the classes are apple, pear, plum", refusal(FRUITS, "peer"));
    assertEquals("a class is named twice: pear, pear", refusal(FRUITS, "pear", "pear"));
    assertEquals(
        "the data set has no field 'label' of classes; its fields are image",
        refusal(new FakeDataset(0, 9, List.of()), "pear"));
    assertEquals(
        "the data set has no samples of plum",
        refusal(new FakeDataset(0, 2, FRUITS.classNames()), "plum"));
  }
}
