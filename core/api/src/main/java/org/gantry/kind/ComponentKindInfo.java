package org.gantry.kind;

import java.util.Optional;

/**
 * A kind of component that the host composes.
 *
 * @param name its name, a constant of {@link org.gantry.component.ComponentKind}
 * @param type the interface that its components implement
 * @param key the key that holds its components, of a recipe or of the file of an edit
 * @param cardinality how many of them the key holds
 * @param required whether every recipe needs the key
 * @param defaultName the component of a recipe that does not have the key; empty for none
 * @param summary what its components are for, in one line
 */
public record ComponentKindInfo(
    String name,
    Class<?> type,
    String key,
    KindCardinality cardinality,
    boolean required,
    Optional<String> defaultName,
    String summary) {}
