package org.gantry.optimizer;

import ai.djl.ndarray.NDList;
import java.util.Map;

/**
 * One update of one player.
 *
 * @param parameters the parameters, which the optimizer updates in place; the session closes them
 * @param gradients the gradient of each parameter, of the same shape; the session closes them
 * @param slots for each name of {@link Optimizer#slots()}, one array per parameter, of the same
 *     shape and zero at the start; the optimizer updates it in place and checkpoints keep it
 * @param updateNumber the number of this update of the player, from 1
 * @param progress the fraction of the training that is done, in [0, 1)
 * @param learningRateScale the factor of the learning rate in this update, at least 0; 1 unless a
 *     component scales the learning rate
 */
public record ParameterUpdate(
    NDList parameters,
    NDList gradients,
    Map<String, NDList> slots,
    long updateNumber,
    double progress,
    double learningRateScale) {}
