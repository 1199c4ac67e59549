/**
 * The journal: where the events of sessions are appended and read from, as a port, and its in-memory form.
 *
 * <p>It knows events only as bytes; it knows nothing of Chronicle Queue, of files or of what a session is.
 */
@NullMarked
package org.pgreel.recorder.journal;

import org.jspecify.annotations.NullMarked;
