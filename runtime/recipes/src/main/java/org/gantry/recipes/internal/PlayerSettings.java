package org.gantry.recipes.internal;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;

/** What a recipe can say of one player, besides its optimizer. */
record PlayerSettings(
    @Description("how often the player updates in each step") @DefaultValue("1") @Positive
        int updates,
    @Description(
            "what the optimizer's learning rate is multiplied by; 0 for a player that stands still")
        @DefaultValue("1")
        @PositiveOrZero
        double rate) {}
