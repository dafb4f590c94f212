package ${package};

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.prior.Prior;

/** Draws codes of 1 and -1. Replace it by your own prior. */
@Component(
    kind = ComponentKind.PRIOR,
    name = "${name}",
    summary = "Codes of 64 elements, each of which is 1 or -1 with equal probability")
final class ${className} implements Prior {

  @Override
  public Shape shape() {
    return new Shape(64);
  }

  @Override
  public void draw(RandomGenerator random, FloatBuffer into) {
    while (into.hasRemaining()) {
      into.put(random.nextBoolean() ? 1 : -1);
    }
  }
}
