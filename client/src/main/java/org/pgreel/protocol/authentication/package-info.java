/**
 * Authentication exchanges as pure functions, the client's side and the server's: SCRAM-SHA-256(-PLUS), MD5, SASLprep.
 *
 * <p>Nonces, salts, iteration counts and channel-binding data are arguments; it knows no randomness, no clock and no
 * message framing.
 */
@NullMarked
package org.pgreel.protocol.authentication;

import org.jspecify.annotations.NullMarked;
