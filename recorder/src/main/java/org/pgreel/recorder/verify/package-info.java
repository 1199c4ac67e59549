/**
 * Proves that a recording is whole, or says where it is not.
 *
 * <p>It knows events and their chain; it knows nothing of where a journal keeps them, nor of what the bytes mean.
 */
@NullMarked
package org.pgreel.recorder.verify;

import org.jspecify.annotations.NullMarked;
