package org.gantry.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.training.TinyRun;
import org.gantry.runs.training.TrainedRun;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class CodeSearchTest {

  private static final SearchSettings SETTINGS = new SearchSettings(200, 2, 0.05, 0);

  @TempDir Path folder;

  /** What a test does with the networks of a tiny run. */
  private interface ModelTest {
    void run(TrainedModel model, ModelUse use);
  }

  private void withModel(NDManager manager, ModelTest test) {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    try (TrainedRun run =
        TinyRun.reopen(TinyRun.train(folder.resolve("run"), composed), composed)) {
      TrainedModel model = run.trainedModel(manager, 1);
      test.run(model, model.uses().get(0));
    }
  }

  private static float[] sampleOf(TrainedModel model, ModelUse use, float value) {
    try (NDArray code =
        model.manager().full(new Shape(1).addAll(use.codes().get(0).field().shape()), value)) {
      return model.make(use, Map.of(use.codes().get(0).name(), code)).toFloatArray();
    }
  }

  @Test
  void theCodeOfASampleOfTheGeneratorIsFound(NDManager manager) {
    withModel(
        manager,
        (model, use) -> {
          float[] sample = sampleOf(model, use, 0.7f);
          FoundSample found =
              new CodeSearch(model, use, Map.of(), Optional.empty())
                  .find(SearchTarget.whole(sample), SETTINGS, (done, total) -> {}, () -> false);

          assertArrayEquals(sample, found.sample(), 1e-3f);
          assertTrue(found.difference() < found.firstDifference());
          assertArrayEquals(found.sample(), found.completed(), 1e-3f);
        });
  }

  /** arXiv:1609.03552, section 3.1: a search from a predicted code is no worse than either. */
  @Test
  void aSearchFromAGivenCodeIsNoWorseThanTheCodeAndThanOtherStarts(NDManager manager) {
    withModel(
        manager,
        (model, use) -> {
          SearchTarget target = SearchTarget.whole(sampleOf(model, use, 0.7f));
          CodeSearch search = new CodeSearch(model, use, Map.of(), Optional.empty());
          float[] near = new float[use.codes().get(0).field().length()];
          Arrays.fill(near, 0.69f);
          SearchSettings few = new SearchSettings(20, 1, 0.05, 0);
          double alone = search.at(target, near).difference();
          double searched = search.find(target, few, (d, t) -> {}, () -> false).difference();
          double both =
              search
                  .find(target, few, new float[][] {near}, (d, t) -> {}, () -> false)
                  .difference();

          assertTrue(both <= Math.min(alone, searched), both + " " + alone + " " + searched);
        });
  }

  @Test
  void nesterovFindsTheCodeToo(NDManager manager) {
    withModel(
        manager,
        (model, use) -> {
          SearchTarget target = SearchTarget.whole(sampleOf(model, use, 0.7f));
          FoundSample found =
              new CodeSearch(model, use, Map.of(), Optional.empty())
                  .find(
                      target,
                      new SearchSettings(200, 2, SearchOptimizer.NESTEROV, 0.02, 0),
                      (done, total) -> {},
                      () -> false);

          assertTrue(found.difference() < found.firstDifference() / 2 + 1e-4);
        });
  }

  @Test
  void aRunWithoutAPredictorHasNone(NDManager manager) {
    withModel(manager, (model, use) -> assertTrue(CodePredictor.find(model, use).isEmpty()));
  }

  @Test
  void onlyKnownValuesCountAndTheOthersAreFilledIn(NDManager manager) {
    withModel(
        manager,
        (model, use) -> {
          float[] sample = sampleOf(model, use, 0.7f);
          float[] spoilt = sample.clone();
          spoilt[1] = 1e6f;
          FoundSample found =
              new CodeSearch(model, use, Map.of(), Optional.of("discriminator"))
                  .find(
                      SearchTarget.partly(spoilt, new float[] {1, 0}),
                      new SearchSettings(100, 2, 0.05, 1e-3),
                      (done, total) -> {},
                      () -> false);

          assertEquals(sample[0], found.completed()[0]);
          assertEquals(found.sample()[1], found.completed()[1]);
          assertTrue(found.difference() < 0.05, Double.toString(found.difference()));
        });
  }

  @Test
  void aSearchThatIsStoppedGivesTheBestSoFarAndTheSameSeedTheSameCode(NDManager manager) {
    withModel(
        manager,
        (model, use) -> {
          SearchTarget target = SearchTarget.whole(sampleOf(model, use, 0.7f));
          CodeSearch search = new CodeSearch(model, use, Map.of(), Optional.empty());
          List<Long> steps = new ArrayList<>();
          FoundSample stopped =
              search.find(
                  target, SETTINGS, (done, total) -> steps.add(done), () -> steps.size() == 3);
          FoundSample none = search.find(target, SETTINGS, (done, total) -> {}, () -> true);

          assertEquals(List.of(1L, 2L, 3L), steps);
          assertTrue(stopped.difference() <= none.difference());
          assertEquals(none.firstDifference(), none.difference());
          assertArrayEquals(
              none.code(), search.find(target, SETTINGS, (done, total) -> {}, () -> true).code());
        });
  }

  private static NDArray row(NDManager manager, float... values) {
    return manager.create(values, new Shape(1, values.length));
  }

  /** arXiv:1609.03552, section 3.1: the distance of G(z) = Wz + b at z = (.2, .1). */
  @Test
  void theDistanceIsTheSumOfSquares(NDManager manager) {
    NDArray made = row(manager, 0.2f, 0.7f, 0.3f);
    NDArray wanted = row(manager, 0.8f, -0.3f, 0.6f);

    assertEquals(
        1.45,
        CodeSearch.objective(made, wanted, wanted.onesLike(), Optional.empty(), 0).getFloat(),
        1e-6);
  }

  /** arXiv:1607.07539, section 3: an unknown value counts for the discriminator alone. */
  @Test
  void unknownValuesChangeTheDistanceNotAtAll(NDManager manager) {
    NDArray wanted = row(manager, 0.5f, -0.2f, 0);
    NDArray known = row(manager, 1, 1, 0);
    Optional<NDArray> logit = Optional.of(row(manager, 1));
    NDArray one = row(manager, 0.3f, 0.1f, 0.9f);
    NDArray other = row(manager, 0.3f, 0.1f, -5);

    assertEquals(
        0.13, CodeSearch.objective(one, wanted, known, Optional.empty(), 0).getFloat(), 1e-6);
    assertEquals(0.130183, CodeSearch.objective(one, wanted, known, logit, 1e-3).getFloat(), 1e-6);
    assertEquals(
        0.130183, CodeSearch.objective(other, wanted, known, logit, 1e-3).getFloat(), 1e-6);
  }

  @Test
  void aTargetWithoutAKnownValueIsRefused() {
    assertEquals(
        "no value counts",
        assertThrows(
                IllegalArgumentException.class,
                () -> SearchTarget.partly(new float[2], new float[2]))
            .getMessage());
  }
}
