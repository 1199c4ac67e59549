/**
 * The recorder: hears a session through the tap, masks its secrets and appends its events to a journal.
 *
 * <p>It knows nothing of sockets, of what messages mean or of how a journal keeps its records.
 */
@NullMarked
package org.pgreel.recorder;

import org.jspecify.annotations.NullMarked;
