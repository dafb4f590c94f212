package org.gantry.training;

/** A scalar that every step reports. */
record WatchedValue(String name, NodeOutput value) {}
