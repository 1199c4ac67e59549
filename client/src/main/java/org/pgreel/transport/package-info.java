/**
 * Sockets, TLS records, timers and threads: what carries a session's bytes, on Netty.
 *
 * <p>This is the only package of the client that knows Netty, and it uses only the API that Netty 4.1 and 4.2 share. It
 * must not know what a byte means: the negotiation of TLS, authentication and every message belong to the core.
 */
@NullMarked
package org.pgreel.transport;

import org.jspecify.annotations.NullMarked;
