/**
 * Which plugins an installation has, and how that changes.
 *
 * <p>What is installed is written in a lock file. Each change makes a new one, a generation, and
 * then moves a pointer to it in one step, so that an installation is always in a state that it was
 * meant to be in; the way back is to move the pointer back. Every change is a {@link
 * org.gantry.provisioning.ChangePlan} first, in which everything has been verified and resolved and
 * nothing changed.
 */
@Export
@Version("1.0.0")
package org.gantry.provisioning;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
