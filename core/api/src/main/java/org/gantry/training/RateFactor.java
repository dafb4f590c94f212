package org.gantry.training;

/** A factor of a player's learning rate. */
record RateFactor(String player, NodeOutput value, ComponentOrigin contributor) {}
