/**
 * The sweep: every effect at every byte and at every message boundary of a session, each in a run of its own, and what
 * must hold behind each run.
 */
@NullMarked
package org.pgreel.scenarios.sweep;

import org.jspecify.annotations.NullMarked;
