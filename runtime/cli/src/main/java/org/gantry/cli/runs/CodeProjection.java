package org.gantry.cli.runs;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.gantry.sampler.SamplingProgress;
import org.gantry.search.CodePredictor;
import org.gantry.search.CodeSearch;
import org.gantry.search.FoundSample;
import org.gantry.search.SearchSettings;
import org.gantry.search.SearchTarget;
import org.gantry.search.TypicalErrors;

/** Finds the codes of pictures in one way. */
final class CodeProjection {

  /** So many real pictures are enough to tell an unlikely error. */
  private static final int REAL_PICTURES = 200;

  private final CodeSearch search;
  private final SearchSettings settings;
  private final ProjectionWay way;
  private final BooleanSupplier stop;
  private final Optional<CodePredictor> predictor;
  private final Optional<TypicalErrors> typical;

  /**
   * What was found for a picture.
   *
   * @param sample the sample with its code
   * @param predictedError the mean absolute difference of the predicted code's sample
   * @param percentile the percentage of the data's pictures with a smaller predicted error
   */
  record Projection(FoundSample sample, OptionalDouble predictedError, OptionalDouble percentile) {}

  /**
   * Prepares projections. A predictor is compared with real pictures first.
   *
   * @param way one that asks the predictor only if the run has one
   * @param stop ends a search early, with the best so far
   */
  CodeProjection(
      CodeSearch search, SearchSettings settings, ProjectionWay way, BooleanSupplier stop) {
    this.search = search;
    this.settings = settings;
    this.way = way;
    this.stop = stop;
    predictor = way.predicts() ? search.predictor() : Optional.empty();
    typical = predictor.map(p -> TypicalErrors.measure(p, search, REAL_PICTURES));
  }

  /**
   * Finds the code of a picture.
   *
   * @param values in the scale of the data
   */
  Projection of(float[] values, SamplingProgress progress) {
    SearchTarget target = SearchTarget.whole(values);
    if (predictor.isEmpty()) {
      return new Projection(
          search.find(target, settings, progress, stop),
          OptionalDouble.empty(),
          OptionalDouble.empty());
    }
    float[] code = predictor.get().predict(values);
    FoundSample predicted = search.at(target, code);
    FoundSample found =
        way == ProjectionWay.PREDICTOR
            ? predicted
            : search.find(target, settings, new float[][] {code}, progress, stop);
    return new Projection(
        found,
        OptionalDouble.of(predicted.difference()),
        OptionalDouble.of(typical.orElseThrow().percentile(predicted.difference())));
  }
}
