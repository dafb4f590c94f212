package org.gantry.recipes.internal;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.component.Default;
import org.gantry.component.Doc;

/** What a recipe can say of one player, besides its optimizer. */
record PlayerSettings(
    @Doc("how often the player updates in each step") @Default("1") @Positive int updates,
    @Doc("what the optimizer's learning rate is multiplied by; 0 for a player that stands still")
        @Default("1")
        @PositiveOrZero double rate) {}
