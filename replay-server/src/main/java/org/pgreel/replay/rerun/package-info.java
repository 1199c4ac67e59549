/**
 * The other direction of a replay: what recorded clients said is said again to a live server, and what comes of it is compared
 * with the recording.
 */
@NullMarked
package org.pgreel.replay.rerun;

import org.jspecify.annotations.NullMarked;
