package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.Kernel;

/**
 * A small convolutional classifier and its optimizer. Images with a side above 32 pixels are first
 * halved by 2x2 average pooling, which keeps classes recognisable and bounds the cost. Stages of a
 * 3x3 convolution, ReLU and 2x2 max pooling halve the image until its longer side is at most 8. A
 * fully connected layer with ReLU gives the 64 features, and a second one without an activation
 * gives the logits of all labels, one after the other.
 *
 * <p>Weights are lists of (weight, bias) pairs in this order, without gradients.
 */
final class ClassifierNetwork implements AutoCloseable {

  /** The number of features. */
  static final int FEATURES = 64;

  private static final int MAX_SIDE = 32;
  private static final int FEATURE_MAP_SIDE = 8;
  private static final int FIRST_CHANNELS = 16;
  private static final int MAX_CHANNELS = 64;

  /** The forward pass, shared by both kernels. */
  private static final String FORWARD =
      """
        h = images
        while torch.size(h, 2) > 32 or torch.size(h, 3) > 32:
          h = torch.avg_pool2d(h, [2, 2], [2, 2], [0, 0], True, False)
        layers = torch.floordiv(len(weights), 2)
        for i in range(layers - 2):
          h = torch.conv2d(h, weights[2 * i], weights[2 * i + 1], [1, 1], [1, 1])
          h = torch.max_pool2d(torch.relu(h), [2, 2], [2, 2], [0, 0], [1, 1], True)
        h = torch.flatten(h, 1)
        n = 2 * (layers - 2)
        features = torch.relu(torch.linear(h, weights[n], weights[n + 1]))
        logits = torch.linear(features, weights[n + 2], weights[n + 3])
      """;

  private static final String APPLY =
      """
      def forward(self, images: Tensor, weights: List[Tensor]) -> Tuple[Tensor, Tensor]:
      """
          + FORWARD
          + """
            labels = torch.split_with_sizes(torch.to(logits, 7), CLASSES, 1)
            probabilities: List[Tensor] = []
            for i in range(len(labels)):
              probabilities.append(torch.softmax(labels[i], 1))
            return (torch.cat(probabilities, 1), features)
          """;

  /**
   * One step of Adam (arXiv:1412.6980, algorithm 1) on the mean cross entropy of a batch, summed
   * over the labels.
   */
  private static final String STEP =
      """
      def forward(self, images: Tensor, labels: Tensor, rate: Tensor, step: Tensor, \
      parameters: List[Tensor], means: List[Tensor], squares: List[Tensor]) -> Tensor:
        weights: List[Tensor] = []
        for i in range(len(parameters)):
          weights.append(torch.requires_grad_(torch.detach(parameters[i])))
      """
          + FORWARD
          + """
            classes = torch.to(labels, 4)
            predictions = torch.split_with_sizes(logits, CLASSES, 1)
            loss = torch.cross_entropy_loss(predictions[0], torch.select(classes, 1, 0))
            for i in range(1, len(predictions)):
              other = torch.cross_entropy_loss(predictions[i], torch.select(classes, 1, i))
              loss = torch.add(loss, other)
            gradients = torch.autograd.grad([loss], weights, None, None, False, False)
            unbias = torch.rsub(torch.pow(0.999, step), 1.0)
            size = torch.div(rate, torch.rsub(torch.pow(0.9, step), 1.0))
            for i in range(len(parameters)):
              gradient = gradients[i]
              if gradient is not None:
                torch.add_(torch.mul_(means[i], 0.9), gradient, alpha=0.1)
                torch.addcmul_(torch.mul_(squares[i], 0.999), gradient, gradient, value=0.001)
                root = torch.add_(torch.sqrt(torch.div(squares[i], unbias)), 1.0e-8)
                torch.sub_(parameters[i], torch.mul(torch.div(means[i], root), size))
            return torch.detach(loss)
          """;

  private final Kernel apply;
  private final Kernel step;

  /**
   * Loads the kernels.
   *
   * @param manager owns them
   * @param classes the number of classes of each label
   */
  ClassifierNetwork(NDManager manager, List<Integer> classes) {
    apply = Kernel.load(manager, APPLY.replace("CLASSES", classes.toString()));
    step = Kernel.load(manager, STEP.replace("CLASSES", classes.toString()));
  }

  /**
   * New weights: normal with variance 2 / inputs (arXiv:1502.01852, section 2.2); biases are 0.
   *
   * @param image the shape (channels, height, width)
   * @param classes the number of classes of all labels
   */
  static NDList initialWeights(
      NDManager manager, Shape image, int classes, RandomGenerator random) {
    NDList weights = new NDList();
    long channels = image.get(0);
    long height = image.get(1);
    long width = image.get(2);
    while (Math.max(height, width) > MAX_SIDE) {
      height = (height + 1) / 2;
      width = (width + 1) / 2;
    }
    long next = FIRST_CHANNELS;
    while (Math.max(height, width) > FEATURE_MAP_SIDE) {
      addLayer(manager, weights, random, new Shape(next, channels, 3, 3));
      channels = next;
      next = Math.min(2 * next, MAX_CHANNELS);
      height = (height + 1) / 2;
      width = (width + 1) / 2;
    }
    addLayer(manager, weights, random, new Shape(FEATURES, channels * height * width));
    addLayer(manager, weights, random, new Shape(classes, FEATURES));
    return weights;
  }

  private static void addLayer(
      NDManager manager, NDList weights, RandomGenerator random, Shape shape) {
    long inputs = shape.size() / shape.get(0);
    double deviation = Math.sqrt(2.0 / inputs);
    weights.add(
        FloatArrays.fill(
            manager,
            shape,
            buffer -> {
              while (buffer.hasRemaining()) {
                buffer.put((float) random.nextGaussian(0, deviation));
              }
            }));
    weights.add(manager.zeros(new Shape(shape.get(0))));
  }

  /**
   * Classifies images.
   *
   * @param into owns the results
   * @param images shape (n, channels, height, width)
   * @return class probabilities of shape (n, classes of all labels) in float64, and features of
   *     shape (n, 64)
   */
  NDList classify(NDManager into, NDArray images, NDList weights) {
    return apply.call(into, List.of(images, weights));
  }

  /**
   * Updates weights and moments in place.
   *
   * @param into owns the result
   * @param labels class indices as floats, shape (n, labels)
   * @param rate the learning rate
   * @param number the number of this update, from 1
   * @return the mean cross entropy of the batch before the update, summed over the labels; a scalar
   */
  NDArray trainStep(
      NDManager into,
      NDArray images,
      NDArray labels,
      float rate,
      int number,
      NDList weights,
      NDList means,
      NDList squares) {
    return step.call(
            into,
            List.of(
                images,
                labels,
                into.create(rate),
                into.create((float) number),
                weights,
                means,
                squares))
        .singletonOrThrow();
  }

  @Override
  public void close() {
    apply.close();
    step.close();
  }
}
