package org.gantry.plugin.deriveddatasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

final class CombinedDatasetTest implements ComponentContract {

  private static final List<String> NAMES = List.of("apple", "pear", "plum");

  private static CombinedDataset combined(IndexedDataset... parts) {
    return new CombinedDataset(new CombinedDataset.Options(List.of(parts)));
  }

  @Override
  public Object createComponent() {
    return combined(new FakeDataset(0, 4, NAMES), new FakeDataset(30, 5, NAMES));
  }

  @Test
  void samplesFollowEachOther() {
    CombinedDataset both = combined(new FakeDataset(0, 4, NAMES), new FakeDataset(30, 5, NAMES));

    assertEquals(9, both.size());
    assertEquals(0.03f, FakeDataset.read(both, 3, DatasetField.IMAGE));
    assertEquals(0.3f, FakeDataset.read(both, 4, DatasetField.IMAGE));
    assertEquals("sample 34", both.caption(8));
  }

  @Test
  void heldOutSamplesAreThoseOfAllParts() {
    IndexedDataset held =
        (IndexedDataset)
            combined(new FakeDataset(0, 4, NAMES), new FakeDataset(30, 5, NAMES))
                .heldOut()
                .orElseThrow();

    assertEquals(6, held.size());
    assertEquals(
        Optional.empty(),
        combined(new FakeDataset(0, 4, NAMES), new FakeDataset(60, 5, NAMES)).heldOut());
  }

  @Test
  void differentFieldsAreRefused() {
    String refusal =
        assertThrows(
                UnusableComponentException.class,
                () -> combined(new FakeDataset(0, 4, NAMES), new FakeDataset(0, 4, List.of())))
            .getMessage();
    assertTrue(refusal.startsWith("the data sets differ in their fields: image (1)"), refusal);
  }
}
