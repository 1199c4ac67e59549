/**
 * Our client's core and a played server in one thread: a clock that never waits, a network that delays, cuts and breaks,
 * and no socket. The same seed gives the same run, event for event.
 */
@NullMarked
package org.pgreel.scenarios.simulation;

import org.jspecify.annotations.NullMarked;
