/** Composition: creating the components of a recipe and building its training graph. */
package org.gantry.recipes.internal.composition;
