package ${package};

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.Kind;
import org.gantry.data.Field;
import org.gantry.data.SampledDataset;

/** Points on a circle, to begin with. For samples that are read, see {@code IndexedDataset}. */
@Component(
    kind = Kind.DATASET,
    name = "${name}",
    summary = "Points that are spread evenly over the circle of radius 1 around the origin",
    gives = Field.IMAGE)
final class ${className} implements SampledDataset {

  @Override
  public List<Field> fields() {
    return List.of(new Field(Field.IMAGE, new Shape(2), -1, 1, List.of()));
  }

  @Override
  public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    double angle = random.nextDouble(2 * Math.PI);
    into.get(Field.IMAGE).put((float) Math.cos(angle)).put((float) Math.sin(angle));
  }
}
