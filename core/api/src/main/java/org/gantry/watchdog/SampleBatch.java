package org.gantry.watchdog;

import ai.djl.ndarray.NDArray;

/**
 * What a network makes at this moment, and real data to hold it against. The arrays belong to the
 * host, as does all that is computed from them, which is freed after the call; gradients are not
 * recorded.
 *
 * @param step the steps done
 * @param role the role of the network that made the samples
 * @param generated shape (count, ...) of float32, count at least 2, in the data's own scale, made
 *     as for use, but by the weights that train: averaged ones lag behind
 * @param real other samples of the data set at each look; the same shape, type and scale
 */
public record SampleBatch(long step, String role, NDArray generated, NDArray real) {}
