package org.gantry.runs.internal.samples;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.gantry.sampler.ModelUse;

/**
 * Samples, and what they were made of.
 *
 * @param use what was made
 * @param samples shape (count, ...) of float32
 * @param fields the inputs that are fields of the data, and the counterpart, by name, each of shape
 *     (count, ...)
 */
public record DrawnSamples(ModelUse use, NDArray samples, Map<String, NDArray> fields) {}
