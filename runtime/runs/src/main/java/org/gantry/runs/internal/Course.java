package org.gantry.runs.internal;

import org.gantry.runs.Training.Listener;

/**
 * What takes part in a training.
 *
 * @param learner what is moved forward
 * @param reports what is measured
 * @param listener who is told
 */
record Course(Learner learner, Reports reports, Listener listener) {}
