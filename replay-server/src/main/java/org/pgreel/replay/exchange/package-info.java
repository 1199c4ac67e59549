/**
 * Answers statements from recorded ones, in whatever order and grouping a client asks: exchanges, their keys, runs from
 * idle to idle, and what was never recorded. No sockets, no clock, no thread.
 */
@NullMarked
package org.pgreel.replay.exchange;

import org.jspecify.annotations.NullMarked;
