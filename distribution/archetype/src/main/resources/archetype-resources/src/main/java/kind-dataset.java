package ${package};

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;

/**
 * Points on a circle. Replace it by your own data set. For a finite data set, implement {@code
 * IndexedDataset}.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "${name}",
    summary = "Points drawn uniformly from the circle of radius 1 around the origin",
    gives = DatasetField.IMAGE)
final class ${className} implements SampledDataset {

  @Override
  public List<DatasetField> fields() {
    return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), -1, 1, List.of()));
  }

  @Override
  public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    double angle = random.nextDouble(2 * Math.PI);
    into.get(DatasetField.IMAGE).put((float) Math.cos(angle)).put((float) Math.sin(angle));
  }
}
