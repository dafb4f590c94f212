package org.gantry.plugin.stackgan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The networks of arXiv:1612.03242 in the sizes of the authors' code. */
@TensorTest
final class StackganNetworksTest {

  private static final Shape CODE = new Shape(100);
  private static final Shape CONDITION = new Shape(128);
  private static final Shape SMALL = new Shape(3, 64, 64);
  private static final Shape LARGE = new Shape(3, 256, 256);

  @Nested
  @TensorTest
  final class First implements ComponentContract {

    @Override
    public Object createComponent() {
      return new FirstStageGenerator(new FirstStageGenerator.Options(2));
    }
  }

  @Nested
  @TensorTest
  final class Second implements ComponentContract {

    @Override
    public Object createComponent() {
      return new SecondStageGenerator(new SecondStageGenerator.Options(2, 1));
    }
  }

  @Nested
  @TensorTest
  final class Discriminator implements ComponentContract {

    @Override
    public Object createComponent() {
      return new StackganDiscriminator(new StackganDiscriminator.Options(2));
    }
  }

  @Test
  void theFirstLayerOfThePaperHasItsParameters(NDManager manager) {
    Block network =
        new FirstStageGenerator(new FirstStageGenerator.Options(128))
            .build(
                new StandaloneSite(
                    "generator",
                    Map.of("latent", CODE, "condition", CONDITION),
                    Map.of("image", SMALL)));
    Block first = network.getChildren().values().get(1);
    first.initialize(manager, DataType.FLOAT32, new Shape(1, 228));

    assertEquals(
        batch(SMALL), network.getOutputShapes(new Shape[] {batch(CODE), batch(CONDITION)})[0]);
    assertEquals(
        3_751_936,
        first.getParameters().values().stream()
            .mapToLong(parameter -> parameter.getShape().size())
            .sum());
  }

  @Test
  void theConditionJoinsAMapOf16PixelsWith512Channels() {
    Block network = second(128);
    Block joined = network.getChildren().values().get(0);

    assertEquals(
        new Shape(1, 640, 16, 16),
        joined.getOutputShapes(new Shape[] {batch(SMALL), batch(CONDITION)})[0]);
    assertEquals(
        batch(LARGE), network.getOutputShapes(new Shape[] {batch(SMALL), batch(CONDITION)})[0]);
  }

  @Test
  void theFeaturesOfBothDiscriminatorsHave512ChannelsOf4Pixels() {
    for (Shape image : new Shape[] {SMALL, LARGE}) {
      Block network =
          new StackganDiscriminator(new StackganDiscriminator.Options(64))
              .build(
                  new StandaloneSite(
                      "discriminator", Map.of("image", image, "condition", CONDITION), Map.of()));
      Shape[] outputs = network.getOutputShapes(new Shape[] {batch(image), batch(CONDITION)});

      assertEquals(new Shape(1, 1), outputs[0]);
      assertEquals(new Shape(1, 512, 4, 4), outputs[1]);
    }
  }

  @Test
  void imagesThatAreNotDoubledAreRefused() {
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () ->
                new SecondStageGenerator(new SecondStageGenerator.Options(2, 1))
                    .build(
                        new StandaloneSite(
                            "generator",
                            Map.of("given", new Shape(1, 8, 8)),
                            Map.of("image", new Shape(1, 24, 24)))));

    assertTrue(refusal.getMessage().contains("not (1, 24, 24) of (1, 8, 8)"), refusal.getMessage());
  }

  private static Block second(int width) {
    return new SecondStageGenerator(new SecondStageGenerator.Options(width, 4))
        .build(
            new StandaloneSite(
                "generator",
                Map.of("given", SMALL, "condition", CONDITION),
                Map.of("image", LARGE)));
  }

  private static Shape batch(Shape shape) {
    return new Shape(1).addAll(shape);
  }
}
