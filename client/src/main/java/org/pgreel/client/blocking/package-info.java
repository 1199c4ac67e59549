/**
 * The blocking face of sessions, at home on virtual threads: each call waits for its answer on the caller's thread. Knows
 * sessions by the public API alone.
 */
@NullMarked
package org.pgreel.client.blocking;

import org.jspecify.annotations.NullMarked;
