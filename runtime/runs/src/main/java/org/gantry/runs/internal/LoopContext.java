package org.gantry.runs.internal;

import org.gantry.runs.TrainingRun.TrainingListener;

/**
 * What takes part in a training.
 *
 * @param learner what is moved forward
 * @param reports what is measured
 * @param listener who is told
 */
record LoopContext(Learner learner, MetricSinks reports, TrainingListener listener) {}
