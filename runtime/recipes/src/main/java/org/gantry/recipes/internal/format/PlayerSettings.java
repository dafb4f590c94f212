package org.gantry.recipes.internal.format;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;

/** The settings of one player in a recipe, apart from its optimizer. */
public record PlayerSettings(
    @Description("updates of the player in each step") @DefaultValue("1") @Positive int updates,
    @Description("factor of the optimizer's learning rate; 0 freezes the player")
        @DefaultValue("1")
        @PositiveOrZero double rate) {}
