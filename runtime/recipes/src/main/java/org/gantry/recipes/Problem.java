package org.gantry.recipes;

/**
 * One thing that is wrong with a recipe.
 *
 * @param where {@code file:line:column}, or the command-line option
 * @param message what was found and what was expected, as a sentence
 * @param fix what to do about it, as a sentence; empty where nothing can be said
 */
public record Problem(String where, String message, String fix) {}
