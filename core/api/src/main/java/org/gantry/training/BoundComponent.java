package org.gantry.training;

/**
 * A component that is ready to be composed: its options are applied.
 *
 * @param component the instance
 * @param origin where it comes from
 * @param <T> the interface of its kind
 */
public record BoundComponent<T>(T component, ComponentOrigin origin) {}
