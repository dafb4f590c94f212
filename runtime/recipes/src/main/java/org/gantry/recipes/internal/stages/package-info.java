/** Reads recipes with several stages and composes each of them. */
package org.gantry.recipes.internal.stages;
