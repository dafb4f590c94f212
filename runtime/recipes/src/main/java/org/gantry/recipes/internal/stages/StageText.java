package org.gantry.recipes.internal.stages;

import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue.Mapping;

/**
 * A stage as written, together with the keys that it has in common with the others.
 *
 * @param name its name
 * @param position where its name is written
 * @param recipe its recipe, in which networks may come from earlier stages
 */
public record StageText(String name, SourcePosition position, Mapping recipe) {}
