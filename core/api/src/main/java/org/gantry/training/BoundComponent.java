package org.gantry.training;

/**
 * A component with its options applied, ready to be composed.
 *
 * @param component the instance
 * @param origin where it comes from
 * @param <T> the interface of its kind
 */
public record BoundComponent<T>(T component, ComponentOrigin origin) {}
