package org.gantry.sampler;

import org.gantry.data.DatasetField;

/**
 * One thing that an output of trained networks is made of: a latent code, or a field of the data,
 * such as a label or an image.
 *
 * @param name unique within the use, such as {@code latent} or {@code label}
 * @param field the type, shape, range and class names of one sample
 * @param fromData whether the value is a field of the data; otherwise the prior draws it
 */
public record ModelInput(String name, DatasetField field, boolean fromData) {}
