package org.gantry.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One line on an option: what it means, and its unit. Options are the components of a record; their
 * types are {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String}, {@code
 * java.nio.file.Path}, enums, lists of these, and nested records. Ranges are stated with Jakarta
 * Validation's constraints, such as {@code @Positive} or {@code @DecimalMax("1")}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Description {

  /** The line. */
  String value();
}
