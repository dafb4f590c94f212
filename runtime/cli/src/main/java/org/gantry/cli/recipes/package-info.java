/** The commands about recipes and their components. */
package org.gantry.cli.recipes;
