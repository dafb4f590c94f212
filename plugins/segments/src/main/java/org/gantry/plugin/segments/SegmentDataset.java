package org.gantry.plugin.segments;

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
 * Points (0, u) in the plane, with u uniform in [0, 1). They have no density, so a discriminator
 * can separate them perfectly from the points of any other segment.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "segment",
    summary = "2D points on a line segment, disjoint from a parallel one",
    paper = "arXiv:1701.04862, section 2",
    gives = DatasetField.IMAGE)
final class SegmentDataset implements SampledDataset {

  private static final double REACH = 1.5;

  @Override
  public List<DatasetField> fields() {
    return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), -REACH, REACH, List.of()));
  }

  @Override
  public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    into.get(DatasetField.IMAGE).put(0).put(random.nextFloat());
  }
}
