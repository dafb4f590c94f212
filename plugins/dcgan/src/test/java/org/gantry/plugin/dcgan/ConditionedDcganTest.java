package org.gantry.plugin.dcgan;

import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Normalization;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Nested;

/** The contract of the discriminator for each place of a condition. */
final class ConditionedDcganTest {

  private static DcganDiscriminator discriminator(ConditionPlace place) {
    return new DcganDiscriminator(new DcganDiscriminator.Options(4, 4, Normalization.LAYER, place));
  }

  @Nested
  @TensorTest
  final class AtTheInput implements ComponentContract {

    @Override
    public Object createComponent() {
      return discriminator(ConditionPlace.INPUT);
    }
  }

  @Nested
  @TensorTest
  final class AtAHiddenLayer implements ComponentContract {

    @Override
    public Object createComponent() {
      return discriminator(ConditionPlace.HIDDEN);
    }
  }

  @Nested
  @TensorTest
  final class ByProjection implements ComponentContract {

    @Override
    public Object createComponent() {
      return discriminator(ConditionPlace.PROJECTION);
    }
  }
}
