package org.gantry.plugin.unet;

import org.gantry.layers.Normalization;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;

@TensorTest
final class ChannelwiseBottleneckTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new UnetGenerator(
        new UnetGenerator.Options(
            4, Normalization.INSTANCE, 0, false, BottleneckLayers.CHANNEL_WISE, 8));
  }
}
