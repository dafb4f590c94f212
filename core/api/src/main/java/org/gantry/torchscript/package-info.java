/** The archives that libtorch loads. This package is private to the bundle. */
package org.gantry.torchscript;
