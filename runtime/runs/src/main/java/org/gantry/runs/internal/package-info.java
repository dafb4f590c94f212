/** How runs write, draw and read back. */
package org.gantry.runs.internal;
