package org.gantry.plugin.began;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Reshape;
import org.gantry.layers.Upsample;

/**
 * Decodes a code of shape (batch, units) to an image. With skips, the first feature map is enlarged
 * to every later size and concatenated to the channels there.
 *
 * <p>Parameter names in checkpoints contain the name of this class.
 */
final class Decoder extends AbstractBlock implements ScriptableBlock {

  private final Block start;
  private final List<Block> stages = new ArrayList<>();
  private final Block exit;
  private final boolean skips;
  private final Block doubling = new Upsample(2);

  Decoder(ImagePyramid pyramid, int width, boolean skips, FilterLayers filters) {
    this.skips = skips;
    Shape map = pyramid.startMap(width);
    start =
        addChildBlock(
            "start",
            new SequentialBlock()
                .add(Linear.builder().setUnits(map.size()).build())
                .add(new Reshape(map)));
    for (int i = 0; i <= pyramid.doublings(); i++) {
      SequentialBlock stage = new SequentialBlock();
      filters.addLayer(stage, skips && i > 0 ? 2 * width : width, width);
      filters.addLayer(stage, width, width);
      stages.add(addChildBlock("stage-" + i, stage));
    }
    exit = addChildBlock("exit", new Convolution(pyramid.channels(), FilterWindow.same(3), true));
    addChildBlock("doubling", doubling);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    start.initialize(manager, type, inputs);
    Shape first = start.getOutputShapes(inputs)[0];
    doubling.initialize(manager, type, first);
    Shape map = first;
    for (Block stage : stages) {
      Shape entering = stage == stages.get(0) ? map : stageInputShape(map, first);
      stage.initialize(manager, type, entering);
      map = stage.getOutputShapes(new Shape[] {entering})[0];
    }
    exit.initialize(manager, type, map);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray first = start.forward(store, inputs, training).singletonOrThrow();
    NDArray map = first;
    for (Block stage : stages) {
      if (stage != stages.get(0)) {
        map = doubling.forward(store, new NDList(map), training).singletonOrThrow();
        if (skips) {
          first = doubling.forward(store, new NDList(first), training).singletonOrThrow();
          map = map.concat(first, 1);
        }
      }
      map = stage.forward(store, new NDList(map), training).singletonOrThrow();
    }
    return exit.forward(store, new NDList(map), training);
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    List<ScriptWriter.ScriptValue> first = script.apply(start, inputs);
    List<ScriptWriter.ScriptValue> map = first;
    for (Block stage : stages) {
      if (stage != stages.get(0)) {
        map = script.apply(doubling, map);
        if (skips) {
          first = script.apply(doubling, first);
          map =
              script.call(
                  """
                  def forward(self, map: Tensor, first: Tensor) -> Tensor:
                    return torch.cat([map, first], 1)
                  """,
                  List.of(map.get(0), first.get(0)));
        }
      }
      map = script.apply(stage, map);
    }
    return script.apply(exit, map);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape first = start.getOutputShapes(inputs)[0];
    Shape map = first;
    for (Block stage : stages) {
      Shape entering = stage == stages.get(0) ? map : stageInputShape(map, first);
      map = stage.getOutputShapes(new Shape[] {entering})[0];
    }
    return exit.getOutputShapes(new Shape[] {map});
  }

  /** The input shape of a stage that follows a map of the given shape. */
  private Shape stageInputShape(Shape map, Shape first) {
    long channels = map.get(1) + (skips ? first.get(1) : 0);
    return new Shape(map.get(0), channels, 2 * map.get(2), 2 * map.get(3));
  }
}
