/**
 * The public API of the client: sessions, their callbacks, connect options, results and failures.
 *
 * <p>It knows the protocol's messages and the tap, and nothing of sockets, event loops or the session core.
 */
@NullMarked
package org.pgreel.client;

import org.jspecify.annotations.NullMarked;
