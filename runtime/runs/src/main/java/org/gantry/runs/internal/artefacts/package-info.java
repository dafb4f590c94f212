/** Writes the artefacts of a training around its loop: metrics, pictures, checkpoints. */
package org.gantry.runs.internal.artefacts;
