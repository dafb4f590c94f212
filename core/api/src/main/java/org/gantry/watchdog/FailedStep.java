package org.gantry.watchdog;

/**
 * A step that could not be done, because a number that a player needs is none.
 *
 * @param step the steps done before it
 * @param term the term or gradient in which it showed, as {@code player/term}
 * @param node the first node of the graph whose value is not finite
 * @param component the component behind that node, such as {@code loss/hinge}
 */
public record FailedStep(long step, String term, String node, String component) {}
