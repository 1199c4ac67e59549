/**
 * Recordings as their readers see them: sessions, their events and, as a projection of the bytes, their messages.
 *
 * <p>It knows journals by their port only, but for the one place that opens a directory.
 */
@NullMarked
package org.pgreel.recorder.recording;

import org.jspecify.annotations.NullMarked;
