package org.gantry.plugin.began;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.gantry.layers.Pointwise;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class VanishingResidualTest {

  @Test
  void aLayerStartsAsTheIdentityAndIsPlainAfterItsSpan(NDManager manager) {
    VanishingResidual residual =
        new VanishingResidual(new Pointwise(x -> x.mul(3f), "3 x"), 16_000);
    residual.initialize(manager, DataType.FLOAT32, new Shape(1, 1));

    assertEquals(1.0, ofOne(manager, residual), 1e-6);
    count(residual, 4_000);
    assertEquals(1.5, ofOne(manager, residual), 1e-5);
    count(residual, 12_000);
    assertEquals(3.0, ofOne(manager, residual), 1e-5);
    count(residual, 5_000);
    assertEquals(3.0, ofOne(manager, residual), 1e-6);
  }

  @Test
  void anExportedNetworkKeepsTheCarryOfItsTraining(NDManager manager) {
    CountingDiscriminator place =
        new CountingDiscriminator(StandaloneSite.generator(new Shape(8), new Shape(1, 16, 16)));
    Block generator = new BeganDecoder(new BeganDecoder.Options(3, true, 10)).build(place);
    generator.initialize(manager, DataType.FLOAT32, new Shape(2, 8));
    for (int i = 0; i < 4; i++) {
      place.update();
    }

    ExportAssertions.assertSameOutputs(
        manager, generator, new NDList(manager.randomNormal(new Shape(2, 8))));
  }

  @Test
  void onlyLayersThatKeepTheirChannelsAreResidual() {
    Shape image = new Shape(1, 16, 16);
    CountingDiscriminator decoder =
        new CountingDiscriminator(StandaloneSite.generator(new Shape(8), image));
    CountingDiscriminator skipping =
        new CountingDiscriminator(StandaloneSite.generator(new Shape(8), image));
    CountingDiscriminator autoencoder =
        new CountingDiscriminator(StandaloneSite.discriminator(image));

    new BeganDecoder(new BeganDecoder.Options(3, false, 10)).build(decoder);
    new BeganDecoder(new BeganDecoder.Options(3, true, 10)).build(skipping);
    new BeganAutoencoder(new BeganAutoencoder.Options(3, 4, false, 10)).build(autoencoder);

    assertEquals(4, decoder.count());
    assertEquals(3, skipping.count());
    assertEquals(4 + 4, autoencoder.count());
  }

  private static void count(VanishingResidual residual, int updates) {
    for (int i = 0; i < updates; i++) {
      residual.countUpdate();
    }
  }

  private static double ofOne(NDManager manager, Block block) {
    NDArray one = manager.ones(new Shape(1, 1));
    return block
        .forward(new ParameterStore(manager, false), new NDList(one), false)
        .singletonOrThrow()
        .getFloat();
  }
}
