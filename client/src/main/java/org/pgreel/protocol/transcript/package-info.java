/**
 * The notation: one text for wire conversations, one line a message, written and read.
 *
 * <p>{@code docs/notation.md} specifies it. It knows how messages are spelled and nothing of which may follow which.
 */
@NullMarked
package org.pgreel.protocol.transcript;

import org.jspecify.annotations.NullMarked;
