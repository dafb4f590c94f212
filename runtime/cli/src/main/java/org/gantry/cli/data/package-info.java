/** The commands about data sets. */
package org.gantry.cli.data;
