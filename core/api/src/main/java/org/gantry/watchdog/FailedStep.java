package org.gantry.watchdog;

/**
 * A step that failed because a value was not finite.
 *
 * @param step the number of steps done before it
 * @param term the term or gradient that is not finite, as {@code player/term}
 * @param node the first node of the graph whose value is not finite
 * @param component the component that added the node, such as {@code loss/hinge}
 */
public record FailedStep(long step, String term, String node, String component) {}
