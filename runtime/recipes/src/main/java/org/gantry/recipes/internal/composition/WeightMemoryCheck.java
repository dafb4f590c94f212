package org.gantry.recipes.internal.composition;

import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.training.WeightMemory;

/**
 * Refuses networks that do not fit into memory, before they are allocated.
 *
 * @param position where the recipe lists the networks
 * @param problems receives the refusal
 */
record WeightMemoryCheck(SourcePosition position, ProblemCollector problems) {

  /**
   * Requires that weights, gradients and optimizer state fit into memory.
   *
   * @param available the bytes that are still available; 0 if unknown
   * @throws org.gantry.recipes.text.RecipeException if they do not
   */
  void requireWeightsFit(WeightMemory memory, long available) {
    if (available == 0 || memory.bytes() <= available) {
      return;
    }
    String largest = memory.largestNetwork();
    problems.add(
        position,
        "The networks do not fit into memory: they need about %s (%s for weights, %s for gradients, %s for optimizer state), and %s are available."
            .formatted(
                OutOfMemory.formatBytes(memory.bytes()),
                OutOfMemory.formatBytes(memory.weights()),
                OutOfMemory.formatBytes(memory.gradients()),
                OutOfMemory.formatBytes(memory.optimizerState()),
                OutOfMemory.formatBytes(available)),
        "Use smaller networks, such as a smaller %s, which has %,d parameters; or free memory."
            .formatted(largest, memory.parameters().get(largest)));
    problems.throwIfAny();
  }
}
