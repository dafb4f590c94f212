package org.gantry.recipes.internal.composition;

import java.util.List;
import java.util.OptionalLong;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.prior.Prior;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.internal.format.Recipe;
import org.gantry.recipes.text.ProblemCollector;

/**
 * Refuses batches that do not fit into memory.
 *
 * @param recipe the recipe, whose batch size is checked
 * @param problems receives the refusal
 */
record BatchMemoryCheck(Recipe recipe, ProblemCollector problems) {

  /**
   * Requires that the samples and latent codes of one batch fit into memory.
   *
   * @throws org.gantry.recipes.text.RecipeException if they do not
   */
  void requireBatchFits(List<Dataset> datasets, Prior prior) {
    long codeBytes = Float.BYTES * prior.shape().size();
    long largestBytes = codeBytes;
    long sampleBytes = codeBytes;
    for (Dataset data : datasets) {
      for (DatasetField field : data.fields()) {
        long fieldBytes = Float.BYTES * field.shape().size();
        largestBytes = Math.max(largestBytes, fieldBytes);
        sampleBytes += fieldBytes;
      }
    }
    int batch = recipe.settings().batch();
    long available = OutOfMemory.availableBytes();
    long largestBatch = OutOfMemory.largestBatch(sampleBytes, largestBytes, available);
    if (batch <= largestBatch) {
      return;
    }
    long batchBytes = sampleBytes * batch;
    problems.add(
        recipe.settingPosition().apply("batch"),
        "A batch of %d does not fit into memory: its samples and latent codes alone take %s, and %s."
            .formatted(
                batch,
                OutOfMemory.formatBytes(batchBytes),
                batchBytes > available && available > 0
                    ? OutOfMemory.formatBytes(available) + " are available"
                    : "an array holds at most " + OutOfMemory.formatBytes(Integer.MAX_VALUE)),
        largestBatch < 1
            ? "A smaller batch is not possible; free memory, or raise the memory limit."
            : "Set train.batch to far less than %d, because networks need memory too."
                .formatted(largestBatch));
    problems.throwIfAny();
  }

  /**
   * Refuses the recipe if memory ran out while its graph was built.
   *
   * @param failure what building the graph threw
   * @param grownBytes by how much the memory of this process grew meanwhile
   * @throws org.gantry.recipes.text.RecipeException if the engine failed to allocate memory
   */
  void refuseIfExhausted(Throwable failure, long grownBytes) {
    OptionalLong requested = OutOfMemory.requestedBytes(failure);
    if (requested.isEmpty()) {
      return;
    }
    int batch = recipe.settings().batch();
    problems.add(
        recipe.settingPosition().apply("batch"),
        "There is not enough memory for a batch of %d: the engine asked for another %s."
            .formatted(batch, OutOfMemory.formatBytes(requested.getAsLong())),
        batch == 1
            ? "A smaller batch is not possible; use smaller networks or samples."
            : "Set train.batch to %d, which should fit."
                .formatted(
                    OutOfMemory.fittingBatch(
                        batch, requested.getAsLong(), grownBytes, OutOfMemory.availableBytes())));
    problems.throwIfAny();
  }
}
