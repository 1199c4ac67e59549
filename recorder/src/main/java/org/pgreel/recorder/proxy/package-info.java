/**
 * The recording proxy: stands between any client and its server, and journals what they say before passing it on.
 *
 * <p>It forwards bytes, not messages: what it knows of the protocol is the start-up phase, in which it must answer for
 * itself. The only package of the recorder that may use Netty.
 */
@NullMarked
package org.pgreel.recorder.proxy;

import org.jspecify.annotations.NullMarked;
