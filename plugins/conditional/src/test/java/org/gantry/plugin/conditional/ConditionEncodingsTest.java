package org.gantry.plugin.conditional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.List;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@TensorTest
final class ConditionEncodingsTest {

  private static float[] counts(NDManager manager, int size, int first, NDArray numbers) {
    return new IndexCounts(size, first)
        .forward(new ParameterStore(manager, false), new NDList(numbers), false)
        .head()
        .toFloatArray();
  }

  @Test
  void aLabelHasAOneAtItsClass(NDManager manager) {
    assertArrayEquals(
        new float[] {0, 0, 1, 1, 0, 0}, counts(manager, 3, 0, manager.create(new float[] {2, 0})));
  }

  @Test
  void aTextHasTheCountsOfItsWordsWithoutPadding(NDManager manager) {
    assertArrayEquals(
        new float[] {1, 0, 2},
        counts(manager, 3, 1, manager.create(new float[][] {{3, 3, 1, 0, 0}})));
  }

  @Nested
  @TensorTest
  final class OneHot implements ComponentContract {

    @Override
    public Object createComponent() {
      return new OneHotCondition();
    }
  }

  @Nested
  @TensorTest
  final class BagOfWords implements ComponentContract {

    @Override
    public Object createComponent() {
      return BagOfWordsCondition.plain();
    }
  }

  @Nested
  @TensorTest
  final class BagOfWordsWithLayers implements ComponentContract {

    @Override
    public Object createComponent() {
      return new BagOfWordsCondition(new BagOfWordsCondition.Options(List.of(8, 4)));
    }
  }

  @Nested
  @TensorTest
  final class Embedding implements ComponentContract {

    @Override
    public Object createComponent() {
      return new EmbeddingCondition(new EmbeddingCondition.Options(6));
    }
  }
}
