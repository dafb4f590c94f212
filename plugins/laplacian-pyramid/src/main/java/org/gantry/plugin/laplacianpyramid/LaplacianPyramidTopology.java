package org.gantry.plugin.laplacianpyramid;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.NetworkOutputs;
import org.gantry.graph.Signal;
import org.gantry.topology.ConditionEncoder;
import org.gantry.topology.Topology;

/**
 * Draws images coarse first, and then adds the details of each finer size. The coarsest level is a
 * plain game: a {@code coarse-generator} makes a small image of a code, and a {@code
 * coarse-discriminator} judges it. At each level from 1, a {@code level-1-generator} takes an
 * enlarged image and a plane of noise, and gives the details; a {@code level-1-discriminator}
 * judges their sum.
 *
 * <p>The levels are games of their own: each learns from enlarged real images. Only samples pass
 * through all levels.
 *
 * <p>With a label or a text, all networks see it, and a sample has the same at all levels. Each
 * network has an encoding of its own, in a role such as {@code level-1-generator-condition}; {@code
 * condition} in a recipe names the architecture of all.
 */
@Component(
    kind = TOPOLOGY,
    name = "laplacian-pyramid",
    summary = "Images drawn coarse first, with a game for the details of each finer size",
    paper = "arXiv:1506.05751, section 3")
final class LaplacianPyramidTopology implements Topology {

  private static final String IMAGE = DatasetField.IMAGE;

  /** The shortest side of the coarsest image. */
  private static final int LEAST_SIDE = 4;

  /**
   * A generator's values are in [-1, 1]. The difference of two images can be twice as large, though
   * it seldom is.
   */
  private static final float DETAIL_RANGE = 2;

  record Options(
      @Description("how many times an image is enlarged; each time its sides double, or nearly so")
          @DefaultValue("1")
          @Positive @Max(8) int levels,
      @Description("the label or the text that all networks see, such as label; empty for none")
          @DefaultValue("")
          String given) {}

  private final Options options;

  @Inject
  LaplacianPyramidTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    List<Signal> images = images(graph);
    Signal sample = coarsest(graph, images.get(0));
    Signal refined = null;
    for (int level = 1; level <= options.levels(); level++) {
      Signal fine = images.get(level);
      Signal enlarged = resized(graph, images.get(level - 1), fine);
      Signal given = withNoise(graph, level, enlarged);
      Network generator =
          graph
              .network("level-" + level + "-generator", GENERATOR)
              .takes("given", given)
              .gives(IMAGE, fine);
      Network discriminator =
          graph.network("level-" + level + "-discriminator", DISCRIMINATOR).takes(IMAGE, fine);
      List<Signal> request = condition(graph, generator);
      refined = refine(graph, generator, given, request, enlarged);
      play(graph, "level-" + level, discriminator, fine, refined, generator);
      Signal larger = resized(graph, sample, fine);
      sample = refine(graph, generator, withNoise(graph, level, larger), request, larger);
    }
    graph.use("sample", sample);
    graph.use("refined", refined, images.get(options.levels()));
  }

  /** The real images in all sizes, the coarsest first. */
  private List<Signal> images(Graph graph) {
    Signal real = graph.real(IMAGE);
    Shape shape = graph.field(IMAGE).shape();
    if (shape.dimension() != 3) {
      throw new UnusableComponentException(
          "it needs images, not samples of shape %s".formatted(shape));
    }
    int height = Math.toIntExact(shape.get(1));
    int width = Math.toIntExact(shape.get(2));
    List<Signal> images = new ArrayList<>(List.of(real));
    for (int level = 0; level < options.levels(); level++) {
      height = (height + 1) / 2;
      width = (width + 1) / 2;
      AreaResize smaller = new AreaResize(height, width);
      images.add(
          0, graph.typed(ValueType.IMAGE, graph.map("coarser", smaller::apply, images.get(0))));
    }
    if (Math.min(height, width) < LEAST_SIDE) {
      throw new UnusableComponentException(
          "images of %d x %d pixels have %d x %d after %d times half the size; the coarsest needs at least %d x %d, so set fewer levels"
              .formatted(
                  shape.get(1),
                  shape.get(2),
                  height,
                  width,
                  options.levels(),
                  LEAST_SIDE,
                  LEAST_SIDE));
    }
    return images;
  }

  /** The game of the coarsest level; returns the generated image. */
  private Signal coarsest(Graph graph, Signal real) {
    Signal latent = graph.latent("latent");
    Network generator =
        graph.network("coarse-generator", GENERATOR).takes("latent", latent).gives(IMAGE, real);
    Network discriminator = graph.network("coarse-discriminator", DISCRIMINATOR).takes(IMAGE, real);
    Signal fake = apply(generator, latent, condition(graph, generator)).get(IMAGE);
    play(graph, "coarse", discriminator, real, fake, generator);
    return fake;
  }

  private void play(
      Graph graph,
      String name,
      Network discriminator,
      Signal real,
      Signal fake,
      Network generator) {
    Signal[] seen = condition(graph, discriminator).toArray(new Signal[0]);
    graph.pair(
        name,
        discriminator,
        example(real, seen),
        new FakeExample(example(fake, seen), List.of(generator.player()), 1, 1));
  }

  private static Example example(Signal image, Signal... condition) {
    return condition.length == 0 ? Example.of(image) : Example.of(image, condition[0]);
  }

  /** The label or the text in numbers, as a network sees it; empty without a condition. */
  private List<Signal> condition(Graph graph, Network network) {
    return options.given().isEmpty()
        ? List.of()
        : List.of(
            ConditionEncoder.of(graph, network.role() + "-condition", options.given(), network)
                .condition());
  }

  private static NetworkOutputs apply(Network network, Signal input, List<Signal> condition) {
    return condition.isEmpty() ? network.apply(input) : network.apply(input, condition.get(0));
  }

  private static Signal resized(Graph graph, Signal image, Signal like) {
    AreaResize larger =
        new AreaResize(Math.toIntExact(like.shape().get(2)), Math.toIntExact(like.shape().get(3)));
    return graph.typed(ValueType.IMAGE, graph.map("enlarged", larger::apply, image));
  }

  /** An image with a plane of noise as a further channel. */
  private static Signal withNoise(Graph graph, int level, Signal image) {
    Shape shape = image.shape();
    Signal noise =
        graph.normal("noise-" + level, new Shape(shape.get(0), 1, shape.get(2), shape.get(3)));
    return graph.typed(
        ValueType.IMAGE,
        graph.map("with-noise", (a, b) -> NDArrays.concat(new NDList(a, b), 1), image, noise));
  }

  /** The sum of an enlarged image and the details that a generator gives to it. */
  private static Signal refine(
      Graph graph, Network generator, Signal given, List<Signal> condition, Signal enlarged) {
    Signal details = apply(generator, given, condition).get(IMAGE);
    return graph.typed(
        ValueType.IMAGE,
        graph.map("refined", LaplacianPyramidTopology::withDetails, enlarged, details));
  }

  /** An image with details, which a generator gives in half their range. */
  static NDArray withDetails(NDArray image, NDArray details) {
    return image.add(details.mul(DETAIL_RANGE));
  }
}
