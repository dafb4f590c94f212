package ${package};

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.prior.Prior;

/** Codes of signs, to begin with. */
@Component(
    kind = ComponentKind.PRIOR,
    name = "${name}",
    summary = "Codes of 64 coordinates, each of which is 1 or -1 with the same probability")
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
