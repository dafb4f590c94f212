package org.gantry.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes an option in one line: what it means, and its unit.
 *
 * <p>Options are the components of a record. Their types are {@code int}, {@code long}, {@code
 * double}, {@code boolean}, {@code String}, {@code java.nio.file.Path}, enums, interfaces of kinds
 * of component (see {@link ComponentValue}), lists of these, and nested records. Constraints of
 * Jakarta Validation, such as {@code @Positive} or {@code @DecimalMax("1")}, state the range.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Description {

  /** The description, without a full stop. */
  String value();
}
