/** The commands about the tensor engine. */
package org.gantry.cli.engine;
