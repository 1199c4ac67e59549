/**
 * Overwrites secrets in the chunks of a connection before anything else sees them.
 *
 * <p>It knows the frames of the protocol and the login, and nothing of journals, decoders or sockets: a bug in a decoder
 * must not be able to let a password through.
 */
@NullMarked
package org.pgreel.recorder.masking;

import org.jspecify.annotations.NullMarked;
