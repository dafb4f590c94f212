/** The HTTP service: what requests can ask, their limits, and the answers. */
package org.gantry.serving.internal.http;
