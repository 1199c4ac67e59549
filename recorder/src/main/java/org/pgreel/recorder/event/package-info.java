/**
 * The events of which a recorded session consists, and their binary form.
 *
 * <p>It knows nothing of where events are kept, nor of what the bytes in a chunk mean.
 */
@NullMarked
package org.pgreel.recorder.event;

import org.jspecify.annotations.NullMarked;
