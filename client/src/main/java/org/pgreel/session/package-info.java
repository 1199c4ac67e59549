/**
 * The core of the client: a session as a pure machine with inputs and one output port.
 *
 * <p>It knows the protocol and the public API, and no socket, thread, clock, randomness or logger: whatever it needs of
 * them comes in by {@link org.pgreel.session.SessionInputs} and goes out by {@link org.pgreel.session.Effects}.
 */
@NullMarked
package org.pgreel.session;

import org.jspecify.annotations.NullMarked;
