package org.gantry.training;

/**
 * What a user should know about a composition that can be trained all the same.
 *
 * @param message the facts, as a clause
 * @param fix what to do about it, as a sentence
 * @param contributor the component that the warning is about
 */
public record CompositionWarning(String message, String fix, ComponentOrigin contributor) {}
