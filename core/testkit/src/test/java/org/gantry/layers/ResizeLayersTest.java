package org.gantry.layers;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import org.gantry.component.UnusableComponentException;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ResizeLayersTest {

  @Test
  void reflectionDoesNotRepeatTheEdge(NDManager manager) {
    NDArray x = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
    ArrayAssertions.assertClose(
        0,
        pass(manager, new ReflectionPadding(1), x),
        4,
        3,
        4,
        3,
        2,
        1,
        2,
        1,
        4,
        3,
        4,
        3,
        2,
        1,
        2,
        1);
  }

  @Test
  void upsamplingRepeatsPixels(NDManager manager) {
    NDArray x = manager.create(new float[] {1, 2}, new Shape(1, 1, 1, 2));
    ArrayAssertions.assertClose(0, pass(manager, new Upsample(2), x), 1, 1, 2, 2, 1, 1, 2, 2);
  }

  @Test
  void pixelsAreShuffledChannelByChannel(NDManager manager) {
    NDArray x = manager.create(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, new Shape(1, 8, 1, 1));
    ArrayAssertions.assertClose(0, pass(manager, new PixelShuffle(2), x), 0, 1, 2, 3, 4, 5, 6, 7);
    NDArray wide = manager.create(new float[] {0, 10, 1, 11, 2, 12, 3, 13}, new Shape(1, 4, 1, 2));
    ArrayAssertions.assertClose(
        0, pass(manager, new PixelShuffle(2), wide), 0, 1, 10, 11, 2, 3, 12, 13);
  }

  @Test
  void channelsThatAreNoSquaresAreNotShuffled() {
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> new PixelShuffle(2).getOutputShapes(new Shape[] {new Shape(1, 6, 4, 4)}));
    assertTrue(refusal.getMessage().contains("a multiple of 4, not (1, 6, 4, 4)"));
  }

  @Test
  void downsamplingAveragesSquares(NDManager manager) {
    NDArray x =
        manager.create(new float[] {1, 2, 5, 6, 3, 4, 7, 8, 9, 9, 9, 9}, new Shape(1, 1, 3, 4));
    ArrayAssertions.assertClose(1e-6, pass(manager, new Downsample(2), x), 2.5, 6.5);
  }

  @Test
  void paddingAsWideAsTheImageIsRefused() {
    Block layer = new ReflectionPadding(4);
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> layer.getOutputShapes(new Shape[] {new Shape(1, 1, 4, 4)}));
    assertTrue(refusal.getMessage().contains("(1, 1, 4, 4)"), refusal.getMessage());
  }

  @Test
  void aReshapeToAnotherSizeIsRefused() {
    Block layer = new Reshape(new Shape(3, 3));
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> layer.getOutputShapes(new Shape[] {new Shape(2, 10)}));
    assertTrue(refusal.getMessage().contains("(3, 3)"), refusal.getMessage());
  }

  @Test
  void branchesOfAResidualBlockWithDifferentShapesAreRefused() {
    Block block = new Residual(new Upsample(2), Activation.NONE.layer());
    assertThrows(
        UnusableComponentException.class,
        () -> block.getOutputShapes(new Shape[] {new Shape(1, 1, 4, 4)}));
  }

  private static NDArray pass(NDManager manager, Block layer, NDArray x) {
    return LayerTrial.of(manager, layer, x.getDataType(), x.getShape()).train(x);
  }
}
