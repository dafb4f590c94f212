package org.gantry.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/**
 * Marks a package that holds components, in its {@code package-info.java}: the bundle then requires
 * the host's extender, and is extended by no host whose contract it does not know.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
@Requirement(namespace = "osgi.extender", name = Component.NAMESPACE, version = "1.0.0")
public @interface Plugin {}
