/** Decides what a replayed server says and when. No I/O, no clock, no randomness, no thread: those are arguments. */
@NullMarked
package org.pgreel.replay.engine;

import org.jspecify.annotations.NullMarked;
