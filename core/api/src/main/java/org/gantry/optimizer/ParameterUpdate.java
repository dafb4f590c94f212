package org.gantry.optimizer;

import ai.djl.ndarray.NDList;
import java.util.Map;

/**
 * One update of one player.
 *
 * @param parameters the arrays to move, in place; owned by the session
 * @param gradients one gradient per parameter, of the same shape; freed by the session
 * @param slots for each of {@link Optimizer#slots()}, one array per parameter, zero at the start;
 *     updated in place and kept in checkpoints
 * @param updateNumber which update of this player this is, from 1
 * @param progress the share of the training that lies behind, in [0, 1)
 * @param learningRateScale what the rule's learning rate is to be multiplied by for this update,
 *     not negative; 1 unless a component of the graph wants less or more
 */
public record ParameterUpdate(
    NDList parameters,
    NDList gradients,
    Map<String, NDList> slots,
    long updateNumber,
    double progress,
    double learningRateScale) {}
