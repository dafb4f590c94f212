/** The options of components: their declarations, binding them, and writing them. */
package org.gantry.recipes.internal.options;
