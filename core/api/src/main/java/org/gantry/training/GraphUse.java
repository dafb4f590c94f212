package org.gantry.training;

import java.util.Optional;

/**
 * What trained networks can make.
 *
 * @param name unique in the graph
 * @param output what is made
 * @param counterpart what the result should be, if the data have it
 */
record GraphUse(String name, NodeOutput output, Optional<NodeOutput> counterpart) {}
