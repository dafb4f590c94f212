/** What ${artifactId} contributes. */
@Plugin
package ${package};

import org.gantry.component.Plugin;
