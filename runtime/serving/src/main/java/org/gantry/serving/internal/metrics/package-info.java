/** Counts what the server does, in the text format of Prometheus. */
package org.gantry.serving.internal.metrics;
