/** The recipe format: reading a recipe, and resolving the components that it names. */
package org.gantry.recipes.internal.format;
