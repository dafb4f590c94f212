package org.gantry.watchdog;

import ai.djl.ndarray.NDArray;

/**
 * Generated samples at one step of a training, with real samples to compare them with. The host
 * closes the arrays, and all arrays computed from them, after the call. Gradients are not recorded.
 *
 * @param step the number of steps done
 * @param role the role of the network that made the samples
 * @param generated float32 of shape (count, ...), with count at least 2, in the scale of the data;
 *     made in inference mode with the current weights, because averaged weights lag behind
 * @param real real samples of the same shape, type and scale; different ones in each batch
 */
public record SampleBatch(long step, String role, NDArray generated, NDArray real) {}
