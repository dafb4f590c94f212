/** Changes of recipes, as on the command line. */
package org.gantry.recipes.internal.edit;
