package org.gantry.plugin.imagepool;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.graph.TensorState;
import org.gantry.regularizer.Regularizer;

/**
 * Shows discriminators earlier fakes among the new ones, so that they do not forget what generators
 * made before. A new fake takes the place of one in the pool with a probability of one half, and
 * the discriminator then sees the earlier one.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "image-pool",
    summary = "Discriminators see earlier fakes from a pool among the new ones",
    paper = "arXiv:1612.07828, section 2.3; arXiv:1703.10593, section 4")
final class ImagePool implements Regularizer {

  private static final String NAME = "image-pool";

  record Options(
      @Description("the number of fakes in the pool") @DefaultValue("50") @Positive int size,
      @Description("the roles of the discriminators that see the pool; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  ImagePool(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      graph.revisePair(pair.name(), stated -> withPool(stated, graph));
    }
  }

  /** The pair, whose discriminator sees pooled fakes and whose makers see the new ones. */
  private AdversarialPair withPool(AdversarialPair pair, Graph graph) {
    List<FakeExample> fakes = new ArrayList<>();
    for (FakeExample fake : pair.fakes()) {
      if (fake.example().signals().size() > 1) {
        throw new UnusableComponentException(
            "an image pool needs a discriminator of images alone, without a condition");
      }
      Example pooled = Example.of(pooled(graph, fake.example().signals().get(0)));
      fakes.add(new FakeExample(fake.name(), pooled, List.of(), fake.discriminatorWeight(), 0));
      fakes.add(
          new FakeExample(fake.name(), fake.example(), fake.makers(), 0, fake.generatorWeight()));
    }
    return new AdversarialPair(
        pair.name(), pair.discriminator(), pair.real(), pair.makers(), fakes);
  }

  private Signal pooled(Graph graph, Signal fake) {
    long batch = fake.shape().get(0);
    long size = Math.max(options.size(), batch);
    TensorState pool = graph.state(NAME, new Shape(size, fake.shape().size() / batch), 0);
    TensorState used = graph.state(NAME + "-used", new Shape(size, 1), 0);
    Signal order = graph.uniform(NAME + "-order", new Shape(size));
    Signal coin = graph.uniform(NAME + "-coin", new Shape(batch, 1));
    // Row i has a 1 at the place of fake i. No two fakes have the same place.
    Signal places = graph.map("places", u -> firstPlaces(u, batch), order);
    Signal taken = graph.map("taken", NDArray::matMul, places, used.signal());
    Signal shown = graph.map("shown", (t, c) -> t.mul(atLeastHalf(c)), taken, coin);
    Signal stored =
        graph.combine(
            "stored", v -> v.get(0).mul(v.get(1).neg().add(1).add(v.get(2))), places, taken, shown);
    used.setRule((value, v) -> value.maximum(columnSums(v.get(0))), stored);
    pool.setRule((value, v) -> replace(value, v.get(0), v.get(1)), stored, fake);
    return graph.combine(
        "pooled",
        v -> mix(v.get(0), v.get(1).matMul(v.get(2)), v.get(3)),
        fake,
        places,
        pool.signal(),
        shown);
  }

  private static NDArray firstPlaces(NDArray order, long count) {
    int size = Math.toIntExact(order.size());
    return order.argSort().get(new NDIndex(":{}", count)).oneHot(size, order.getDataType());
  }

  private static NDArray atLeastHalf(NDArray coin) {
    return coin.gte(0.5f).toType(coin.getDataType(), false);
  }

  private static NDArray columnSums(NDArray places) {
    return places.sum(new int[] {0}).reshape(-1, 1);
  }

  /** The pool with new fakes at their places. */
  private static NDArray replace(NDArray pool, NDArray places, NDArray fakes) {
    NDArray rows = fakes.reshape(fakes.getShape().get(0), -1);
    return pool.mul(columnSums(places).neg().add(1)).add(places.transpose().matMul(rows));
  }

  /** The earlier fakes where they are shown, and the new ones elsewhere. */
  private static NDArray mix(NDArray fakes, NDArray earlier, NDArray shown) {
    NDArray rows = fakes.reshape(earlier.getShape());
    return rows.add(earlier.sub(rows).mul(shown)).reshape(fakes.getShape());
  }
}
