/** The training loop: state, live changes, watchdogs, remedies. */
package org.gantry.runs.internal.loop;
