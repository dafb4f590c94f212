/**
 * Installs, starts, updates and removes plugins.
 *
 * <p>A lock file lists the installed plugins. Every change starts with a {@link
 * org.gantry.provisioning.ChangePlan}, which is verified and resolved before anything changes. Its
 * execution writes a new lock file, a generation, and then moves a pointer to it atomically. A
 * rollback moves the pointer back.
 *
 * <p>The implementation has five packages, each of which uses only those before it: {@code plan}
 * (the state of an installation and a prepared change), {@code trust} (inspects jars and decides
 * whom to trust), {@code repository} (finds and downloads plugins), {@code executor} (executes a
 * plan in the running framework), and {@code planner} (turns a request into a plan).
 */
@Export
@Version("1.0.0")
package org.gantry.provisioning;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
