package org.gantry.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Header;

/**
 * Makes a class a component. The build writes one capability per annotated class into the bundle's
 * manifest, so the host, the resolver and a repository index see it before the class is loaded. The
 * bundle also requires the host's extender, so a host with another contract does not resolve it.
 *
 * <p>The class needs no accessibility beyond its package. It has one constructor: without
 * parameters, or annotated with {@code jakarta.inject.Inject}, taking its options: a record nested
 * in the class and named {@code Options} (see {@link Description} and {@link DefaultValue}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Capability(namespace = Component.NAMESPACE, attribute = "class=${@class}")
@Header(
    name = "Require-Capability",
    value =
        "osgi.extender;filter:='(&(osgi.extender=gantry.component)(version>=1.0.0)(!(version>=2.0.0)))'")
public @interface Component {

  /** The capability namespace of components, which is also the name of the host's extender. */
  String NAMESPACE = "gantry.component";

  /** The kind: one of {@link ComponentKind}'s constants or one that a third party adds. */
  @Attribute
  String kind();

  /** The name by which recipes refer to the component: lower case, words joined by hyphens. */
  @Attribute(NAMESPACE)
  String name();

  /**
   * The component's version, of which recipes can require a range. By default it is that of its
   * bundle, so that two versions of a plugin, side by side, can be told apart.
   */
  @Attribute("version:Version")
  String version() default "";

  /** One line on what the component is. */
  @Attribute
  String summary();

  /** The paper that introduced it, such as {@code arXiv:1406.2661, section 3}; empty for none. */
  @Attribute
  String paper() default "";

  /** The ports that the component reads, in order, such as {@code latent} for a generator. */
  @Attribute
  String[] takes() default {};

  /** The ports that the component provides, in order, such as {@code score} for a discriminator. */
  @Attribute
  String[] gives() default {};
}
