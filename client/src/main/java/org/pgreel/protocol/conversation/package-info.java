/**
 * The legal order of messages: one immutable value a connection, advanced by each message of either side.
 *
 * <p>All that is legal is written here and nowhere else. It does not know who asks (client, recorder or server), what to
 * do next, or where messages come from: no socket, clock, logger or randomness.
 */
@NullMarked
package org.pgreel.protocol.conversation;

import org.jspecify.annotations.NullMarked;
