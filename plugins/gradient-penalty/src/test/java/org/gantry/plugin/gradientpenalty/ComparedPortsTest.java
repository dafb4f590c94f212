package org.gantry.plugin.gradientpenalty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gantry.data.ValueType;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Signal;
import org.junit.jupiter.api.Test;

final class ComparedPortsTest {

  /** A signal outside of any graph. */
  private record LooseSignal(String name, Shape shape, ValueType type) implements Signal {}

  private static Signal signal(String name, ValueType type) {
    return new LooseSignal(name, new Shape(4, 2), type);
  }

  private final Signal real = signal("real", ValueType.IMAGE);
  private final Signal made = signal("made", ValueType.IMAGE);
  private final Signal right = signal("right", ValueType.CONDITION);
  private final Signal wrong = signal("wrong", ValueType.CONDITION);

  private static FakeExample fake(Signal... signals) {
    return new FakeExample(Example.of(signals), List.of(), 1, 0);
  }

  @Test
  void imagesAreComparedAndConditionsAreNot() {
    Example example = Example.of(real, right);
    assertEquals(List.of(0), InputGradientNorm.comparedPorts(example, List.of(fake(made, right))));
    assertEquals(
        List.of(0),
        InputGradientNorm.comparedPorts(example, List.of(fake(made, right), fake(real, wrong))));
  }

  @Test
  void aRealImageWithAWrongConditionIsNoOtherSample() {
    Example example = Example.of(real, right);
    assertTrue(InputGradientNorm.isOtherSample(example, fake(made, right)));
    assertFalse(InputGradientNorm.isOtherSample(example, fake(real, wrong)));
  }
}
