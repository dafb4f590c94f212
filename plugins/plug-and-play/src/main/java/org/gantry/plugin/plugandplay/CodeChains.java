package org.gantry.plugin.plugandplay;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/**
 * Chains of codes that start from the prior of the run and move towards a class.
 *
 * @param step the weights of a step
 * @param prior where the prior leads
 * @param objective what a chain increases
 * @param steps the number of steps, at least 0
 * @param every the steps between two images of a chain; 0 for the last image alone
 */
record CodeChains(ChainStep step, CodePrior prior, ClassObjective objective, int steps, int every) {

  /** So many chains are moved at once. */
  private static final int CHUNK = 128;

  /** The stream of the noise, at the position of chain and step. */
  private static final String NOISE = "langevin";

  /** The number of images of a chain. */
  int imagesPerChain() {
    return every == 0 ? 1 : steps / every + 1;
  }

  /**
   * Draws the images of a request. Consecutive images belong to one chain, and a chain has the
   * label of its first image. Chain i depends only on the seed and i.
   *
   * @return shape (count, ...); belongs to the manager of the model
   */
  NDArray sample(SamplingRequest request) {
    TrainedModel model = request.model();
    ChainUses uses = ChainUses.of(model, request.use());
    ChainNetworks networks = new ChainNetworks(model, uses);
    int chains = (request.count() - 1) / imagesPerChain() + 1;
    float[][] codes = start(request, uses, chains);
    float[] labels = labels(request, uses, chains);
    try (NDManager scratch = model.manager().newSubManager()) {
      NDList images = new NDList();
      for (int first = 0; first < chains; first += CHUNK) {
        int end = Math.min(chains, first + CHUNK);
        images.add(
            new Chunk(networks, request, chains, first, Arrays.copyOfRange(labels, first, end))
                .move(Arrays.copyOfRange(codes, first, end), scratch));
      }
      NDArray all = images.size() == 1 ? images.get(0) : NDArrays.concat(images);
      NDArray wanted = all.get(new NDIndex("0:{}", request.count()));
      wanted.attach(model.manager());
      return wanted;
    }
  }

  private float[][] start(SamplingRequest request, ChainUses uses, int chains) {
    NDArray given = request.given().get(uses.latent().name());
    float[][] codes;
    if (given == null) {
      try (NDArray drawn = request.model().drawCodes(uses.latent(), chains)) {
        codes = CodeRows.of(drawn);
      }
    } else {
      float[][] all = CodeRows.of(given);
      codes =
          IntStream.range(0, chains)
              .mapToObj(chain -> all[chain * imagesPerChain()].clone())
              .toArray(float[][]::new);
    }
    for (float[] code : codes) {
      step.range().clip(code);
    }
    return codes;
  }

  private float[] labels(SamplingRequest request, ChainUses uses, int chains) {
    float[] all = request.given().get(uses.label().name()).toFloatArray();
    float[] labels = new float[chains];
    for (int chain = 0; chain < chains; chain++) {
      labels[chain] = all[chain * imagesPerChain()];
    }
    return labels;
  }

  /** Consecutive chains that move together, from the one with the number {@code first} on. */
  private final class Chunk {

    private final ChainNetworks networks;
    private final SamplingRequest request;
    private final int chains;
    private final int first;
    private final float[] labels;

    Chunk(ChainNetworks networks, SamplingRequest request, int chains, int first, float[] labels) {
      this.networks = networks;
      this.request = request;
      this.chains = chains;
      this.first = first;
      this.labels = labels;
    }

    /** Moves the chains. Returns their images, those of one chain after those of another. */
    NDArray move(float[][] codes, NDManager scratch) {
      NDArray classes =
          FloatArrays.fill(scratch, new Shape(labels.length), buffer -> buffer.put(labels));
      float[][] at = codes;
      List<NDArray> images = new ArrayList<>();
      for (int done = 0; done < steps; done++) {
        if (every > 0 && done % every == 0) {
          images.add(networks.images(scratch, at, classes));
        }
        at = moved(at, classes, done, scratch);
        request.progress().report((long) first * steps + (long) (done + 1) * at.length, total());
      }
      if (every == 0 || steps % every == 0) {
        images.add(networks.images(scratch, at, classes));
      }
      NDArray byChain = NDArrays.stack(new NDList(images), 1);
      Shape sample = images.get(0).getShape().slice(1);
      NDArray all = byChain.reshape(new Shape((long) at.length * images.size()).addAll(sample));
      all.attach(scratch);
      return all;
    }

    private long total() {
      return (long) chains * steps;
    }

    private float[][] moved(float[][] codes, NDArray classes, int done, NDManager scratch) {
      boolean encodes = step.prior() != 0 && prior == CodePrior.RECONSTRUCTION;
      ChainNetworks.Slopes slopes =
          networks.slopes(scratch, codes, classes, objective, step.condition() != 0, encodes);
      float[][] moved = new float[codes.length][];
      for (int row = 0; row < codes.length; row++) {
        moved[row] =
            step.next(
                codes[row],
                step.prior() == 0
                    ? null
                    : prior.step(codes[row], encodes ? slopes.encoded()[row] : null),
                step.condition() == 0 ? null : slopes.gradients()[row],
                step.noise() == 0 ? null : noise(first + row, done, codes[row].length));
      }
      return moved;
    }

    private double[] noise(int chain, int done, int length) {
      RandomGenerator random = request.model().randomStreams().at(NOISE, chain, done);
      return DoubleStream.generate(random::nextGaussian).limit(length).toArray();
    }
  }
}
