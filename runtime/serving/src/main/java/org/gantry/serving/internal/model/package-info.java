/** The networks that are served: how requests share their passes, and how they are replaced. */
package org.gantry.serving.internal.model;
