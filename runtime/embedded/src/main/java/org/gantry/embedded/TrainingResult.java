package org.gantry.embedded;

import java.nio.file.Path;

/**
 * How a training ended.
 *
 * @param folder the folder of the run
 * @param step the number of completed steps; of a recipe with stages, those of the last stage that
 *     began
 * @param steps the total number of steps
 * @param interrupted whether the observer asked to stop
 * @param reason why the training stopped early without being asked, as a sentence; otherwise empty
 */
public record TrainingResult(
    Path folder, long step, long steps, boolean interrupted, String reason) {}
