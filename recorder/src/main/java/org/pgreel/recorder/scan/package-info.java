/**
 * Finds what looks like a secret in recordings and files, and tells where without telling what.
 *
 * <p>It reads bytes, and knows nothing of the protocol.
 */
@NullMarked
package org.pgreel.recorder.scan;

import org.jspecify.annotations.NullMarked;
