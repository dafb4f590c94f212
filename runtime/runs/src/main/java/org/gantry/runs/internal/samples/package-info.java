/** Draws samples of trained networks and writes pictures of them. */
package org.gantry.runs.internal.samples;
