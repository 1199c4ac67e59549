/**
 * Plays a script to clients: what a scripted server says and when. No I/O, no clock, no randomness, no thread: those are
 * arguments.
 */
@NullMarked
package org.pgreel.replay.play;

import org.jspecify.annotations.NullMarked;
