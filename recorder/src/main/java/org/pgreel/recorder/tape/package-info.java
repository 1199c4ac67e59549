/**
 * Tapes: recorded sessions in one file that can be carried about, as text or compressed.
 *
 * <p>It knows events and journals by their port; it knows nothing of Chronicle Queue, nor of where sessions come from.
 */
@NullMarked
package org.pgreel.recorder.tape;

import org.jspecify.annotations.NullMarked;
