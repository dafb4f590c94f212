/** Files of a run that grow or change while it trains: checkpoints, metrics, history, requests. */
package org.gantry.runs.internal.store;
