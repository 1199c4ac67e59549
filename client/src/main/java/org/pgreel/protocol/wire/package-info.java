/**
 * Bytes of the wire: framing, bounds-checked reading and writing over {@code byte[]}, limits.
 *
 * <p>It knows lengths and base types and no message's meaning; it depends on {@code java.base} and JSpecify only.
 */
@NullMarked
package org.pgreel.protocol.wire;

import org.jspecify.annotations.NullMarked;
